/**
 * The tables of one projection in one generation, ready to have events applied to them.
 *
 * @module
 */
import type { DatabaseSync } from 'node:sqlite'
import { isDeepStrictEqual } from 'node:util'
import type { RecordedEvent } from '@forsat/event-store'
import type { DocumentsOf, Projection, TableSet } from '../projection.ts'
import { documentTable, keyOf } from './document-table.ts'
import { loose } from './loose-documents.ts'

export interface ProjectionTables {
  apply(event: RecordedEvent): void
  /**
   * Makes the personal rows of records anew from all their events so far, which read otherwise since
   * an erasure. What is not personal is so already, and stays.
   */
  renew(events: readonly RecordedEvent[]): void
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
    renew: (events) => {
      const personal = Object.entries(projection.tables).filter(([, { isPersonal }]) => isPersonal)
      if (personal.length === 0) return
      const anew = Object.entries(projection.tables).map(
        ([name, table]) => [name, loose(table)] as const,
      )
      const folded = Object.fromEntries(anew) as DocumentsOf<TableSet>
      for (const event of events) projection.apply(event, folded)
      for (const [name, { all }] of anew) {
        const table = projection.tables[name]
        if (table?.isPersonal !== true) continue
        for (const document of all()) {
          const known = documents[name]?.get(...keyOf(table, document))
          if (known === undefined || isDeepStrictEqual(known, document)) continue
          documents[name]?.put(document)
        }
      }
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
