/**
 * Reports over HTTP, as JSON or as a table for spreadsheets.
 *
 * @module
 */
import type { Forsat } from '@forsat/application'
import { csvOf } from '@forsat/ledger'
import { LossReport, PipelineReport, QuotationReport, WinReport } from '@forsat/projections'
import type { FastifyReply } from 'fastify'
import * as z from 'zod'
import { reached, readHeaders } from '../asking.ts'
import { scopeOf } from '../caller.ts'
import { type Api, answers, none, operation } from '../operation.ts'
import { granted } from '../problem.ts'
import { reportColumns } from '../report-table.ts'
import { lossQuery, pipelineQuery, quotationQuery, requestOf, winQuery } from './report-query.ts'

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
      const { format, minPosition: least, ...asked } = query
      await reached(forsat, least)
      const report = granted(await reports.lostReasons(scopeOf(caller), requestOf(asked)))
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
      const { format, minPosition: least, ...asked } = query
      await reached(forsat, least)
      const report = granted(await reports.winRate(scopeOf(caller), requestOf(asked)))
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
      const { format, minPosition: least, ...asked } = query
      await reached(forsat, least)
      const report = granted(await reports.quotations(scopeOf(caller), requestOf(asked)))
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
      const { format, minPosition: least, ...asked } = query
      await reached(forsat, least)
      const report = granted(await reports.pipeline(scopeOf(caller), requestOf(asked)))
      return send(reply, report, format, 'pipeline')
    },
  )
}
