/**
 * Under which names reports show what they group by: as they are now, or were at the moment asked for.
 *
 * @module
 */
import type { DatabaseSync } from 'node:sqlite'
import { all, type Condition, condition } from '../queries/condition.ts'
import type { Entity } from '../views/report.ts'

export interface Names {
  readonly reason: (id: string) => Entity
  readonly stage: (id: string) => Entity
  readonly team: (id: string) => Entity
  readonly product: (id: string) => Entity
  readonly user: (id: string) => Entity
  readonly company: (id: string) => Entity
  /** The category of a lost reason; null where it has none. */
  readonly categoryOf: (reasonId: string) => string | null
  /** The place of a stage in the order of stages, as it is now. */
  readonly rankOf: (stageId: string) => number
}

/** `versions` are the conditions on rows of versions for a past; absent, rows are those of now. */
export const namesIn = (db: DatabaseSync, versions: readonly Condition[] | undefined): Names => {
  const entityIn = (view: string, isKept = true) => {
    const past = isKept ? versions : undefined
    const { sql, values } = all([condition('id = ?'), ...(past ?? [])])
    const find = db.prepare(
      `SELECT name, archived FROM ${past === undefined ? view : `${view}_history`} WHERE ${sql}`,
    )
    return (id: string): Entity => {
      const row = find.get(id, ...values)
      const name = row?.['name']
      return { id, name: typeof name === 'string' ? name : null, archived: row?.['archived'] === 1 }
    }
  }
  const reasons = all([condition('id = ?'), ...(versions ?? [])])
  const category = db.prepare(
    `SELECT category FROM ${versions === undefined ? 'lost_reason' : 'lost_reason_history'}
     WHERE ${reasons.sql}`,
  )
  const place = db.prepare('SELECT position FROM stage WHERE id = ?')
  return {
    reason: entityIn('lost_reason'),
    stage: entityIn('stage'),
    team: entityIn('team'),
    product: entityIn('product'),
    // Names of people are not kept in versions, nor are those of companies.
    user: entityIn('user', false),
    company: entityIn('company', false),
    categoryOf: (reasonId) => {
      const found = category.get(reasonId, ...reasons.values)?.['category']
      return typeof found === 'string' ? found : null
    },
    rankOf: (stageId) => Number(place.get(stageId)?.['position'] ?? 0),
  }
}
