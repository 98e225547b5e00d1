/**
 * Reports over HTTP, as JSON or as a table for spreadsheets.
 *
 * @module
 */
import type { Forsat } from '@forsat/application'
import {
  buckets,
  dimensions,
  LossReport,
  lossMeasureNames,
  PipelineReport,
  pipelineDimensions,
  pipelineMeasureNames,
  QuotationReport,
  QuotationStatus,
  quotationDimensions,
  quotationMeasureNames,
  WinReport,
  winMeasureNames,
} from '@forsat/projections'
import type { FastifyReply } from 'fastify'
import * as z from 'zod'
import { atOf, minPosition, past, reached, readHeaders } from '../asking.ts'
import { scopeOf } from '../caller.ts'
import { csvOf } from '../csv.ts'
import { dimensionFilters, known, period } from '../lists.ts'
import { type Api, answers, none, operation } from '../operation.ts'
import { granted } from '../problem.ts'
import { reportColumns } from '../report-table.ts'
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

const reportQuery = <const Measure extends string>(
  measures: readonly [Measure, ...Measure[]],
  names: readonly string[] = dimensions,
) =>
  z.strictObject({
    ...period,
    groupBy: groupingBy(names),
    ...dimensionFilters,
    calendar: z
      .enum(['gregorian', 'jalali'])
      .optional()
      .describe("What time is cut by; by default the company's."),
    measures: namesOf(z.enum(measures))
      .optional()
      .describe(`Of ${measures.join(', ')}.`),
    compare: z
      .enum(['previous'])
      .optional()
      .describe('Beside each figure that of the time before.'),
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
      .describe('Only sums in this currency.'),
    reopened: z
      .enum(['exclude', 'include'])
      .optional()
      .describe('Whether losses that were reopened since count.'),
    ...past,
    ...minPosition,
    format: z.enum(['json', 'csv']).default('json'),
  })

const lossQuery = reportQuery(lossMeasureNames as ['count', ...typeof lossMeasureNames])
const winQuery = reportQuery(winMeasureNames as ['won', ...typeof winMeasureNames])

const anyBasis = z.enum(['closed', 'created', 'sent']).optional().describe('The day that counts.')

const {
  competitor: _competitor,
  kind: _kind,
  quoted: _quoted,
  ...quotationFilters
} = reportQuery(
  quotationMeasureNames as ['count', ...typeof quotationMeasureNames],
  quotationDimensions,
).shape
const quotationQuery = z.strictObject({
  ...quotationFilters,
  dateBasis: anyBasis,
  status: choice(QuotationStatus)
    .optional()
    .describe('As the clock told it at the moment asked for.'),
})
const pipelineQuery = reportQuery(
  pipelineMeasureNames as ['count', ...typeof pipelineMeasureNames],
  pipelineDimensions,
).extend({ dateBasis: anyBasis })

type Shared = Omit<z.output<typeof lossQuery>, 'measures' | 'format' | 'minPosition'>

/** What every report may be asked, as the read models take it. */
const requestOf = ({ asOf, atPosition, effectiveAt, ...asked }: Shared) => {
  const { from, to, dateBasis, groupBy, calendar, compare, ...others } = asked
  const { sort, top, minCount, currency, reopened, ...filters } = others
  return known({
    from,
    to,
    dateBasis,
    groupBy,
    calendar,
    compare,
    sort,
    top,
    minCount,
    currency,
    reopened,
    filters: known(filters),
    at: atOf({ asOf, atPosition, effectiveAt }),
  })
}

const send = (
  reply: FastifyReply,
  report: LossReport | WinReport | QuotationReport | PipelineReport,
  format: 'json' | 'csv',
  name: string,
) => {
  reply.header('forsat-position', report.position)
  if (format === 'json') return reply.send(report)
  return reply
    .type('text/csv; charset=utf-8; header=present')
    .header('content-disposition', `attachment; filename="${name}.csv"`)
    .send(csvOf(reportColumns(report.rows), report.rows))
}

const answer = (report: z.ZodType) =>
  answers({
    description: 'The report.',
    content: {
      'application/json': { schema: report },
      'text/csv': { schema: z.string() },
    },
  })

export const reportRoutes = (api: Api, forsat: Forsat): void => {
  const { reports } = forsat.query
  const tag = 'Reports'
  api.get(
    '/reports/lost-reasons',
    {
      schema: {
        ...operation({ summary: 'Why sales are lost', tag, role: 'read' }),
        params: none,
        querystring: lossQuery,
        headers: readHeaders,
        response: answer(LossReport),
      },
    },
    async ({ query, caller }, reply) => {
      const { format, minPosition: least, measures, ...asked } = query
      await reached(forsat, least)
      const wanted = { ...requestOf(asked), ...known({ measures }) }
      const report = granted(await reports.lostReasons(scopeOf(caller), wanted))
      return send(reply, report, format, 'lost-reasons')
    },
  )
  api.get(
    '/reports/win-rate',
    {
      schema: {
        ...operation({ summary: 'How many sales are won', tag, role: 'read' }),
        params: none,
        querystring: winQuery,
        headers: readHeaders,
        response: answer(WinReport),
      },
    },
    async ({ query, caller }, reply) => {
      const { format, minPosition: least, measures, ...asked } = query
      await reached(forsat, least)
      const wanted = { ...requestOf(asked), ...known({ measures }) }
      const report = granted(await reports.winRate(scopeOf(caller), wanted))
      return send(reply, report, format, 'win-rate')
    },
  )

  api.get(
    '/reports/quotations',
    {
      schema: {
        ...operation({ summary: 'What is offered, and what becomes of it', tag, role: 'read' }),
        params: none,
        querystring: quotationQuery,
        headers: readHeaders,
        response: answer(QuotationReport),
      },
    },
    async ({ query, caller }, reply) => {
      const { format, minPosition: least, measures, dateBasis: basis, ...asked } = query
      await reached(forsat, least)
      const wanted = { ...requestOf(asked), ...known({ measures, dateBasis: basis }) }
      const report = granted(await reports.quotations(scopeOf(caller), wanted))
      return send(reply, report, format, 'quotations')
    },
  )

  api.get(
    '/reports/pipeline',
    {
      schema: {
        ...operation({ summary: 'What is open, and what was offered for it', tag, role: 'read' }),
        params: none,
        querystring: pipelineQuery,
        headers: readHeaders,
        response: answer(PipelineReport),
      },
    },
    async ({ query, caller }, reply) => {
      const { format, minPosition: least, measures, dateBasis: basis, ...asked } = query
      await reached(forsat, least)
      const wanted = { ...requestOf(asked), ...known({ measures, dateBasis: basis }) }
      const report = granted(await reports.pipeline(scopeOf(caller), wanted))
      return send(reply, report, format, 'pipeline')
    },
  )
}
