/**
 * What reports are asked over HTTP: the days that count, the filters, and how the answer is cut,
 * ordered and written.
 *
 * @module
 */
import {
  buckets,
  dimensions,
  lossMeasureNames,
  pipelineDimensions,
  pipelineMeasureNames,
  QuotationStatus,
  quotationDimensions,
  quotationMeasureNames,
  type ReportRequest,
  winMeasureNames,
} from '@forsat/projections'
import * as z from 'zod'
import { atOf, minPosition, type Past, past } from '../asking.ts'
import { dimensionFilters, period } from '../lists.ts'
import { choice, namesOf, wholeNumber } from '../values.ts'

/** What rows may stand for, of those dimensions. */
const groupingBy = (names: readonly string[]) => {
  const groupings = [...names.filter((name) => name !== 'attributes'), ...buckets].join(', ')
  const grouping = z
    .string()
    .regex(
      new RegExp(
        `^(?:${groupings.replaceAll(', ', '|')}|attributes\\.[A-Za-z][A-Za-z0-9_]{0,39})$`,
      ),
      `must be one of ${groupings}, attributes.KEY`,
    )
  return namesOf(grouping).optional().describe(`Of ${groupings}, attributes.KEY.`)
}

const measuring = <const Measure extends string>(measures: readonly Measure[]) =>
  namesOf(z.enum(measures as readonly [Measure, ...Measure[]]))
    .optional()
    .describe(`Of ${measures.join(', ')}.`)

const counting = (days: string) => ({
  from: period.from,
  to: period.to,
  dateBasis: z.enum(['closed', 'created', 'sent']).optional().describe(days),
})

/** How the answer is cut, ordered and written, and which past it is of. */
const answering = {
  calendar: z
    .enum(['gregorian', 'jalali'])
    .optional()
    .describe("What time is cut by; by default the company's."),
  compare: z.enum(['previous']).optional().describe('Beside each figure that of the time before.'),
  sort: z
    .string()
    .regex(/^-?[A-Za-z][A-Za-z0-9_.]{0,60}$/, 'must be a measure or what was grouped by')
    .optional()
    .describe('A measure or what was grouped by; a minus turns it round.'),
  top: wholeNumber(1, 10_000).optional().describe('Only so many rows, the first as sorted.'),
  minCount: wholeNumber(1).optional().describe('Only rows of so many or more.'),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'must be a currency code of ISO 4217')
    .optional()
    .describe('Only sums in this currency; of offers only those in it.'),
  ...past,
  ...minPosition,
  format: z.enum(['json', 'csv']).default('json'),
}

const outcomes = {
  ...counting(
    'The day that counts: of the outcome (the default), of the opening, or of the first offer.',
  ),
  groupBy: groupingBy(dimensions),
  ...dimensionFilters,
  reopened: z
    .enum(['exclude', 'include'])
    .optional()
    .describe('Whether losses that were reopened since count.'),
  ...answering,
}
export const lossQuery = z.strictObject({ ...outcomes, measures: measuring(lossMeasureNames) })
export const winQuery = z.strictObject({ ...outcomes, measures: measuring(winMeasureNames) })

export const quotationQuery = z
  .strictObject({
    ...counting('The day that counts: of the draft (the default), of the sending, or of the end.'),
    groupBy: groupingBy(quotationDimensions),
    status: choice(QuotationStatus)
      .optional()
      .describe('As the clock told it at the moment asked for.'),
    ...dimensionFilters,
    ...answering,
    measures: measuring(quotationMeasureNames),
  })
  .omit({ competitor: true, kind: true, quoted: true })

export const pipelineQuery = z
  .strictObject({
    ...counting(
      'The day that counts: of the opening (the default), of the first offer, or of the closing that is expected.',
    ),
    groupBy: groupingBy(pipelineDimensions),
    ...dimensionFilters,
    kind: dimensionFilters.kind.describe('Leads are left out unless they are asked for.'),
    ...answering,
    measures: measuring(pipelineMeasureNames),
  })
  .omit({ reason: true, category: true, competitor: true })

/** What all reports take, filters aside; which past is meant stands beside the rest. */
type Asked<Measure extends string> = Omit<ReportRequest<Measure>, 'filters' | 'at'> & Past

/** What is no parameter of its own is a filter. */
export const requestOf = <Measure extends string, Filters extends object>({
  from,
  to,
  dateBasis,
  groupBy,
  calendar,
  measures,
  compare,
  sort,
  top,
  minCount,
  currency,
  reopened,
  asOf,
  atPosition,
  effectiveAt,
  ...filters
}: Asked<Measure> & Filters): ReportRequest<Measure, Omit<Filters, keyof Asked<Measure>>> => ({
  from,
  to,
  dateBasis,
  groupBy,
  calendar,
  measures,
  compare,
  sort,
  top,
  minCount,
  currency,
  reopened,
  filters,
  at: atOf({ asOf, atPosition, effectiveAt }),
})
