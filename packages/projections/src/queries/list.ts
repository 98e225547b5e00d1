/**
 * A list is read page by page. Its order ends in a key that no two rows share, so that none is shown
 * twice or skipped, whatever is added or goes between two pages.
 *
 * @module
 */

import type { DatabaseSync } from 'node:sqlite'
import * as E from 'fp-ts/lib/Either.js'
import { prepared } from '../database.ts'
import { all, type Condition, condition } from './condition.ts'
import type { Cursors, Place } from './cursor.ts'
import type { ListRequest, Page } from './queries.ts'
import { invalid, type QueryRefusal } from './refusal.ts'

/** A column that a list can be sorted by; a nullable one has its nulls at the end. */
interface SortColumn {
  readonly column: string
  readonly nullable: boolean
}

export interface ListDefinition<Sort extends string> {
  readonly view: string
  readonly sorts: Readonly<Record<Sort, SortColumn>>
  readonly usualSort: Sort | `-${Sort}`
}

export const largestPage = 200
const usualPage = 50

/** Documents of a view that fulfil the conditions, a page of them. */
export const listDocuments = <Document, Sort extends string>(
  db: DatabaseSync,
  { view, sorts, usualSort }: ListDefinition<Sort>,
  conditions: readonly Condition[],
  request: ListRequest<unknown, Sort>,
  { cursors, company }: { readonly cursors: Cursors; readonly company: string },
): E.Either<QueryRefusal, Page<Document>> => {
  const { limit = usualPage, sort = usualSort, filters = {}, cursor, count = false } = request
  if (!Number.isInteger(limit) || limit < 1 || limit > largestPage) {
    return invalid('/limit', `must be a whole number from 1 to ${largestPage}`)
  }
  const descending = sort.startsWith('-')
  const name = (descending ? sort.slice(1) : sort) as Sort
  if (!Object.hasOwn(sorts, name)) {
    return invalid('/sort', `must be one of ${Object.keys(sorts).join(', ')}, or - and one of them`)
  }
  const by = sorts[name]
  const question = [view, company, sort, filters]
  const after = cursor === undefined ? undefined : cursors.open(question, cursor)
  if (cursor !== undefined && after === undefined) {
    return invalid('/cursor', 'must be a cursor that this list gave for the same question')
  }

  const where = all(after ? [...conditions, behind(after, by, descending)] : conditions)
  const turn = descending ? 'DESC' : 'ASC'
  const nulls = by.nullable ? `${by.column} IS NULL, ` : ''
  const rows = prepared(
    db,
    // Where a parameter alone is the limit, SQLite compiles the statement anew each time it is bound.
    `SELECT doc, ${by.column} AS value, began FROM ${view} WHERE ${where.sql}
     ORDER BY ${nulls}${by.column} ${turn}, began ${turn} LIMIT ? + 0`,
  ).all(...where.values, limit + 1)
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1) : undefined
  return E.right({
    items: shown.map(({ doc }) => JSON.parse(String(doc)) as Document),
    ...(last && { next: cursors.make(question, placeOf(last)) }),
    ...(count && { total: countOf(db, view, conditions) }),
  })
}

/** A page with its documents as they are answered, all at once. */
export const viewed =
  <Document, View>(viewsOf: (documents: readonly Document[]) => readonly View[]) =>
  ({ items, ...page }: Page<Document>): Page<View> => ({ ...page, items: viewsOf(items) })

const placeOf = ({ value, began }: Record<string, unknown>): Place => ({
  value: typeof value === 'string' || typeof value === 'number' ? value : null,
  began: Number(began),
})

const behind = (
  { value, began }: Place,
  { column, nullable }: SortColumn,
  descending: boolean,
): Condition => {
  const than = descending ? '<' : '>'
  if (!nullable) return condition(`(${column}, began) ${than} (?, ?)`, value, began)
  if (value === null) return condition(`${column} IS NULL AND began ${than} ?`, began)
  return condition(`${column} IS NULL OR (${column}, began) ${than} (?, ?)`, value, began)
}

const countOf = (db: DatabaseSync, view: string, conditions: readonly Condition[]): number => {
  const { sql, values } = all(conditions)
  const row = prepared(db, `SELECT count(*) AS total FROM ${view} WHERE ${sql}`).get(...values)
  return Number(row?.['total'] ?? 0)
}
