/**
 * What a file of read models knows of itself: which projections it has, in which version and
 * generation, and how far each is.
 *
 * @module
 */
import type { DatabaseSync } from 'node:sqlite'
import type { Position } from '@forsat/event-store'
import { prepared } from './database.ts'
import type { Projection } from './projection.ts'
import { written } from './remembered.ts'
import {
  createTables,
  dropTables,
  generationTables,
  quoted,
  shapesOf,
  showGeneration,
} from './tables/ddl.ts'

/** Of the tables below; a file laid out otherwise is emptied and made anew. */
const layout = 1

export interface Checkpoint {
  readonly name: string
  readonly version: number
  /** Which tables the plain names show. */
  readonly generation: number
  readonly position: Position
  /** Of the event at that position: in another log it would be another. */
  readonly eventId: string | undefined
  /** The generation a rebuild is filling. */
  readonly building: number | undefined
}

/** Makes the file fit for these projections, inside the caller's transaction. */
export const prepareFile = (db: DatabaseSync, projections: readonly Projection[]): void => {
  const { user_version: found } = db.prepare('PRAGMA user_version').get() ?? {}
  if (found !== layout) empty(db)
  db.exec(`PRAGMA user_version = ${layout}`)
  db.exec(`CREATE TABLE IF NOT EXISTS forsat_projection (
    name TEXT PRIMARY KEY, version INTEGER NOT NULL, generation INTEGER NOT NULL,
    position INTEGER NOT NULL, event_id TEXT, building INTEGER) STRICT`)
  db.exec(`CREATE TABLE IF NOT EXISTS forsat_lease (
    name TEXT PRIMARY KEY, owner TEXT NOT NULL, beat INTEGER NOT NULL, trouble TEXT) STRICT`)
  const known = checkpoints(db)
  for (const projection of projections) if (!known.has(projection.name)) begin(db, projection)
}

/** Begins projections at the first event again, inside the caller's transaction. */
export const beginAnew = (db: DatabaseSync, projections: readonly Projection[]): void => {
  for (const projection of projections) begin(db, projection)
}

const begin = (db: DatabaseSync, projection: Projection): void => {
  const { name, version } = projection
  const generation = nextGeneration(db, projection)
  createTables(db, projection, generation)
  showGeneration(db, projection, generation)
  dropOthers(db, projection, generation)
  db.prepare(
    `INSERT INTO forsat_projection (name, version, generation, position) VALUES (?, ?, ?, 0)
     ON CONFLICT DO UPDATE SET version = excluded.version, generation = excluded.generation,
     position = 0, event_id = NULL, building = NULL`,
  ).run(name, version, generation)
  written(db)
}

const empty = (db: DatabaseSync): void => {
  const all = db
    .prepare(`SELECT type, name FROM sqlite_schema WHERE type IN ('view', 'table')
      AND name NOT LIKE 'sqlite%' ORDER BY type DESC`)
    .all()
  for (const { type, name } of all) db.exec(`DROP ${String(type)} ${quoted(String(name))}`)
}

export const checkpoints = (db: DatabaseSync): ReadonlyMap<string, Checkpoint> =>
  new Map(
    prepared(db, 'SELECT * FROM forsat_projection ORDER BY name')
      .all()
      .map((row) => {
        const checkpoint: Checkpoint = {
          name: String(row['name']),
          version: Number(row['version']),
          generation: Number(row['generation']),
          position: Number(row['position']),
          eventId: row['event_id'] === null ? undefined : String(row['event_id']),
          building: row['building'] === null ? undefined : Number(row['building']),
        }
        return [checkpoint.name, checkpoint] as const
      }),
  )

/** Moves a checkpoint on; false if it does not stand any more where the caller has seen it. */
export const moveCheckpoint = (
  db: DatabaseSync,
  seen: Pick<Checkpoint, 'name' | 'generation' | 'position'>,
  to: { readonly position: Position; readonly eventId: string },
): boolean =>
  prepared(
    db,
    `UPDATE forsat_projection SET position = ?, event_id = ?
     WHERE name = ? AND generation = ? AND position = ?`,
  ).run(to.position, to.eventId, seen.name, seen.generation, seen.position).changes === 1

const tablesOf = (db: DatabaseSync, projection: Projection) => {
  const names = new Set(shapesOf(projection).map(({ name }) => name))
  return generationTables(db).filter(({ name }) => names.has(name))
}

const nextGeneration = (db: DatabaseSync, projection: Projection): number =>
  1 + Math.max(0, ...tablesOf(db, projection).map(({ generation }) => generation))

const dropOthers = (db: DatabaseSync, projection: Projection, generation: number): void =>
  dropTables(
    db,
    tablesOf(db, projection)
      .filter((table) => table.generation !== generation)
      .map(({ table }) => table),
  )

/** Makes empty tables beside those in use, and drops what an earlier attempt left. */
export const beginBuilding = (db: DatabaseSync, projection: Projection): number => {
  abandonBuilding(db, projection)
  const building = nextGeneration(db, projection)
  createTables(db, projection, building)
  db.prepare('UPDATE forsat_projection SET building = ? WHERE name = ?').run(
    building,
    projection.name,
  )
  return building
}

/** Drops the tables of a rebuild that nobody goes on with; those in use stay. */
export const abandonBuilding = (db: DatabaseSync, projection: Projection): void => {
  const current = checkpoints(db).get(projection.name)
  if (current === undefined) return
  dropOthers(db, projection, current.generation)
  db.prepare('UPDATE forsat_projection SET building = NULL WHERE name = ?').run(projection.name)
}

/** Whether the tables in use know more than those that were built up to here. */
export const isBehindUse = (
  db: DatabaseSync,
  { name, version }: Projection,
  position: Position,
): boolean => {
  const current = checkpoints(db).get(name)
  return current?.version === version && current.position > position
}

/** Puts the tables that were built in the place of those in use, and drops these. */
export const takeIntoUse = (
  db: DatabaseSync,
  projection: Projection,
  building: number,
  to: { readonly position: Position; readonly eventId: string | undefined },
): void => {
  const { name, version } = projection
  if (checkpoints(db).get(name)?.building !== building) {
    throw new Error(`the rebuild of ${name} was taken over by another`)
  }
  showGeneration(db, projection, building)
  dropOthers(db, projection, building)
  db.prepare(
    `UPDATE forsat_projection
     SET version = ?, generation = ?, position = ?, event_id = ?, building = NULL WHERE name = ?`,
  ).run(version, building, to.position, to.eventId ?? null, name)
  written(db)
}

/** Whether the tables in use are those that this code knows how to ask. */
export const isUsable = (
  checkpoint: Checkpoint | undefined,
  { version }: Pick<Projection, 'version'>,
): checkpoint is Checkpoint => checkpoint?.version === version
