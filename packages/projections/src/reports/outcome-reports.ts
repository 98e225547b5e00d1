/**
 * The reports on how opportunities end: why they are lost, and how many are won.
 *
 * @module
 */
import type * as E from 'fp-ts/lib/Either.js'
import { type Condition, condition } from '../queries/condition.ts'
import { dimensions } from '../queries/dimension.ts'
import { dayConditions, dimensionConditions } from '../queries/filters.ts'
import type { QueryRefusal } from '../queries/refusal.ts'
import type { ReportRequest } from '../queries/report-request.ts'
import type { LossMeasure, WinMeasure } from '../views/report.ts'
import { firstSent, sales } from './offers.ts'
import { type Question, rowsOf, settingOf } from './question.ts'
import { type ReportAnswer, report, type Source } from './report.ts'
import { sql } from './statement.ts'
import { losses, outcomes } from './tally.ts'

type Answer = E.Either<QueryRefusal, ReportAnswer>

export const lossReport = (question: Question<ReportRequest<LossMeasure>>): Answer => {
  const { request, scope, db } = question
  const { dateBasis = 'closed', reopened = 'exclude', filters = {} } = request
  const dayColumn = { closed: 'occurred_on', created: 'created_on', sent: 'sent_on' }[dateBasis]
  const source: Source = {
    db,
    rows: dateBasis === 'sent' ? lossesWithFirstSent(question) : rowsOf('loss', question),
    dayColumn,
    conditions: [
      condition('company = ?', scope.company),
      condition(`standing IN ('lost'${reopened === 'include' ? `, 'reopened'` : ''})`),
      ...dimensionConditions(filters),
    ],
    daysIn: (days) => dayConditions(dayColumn, days),
  }
  const usualGroups = ['reason']
  const setting = { ...settingOf(question), source, tallying: losses, dimensions, usualGroups }
  return report(request, setting)
}

export const winReport = (question: Question<ReportRequest<WinMeasure>>): Answer => {
  const { request, scope, db } = question
  const { dateBasis = 'closed', filters = {} } = request
  const dayColumn = { closed: 'closed_on', created: 'created_on', sent: 'sent_on' }[dateBasis]
  const source: Source = {
    db,
    rows: asksForOffers(request) ? sales(question) : rowsOf('opportunity', question),
    dayColumn,
    conditions: [
      condition('company = ?', scope.company),
      condition(`outcome IN ('open', 'won', 'lost')`),
      ...dimensionConditions(filters),
    ],
    daysIn: (days, isBefore) =>
      dateBasis === 'closed' ? closedIn(days, isBefore) : dayConditions(dayColumn, days),
  }
  const setting = { ...settingOf(question), source, tallying: outcomes, dimensions }
  return report(request, { ...setting, usualGroups: [] })
}

/** Whether what was offered must be looked up: it takes longer than all the rest. */
const asksForOffers = ({ dateBasis, groupBy, filters }: ReportRequest<WinMeasure>): boolean =>
  dateBasis === 'sent' || groupBy?.includes('quoted') === true || filters?.quoted !== undefined

/** Losses with the day on which their opportunity was first sent an offer. */
const lossesWithFirstSent = (question: Question<unknown>): Condition =>
  sql`(SELECT * FROM ${rowsOf('loss', question)}
    LEFT JOIN ${firstSent(question)} ON sale = opportunity_id)`

/** Those that are open have no day of closing: they are counted beside any period, but not before it. */
const closedIn = (
  days: { readonly from?: string; readonly to?: string },
  isBefore: boolean,
): readonly Condition[] => {
  const closed = dayConditions('closed_on', days)
  if (isBefore || closed.length === 0) return closed
  return closed.map(({ sql: within, values }) => ({
    sql: `outcome = 'open' OR ${within}`,
    values,
  }))
}
