/**
 * The tables of one projection in one generation, ready to have events applied to them.
 *
 * @module
 */
import type { DatabaseSync } from 'node:sqlite'
import type { RecordedEvent } from '@forsat/event-store'
import type { DocumentsOf, Projection, TableSet } from '../projection.ts'
import { documentTable } from './document-table.ts'

export interface ProjectionTables {
  apply(event: RecordedEvent): void
  /** Writes what changed, inside the caller's transaction; false where nothing did. */
  write(): boolean
  /** Forgets what was applied and not written. */
  forget(): void
}

export const projectionTables = (
  db: DatabaseSync,
  projection: Projection,
  generation: number,
): ProjectionTables => {
  const tables = Object.entries(projection.tables).map(
    ([name, table]) => [name, documentTable(db, name, generation, table)] as const,
  )
  const documents = Object.fromEntries(
    tables.map(([name, { documents: all }]) => [name, all]),
  ) as DocumentsOf<TableSet>
  return {
    apply: (event) => {
      for (const [, table] of tables) table.at(event)
      projection.apply(event, documents)
    },
    write: () => {
      let wrote = false
      for (const [, table] of tables) wrote = table.write() || wrote
      return wrote
    },
    forget: () => {
      for (const [, table] of tables) table.forget()
    },
  }
}
