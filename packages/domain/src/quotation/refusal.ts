/**
 * Why a command to a quotation is turned down: the rule that stood in the way, with its facts.
 *
 * @module
 */
import type { Ulid } from '../id.ts'
import type { Currency, Money } from '../money/money.ts'
import type { CommonRefusal } from '../refusal.ts'
import type { CalendarDate } from '../time/calendar-date.ts'
import type { Approval, ApprovalLimits } from './state.ts'

export type QuotationRefusal =
  /** One that was deleted is not found either. */
  | CommonRefusal
  /** What only a draft allows; `status` is what it is. */
  | { readonly type: 'QuotationNotDraft'; readonly status: string }
  /** What only an issued one allows, asked of one that never was. */
  | { readonly type: 'QuotationNotSent' }
  | { readonly type: 'QuotationExpired'; readonly validUntil: CalendarDate }
  /** The version named is not the one that stands. */
  | { readonly type: 'QuotationSuperseded'; readonly version: number }
  | { readonly type: 'QuotationAlreadyConfirmed'; readonly orderNumber: string }
  | { readonly type: 'QuotationCancelled' }
  | { readonly type: 'QuotationDeclined' }
  /** The customer has accepted it already. */
  | { readonly type: 'QuotationAlreadyAccepted' }
  | { readonly type: 'QuotationEmpty' }
  /** The total is not the one that was seen. */
  | { readonly type: 'QuotationChanged'; readonly version: number; readonly total: Money }
  | {
      readonly type: 'ExpiryInPast'
      readonly validUntil: CalendarDate
      readonly today: CalendarDate
    }
  /** An offer is extended to a later day; one without a date needs no extension. */
  | { readonly type: 'ExtensionTooShort'; readonly validUntil?: CalendarDate }
  | { readonly type: 'ContactMissing' }
  /** Nobody knows where to write to. */
  | { readonly type: 'AddressMissing'; readonly kind: 'invoice' | 'delivery' }
  /** It goes beyond these limits, and nobody else has agreed to it as it is. */
  | {
      readonly type: 'ApprovalRequired'
      readonly limit: ApprovalLimits
      readonly approval?: Approval['state'] | undefined
    }
  /** It stands so already. */
  | { readonly type: 'ApprovalUnchanged'; readonly state: Approval['state'] }
  /** Who asks does not decide. */
  | { readonly type: 'ApprovalOwn' }
  | { readonly type: 'CurrencyMismatch'; readonly expected: Currency; readonly given: Currency }
  /** Its lines are priced in it. */
  | { readonly type: 'CurrencyFixed'; readonly currency: Currency }
  | { readonly type: 'TotalNegative'; readonly total: Money }
  | { readonly type: 'LineUnknown'; readonly lineId: Ulid }
  | { readonly type: 'TooManyLines'; readonly most: number }
  /** Another offer's options are as unknown as those that nobody made. */
  | { readonly type: 'OptionUnknown'; readonly optionId: Ulid }
  /** No template was applied, or it was taken away again. */
  | { readonly type: 'NoTemplateApplied' }
  | { readonly type: 'TooManyOptions'; readonly most: number }
  /** Only an option whose quantity may be changed is taken in another one, within its bounds. */
  | {
      readonly type: 'OptionQuantityRefused'
      readonly optionId: Ulid
      readonly quantityEditable: boolean
      readonly minQuantity?: string | undefined
      readonly maxQuantity?: string | undefined
    }
  /** There is a draft beside the version that stands. */
  | { readonly type: 'VersionAlreadyOpen'; readonly version: number }
  /** There is none. */
  | { readonly type: 'NoVersionOpen' }
  /** A confirmation past the date needs words that say why. */
  | { readonly type: 'OverrideNoteMissing'; readonly validUntil: CalendarDate }
  | { readonly type: 'OpportunityLost'; readonly opportunityId: Ulid }
