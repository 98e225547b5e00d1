/**
 * Which closed deals are a fair sample. Where wins are known in days and losses only after months,
 * the newest that have closed are nearly all won; whoever learns from them expects too much.
 *
 * @module
 */
import { type CalendarDate, daysBetween } from '../time/calendar-date.ts'
import type { Outcome } from './deal.ts'
import { enoughOutcomes } from './score.ts'

/** How many times longer one kind of end has to take before it matters. */
const apart = 2
/** The share of deals that have ended by the age from which they count. */
const ended = 0.8

/**
 * All of them, where wins and losses take about as long, or are too few to tell. Else those that are
 * old enough to have ended one way or the other, however soon they did.
 */
export const ripe = (outcomes: readonly Outcome[], today: CalendarDate): readonly Outcome[] => {
  const [won, lost] = [days(outcomes, true), days(outcomes, false)]
  if (Math.min(won.length, lost.length) < enoughOutcomes) return outcomes
  // A deal that ends on the day it began took a day.
  const [toWin, toLose] = [1 + quantile(won, 0.5), 1 + quantile(lost, 0.5)]
  if (Math.max(toWin, toLose) <= apart * Math.min(toWin, toLose)) return outcomes
  const age = quantile([...won, ...lost], ended)
  return outcomes.filter(({ openedOn }) => daysBetween(openedOn, today) >= age)
}

const days = (outcomes: readonly Outcome[], isWon: boolean): readonly number[] =>
  outcomes
    .filter(({ won }) => won === isWon)
    .map(({ openedOn, closedOn }) => daysBetween(openedOn, closedOn))

const quantile = (numbers: readonly number[], share: number): number => {
  const sorted = numbers.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}
