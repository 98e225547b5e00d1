/**
 * Facts of a quotation's standing come in the order in which they happened, and nothing happens to it
 * before it began.
 *
 * @module
 */
import type { Occurred } from '../decider.ts'
import type { Instant } from '../time/instant.ts'
import type { When } from './command.ts'
import type { QuotationEvent } from './events.ts'
import type { Begun } from './state.ts'

/**
 * `standing` keeps the order, `behind` comes after the last fact of it, `free` only after the
 * beginning. So does `clock`: that a date was over is told whenever it is noticed, of the moment at
 * which it was.
 */
type Order = 'standing' | 'behind' | 'clock' | 'free'

const orderOf: Readonly<Record<QuotationEvent['type'], Order>> = {
  QuotationDrafted: 'standing',
  QuotationRevised: 'free',
  QuotationCustomerChanged: 'free',
  QuotationAddressed: 'free',
  QuotationLineAdded: 'free',
  QuotationLineRevised: 'free',
  QuotationLineRemoved: 'free',
  OptionOffered: 'free',
  OptionRevised: 'free',
  OptionWithdrawn: 'free',
  QuotationTemplateApplied: 'free',
  QuotationTemplateRemoved: 'free',
  QuotationApprovalRequested: 'behind',
  QuotationApprovalGranted: 'behind',
  QuotationApprovalRefused: 'behind',
  OptionAccepted: 'standing',
  OptionDeclined: 'standing',
  QuotationSent: 'standing',
  QuotationExtended: 'standing',
  QuotationVersionOpened: 'behind',
  QuotationVersionDiscarded: 'behind',
  QuotationLinkIssued: 'behind',
  QuotationLinkRevoked: 'behind',
  QuotationAccepted: 'standing',
  QuotationDeclined: 'standing',
  QuotationExpired: 'clock',
  QuotationConfirmed: 'standing',
  QuotationCancelled: 'standing',
  QuotationReinstated: 'standing',
  QuotationReturnedToDraft: 'standing',
  QuotationCorrected: 'free',
  QuotationDeleted: 'free',
}

/** When the last fact of its standing happened, after one more event. */
export const lastAfter = (
  last: Instant | undefined,
  { type, occurredAt }: Occurred<QuotationEvent>,
): Instant | undefined => {
  const order = orderOf[type]
  if (order === 'standing') return occurredAt
  const isLater = order === 'clock' && occurredAt !== undefined && occurredAt > (last ?? '')
  return isLater ? occurredAt : last
}

/** What an event of this type would overtake: a moment, or the first day where no moment is known. */
export const overtaken = (
  type: QuotationEvent['type'],
  { occurredAt, occurredOn }: When,
  { last, began }: Begun,
): string | undefined => {
  const order = orderOf[type]
  const floor = (order === 'standing' || order === 'behind' ? last : undefined) ?? began.at
  if (floor !== undefined) return occurredAt < floor ? floor : undefined
  return occurredOn < began.on ? began.on : undefined
}
