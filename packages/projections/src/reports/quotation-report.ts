/**
 * The report on offers: how many were made, what they come to, and how many were taken.
 *
 * @module
 */
import type * as E from 'fp-ts/lib/Either.js'
import { condition, isOneOf } from '../queries/condition.ts'
import { choices, dayConditions, dimensionConditions } from '../queries/filters.ts'
import type { QueryRefusal } from '../queries/refusal.ts'
import { type QuotationReportRequest, quotationDimensions } from '../queries/report-request.ts'
import type { QuotationStatus } from '../views/quotation.ts'
import type { QuotationMeasure } from '../views/report.ts'
import { offers } from './offers.ts'
import { type Question, settingOf } from './question.ts'
import { type ReportAnswer, report, type Source } from './report.ts'
import { percentage } from './statistics.ts'
import { add, moneyOf, type Sums } from './sum.ts'
import type { Tallying } from './tally.ts'

export const quotationReport = (
  question: Question<QuotationReportRequest>,
): E.Either<QueryRefusal, ReportAnswer> => {
  const { request, db } = question
  const { dateBasis = 'created', filters = {}, currency, ...asked } = request
  const { status, ...described } = filters
  const dayColumn = { closed: 'closed_on', created: 'created_on', sent: 'sent_on' }[dateBasis]
  const source: Source = {
    db,
    rows: offers(question),
    dayColumn,
    conditions: [
      ...(status === undefined ? [] : [isOneOf('standing', choices(status))]),
      ...(currency === undefined ? [] : [condition('currency = ?', currency)]),
      ...dimensionConditions(described),
    ],
    daysIn: (days) => dayConditions(dayColumn, days),
  }
  const setting = { ...settingOf(question), source, tallying: offered }
  return report(
    { ...asked, currency },
    { ...setting, dimensions: quotationDimensions, usualGroups: ['status'] },
  )
}

interface OfferTally {
  readonly counts: Record<QuotationStatus, number>
  readonly net: Sums
  readonly discount: Sums
  readonly total: Sums
  readonly confirmedNet: Sums
  readonly confirmedTotal: Sums
}

const sums = ['net', 'discount', 'total'] as const
const ended = ({ confirmed, declined, expired }: OfferTally['counts']) =>
  confirmed + declined + expired
const counted = ({ counts }: OfferTally) =>
  Object.values(counts).reduce((all, count) => all + count, 0)

const offered: Tallying<OfferTally, QuotationMeasure> = {
  columns: ['standing', 'currency', ...sums.map((name) => `${name}_amount`)],
  begin: () => ({
    counts: { draft: 0, sent: 0, expired: 0, confirmed: 0, declined: 0, cancelled: 0 },
    net: new Map(),
    discount: new Map(),
    total: new Map(),
    confirmedNet: new Map(),
    confirmedTotal: new Map(),
  }),
  add: (tally, row) => {
    const status = row['standing'] as QuotationStatus
    const currency = String(row['currency'])
    tally.counts[status] += 1
    for (const name of sums) add(tally[name], String(row[`${name}_amount`]), currency)
    if (status !== 'confirmed') return
    add(tally.confirmedNet, String(row['net_amount']), currency)
    add(tally.confirmedTotal, String(row['total_amount']), currency)
  },
  size: counted,
  figures: {
    count: counted,
    net: ({ net }) => moneyOf(net),
    discount: ({ discount }) => moneyOf(discount),
    total: ({ total }) => moneyOf(total),
    confirmed: ({ counts }) => counts.confirmed,
    confirmedNet: ({ confirmedNet }) => moneyOf(confirmedNet),
    confirmedTotal: ({ confirmedTotal }) => moneyOf(confirmedTotal),
    declined: ({ counts }) => counts.declined,
    expired: ({ counts }) => counts.expired,
    acceptanceRate: ({ counts }) => percentage(counts.confirmed, ended(counts)),
  },
  sums: (tally, measure) => (isSum(measure) ? tally[measure] : undefined),
}

const isSum = (
  measure: QuotationMeasure,
): measure is (typeof sums)[number] | 'confirmedNet' | 'confirmedTotal' =>
  ['net', 'discount', 'total', 'confirmedNet', 'confirmedTotal'].includes(measure)
