/**
 * The report on what is open: what is expected of it, and what was offered for it.
 *
 * @module
 */
import { times } from '@forsat/domain'
import type * as E from 'fp-ts/lib/Either.js'
import { condition } from '../queries/condition.ts'
import { dayConditions, dimensionConditions } from '../queries/filters.ts'
import type { QueryRefusal } from '../queries/refusal.ts'
import { type PipelineReportRequest, pipelineDimensions } from '../queries/report-request.ts'
import type { PipelineMeasure } from '../views/report.ts'
import type { Money } from '../views/values.ts'
import type { Row } from './grouping.ts'
import { offersForSale, sales } from './offers.ts'
import { type Question, settingOf } from './question.ts'
import { type ReportAnswer, report, type Source } from './report.ts'
import { add, moneyOf, type Sums } from './sum.ts'
import type { Tallying } from './tally.ts'

export const pipelineReport = (
  question: Question<PipelineReportRequest>,
): E.Either<QueryRefusal, ReportAnswer> => {
  const { request, scope, db } = question
  const { dateBasis = 'created', filters = {} } = request
  const { kind = 'opportunity', ...described } = filters
  const dayColumn = { closed: 'expected_close_on', created: 'created_on', sent: 'sent_on' }[
    dateBasis
  ]
  const source: Source = {
    db,
    rows: sales(question),
    dayColumn,
    conditions: [
      condition('company = ?', scope.company),
      condition(`outcome = 'open'`),
      ...dimensionConditions({ kind, ...described }),
    ],
    daysIn: (days) => dayConditions(dayColumn, days),
  }
  const setting = { ...settingOf(question), source, tallying: pipeline(offersIn(question)) }
  return report(request, {
    ...setting,
    dimensions: pipelineDimensions,
    usualGroups: ['stage'],
    usualSort: 'stage',
  })
}

interface Offer extends Money {
  readonly isConfirmed: boolean
}

/** What was offered for each opportunity, for itself or for one that was merged into it. */
const offersIn = (question: Question<unknown>): ReadonlyMap<string, readonly Offer[]> => {
  const { sql: text, values } = offersForSale(question)
  const offers = new Map<string, Offer[]>()
  for (const row of question.db.prepare(`SELECT * FROM ${text}`).all(...values)) {
    const of = offers.get(String(row['sale'])) ?? []
    offers.set(String(row['sale']), of)
    of.push({
      amount: String(row['total_amount']),
      currency: String(row['currency']),
      isConfirmed: row['standing'] === 'confirmed',
    })
  }
  return offers
}

interface PipelineTally {
  count: number
  unweighted: number
  readonly expectedRevenue: Sums
  readonly weightedRevenue: Sums
  readonly quotedTotal: Sums
  readonly confirmedTotal: Sums
}

const pipeline = (
  offers: ReadonlyMap<string, readonly Offer[]>,
): Tallying<PipelineTally, PipelineMeasure> => ({
  columns: ['id', 'expected_amount', 'expected_currency', 'manual_probability'],
  begin: () => ({
    count: 0,
    unweighted: 0,
    expectedRevenue: new Map(),
    weightedRevenue: new Map(),
    quotedTotal: new Map(),
    confirmedTotal: new Map(),
  }),
  add: (tally, row, only) => {
    const keep = (to: Sums, { amount, currency }: Money) => {
      if (only === undefined || only === currency) add(to, amount, currency)
    }
    const expected = expectedOf(row)
    const probability = row['manual_probability']
    tally.count += 1
    if (probability === null) tally.unweighted += 1
    if (expected !== undefined) keep(tally.expectedRevenue, expected)
    if (expected !== undefined && probability !== null) {
      keep(tally.weightedRevenue, weighted(expected, Number(probability)))
    }
    for (const offer of offers.get(String(row['id'])) ?? []) {
      keep(offer.isConfirmed ? tally.confirmedTotal : tally.quotedTotal, offer)
    }
  },
  size: ({ count }) => count,
  figures: {
    count: ({ count }) => count,
    expectedRevenue: ({ expectedRevenue }) => moneyOf(expectedRevenue),
    weightedRevenue: ({ weightedRevenue }) => moneyOf(weightedRevenue),
    unweighted: ({ unweighted }) => unweighted,
    quotedTotal: ({ quotedTotal }) => moneyOf(quotedTotal),
    confirmedTotal: ({ confirmedTotal }) => moneyOf(confirmedTotal),
  },
  sums: (tally, measure) =>
    measure === 'count' || measure === 'unweighted' ? undefined : tally[measure],
})

const expectedOf = (row: Row): Money | undefined => {
  const [amount, currency] = [row['expected_amount'], row['expected_currency']]
  if (typeof amount !== 'string' || typeof currency !== 'string') return undefined
  return { amount, currency }
}

/** Rounded here and not in the sum, so that groups add up to their total. */
const weighted = (expected: Money, probability: number): Money => {
  const [, fraction = ''] = expected.amount.split('.')
  return times(expected, [String(probability), '0.01'], fraction.length)
}
