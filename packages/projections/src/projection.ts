/**
 * A projection is a fold of the log into tables, with a name and a version: the same events make the
 * same rows, whenever and in whatever portions they come. It has no clock.
 *
 * @module
 */
import type { RecordedEvent } from '@forsat/event-store'

/** What a column holds; with `?` it may be null. */
export type ColumnType = 'text' | 'text?' | 'integer' | 'integer?' | 'real?'
export type Columns = Readonly<Record<string, ColumnType>>
export type CellValue = string | number | null

/**
 * A table of documents: each row keeps its document whole, as JSON in the column `doc`, and beside it
 * what is asked for by columns. Documents are values: a changed one is a new one.
 */
export interface Table<Document extends object = object> {
  readonly columns: Columns
  /** Text columns that name a row, in order; each is a member of the document too. */
  readonly key: readonly string[]
  readonly indexes?: Readonly<Record<string, readonly string[]>>
  /** Whether rows hold personal data of their own record: an erasure makes them anew from its events. */
  readonly isPersonal?: boolean
  /** The columns of a document but `doc`. */
  row(document: Document): Readonly<Record<string, CellValue>>
  /**
   * Of these columns every version is kept, in `…_history`, with the positions and moments between
   * which it was the newest: from inclusive, to exclusive. No personal data belongs there.
   */
  readonly history?: {
    readonly columns: Columns
    row(document: Document): Readonly<Record<string, CellValue>>
    readonly indexes?: Readonly<Record<string, readonly string[]>>
  }
}

export type TableSet = Readonly<Record<string, Table>>

/** The documents of one table, while events are applied. */
export interface Documents<Document extends object> {
  get(...key: readonly string[]): Document | undefined
  put(document: Document): void
  /** Puts one that is surely new: nobody looks whether it is. */
  add(document: Document): void
  delete(...key: readonly string[]): void
}

/** The documents of each table of a projection. */
export type DocumentsOf<Tables extends TableSet> = {
  readonly [Name in keyof Tables]: Tables[Name] extends Table<infer Document>
    ? Documents<Document>
    : never
}

export interface Projection<Tables extends TableSet = TableSet> {
  readonly name: string
  /** Raised when rows mean something else than before: they are made anew at the next start. */
  readonly version: number
  readonly tables: Tables
  apply(event: RecordedEvent, tables: DocumentsOf<Tables>): void
}

/** A projection with the types of its tables. */
export const projection = <const Tables extends TableSet>(
  definition: Projection<Tables>,
): Projection<Tables> => definition
