/** What tells the time. */
export interface Clock {
  now(): string
}

/** Asked many times in a millisecond, it answers with one text. */
export const systemClock = (): Clock => {
  let told = 0
  let text = new Date(told).toISOString()
  return {
    now: () => {
      const now = Date.now()
      if (now !== told) text = new Date(now).toISOString()
      told = now
      return text
    },
  }
}

/** A clock that stands until it is set. */
export interface TestClock extends Clock {
  set(instant: string): void
}

export const testClock = (start: string): TestClock => {
  let now = start
  return {
    now: () => now,
    set: (instant) => {
      now = instant
    },
  }
}
