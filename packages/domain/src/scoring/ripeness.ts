/**
 * Which closed deals are a fair sample. Where wins are known in days and losses only after months,
 * the newest that have closed are nearly all won; whoever learns from them expects too much.
 *
 * @module
 */
import { type CalendarDate, isAfter, lastDay, plusDays } from '../time/calendar-date.ts'
import { type Casebook, dayNumber } from './casebook.ts'
import type { Outcome } from './deal.ts'
import type { Learner } from './learner.ts'
import { enoughOutcomes } from './score.ts'

/** How many times longer than a win a loss has to take before it matters. */
const apart = 2
/** The share of deals that have ended by the age from which they count. */
const ended = 0.8

/**
 * All of them, where losses are known about as soon as wins, or there are too few to tell. Else those
 * that are old enough to have ended one way or the other, however soon they did.
 */
export const ripe = (outcomes: readonly Outcome[], today: CalendarDate): readonly Outcome[] => {
  const ages = agesOf()
  for (const { won, ageDays } of outcomes) ages.count(won, ageDays, 1)
  const latest = latestRipe(ages, today)
  return latest === lastDay
    ? outcomes
    : outcomes.filter(({ openedOn }) => !isAfter(openedOn, latest))
}

/** A sample of a casebook that is kept fair while deals close, are taken up again, and grow old. */
export interface Ripening extends Pick<Learner, 'add' | 'takeBack'> {
  /** Lets the learner know of those that are ripe on a day, and of no others; of all, on no day. */
  on(today: CalendarDate | undefined): void
}

export const ripening = (book: Casebook, learner: Learner): Ripening => {
  const ages = agesOf()
  /** Those that began later wait. */
  let latest = dayNumber(lastDay)
  /** For which day that is so, until a deal comes or goes. */
  let known: { readonly today: CalendarDate | undefined } | undefined

  const teach = (entry: number, isRipe: boolean): void => {
    if (isRipe === book.isTaught(entry)) return
    book.setTaught(entry, isRipe)
    if (isRipe) learner.add(entry)
    else learner.takeBack(entry)
  }

  return {
    add: (entry) => {
      known = undefined
      ages.count(book.isWon(entry), book.ageDays(entry), 1)
      teach(entry, book.openedOn(entry) <= latest)
    },
    takeBack: (entry) => {
      known = undefined
      ages.count(book.isWon(entry), book.ageDays(entry), -1)
      teach(entry, false)
    },
    on: (today) => {
      if (known !== undefined && known.today === today) return
      known = { today }
      const before = latest
      latest = dayNumber(today === undefined ? lastDay : latestRipe(ages, today))
      if (latest === before) return
      for (const entry of book.entries()) teach(entry, book.openedOn(entry) <= latest)
    },
  }
}

/** The last day that a deal which is ripe by now can have begun on. */
const latestRipe = ({ won, lost }: Ages, today: CalendarDate): CalendarDate => {
  if (Math.min(won.size, lost.size) < enoughOutcomes) return lastDay
  // A deal that ends on the day it began took a day.
  if (1 + quantile(0.5, lost) <= apart * (1 + quantile(0.5, won))) return lastDay
  return plusDays(today, -quantile(ended, won, lost))
}

/** How many took how long. */
interface Spread {
  size: number
  readonly days: Map<number, number>
}

interface Ages {
  readonly won: Spread
  readonly lost: Spread
  count(isWon: boolean, days: number, by: 1 | -1): void
}

const agesOf = (): Ages => {
  const [won, lost] = [none(), none()]
  return {
    won,
    lost,
    count: (isWon, days, by) => {
      const spread = isWon ? won : lost
      spread.size += by
      spread.days.set(days, (spread.days.get(days) ?? 0) + by)
    },
  }
}

const none = (): Spread => ({ size: 0, days: new Map() })

/** The days that the first of the rest took, after this share of all. */
const quantile = (share: number, ...spreads: readonly Spread[]): number => {
  const all = spreads.flatMap(({ days }) => [...days]).toSorted(([a], [b]) => a - b)
  let left = Math.floor(share * spreads.reduce((sum, { size }) => sum + size, 0))
  for (const [days, count] of all) {
    left -= count
    if (left < 0) return days
  }
  return all.at(-1)?.[0] ?? 0
}
