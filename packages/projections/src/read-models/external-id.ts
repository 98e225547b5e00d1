/**
 * Which record another system knows by an id: of two that claim it, the one that did so last.
 *
 * @module
 */
import type { Documents, Table } from '../projection.ts'

export interface ExternalIdDocument {
  readonly company: string
  readonly system: string
  readonly external_id: string
  readonly subject: string
}

export const externalIds: Table<ExternalIdDocument> = {
  key: ['company', 'system', 'external_id'],
  columns: { company: 'text', system: 'text', external_id: 'text', subject: 'text' },
  row: ({ company, system, external_id, subject }) => ({ company, system, external_id, subject }),
}

interface Known {
  readonly id: string
  readonly company?: string | undefined
  readonly externalIds?: readonly { readonly system: string; readonly id: string }[] | undefined
}

type Ids = Documents<ExternalIdDocument>
type ExternalId = NonNullable<Known['externalIds']>[number]

/** Keeps the ids of a record as they are after an event; how one is dropped follows from the key. */
const keeping =
  (drop: (table: Ids, record: Known, id: ExternalId) => void) =>
  (table: Ids, before: Known | undefined, after: Known): void => {
    if (before?.externalIds === after.externalIds) return
    const { id: subject, company = '' } = after
    for (const each of before?.externalIds ?? []) drop(table, after, each)
    for (const { system, id } of after.externalIds ?? []) {
      table.put({ company, system, external_id: id, subject })
    }
  }

export const keepExternalIds = keeping((table, { id: subject, company = '' }, { system, id }) => {
  if (table.get(company, system, id)?.subject === subject) table.delete(company, system, id)
})

/**
 * The same for what a company keeps in lists. Users and companies are nobody's, so two that are never
 * seen together may have the same id.
 */
export const entryIds: Table<ExternalIdDocument> = {
  ...externalIds,
  key: ['system', 'external_id', 'subject'],
}

export const keepEntryIds = keeping((table, { id: subject }, { system, id }) => {
  table.delete(system, id, subject)
})
