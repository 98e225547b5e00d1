/**
 * A report that is asked for: of which company, which past, and by which clock.
 *
 * @module
 */
import type { DatabaseSync } from 'node:sqlite'
import type { BucketCalendar } from '@forsat/domain/time'
import type { At } from '../queries/at.ts'
import { all, type Condition, condition } from '../queries/condition.ts'
import type { Scope } from '../queries/queries.ts'
import { companyIn } from '../queries/setting.ts'
import { namesIn } from './names.ts'

export interface Question<Request> {
  readonly db: DatabaseSync
  readonly scope: Scope
  readonly request: Request
  /** Of the versions that were the newest then; `undefined` where rows are those of now. */
  readonly versions: readonly Condition[] | undefined
  /** The moment that is asked about: what is valid until then has not expired. */
  readonly clock: string
}

/** The versions that were the newest then; `undefined` where now is asked for. */
export const versionConditions = ({ position, asOf }: At): readonly Condition[] | undefined => {
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

/** The rows of a table as they are, or were then: what stands behind FROM. */
export const rowsOf = (table: string, { versions }: Pick<Question<unknown>, 'versions'>) => {
  if (versions === undefined) return condition(table)
  const { sql, values } = all(versions)
  return condition(`(SELECT * FROM ${table}_history WHERE ${sql})`, ...values)
}

interface Cut {
  readonly calendar?: BucketCalendar['calendar'] | undefined
}

/** What rows are named by, and what time is cut by. */
export const settingOf = ({ db, scope, request, versions }: Question<Cut>) => ({
  names: namesIn(db, versions),
  calendar: calendarOf(db, scope.company, request.calendar),
})

const calendarOf = (
  db: DatabaseSync,
  company: string,
  wanted: BucketCalendar['calendar'] | undefined,
): BucketCalendar => {
  const known = companyIn(db, company)
  return {
    calendar: wanted ?? known?.calendar ?? 'gregorian',
    weekStartsOn: known?.weekStartsOn ?? 'monday',
  }
}
