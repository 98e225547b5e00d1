/**
 * What objects are like for process mining, event by event: nothing of it tells who somebody is.
 *
 * @module
 */
export type Values = Readonly<Record<string, string>>
type Data = Readonly<Record<string, unknown>>

const text = (...names: readonly string[]) => names.map((name) => ({ name, type: 'string' }))
const float = (name: string) => ({ name, type: 'float' })

/** Every type of object, with the attributes that it may have. */
export const objectTypes = [
  { name: 'customer', attributes: text('status', 'country', 'region', 'industry') },
  {
    name: 'opportunity',
    attributes: [
      ...text('status', 'kind', 'stage', 'reason', 'source', 'expectedCurrency'),
      float('expectedRevenue'),
    ],
  },
  { name: 'quote', attributes: [...text('status', 'version', 'currency'), float('total')] },
  { name: 'order', attributes: [...text('status', 'currency'), float('total')] },
  { name: 'product', attributes: text('status') },
  { name: 'user', attributes: text('status') },
] as const

/** How an event leaves the status of its object; any other leaves it as it is. */
const statusAfter: Readonly<Record<string, string>> = {
  LeadCaptured: 'open',
  OpportunityOpened: 'open',
  OpportunityWon: 'won',
  OpportunityLost: 'lost',
  OpportunityReopened: 'open',
  OpportunityMerged: 'merged',
  OpportunityWithdrawn: 'withdrawn',
  QuotationDrafted: 'draft',
  QuotationSent: 'sent',
  QuotationExtended: 'sent',
  QuotationExpired: 'expired',
  QuotationConfirmed: 'confirmed',
  QuotationDeclined: 'declined',
  QuotationCancelled: 'cancelled',
  QuotationReturnedToDraft: 'draft',
  QuotationDeleted: 'deleted',
  ContactRegistered: 'active',
  ContactArchived: 'archived',
  ProductCreated: 'active',
  ProductArchived: 'archived',
  UserRegistered: 'active',
  UserDeactivated: 'deactivated',
  PersonalDataErased: 'erased',
}

const kindAfter: Readonly<Record<string, string>> = {
  LeadCaptured: 'lead',
  OpportunityOpened: 'opportunity',
  LeadQualified: 'opportunity',
}

/** The attributes of an object after an event. */
export const attributesAfter = (
  object: string,
  before: Values,
  type: string,
  data: Data,
): Values => {
  const status = type === 'QuotationReinstated' ? said(data['to']) : statusAfter[type]
  const told: Readonly<Record<string, string | undefined>> = {
    status,
    ...toldOf(object, type, data),
  }
  return {
    ...before,
    ...Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined)),
  } as Values
}

const toldOf = (object: string, type: string, data: Data) => {
  switch (object) {
    case 'opportunity': {
      const revenue = moneyIn(data['expectedRevenue'])
      return {
        kind: kindAfter[type],
        stage: said(data['stageId']),
        reason: type === 'OpportunityLost' ? said(data['reasonId']) : undefined,
        source: said(data['source']),
        expectedRevenue: revenue?.amount,
        expectedCurrency: revenue?.currency,
      }
    }
    case 'quote':
    case 'order': {
      const total = totalIn(data)
      return {
        total: total?.amount,
        currency: total?.currency,
        version: object === 'quote' ? said(data['version']) : undefined,
      }
    }
    case 'customer':
      return {
        country: said(data['country']),
        region: said(data['region']),
        industry: said(data['industry']),
      }
    default:
      return {}
  }
}

const said = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined

const moneyIn = (value: unknown) =>
  typeof value === 'object' && value !== null && 'amount' in value && 'currency' in value
    ? { amount: String(value.amount), currency: String(value.currency) }
    : undefined

/** As the whole of an offer, or of what was confirmed of it. */
const totalIn = ({ totals, total }: Data) =>
  typeof totals === 'object' && totals !== null && 'total' in totals
    ? moneyIn(totals.total)
    : moneyIn(total)
