/** What tells the time. */
export interface Clock {
  now(): string
}

export const systemClock = (): Clock => ({ now: () => new Date().toISOString() })

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
