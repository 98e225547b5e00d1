/**
 * What the log has where: ids, revisions and times of our events, followed from `$all` into a file of
 * this machine. The server finds no event by its id and stamps each by its own clock; here an id is
 * found, and times never go back. It is derived: thrown away, it grows again.
 *
 * @module
 */
import { DatabaseSync } from 'node:sqlite'
import { noStream, type Position, type Revision } from '../port.ts'

/** An event of ours, as the index needs it. */
export interface Seen {
  readonly position: Position
  readonly id: string
  readonly stream: string
  readonly revision: Revision
  readonly createdAt: string
}

export interface Entry extends Omit<Seen, 'createdAt'> {
  readonly recordedAt: string
  /** Its place among our events, dense from 0. */
  readonly index: number
}

/** A stream in which a command is remembered, and when that was. */
export interface RememberedCommand {
  readonly stream: string
  readonly at: string
}

/** What a page of the log brings. */
export interface News {
  readonly events: readonly Seen[]
  readonly commands: readonly RememberedCommand[]
  /** Keys whose sealed parts nobody is to get any more. */
  readonly discarded: readonly string[]
}

export interface LogIndex {
  /** Everything of ours up to here has been seen. */
  readonly progress: () => Position
  readonly take: (news: News, to: Position) => void
  readonly find: (id: string) => Entry | undefined
  /** The last event at or before a position. */
  readonly before: (position: Position) => Entry | undefined
  /** The first event behind a position. */
  readonly behind: (position: Position) => Entry | undefined
  readonly last: () => Position
  readonly lastRevision: (stream: string) => Revision
  /** The time an event that was seen counts as recorded at: never before that of an earlier one. */
  readonly recordedAt: (position: Position, createdAt: string) => string
  readonly isDiscarded: (keyId: string) => boolean
  readonly commandsBefore: (at: string) => readonly string[]
  readonly forgetCommand: (stream: string) => void
  readonly clear: () => void
  readonly close: () => void
}

const version = 1

const schema = `
CREATE TABLE IF NOT EXISTS entry (
  pos INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  stream TEXT NOT NULL,
  rev INTEGER NOT NULL,
  idx INTEGER NOT NULL,
  recorded TEXT NOT NULL,
  late INTEGER NOT NULL,
  UNIQUE (stream, rev)
) STRICT;
CREATE INDEX IF NOT EXISTS entry_late ON entry (pos) WHERE late = 1;
CREATE TABLE IF NOT EXISTS discarded (key TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS command (stream TEXT PRIMARY KEY, at TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS progress (one INTEGER PRIMARY KEY CHECK (one = 1), pos INTEGER NOT NULL) STRICT;
INSERT OR IGNORE INTO progress (one, pos) VALUES (1, 0);
PRAGMA user_version = ${version};
`

/** The index in a file, or in memory. Several processes may keep the same one. */
export const openLogIndex = (path: string): LogIndex => {
  const db = new DatabaseSync(path, { timeout: 10_000 })
  // What a crash loses of it is followed again.
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF')
  const known = db.prepare('PRAGMA user_version').get()?.['user_version']
  if (known !== 0 && known !== version) {
    db.exec('DROP TABLE entry; DROP TABLE command; DROP TABLE discarded; DROP TABLE progress')
  }
  db.exec(schema)

  const columns =
    'pos AS position, id, stream, rev AS revision, idx AS "index", recorded AS recordedAt'
  const insert = db.prepare(
    'INSERT OR IGNORE INTO entry (pos, id, stream, rev, idx, recorded, late) VALUES (?, ?, ?, ?, ?, ?, ?)',
  )
  const byId = db.prepare(`SELECT ${columns} FROM entry WHERE id = ?`)
  const atOrBefore = db.prepare(
    `SELECT ${columns} FROM entry WHERE pos <= ? ORDER BY pos DESC LIMIT 1`,
  )
  const firstBehind = db.prepare(`SELECT ${columns} FROM entry WHERE pos > ? ORDER BY pos LIMIT 1`)
  const revision = db.prepare('SELECT max(rev) AS last FROM entry WHERE stream = ?')
  const lateOnes = db.prepare('SELECT pos, recorded FROM entry WHERE late = 1')
  const saveProgress = db.prepare('UPDATE progress SET pos = max(pos, ?)')
  const insertCommand = db.prepare('INSERT OR REPLACE INTO command (stream, at) VALUES (?, ?)')
  const insertDiscarded = db.prepare('INSERT OR IGNORE INTO discarded (key) VALUES (?)')
  const oldCommands = db.prepare('SELECT stream FROM command WHERE at < ?')
  const dropCommand = db.prepare('DELETE FROM command WHERE stream = ?')

  const entry = (row: unknown): Entry | undefined => row as Entry | undefined
  let progress = Number(db.prepare('SELECT pos FROM progress').get()?.['pos'] ?? 0)
  // Another process on this file may have come further.
  const end = entry(atOrBefore.get(progress))
  let latest = end?.recordedAt ?? ''
  let last = end?.position ?? 0
  let next = (end?.index ?? -1) + 1
  const discarded = new Set(
    db
      .prepare('SELECT key FROM discarded')
      .all()
      .map(({ key }) => String(key)),
  )
  const late = new Map<Position, string>()
  for (const row of lateOnes.all()) late.set(Number(row['pos']), String(row['recorded']))

  return {
    progress: () => progress,
    take: ({ events, commands, discarded: keys }, to) => {
      db.exec('BEGIN IMMEDIATE')
      try {
        for (const { position, id, stream, revision: rev, createdAt } of events) {
          const isLate = createdAt < latest
          if (isLate) late.set(position, latest)
          else latest = createdAt
          insert.run(position, id, stream, rev, next, latest, isLate ? 1 : 0)
          last = position
          next += 1
        }
        for (const { stream, at } of commands) insertCommand.run(stream, at)
        for (const key of keys) {
          insertDiscarded.run(key)
          discarded.add(key)
        }
        saveProgress.run(to)
        db.exec('COMMIT')
      } catch (error) {
        if (db.isTransaction) db.exec('ROLLBACK')
        throw error
      }
      progress = to
    },
    find: (id) => entry(byId.get(id)),
    before: (position) => entry(atOrBefore.get(position)),
    behind: (position) => entry(firstBehind.get(position)),
    last: () => last,
    lastRevision: (stream) => Number(revision.get(stream)?.['last'] ?? noStream),
    recordedAt: (position, createdAt) => late.get(position) ?? createdAt,
    isDiscarded: (keyId) => discarded.has(keyId),
    commandsBefore: (at) => oldCommands.all(at).map(({ stream }) => String(stream)),
    forgetCommand: (stream) => {
      dropCommand.run(stream)
    },
    clear: () => {
      db.exec(
        'DELETE FROM entry; DELETE FROM command; DELETE FROM discarded; UPDATE progress SET pos = 0',
      )
      progress = 0
      latest = ''
      last = 0
      next = 0
      late.clear()
      discarded.clear()
    },
    close: () => db.close(),
  }
}
