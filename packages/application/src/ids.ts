import { monotonicFactory } from 'ulid'

/** Mints ids; each is greater than the one before. */
export interface Ids {
  next(): string
}

/**
 * ULIDs in strictly increasing order, within a millisecond and when the clock goes back: the time
 * part never falls below that of the last one.
 */
export const mintedIds = (clock: { now(): string }): Ids => {
  const mint = monotonicFactory()
  let latest = 0
  return {
    next: () => {
      latest = Math.max(latest, Date.parse(clock.now()))
      return mint(latest)
    },
  }
}
