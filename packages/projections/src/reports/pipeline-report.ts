/**
 * The report on what is open: what is expected of it, and what was offered for it.
 *
 * @module
 */
import { times } from '@forsat/domain'
import type * as E from 'fp-ts/lib/Either.js'
import { type Condition, condition } from '../queries/condition.ts'
import { dayConditions, dimensionConditions } from '../queries/filters.ts'
import type { QueryRefusal } from '../queries/refusal.ts'
import { type PipelineReportRequest, pipelineDimensions } from '../queries/report-request.ts'
import { scoringIn } from '../queries/scoring-queries.ts'
import { dealOf, type KnownDeal } from '../scoring/known-deal.ts'
import type { PipelineMeasure } from '../views/report.ts'
import type { Money } from '../views/values.ts'
import type { Row } from './grouping.ts'
import { offersForSale, sales } from './offers.ts'
import { type Question, rowsOf, settingOf } from './question.ts'
import { type ReportAnswer, report, type Source } from './report.ts'
import { sql } from './statement.ts'
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
    rows: reachable(question),
    dayColumn,
    conditions: [
      condition('company = ?', scope.company),
      condition(`outcome = 'open'`),
      ...dimensionConditions({ kind, ...described }),
    ],
    daysIn: (days) => dayConditions(dayColumn, days),
  }
  const tallying = pipeline(offersIn(question), probabilityIn(question))
  const setting = { ...settingOf(question), source, tallying }
  return report(request, {
    ...setting,
    dimensions: pipelineDimensions,
    usualGroups: ['stage'],
    usualSort: 'stage',
  })
}

/** Opportunities, each with whether there is a phone number and a mail address: scores look at that. */
const reachable = (question: Question<unknown>): Condition =>
  sql`(SELECT sale.*, phone, email FROM ${sales(question)} AS sale
    LEFT JOIN ${rowsOf('scoring_deal', question)} AS deal ON deal.id = sale.id)`

/** The probability that an opportunity shows: as a person set it, else as the model says. */
const probabilityIn = ({
  db,
  scope,
  request,
  versions,
  clock,
}: Question<PipelineReportRequest>): ((row: Row) => number | undefined) => {
  const past = versions === undefined ? undefined : request.at
  const scoring = scoringIn(db, scope.company, clock, past)
  return (row) =>
    row['manual_probability'] === null
      ? scoring(dealOf(knownOf(row)))?.probability
      : Number(row['manual_probability'])
}

const knownOf = (row: Row): KnownDeal => {
  const text = (name: string) => (row[name] === null ? undefined : String(row[name]))
  const tags = text('tags')
  return {
    stageId: text('stage_id'),
    teamId: text('team_id'),
    country: text('country'),
    region: text('region'),
    source: text('source'),
    language: text('language'),
    tags: tags === undefined ? [] : (JSON.parse(tags) as readonly string[]),
    phone: row['phone'] === 1 ? true : undefined,
    email: row['email'] === 1 ? true : undefined,
  }
}

const shown = [
  'stage_id',
  'team_id',
  'country',
  'region',
  'source',
  'language',
  'tags',
  'phone',
  'email',
] as const

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
  probabilityOf: (row: Row) => number | undefined,
): Tallying<PipelineTally, PipelineMeasure> => ({
  columns: ['id', 'expected_amount', 'expected_currency', 'manual_probability', ...shown],
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
    const probability = probabilityOf(row)
    tally.count += 1
    if (probability === undefined) tally.unweighted += 1
    if (expected !== undefined) keep(tally.expectedRevenue, expected)
    if (expected !== undefined && probability !== undefined) {
      keep(tally.weightedRevenue, weighted(expected, probability))
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
