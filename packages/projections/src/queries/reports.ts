/**
 * The reports on sales and on offers, of now or of a past.
 *
 * @module
 */

import type { DatabaseSync } from 'node:sqlite'
import { CalendarDate } from '@forsat/domain'
import * as E from 'fp-ts/lib/Either.js'
import { lossReport, winReport } from '../reports/outcome-reports.ts'
import { pipelineReport } from '../reports/pipeline-report.ts'
import { type Question, versionConditions } from '../reports/question.ts'
import { quotationReport } from '../reports/quotation-report.ts'
import type { ReportAnswer } from '../reports/report.ts'
import type { At } from './at.ts'
import type { Scope } from './queries.ts'
import { invalid, type QueryRefusal } from './refusal.ts'
import type { ReportQueries, ReportRequest } from './report-request.ts'

export interface PastReader {
  /** Asks these read models as they are; a past by what happened is made for the occasion. */
  <Answer>(
    at: At,
    readModels: readonly string[],
    ask: (db: DatabaseSync) => Answer,
  ): Promise<Answer>
}

const needed = ['opportunities', 'quotations', 'contacts', 'catalogue'] as const

/** What a clock says; of a past, what it said then. */
export type PastClock = (at: At) => Promise<string>

export const reportQueries = (reading: PastReader, clock: PastClock): ReportQueries => {
  const asked =
    <Measure extends string, Filters, Report>(
      make: (
        question: Question<ReportRequest<Measure, Filters>>,
      ) => E.Either<QueryRefusal, ReportAnswer>,
      readModels: readonly string[] = needed,
    ) =>
    async (
      scope: Scope,
      request: ReportRequest<Measure, Filters> = {},
    ): Promise<E.Either<QueryRefusal, Report>> => {
      for (const name of ['from', 'to'] as const) {
        const day = request[name]
        if (day !== undefined && !CalendarDate.safeParse(day).success) {
          return invalid(`/${name}`, 'must be a date, YYYY-MM-DD')
        }
      }
      const { at = {} } = request
      // What had happened by then is replayed; what was recorded by then is read from the versions.
      const versions = at.effectiveAt === undefined ? versionConditions(at) : undefined
      const moment = await clock(at)
      return reading(at, readModels, (db) => {
        const answer = make({ db, scope, request, versions, clock: moment })
        if (E.isLeft(answer)) return answer
        return E.right({ ...answer.right, position: positionIn(db, at) } as Report)
      })
    }
  return {
    lostReasons: asked(lossReport),
    winRate: asked(winReport),
    quotations: asked(quotationReport),
    pipeline: asked(pipelineReport, [...needed, 'scoring']),
  }
}

/** How far the log was read for the answer. */
const positionIn = (db: DatabaseSync, { position }: At): string => {
  const row = db
    .prepare(
      `SELECT min(position) AS position FROM forsat_projection
       WHERE name IN ('opportunities', 'quotations')`,
    )
    .get()
  const known = Number(row?.['position'] ?? 0)
  return String(Math.min(known, position ?? known))
}
