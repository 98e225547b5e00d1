/**
 * The outbox: which mail is still to be sent. Nobody keeps a list of them; it follows from what was
 * issued and from what is known of its delivery.
 *
 * @module
 */
import type { Instant } from '../time/instant.ts'
import type { DeliveryState, Turn } from './state.ts'

/** An offer that stands. */
export interface Standing {
  readonly version: number
  readonly by: 'mail' | 'hand'
  /** Not before then; at once, unless said otherwise. */
  readonly sendAt?: Instant | undefined
}

export interface Due extends Turn {
  /** From when on; at once, where nothing is said. */
  readonly from?: Instant | undefined
}

/**
 * The mail that the version which stands still needs: its first, or another try at one that certainly
 * did not go. What may have gone is never sent again by itself.
 */
export const dueMail = (
  { last }: Pick<DeliveryState, 'last'>,
  { version, by, sendAt }: Standing,
): Due | undefined => {
  if (last?.version !== version) {
    return by === 'mail' ? { send: (last?.send ?? 0) + 1, attempt: 1, from: sendAt } : undefined
  }
  const { outcome, send, attempt, nextAt } = last
  return outcome === 'failed' && nextAt !== undefined
    ? { send, attempt: attempt + 1, from: nextAt }
    : undefined
}

/** Whether a mail may be on its way at this moment. */
export const isUnderWay = ({ last }: Pick<DeliveryState, 'last'>, at: Instant): boolean =>
  last?.outcome === 'open' && last.until !== undefined && at < last.until

/** Whether this is the try that comes next: at the same mail, or at another one. */
export const isNext = ({ send, attempt }: Turn, { last }: Pick<DeliveryState, 'last'>): boolean => {
  if (last === undefined) return send === 1 && attempt === 1
  if (send === last.send + 1) return attempt === 1
  const mayRetry = last.outcome === 'failed' && last.nextAt !== undefined
  return mayRetry && send === last.send && attempt === last.attempt + 1
}
