/**
 * Documents of one table behind a cache: each is read once, changed in memory, and written once for
 * all the events of a page. Versions are kept event by event all the same.
 *
 * @module
 */
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { CellValue, Documents, Table } from '../projection.ts'
import { generationName, historyShape, mainShape, quoted, type TableShape } from './ddl.ts'

/** Where in the log the event stands that is being applied. */
interface Place {
  readonly position: number
  readonly recordedAt: string
}

type Row = Readonly<Record<string, CellValue>>
type Key = readonly string[]

interface Version extends Place {
  readonly row: Row
}

interface Entry {
  readonly key: Key
  document: object | undefined
  /** Whether the table has a row of it. */
  stored: boolean
  /** That row, where it was written from here. */
  written: Row | undefined
  /** The newest version, where versions are kept. */
  newest: Row | undefined
  /** Versions that are not written yet. */
  versions: Version[]
}

export interface DocumentTable {
  readonly documents: Documents<object>
  /** Says which event the next changes come from. */
  at(place: Place): void
  /** Writes what changed, inside the caller's transaction; false where nothing did. */
  write(): boolean
  /** Forgets everything, written or not. */
  forget(): void
}

/** How many documents are kept from page to page. */
const kept = 20_000

export const documentTable = (
  db: DatabaseSync,
  name: string,
  generation: number,
  table: Table,
): DocumentTable => {
  const rows = mainStatements(db, mainShape(name, table), generation)
  const history = historyShape(name, table)
  const versions = history && versionStatements(db, history, table.key, generation)
  const entries = new Map<string, Entry>()
  const changed = new Set<Entry>()
  let place: Place = { position: 0, recordedAt: '' }

  const entryOf = (key: Key): Entry => {
    const keyText = textOf(key)
    const known = entries.get(keyText)
    if (known !== undefined) return known
    const entry = entryWith(key, rows.find(key))
    entries.set(keyText, entry)
    return entry
  }

  const entryWith = (key: Key, document: object | undefined): Entry => ({
    key,
    document,
    stored: document !== undefined,
    written: undefined,
    newest: document && table.history?.row(document),
    versions: [],
  })

  const change = (entry: Entry, document: object): void => {
    keepVersion(entry, document)
    entry.document = document
    changed.add(entry)
  }

  const keepVersion = (entry: Entry, document: object): void => {
    if (table.history === undefined) return
    const row = table.history.row(document)
    if (entry.newest !== undefined && isSameRow(entry.newest, row)) return
    // Two changes by one event are one version.
    if (entry.versions.at(-1)?.position === place.position) entry.versions.pop()
    entry.versions.push({ ...place, row })
    entry.newest = row
  }

  const writeVersions = ({ key, stored, versions: unwritten }: Entry): void => {
    const [first] = unwritten
    if (versions === undefined || first === undefined) return
    if (stored) versions.close(key, first)
    for (const [index, version] of unwritten.entries()) {
      versions.insert(key, version, unwritten[index + 1])
    }
  }

  return {
    documents: {
      get: (...key) => entryOf(key).document,
      put: (document) => {
        const entry = entryOf(keyOf(table, document))
        if (entry.document !== document) change(entry, document)
      },
      add: (document) => {
        const entry = entryWith(keyOf(table, document), undefined)
        entries.set(textOf(entry.key), entry)
        change(entry, document)
      },
      delete: (...key) => {
        if (versions !== undefined) throw new TypeError(`${name} keeps versions, so rows stay`)
        const entry = entryOf(key)
        entry.document = undefined
        changed.add(entry)
      },
    },
    at: (next) => {
      place = next
    },
    write: () => {
      const wrote = changed.size > 0
      for (const entry of changed) {
        writeVersions(entry)
        entry.versions = []
        const { key, document } = entry
        const row = document && table.row(document)
        if (document !== undefined && row !== undefined) rows.save(row, document, entry)
        else if (entry.stored) rows.remove(key)
        entry.stored = document !== undefined
        entry.written = row
      }
      changed.clear()
      if (entries.size > kept) entries.clear()
      return wrote
    },
    forget: () => {
      entries.clear()
      changed.clear()
    },
  }
}

/** The key of a document, as its table names it. */
export const keyOf = (table: Table, document: object): Key =>
  table.key.map((name) => String((document as Readonly<Record<string, unknown>>)[name]))

const textOf = (key: Key): string => (key.length === 1 ? (key[0] ?? '') : JSON.stringify(key))

const isSameRow = (a: Row, b: Row): boolean => {
  for (const name in b) if (a[name] !== b[name]) return false
  return true
}

const statementParts = ({ name, columns, key }: TableShape, generation: number) => {
  const names = columns.map(([column]) => column)
  return {
    names,
    table: quoted(generationName(name, generation)),
    list: names.map(quoted).join(', '),
    marks: names.map(() => '?').join(', '),
    where: key.map((column) => `${quoted(column)} = ?`).join(' AND '),
  }
}

/** In so many ways rows are changed in part; those that are changed otherwise are written whole. */
const mostUpdates = 50

const mainStatements = (db: DatabaseSync, shape: TableShape, generation: number) => {
  const { names, table, list, marks, where } = statementParts(shape, generation)
  const find = db.prepare(`SELECT doc FROM ${table} WHERE ${where}`)
  const updates = names.filter((name) => !shape.key.includes(name)).map(quoted)
  const upsert = db.prepare(
    `INSERT INTO ${table} (${list}) VALUES (${marks}) ON CONFLICT DO UPDATE SET ` +
      updates.map((name) => `${name} = excluded.${name}`).join(', '),
  )
  const remove = db.prepare(`DELETE FROM ${table} WHERE ${where}`)
  const inRow = names.slice(0, -1)

  const partly = new Map<string, StatementSync>()
  /** Changes some columns: whatever is indexed by others need not be looked at. */
  const updateOf = (columns: readonly string[]): StatementSync | undefined => {
    const name = columns.join()
    const known = partly.get(name)
    if (known !== undefined || partly.size >= mostUpdates) return known
    const changes = [...columns, 'doc'].map((column) => `${quoted(column)} = ?`).join(', ')
    const made = db.prepare(`UPDATE ${table} SET ${changes} WHERE ${where}`)
    partly.set(name, made)
    return made
  }

  return {
    find: (key: Key): object | undefined => {
      const row = find.get(...key)
      return row && (JSON.parse(String(row['doc'])) as object)
    },
    save: (row: Row, document: object, { key, written }: Pick<Entry, 'key' | 'written'>): void => {
      const doc = JSON.stringify(document)
      const cells = (columns: readonly string[]) => columns.map((name) => row[name] ?? null)
      const columns = written && inRow.filter((name) => row[name] !== written[name])
      const update = columns && updateOf(columns)
      if (columns !== undefined && update !== undefined) update.run(...cells(columns), doc, ...key)
      else upsert.run(...cells(inRow), doc)
    },
    remove: (key: Key): void => {
      remove.run(...key)
    },
  }
}

const versionStatements = (
  db: DatabaseSync,
  shape: TableShape,
  keyColumns: readonly string[],
  generation: number,
) => {
  const { names, table, list, marks } = statementParts(shape, generation)
  const insert = db.prepare(`INSERT INTO ${table} (${list}) VALUES (${marks})`)
  const where = keyColumns.map((column) => `${quoted(column)} = ?`).join(' AND ')
  const close = db.prepare(
    `UPDATE ${table} SET to_position = ?, to_recorded_at = ? WHERE ${where} AND to_position IS NULL`,
  )
  // Between the key and the four columns that bound a version.
  const inRow = names.slice(keyColumns.length, -4)
  return {
    /** Ends the version that is current in the table. */
    close: (key: Key, { position, recordedAt }: Place): void => {
      close.run(position, recordedAt, ...key)
    },
    insert: (key: Key, version: Version, next: Version | undefined): void => {
      insert.run(
        ...key,
        ...inRow.map((name) => version.row[name] ?? null),
        version.position,
        next?.position ?? null,
        version.recordedAt,
        next?.recordedAt ?? null,
      )
    },
  }
}
