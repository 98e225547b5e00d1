/**
 * A made-up sale and its offer as what people did: command by command, each at its moment.
 *
 * @module
 */
import type { Forsat, Step } from '@forsat/application'
import { plusDays } from '@forsat/domain'
import { startOfDay } from '@forsat/domain/time'
import type { DemoOffer } from './offers.ts'
import { company, contacts, sellers } from './people.ts'
import type { DemoEnd, DemoSale } from './sales.ts'

/** What of the company a sale refers to, in the order of the lists. */
export interface Staff {
  readonly contacts: readonly string[]
  readonly products: readonly string[]
  readonly sellers: readonly string[]
  readonly teams: readonly string[]
  readonly stages: readonly string[]
  readonly reasons: readonly string[]
}

/** What one person did to one record in one go. */
export interface Act {
  readonly steps: readonly Step[]
  /** Its place among all that happened. */
  readonly moment: string
  /** Who did it, by the place in the list. */
  readonly seller: number
}

interface Telling {
  readonly sale: DemoSale
  readonly offer: DemoOffer | undefined
  readonly staff: Staff
  readonly today: string
  readonly ids: Forsat['ids']
}

/** A command on a day, so many before today. */
type Deed = readonly [day: number, type: string, data: object]

/** Deeds that are done in one go, in the order of their days. */
type Errand = readonly Deed[]

export const actsOf = ({ sale, offer, staff, today, ids }: Telling): readonly Act[] => {
  const [id, quotationId] = [ids.next(), ids.next()]
  let told = 0
  const steps = (errand: Errand, subject: string): readonly Timed[] =>
    errand.map(([day, type, data]) => ({
      command: { type, data: { id: subject, ...data } },
      occurredAt: momentOf(plusDays(today, -day), (told += 1)),
    }))
  const { seller } = sale
  const opening = steps(begun(sale, offer, staff), id)
  const offering = offer === undefined ? [] : offered(offer, { opportunityId: id, staff, today })
  return [
    { steps: opening, moment: opening[0]?.occurredAt ?? '', seller },
    ...[
      ...offering.map((errand) => steps(errand, quotationId)),
      ...ended(sale, offer, staff).map((deed) => steps([deed], id)),
    ].map((all) => ({ steps: all, moment: all.at(-1)?.occurredAt ?? '', seller })),
  ]
}

type Timed = Step & { readonly occurredAt: string }

/** In a morning; of one day's deeds each a little later than the one before. */
const momentOf = (day: string, index: number): string => {
  const minutes = 9 * 60 + 5 * index
  return new Date(Date.parse(startOfDay(day, company.zone)) + minutes * 60_000).toISOString()
}

const begun = (sale: DemoSale, offer: DemoOffer | undefined, staff: Staff): readonly Deed[] => [
  [
    sale.opened,
    sale.kind === 'lead' ? 'CaptureLead' : 'OpenOpportunity',
    {
      title: sale.title,
      contactId: staff.contacts[sale.contact],
      productIds: [staff.products[sale.product]],
      salespersonId: staff.sellers[sale.seller],
      teamId: staff.teams[sellers[sale.seller]?.team ?? 0],
      source: sale.source,
      region: contacts[sale.contact]?.region,
      expectedRevenue: { amount: sale.amount, currency: company.currency },
    },
  ],
  ...sale.staged
    .filter((day) => day > wonOn(offer))
    .map((day, index): Deed => {
      return [day, 'StageOpportunity', { stageId: staff.stages[index + 1] }]
    }),
]

/** What its offer has won is not moved between stages any more. */
const wonOn = (offer: DemoOffer | undefined): number => {
  const end = offer?.end
  if (end?.how === 'confirmed') return end.day
  return end?.how === 'cancelled' ? end.confirmed : 0
}

interface Offering extends Pick<Telling, 'staff' | 'today'> {
  readonly opportunityId: string
}

const offered = (
  offer: DemoOffer,
  { opportunityId, staff, today }: Offering,
): readonly Errand[] => {
  const { drafted, sent, validTo, revised } = offer
  const lines = offer.lines.map(({ product, quantity }) => ({
    productId: staff.products[product],
    quantity: String(quantity),
  }))
  const typed = validTo === undefined ? {} : { validUntil: plusDays(today, -validTo) }
  const draft: Deed = [drafted, 'DraftQuotation', { opportunityId, lines, ...typed }]
  return [
    sent === undefined ? [draft] : [draft, [sent, 'SendQuotation', {}]],
    ...(revised === undefined ? [] : [revisedBy(revised, lines)]),
    ...concluded(offer, staff).map((deed) => [deed]),
  ]
}

const revisedBy = (
  { day, discountPercent, isSent }: NonNullable<DemoOffer['revised']>,
  lines: readonly object[],
): Errand => [
  [day, 'OpenQuotationVersion', {}],
  [day, 'ReviseQuotation', { lines: lines.map((line) => ({ ...line, discountPercent })) }],
  ...(isSent ? [[day, 'SendQuotation', {}] as const] : []),
]

const concluded = ({ end }: DemoOffer, { reasons }: Staff): readonly Deed[] => {
  switch (end?.how) {
    case undefined:
      return []
    case 'confirmed':
      return [[end.day, 'ConfirmQuotation', {}]]
    case 'declined':
      return [[end.day, 'DeclineQuotation', { reasonId: reasons[0], note: end.note }]]
    case 'cancelled':
      return [
        [end.confirmed, 'ConfirmQuotation', {}],
        [end.day, 'CancelQuotation', { reason: end.reason }],
      ]
  }
}

/** A win that a confirmed offer brings about needs no deed of its own. */
const ended = (
  { end }: DemoSale,
  offer: DemoOffer | undefined,
  { reasons }: Staff,
): readonly Deed[] => {
  if (end === undefined) return []
  if (end.outcome === 'lost') return lost(end, reasons)
  if (offer?.end?.how === 'confirmed') return []
  const revenue = { amount: end.revenue, currency: company.currency }
  return [[end.day, 'WinOpportunity', { revenue }]]
}

const lost = (
  { day, reason, note, competitor, reopened }: Extract<DemoEnd, { outcome: 'lost' }>,
  reasons: readonly string[],
): readonly Deed[] => {
  const data = {
    reasonId: reasons[reason],
    ...(note === undefined ? {} : { note }),
    ...(competitor === undefined ? {} : { competitor }),
  }
  return [
    [day, 'LoseOpportunity', data],
    ...(reopened === undefined ? [] : [[reopened, 'ReopenOpportunity', {}] as const]),
  ]
}
