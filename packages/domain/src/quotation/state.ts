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
import type { Ulid } from '../id.ts'
import type { Currency, Money } from '../money/money.ts'
import type { CalendarDate } from '../time/calendar-date.ts'
import type { Instant } from '../time/instant.ts'
import type { DataOf } from './events.ts'
import type { QuotationLine } from './line.ts'
import type { Option } from './option.ts'
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
  /** Of exactly this content: a change of it makes it void. */
  readonly approval?: Approval | undefined
}

/** Up to here nobody is asked. */
export interface ApprovalLimits {
  readonly discountPercentAbove?: string | undefined
  /** In the company's currency. */
  readonly totalAbove?: Money | undefined
}

export interface Approval {
  readonly state: 'requested' | 'granted' | 'refused'
  /** Who asked or decided last. */
  readonly by: string
  readonly requestedBy?: string | undefined
}

export interface Issue {
  readonly by: DataOf<'QuotationSent'>['by']
  /** By mail: not before then. */
  readonly sendAt?: Instant | undefined
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
  /** With the answers to them, which the next version takes over. */
  readonly options: readonly Option[]
  readonly template?: AppliedTemplate | undefined
  /** Of the lines and of what was taken of the options. */
  readonly totals: Totals
}

/** The template that was applied last, and what of it nobody has touched since. */
export interface AppliedTemplate
  extends Pick<DataOf<'QuotationTemplateApplied'>, 'name' | 'validityDays' | 'words'> {
  readonly id: Ulid
  readonly revision: number
  readonly lines: readonly Ulid[]
  readonly options: readonly Ulid[]
  /** Lines and options of a template that were changed by hand. */
  readonly edited: readonly Ulid[]
}

export const hasBegun = (state: QuotationState): state is Begun => 'current' in state
