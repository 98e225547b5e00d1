/**
 * Conditions on rows. Their SQL is ours alone: what somebody asks for is bound, never written into it.
 *
 * @module
 */
import type { SQLInputValue } from 'node:sqlite'

export interface Condition {
  readonly sql: string
  readonly values: readonly SQLInputValue[]
}

export const condition = (sql: string, ...values: readonly SQLInputValue[]): Condition => ({
  sql,
  values,
})

export const all = (conditions: readonly Condition[]): Condition =>
  conditions.length === 0
    ? condition('TRUE')
    : {
        sql: conditions.map(({ sql }) => `(${sql})`).join(' AND '),
        values: conditions.flatMap(({ values }) => values),
      }

export const some = (conditions: readonly Condition[]): Condition =>
  conditions.length === 0
    ? condition('FALSE')
    : {
        sql: conditions.map(({ sql }) => `(${sql})`).join(' OR '),
        values: conditions.flatMap(({ values }) => values),
      }

type Value = string | number | null

/** One of several values; a null among them is the absence of one. */
export const isOneOf = (expression: string, values: readonly Value[]): Condition => {
  const present = values.filter((value) => value !== null)
  return some([
    ...(present.length === 0
      ? []
      : [condition(`${expression} IN (${present.map(() => '?').join(', ')})`, ...present)]),
    ...(present.length === values.length ? [] : [condition(`${expression} IS NULL`)]),
  ])
}
