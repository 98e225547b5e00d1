/**
 * Which closed deals are a fair sample. Where wins are known in days and losses only after months,
 * the newest that have closed are nearly all won; whoever learns from them expects too much.
 *
 * @module
 */
import { type CalendarDate, isAfter, plusDays } from '../time/calendar-date.ts'
import type { Outcome } from './deal.ts'
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
  const [won, lost] = [ages(outcomes, true), ages(outcomes, false)]
  if (Math.min(won.length, lost.length) < enoughOutcomes) return outcomes
  // A deal that ends on the day it began took a day.
  if (1 + quantile(lost, 0.5) <= apart * (1 + quantile(won, 0.5))) return outcomes
  const latest = plusDays(today, -quantile(ages(outcomes), ended))
  return outcomes.filter(({ openedOn }) => !isAfter(openedOn, latest))
}

/** How long they took, the soonest first. */
const ages = (outcomes: readonly Outcome[], isWon?: boolean): Int32Array =>
  Int32Array.from(
    outcomes.filter(({ won }) => isWon === undefined || won === isWon),
    ({ ageDays }) => ageDays,
  ).toSorted()

const quantile = (sorted: Int32Array, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
