/**
 * The reports on how opportunities end, of now or of a past.
 *
 * @module
 */

import type { DatabaseSync } from 'node:sqlite'
import { CalendarDate } from '@forsat/domain'
import type { BucketCalendar } from '@forsat/domain/time'
import * as E from 'fp-ts/lib/Either.js'
import type { CompanyDocument } from '../catalogue/catalogue-documents.ts'
import { namesIn } from '../reports/names.ts'
import { type ReportAnswer, report, type Source } from '../reports/report.ts'
import { losses, outcomes } from '../reports/tally.ts'
import type { LossMeasure, LossReport, WinMeasure, WinReport } from '../views/report.ts'
import type { At } from './at.ts'
import { type Condition, condition } from './condition.ts'
import { dayConditions, dimensionConditions } from './filters.ts'
import type { Queries, ReportRequest, Scope } from './queries.ts'
import { atOnce } from './reader.ts'
import { invalid, type QueryRefusal } from './refusal.ts'

export interface PastReader {
  /** Asks the read models as they are; a past by what happened is made for the occasion. */
  <Answer>(at: At, ask: (db: DatabaseSync) => Answer): Promise<Answer>
}

export const reportQueries = (reading: PastReader): Queries['reports'] => ({
  lostReasons: (scope, request = {}) => asked(reading, scope, request, lossReport),
  winRate: (scope, request = {}) => asked(reading, scope, request, winReport),
})

const asked = async <Measure extends string, Report>(
  reading: PastReader,
  scope: Scope,
  request: ReportRequest<Measure>,
  make: (question: Question<Measure>) => E.Either<QueryRefusal, Report>,
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
  return reading(at, (db) => atOnce(db, () => make({ db, scope, request, versions })))
}

interface Question<Measure extends string> {
  readonly db: DatabaseSync
  readonly scope: Scope
  readonly request: ReportRequest<Measure>
  readonly versions: readonly Condition[] | undefined
}

/** The versions that were the newest then; `undefined` where now is asked for. */
const versionConditions = ({ position, asOf }: At): readonly Condition[] | undefined => {
  if (position === undefined && asOf === undefined) return undefined
  return [
    ...(position === undefined
      ? []
      : [
          condition('from_position <= ?', position),
          condition('to_position IS NULL OR to_position > ?', position),
        ]),
    ...(asOf === undefined
      ? []
      : [
          condition('from_recorded_at <= ?', asOf),
          condition('to_recorded_at IS NULL OR to_recorded_at > ?', asOf),
        ]),
  ]
}

const lossReport = (question: Question<LossMeasure>): E.Either<QueryRefusal, LossReport> => {
  const { request, versions, scope, db } = question
  const { dateBasis = 'closed', reopened = 'exclude', filters = {} } = request
  const dayColumn = dateBasis === 'closed' ? 'occurred_on' : 'created_on'
  const source: Source = {
    db,
    table: versions === undefined ? 'loss' : 'loss_history',
    dayColumn,
    conditions: [
      condition('company = ?', scope.company),
      condition(`standing IN ('lost'${reopened === 'include' ? `, 'reopened'` : ''})`),
      ...dimensionConditions(filters),
      ...(versions ?? []),
    ],
    daysIn: (days) => dayConditions(dayColumn, days),
  }
  const setting = { ...settingOf(question), source, tallying: losses, usualGroups: ['reason'] }
  return reported<LossReport>(report(request, setting), question)
}

const winReport = (question: Question<WinMeasure>): E.Either<QueryRefusal, WinReport> => {
  const { request, versions, scope, db } = question
  const { dateBasis = 'closed', filters = {} } = request
  const dayColumn = dateBasis === 'closed' ? 'closed_on' : 'created_on'
  const source: Source = {
    db,
    table: versions === undefined ? 'opportunity' : 'opportunity_history',
    dayColumn,
    conditions: [
      condition('company = ?', scope.company),
      condition(`outcome IN ('open', 'won', 'lost')`),
      ...dimensionConditions(filters),
      ...(versions ?? []),
    ],
    daysIn: (days, isBefore) =>
      dateBasis === 'closed' ? closedIn(days, isBefore) : dayConditions(dayColumn, days),
  }
  const setting = { ...settingOf(question), source, tallying: outcomes, usualGroups: [] }
  return reported<WinReport>(report(request, setting), question)
}

/** Those that are open have no day of closing: they are counted beside any period, but not before it. */
const closedIn = (
  days: { readonly from?: string; readonly to?: string },
  isBefore: boolean,
): readonly Condition[] => {
  const closed = dayConditions('closed_on', days)
  if (isBefore || closed.length === 0) return closed
  return closed.map(({ sql, values }) => ({ sql: `outcome = 'open' OR ${sql}`, values }))
}

const settingOf = <Measure extends string>({
  db,
  scope,
  request,
  versions,
}: Question<Measure>) => ({
  names: namesIn(db, versions),
  calendar: calendarOf(db, scope.company, request.calendar),
})

const calendarOf = (
  db: DatabaseSync,
  company: string,
  wanted: BucketCalendar['calendar'] | undefined,
): BucketCalendar => {
  const row = db.prepare('SELECT doc FROM company WHERE id = ?').get(company)
  const known = row && (JSON.parse(String(row['doc'])) as CompanyDocument)
  return {
    calendar: wanted ?? known?.calendar ?? 'gregorian',
    weekStartsOn: known?.weekStartsOn ?? 'monday',
  }
}

const reported = <Report extends LossReport | WinReport>(
  answer: E.Either<QueryRefusal, ReportAnswer>,
  question: Pick<Question<string>, 'db' | 'request'>,
): E.Either<QueryRefusal, Report> =>
  E.isLeft(answer)
    ? answer
    : E.right({ ...answer.right, position: positionOf(question) } as unknown as Report)

/** How far the log was read for the answer. */
const positionOf = ({ db, request }: Pick<Question<string>, 'db' | 'request'>): string => {
  const row = db
    .prepare(`SELECT min(position) AS position FROM forsat_projection WHERE name = 'opportunities'`)
    .get()
  const known = Number(row?.['position'] ?? 0)
  return String(Math.min(known, request.at?.position ?? known))
}
