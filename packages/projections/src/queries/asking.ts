/**
 * What questions are asked of: the read models, the log, and the clock.
 *
 * @module
 */
import type { DatabaseSync } from 'node:sqlite'
import type { RecordedEvent } from '@forsat/event-store'
import { prepared } from '../database.ts'
import type { At } from './at.ts'
import type { Cursors } from './cursor.ts'
import type { Scope } from './queries.ts'
import { ReadModelNotReady } from './reader.ts'
import { type LogReader, streamEvents } from './streams.ts'

export interface Asking extends LogReader {
  /** The connection for questions that need these read models; throws while one is made anew. */
  readonly reader: (...names: readonly string[]) => DatabaseSync
  readonly cursors: Cursors
  readonly now: () => string
}

/**
 * The connection beside an answer from the log. Whoever asks for no past in particular wants an answer
 * however far read models are: then he goes without what only they know.
 */
export const readerBeside = (
  { reader }: Pick<Asking, 'reader'>,
  { position, asOf, effectiveAt }: At,
  ...names: readonly string[]
): DatabaseSync | undefined => {
  try {
    return reader(...names)
  } catch (error) {
    const isPast = (position ?? asOf ?? effectiveAt) !== undefined
    if (isPast || !(error instanceof ReadModelNotReady)) throw error
    return undefined
  }
}

/** One record of a company by its id: as its read model has it, or of a past as its stream tells. */
export const single =
  <Document extends { readonly company?: string | undefined }>(
    asking: Asking,
    projection: string,
    view: string,
    fold: (events: Iterable<RecordedEvent>) => Document | undefined,
  ) =>
  async (id: string, scope: Scope, at?: At): Promise<Document | undefined> => {
    const document =
      at === undefined
        ? (stored(asking.reader(projection), view, id) as Document | undefined)
        : fold(await streamEvents(asking, `${view}-${id}`, at))
    return document?.company === scope.company ? document : undefined
  }

const stored = (db: DatabaseSync, view: string, id: string): unknown => {
  const row = prepared(db, `SELECT doc FROM ${view} WHERE id = ?`).get(id)
  return row && JSON.parse(String(row['doc']))
}
