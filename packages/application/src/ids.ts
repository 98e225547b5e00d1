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
  const mint = monotonicFactory(fractions())
  let latest = 0
  let told = ''
  return {
    next: () => {
      const now = clock.now()
      if (now !== told) latest = Math.max(latest, Date.parse(now))
      told = now
      return mint(latest)
    },
  }
}

/** Random fractions, drawn many at a time: asking the system for each costs more than minting. */
const fractions = (): (() => number) => {
  const drawn = new Uint32Array(1024)
  let next = drawn.length
  return () => {
    if (next === drawn.length) {
      crypto.getRandomValues(drawn)
      next = 0
    }
    const fraction = (drawn[next] ?? 0) / 2 ** 32
    next += 1
    return fraction
  }
}
