/**
 * What is made, changed and put away, as the fold of its stream: reasons, stages, products and their
 * like all live so.
 *
 * @module
 */
import type { RecordedEvent } from '@forsat/event-store'
import { patched } from '../patch.ts'

export interface EntryDocument {
  readonly id: string
  readonly revision: number
  readonly company?: string
  readonly archived: boolean
  readonly createdAt: string
  /** The position of its first event: in this order entries came to be. */
  readonly began: number
}

/** A new document: what every event tells, and its own fields. */
export const entryBegun = <Fields extends object>(
  { subject: id, revision, company, position: began, occurredAt: createdAt }: RecordedEvent,
  fields: Fields,
): EntryDocument & Fields =>
  patched({ id, revision, archived: false, createdAt, began } as EntryDocument & Fields, {
    company,
    ...fields,
  })

/** The document after changes by a later event; `undefined` before it has begun. */
export const entryAfter = <Document extends EntryDocument>(
  document: Document | undefined,
  { revision }: RecordedEvent,
  changes: object,
): Document | undefined => document && patched(document, { ...changes, revision })

/** The document after one of the three events that all entries have. */
export const plainEntryAfter = <Document extends EntryDocument>(
  document: Document | undefined,
  recorded: RecordedEvent,
): Document | undefined => {
  const { type, data } = recorded.event
  if (type.endsWith('Created')) return entryBegun(recorded, data as Document)
  return entryAfter(document, recorded, type.endsWith('Archived') ? { archived: true } : data)
}
