/**
 * How a record stands, as far as whoever acts on it must have meant it: an offer that is open, a sale
 * that is lost. What it says besides may change under an act without changing what was meant by it.
 *
 * @module
 */
import type { Aggregate, StateOf } from './aggregate.ts'

/** Two that are the same text stand alike. */
const standingOf = ({ category, state }: Aggregate): string => {
  if (category === 'quotation') return offerStanding(state as StateOf<'quotation'>)
  if (category === 'opportunity') return (state as StateOf<'opportunity'>).outcome
  const isListed = typeof state === 'object' && state !== null && 'status' in state
  return isListed ? String(state.status) : ''
}

const offerStanding = (state: StateOf<'quotation'>): string => {
  if (!('current' in state)) return state.status
  const { status, current, accepted } = state
  // That its date is over was so before anybody recorded it.
  const recorded = status === 'expired' ? 'sent' : status
  return `${recorded} ${current.version}${accepted ? ' accepted' : ''}`
}

/**
 * Whether an act that is decided anew would end what nobody meant to end: since it was asked for the
 * record has come to stand in another way, and the act would turn that again. A note on a sale that
 * was won meanwhile is still a note; a cancellation of what was confirmed meanwhile needs to be asked
 * for again.
 */
export const isOvertaken = (meant: Aggregate, now: Aggregate, after: Aggregate): boolean =>
  standingOf(meant) !== standingOf(now) && standingOf(now) !== standingOf(after)
