/**
 * What is counted of rows, and what is answered of the counts: the two kinds of reports.
 *
 * @module
 */
import type { LossMeasure, WinMeasure } from '../views/report.ts'
import type { Money } from '../views/values.ts'
import type { Row } from './grouping.ts'
import { median, percentage, percentile } from './statistics.ts'
import { add, compareSums, moneyOf, type Sums } from './sum.ts'

type Figure = number | null | Money[]

export interface Tallying<Tally, Measure extends string> {
  readonly columns: readonly string[]
  /** `currency` leaves sums in others out. */
  begin(): Tally
  add(tally: Tally, row: Row, currency: string | undefined): void
  /** How many rows it stands for. */
  size(tally: Tally): number
  readonly figures: Readonly<Record<Measure, (tally: Tally, total: Tally) => Figure>>
  /** The sums that a measure of money is sorted by. */
  sums(tally: Tally, measure: Measure): Sums | undefined
}

interface LossTally {
  count: number
  readonly ages: number[]
  readonly revenue: Sums
}

const sorted = (ages: readonly number[]) => ages.toSorted((a, b) => a - b)

export const losses: Tallying<LossTally, LossMeasure> = {
  columns: ['age_days', 'expected_amount', 'expected_currency'],
  begin: () => ({ count: 0, ages: [], revenue: new Map() }),
  add: (tally, row, currency) => {
    tally.count += 1
    tally.ages.push(Number(row['age_days']))
    addMoney(tally.revenue, row, 'expected', currency)
  },
  size: ({ count }) => count,
  figures: {
    count: ({ count }) => count,
    share: ({ count }, total) => percentage(count, total.count),
    lostRevenue: ({ revenue }) => moneyOf(revenue),
    medianAge: ({ ages }) => median(sorted(ages)),
    p90Age: ({ ages }) => percentile(sorted(ages), 90),
  },
  sums: ({ revenue }, measure) => (measure === 'lostRevenue' ? revenue : undefined),
}

interface WinTally {
  won: number
  lost: number
  open: number
  readonly wonRevenue: Sums
  readonly lostRevenue: Sums
  readonly openRevenue: Sums
}

export const outcomes: Tallying<WinTally, WinMeasure> = {
  columns: ['outcome', 'expected_amount', 'expected_currency', 'won_amount', 'won_currency'],
  begin: () => ({
    won: 0,
    lost: 0,
    open: 0,
    wonRevenue: new Map(),
    lostRevenue: new Map(),
    openRevenue: new Map(),
  }),
  add: (tally, row, currency) => {
    const outcome = row['outcome'] as 'won' | 'lost' | 'open'
    tally[outcome] += 1
    addMoney(tally[`${outcome}Revenue`], row, outcome === 'won' ? 'won' : 'expected', currency)
  },
  size: ({ won, lost, open }) => won + lost + open,
  figures: {
    won: ({ won }) => won,
    lost: ({ lost }) => lost,
    open: ({ open }) => open,
    winRate: ({ won, lost }) => percentage(won, won + lost),
    wonRevenue: ({ wonRevenue }) => moneyOf(wonRevenue),
    lostRevenue: ({ lostRevenue }) => moneyOf(lostRevenue),
    openRevenue: ({ openRevenue }) => moneyOf(openRevenue),
  },
  sums: (tally, measure) =>
    measure === 'wonRevenue' || measure === 'lostRevenue' || measure === 'openRevenue'
      ? tally[measure]
      : undefined,
}

const addMoney = (sums: Sums, row: Row, name: string, only: string | undefined): void => {
  const [amount, currency] = [row[`${name}_amount`], row[`${name}_currency`]]
  if (typeof amount !== 'string' || typeof currency !== 'string') return
  if (only === undefined || only === currency) add(sums, amount, currency)
}

/** Which of two tallies is more by a measure; what has no value is least. */
export const compareBy =
  <Tally, Measure extends string>(
    tallying: Tallying<Tally, Measure>,
    measure: Measure,
    total: Tally,
    currency: string | undefined,
  ) =>
  (a: Tally, b: Tally): number => {
    const sums = tallying.sums(total, measure)
    if (sums !== undefined) {
      const [first = ''] = [...sums.keys()].toSorted()
      const none: Sums = new Map()
      const [left, right] = [a, b].map((each) => tallying.sums(each, measure) ?? none)
      return compareSums(left ?? none, right ?? none, currency ?? first)
    }
    const [left, right] = [a, b].map((each) => tallying.figures[measure](each, total))
    return Number(left ?? -1) - Number(right ?? -1)
  }
