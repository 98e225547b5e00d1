/**
 * What is known of a quotation: as much as its rules must know, and no personal value among it.
 *
 *     draft ──▶ sent ──▶ confirmed
 *       ▲        │ ├───▶ declined
 *       │        │ └───▶ expired ──▶ confirmed, by an override
 *       │        ▼
 *       └──── cancelled, also from draft and confirmed
 *
 * The version that stands is `current`: the one issued last, or the first draft while none was.
 * Beside an issued one there may be a `draft` of the next.
 *
 * @module
 */
import type { Occurred } from '../decider.ts'
import type { Ulid } from '../id.ts'
import type { Currency, Money } from '../money/money.ts'
import type { CalendarDate } from '../time/calendar-date.ts'
import type { Instant } from '../time/instant.ts'
import { contentAfter, contentOf, copied, type DraftingEvent, described } from './content.ts'
import type { DataOf, QuotationEvent } from './events.ts'
import type { QuotationLine } from './line.ts'
import { lastAfter } from './order.ts'
import type { Totals } from './totals.ts'

export type QuotationState = { readonly status: 'none' } | { readonly status: 'deleted' } | Begun

/** `expired` only once it was recorded: whether it has expired, its `issue` and the clock tell. */
export type Status = 'draft' | 'sent' | 'expired' | 'confirmed' | 'declined' | 'cancelled'

export interface Begun {
  /** Of `current`. */
  readonly status: Status
  readonly current: Version
  readonly draft?: Version | undefined
  /** The quotation's own number, without a version; given when it was first sent. */
  readonly number?: string | undefined
  /** The highest version number that there ever was. */
  readonly lastVersion: number
  /** While confirmed, and after a cancellation of it. */
  readonly order?:
    | { readonly number: string; readonly version: number; readonly net: Money }
    | undefined
  /** The customer's, of the current version. */
  readonly accepted: boolean
  readonly cancelled?:
    | Pick<DataOf<'QuotationCancelled'>, 'from' | 'cause' | 'causedBy' | 'opportunityId'>
    | undefined
  readonly link?:
    | { readonly version: number; readonly nonce: string; readonly tokenHash: string }
    | undefined
  readonly began: { readonly on: CalendarDate; readonly at: Instant | undefined }
  /** When the last fact of its standing happened; what a draft says of itself has no order. */
  readonly last: Instant | undefined
}

/** One version: what it says, and, once it was sent, what is fixed of it. */
export interface Version {
  readonly version: number
  readonly content: Content
  readonly issue?: Issue | undefined
}

export interface Issue {
  /** With the suffix of its version. */
  readonly number: string
  readonly validUntil?: CalendarDate | undefined
  readonly expiresAt?: Instant | undefined
}

type Drafted = DataOf<'QuotationDrafted'>
type PublicField =
  | 'opportunityId'
  | 'salespersonId'
  | 'teamId'
  | 'source'
  | 'medium'
  | 'campaign'
  | 'tags'
  | 'terms'
  | 'paymentTerms'
  | 'deliveryTerms'
  | 'validUntil'
  | 'invoiceAddressId'
  | 'deliveryAddressId'
  | 'externalIds'
  | 'attributes'

export interface Content {
  readonly contactId?: Ulid | undefined
  readonly language: string
  readonly currency: Currency
  readonly digits: number
  readonly pricesIncludeTax: boolean
  readonly vatRounding: Drafted['vatRounding']
  /** The public fields by value. */
  readonly described: { readonly [Name in PublicField]?: Drafted[Name] }
  /** Whether each personal field holds something. */
  readonly present: Readonly<Record<'customerReference' | 'subject' | 'internalNote', boolean>>
  readonly lines: readonly QuotationLine[]
  readonly totals: Totals
}

export const evolve = (state: QuotationState, event: Occurred<QuotationEvent>): QuotationState => {
  if (event.type === 'QuotationDrafted') return begun(event)
  if (event.type === 'QuotationDeleted') return { status: 'deleted' }
  if (!hasBegun(state)) return state
  return after({ ...state, last: lastAfter(state.last, event) }, event)
}

export const hasBegun = (state: QuotationState): state is Begun => 'current' in state

const begun = ({
  data,
  occurredAt: at,
}: Occurred<Extract<QuotationEvent, { type: 'QuotationDrafted' }>>): Begun => ({
  status: 'draft',
  current: { version: 1, content: contentOf(data) },
  lastVersion: 1,
  accepted: false,
  began: { on: data.occurredOn, at },
  last: at,
})

type Later = Exclude<QuotationEvent, { type: 'QuotationDrafted' | 'QuotationDeleted' }>

const after = (state: Begun, event: Later): Begun => {
  const { type, data } = event
  const { current } = state
  switch (type) {
    case 'QuotationRevised':
    case 'QuotationCustomerChanged':
    case 'QuotationLineAdded':
    case 'QuotationLineRevised':
    case 'QuotationLineRemoved':
      return edited(state, event)
    case 'QuotationSent':
      return sent(state, data)
    case 'QuotationExtended': {
      const { validUntil, expiresAt } = data
      const issue = current.issue && { ...current.issue, validUntil, expiresAt }
      return { ...state, status: 'sent', current: { ...current, issue } }
    }
    case 'QuotationVersionOpened': {
      const { version } = data
      return {
        ...state,
        draft: { version, content: copied(current.content) },
        lastVersion: version,
      }
    }
    case 'QuotationVersionDiscarded':
      return withoutDraft(state)
    case 'QuotationLinkIssued':
      return { ...state, link: { version: data.version, ...data.link } }
    case 'QuotationLinkRevoked':
      return { ...state, link: undefined }
    case 'QuotationAccepted':
      return { ...state, accepted: true }
    case 'QuotationDeclined':
      return { ...state, status: 'declined' }
    case 'QuotationExpired':
      return { ...state, status: 'expired' }
    case 'QuotationConfirmed': {
      const { orderNumber, version, net } = data
      return { ...state, status: 'confirmed', order: { number: orderNumber, version, net } }
    }
    case 'QuotationCancelled': {
      const { from, cause, causedBy, opportunityId } = data
      return { ...state, status: 'cancelled', cancelled: { from, cause, causedBy, opportunityId } }
    }
    case 'QuotationReinstated':
      return { ...state, status: data.to, cancelled: undefined }
    case 'QuotationReturnedToDraft':
      return returned(state, data.version)
    case 'QuotationCorrected':
      return { ...state, current: { ...current, content: described(current.content, data) } }
  }
}

const edited = (state: Begun, event: DraftingEvent): Begun => {
  const { current, draft } = state
  if (draft !== undefined) {
    return { ...state, draft: { ...draft, content: contentAfter(draft.content, event) } }
  }
  return { ...state, current: { ...current, content: contentAfter(current.content, event) } }
}

const sent = ({ draft, ...state }: Begun, data: DataOf<'QuotationSent'>): Begun => {
  const { version, number, contactId, currency, digits, pricesIncludeTax, vatRounding } = data
  const { totals, validUntil, expiresAt, link } = data
  const { content } = draft ?? state.current
  const fixed = { contactId, currency, digits, pricesIncludeTax, vatRounding, totals }
  return {
    ...state,
    status: 'sent',
    current: {
      version,
      content: { ...content, ...fixed },
      issue: { number, validUntil, expiresAt },
    },
    number: state.number ?? number,
    accepted: false,
    link: { version, ...link },
  }
}

const withoutDraft = ({ draft: _draft, ...state }: Begun): Begun => state

/** A version that was sent stays as it was; the draft is the next one. */
const returned = (state: Begun, version: number): Begun => {
  const { current, lastVersion } = state
  const { content } = current
  return {
    ...withoutDraft(state),
    status: 'draft',
    current: { version, content: current.issue === undefined ? content : copied(content) },
    lastVersion: Math.max(lastVersion, version),
    accepted: false,
    link: undefined,
    cancelled: undefined,
  }
}
