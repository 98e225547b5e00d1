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

export const keepExternalIds = (
  table: Documents<ExternalIdDocument>,
  before: Known | undefined,
  after: Known,
): void => {
  if (before?.externalIds === after.externalIds) return
  const { id: subject, company = '' } = after
  for (const { system, id } of before?.externalIds ?? []) {
    if (table.get(company, system, id)?.subject === subject) table.delete(company, system, id)
  }
  for (const { system, id } of after.externalIds ?? []) {
    table.put({ company, system, external_id: id, subject })
  }
}

/**
 * The same for what a company keeps in lists. Users and companies are nobody's, so two that are never
 * seen together may have the same id.
 */
export const entryIds: Table<ExternalIdDocument> = {
  ...externalIds,
  key: ['system', 'external_id', 'subject'],
}

export const keepEntryIds = (
  table: Documents<ExternalIdDocument>,
  before: Known | undefined,
  after: Known,
): void => {
  if (before?.externalIds === after.externalIds) return
  const { id: subject, company = '' } = after
  for (const { system, id } of before?.externalIds ?? []) table.delete(system, id, subject)
  for (const { system, id } of after.externalIds ?? []) {
    table.put({ company, system, external_id: id, subject })
  }
}
