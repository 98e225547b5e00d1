/**
 * Questions about exchange rates.
 *
 * @module
 */
import type { DatabaseSync } from 'node:sqlite'
import * as E from 'fp-ts/lib/Either.js'
import type { ExchangeRateDocument } from '../catalogue/exchange-rate.ts'
import { prepared } from '../database.ts'
import type { ExchangeRateView } from '../views/quotation.ts'
import type { Asking } from './asking.ts'
import { type Condition, condition } from './condition.ts'
import { dayConditions } from './filters.ts'
import { type ListDefinition, listDocuments, viewed } from './list.ts'
import type { ExchangeRateFilters, Queries } from './queries.ts'
import { endsBeforeItBegins } from './refusal.ts'

const rateList: ListDefinition<'date'> = {
  view: 'exchange_rate',
  sorts: { date: { column: 'date', nullable: false } },
  usualSort: '-date',
}

export const exchangeRateQueries = ({ reader, cursors }: Asking): Queries['exchangeRates'] => ({
  on: async ({ base, quote, date }, { company }) => {
    if (base === quote) return { rate: '1', date }
    const db = reader('catalogue')
    const direct = lastOf(db, company, [base, quote, date])
    const reverse = lastOf(db, company, [quote, base, date])
    if (reverse === undefined || (direct !== undefined && direct.date >= reverse.date)) {
      return direct
    }
    const rate = reciprocal(reverse.rate)
    // So little of the other currency that nothing of it is left.
    return rate === '0' ? direct : { rate, date: reverse.date }
  },
  list: async ({ company }, request = {}) => {
    const filters = request.filters ?? {}
    const never = endsBeforeItBegins(filters)
    if (never !== undefined) return never
    return E.map(viewed((documents: readonly ExchangeRateDocument[]) => documents.map(rateView)))(
      listDocuments<ExchangeRateDocument, 'date'>(
        reader('catalogue'),
        rateList,
        rateConditions(company, filters),
        request,
        { cursors, company },
      ),
    )
  },
})

/** Of the day, or the last before it. */
const lastOf = (
  db: DatabaseSync,
  company: string,
  [base, quote, date]: readonly [string, string, string],
): { readonly rate: string; readonly date: string } | undefined => {
  const row = prepared(
    db,
    `SELECT rate, date FROM exchange_rate
     WHERE company = ? AND base = ? AND quote = ? AND date <= ? ORDER BY date DESC LIMIT 1`,
  ).get(company, base, quote, date)
  return row && { rate: String(row['rate']), date: String(row['date']) }
}

/** The digits after the point that a reversed rate is rounded to. */
const reciprocalDigits = 12

/**
 * One divided by a rate: as decimal text to twelve digits, rounded half away from zero, for most
 * reversed rates never end. Zeros at the end say nothing and are left out.
 *
 * @example reciprocal('600000') // '0.000001666667'
 */
export const reciprocal = (rate: string): string => {
  const [whole = '', fraction = ''] = rate.split('.')
  const divisor = BigInt(whole + fraction)
  const dividend = 10n ** BigInt(reciprocalDigits + fraction.length)
  const rounded = (2n * dividend + divisor) / (2n * divisor)
  const text = String(rounded).padStart(reciprocalDigits + 1, '0')
  return `${text.slice(0, -reciprocalDigits)}.${text.slice(-reciprocalDigits)}`.replace(
    /\.?0+$/,
    '',
  )
}

const rateConditions = (
  company: string,
  { base, quote, from, to }: ExchangeRateFilters,
): readonly Condition[] => [
  condition('company = ?', company),
  ...(base === undefined ? [] : [condition('base = ?', base)]),
  ...(quote === undefined ? [] : [condition('quote = ?', quote)]),
  ...dayConditions('date', { from, to }),
]

const rateView = ({ base, quote, date, rate, setAt }: ExchangeRateDocument): ExchangeRateView => ({
  base,
  quote,
  date,
  rate,
  setAt,
})
