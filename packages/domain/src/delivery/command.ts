/**
 * What may be asked of a delivery, and why it is turned down.
 *
 * @module
 */
import type { Ulid } from '../id.ts'
import type { DataOf } from '../message.ts'
import type { CommonRefusal, When } from '../refusal.ts'
import type { CalendarDate } from '../time/calendar-date.ts'
import type { Instant } from '../time/instant.ts'
import type { DeliveryEvent } from './events.ts'

interface Asked<Type extends string, Data> {
  readonly type: Type
  readonly data: Readonly<Data> & When
}

export type DeliveryCommand =
  /** Takes it on to send the mail: of many who ask at once, one is let. */
  | Asked<'AttemptDelivery', DataOf<DeliveryEvent, 'DeliveryAttempted'>>
  | Asked<'RecordDelivery', DataOf<DeliveryEvent, 'QuotationDelivered'>>
  | Asked<'FailDelivery', DataOf<DeliveryEvent, 'DeliveryFailed'>>
  | Asked<'BounceDelivery', { readonly version: number; readonly detail?: string | undefined }>
  | Asked<'ViewQuotation', { readonly version: number; readonly occurredOn: CalendarDate }>
  | Asked<'AskAboutQuotation', Asking>

interface Asking {
  readonly version: number
  readonly contactId?: Ulid | undefined
  readonly text: string
}

export type DeliveryRefusal =
  | CommonRefusal
  /** A mail is on its way at this moment. */
  | { readonly type: 'DeliveryUnderWay'; readonly until: Instant }
  /** Somebody else has made that attempt, or told how it ended. */
  | { readonly type: 'DeliveryOvertaken' }
  /** What was never delivered, or came back already, does not come back. */
  | { readonly type: 'QuotationNotDelivered' }
  | { readonly type: 'TooManyQuestions'; readonly most: number }
