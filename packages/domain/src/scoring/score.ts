/**
 * A score is how likely a win is, with the reasons that add up to it. Reasons are counted in points
 * of log-odds, as those of independent reasons are added:
 *
 *     probability = 100 / (1 + e^-(base + the points of every factor))
 *
 * rounded to two decimals, and never 0 or 100: only an outcome is certain.
 *
 * @module
 */
import type { Trait } from './deal.ts'

/** How many closed deals something was seen in, and how they ended. */
export interface Tally {
  readonly won: number
  readonly lost: number
}

/** One thing known of a deal, and what it adds to its score. */
export interface Factor extends Trait, Tally {
  /** Above 0 it speaks for a win, below 0 against. */
  readonly points: number
}

export interface Score {
  /** From 0.01 to 99.99. */
  readonly probability: number
  /** Whether the history is long enough to say so: else it is little more than a guess. */
  readonly enoughData: boolean
  /** The points of a deal of which nothing is known. */
  readonly base: number
  readonly factors: readonly Factor[]
  /** The closed deals that it was learnt from. */
  readonly outcomes: Tally
}

export const scoreOf = (parts: Omit<Score, 'probability'>): Score => ({
  ...parts,
  probability: percentOf(parts.factors.reduce((sum, { points }) => sum + points, parts.base)),
})

const percentOf = (points: number): number =>
  Math.min(99.99, Math.max(0.01, Math.round(10_000 * chance(points)) / 100))

/** The chance from 0 to 1 that so many points stand for. */
export const chance = (points: number): number => 1 / (1 + Math.exp(-points))

/** The points that a chance between 0 and 1 stands for. */
export const pointsOf = (share: number): number => Math.log(share / (1 - share))

/**
 * The share of wins, drawn to one half by one imagined deal, so that it is neither 0 nor 1 however
 * few there were.
 */
export const baseRate = ({ won, lost }: Tally): number => (won + 0.5) / (won + lost + 1)

/** From so many outcomes on, learning does no worse than telling everybody the base rate. */
export const enoughOutcomes = 30

export const hasSeenEnough = ({ won, lost }: Tally): boolean => won + lost >= enoughOutcomes

/** Where nobody has won or nobody has lost, nothing tells them apart either. */
export const isEnough = (tally: Tally): boolean =>
  hasSeenEnough(tally) && tally.won > 0 && tally.lost > 0
