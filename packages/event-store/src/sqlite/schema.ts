/**
 * The tables of a store. `event` keeps what is hashed (the envelope), what it commits to (data and
 * salt), and the envelope's parts once more as columns to search by.
 *
 * @module
 */
import type { DatabaseSync } from 'node:sqlite'
import { StoreUnreachable } from '../store-errors.ts'

/** Raised with every change of the tables. */
const schemaVersion = 2

const format = 'forsat-events'

/**
 * The tree over the log. Rows of the time before it have no leaf of their own; the tree holds them all
 * the same.
 */
const treeTables = `
-- The root of each full 256 leaves (level 1), of each full 256 of those (level 2), and so on.
CREATE TABLE audit_node (
  level INTEGER NOT NULL,
  idx INTEGER NOT NULL,
  h BLOB NOT NULL,
  PRIMARY KEY (level, idx)
) STRICT, WITHOUT ROWID;

-- How many events the tree holds, and its growing edge: a hash for each one in the binary size.
CREATE TABLE audit_state (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  size INTEGER NOT NULL,
  frontier BLOB NOT NULL
) STRICT;
INSERT INTO audit_state VALUES (1, 0, x'');
`

/** Says that a log which began before its tree is still being taken into it. */
export const filling = 'filling'

/** From version 1 on. No row is written anew: the tree is filled behind it, in steps. */
export const fromVersion1 = `
ALTER TABLE event ADD COLUMN leaf BLOB;
${treeTables}
UPDATE meta SET value = '2' WHERE name = 'schema';
INSERT INTO meta VALUES ('tree', '${filling}');
`

export const schema = `
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO meta VALUES ('format', '${format}'), ('schema', '${schemaVersion}');

CREATE TABLE event (
  pos INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  stream TEXT NOT NULL,
  rev INTEGER NOT NULL,
  type TEXT NOT NULL,
  company TEXT,
  occurred TEXT NOT NULL,
  recorded TEXT NOT NULL,
  actor TEXT NOT NULL,
  on_behalf_of TEXT,
  corr TEXT NOT NULL,
  cause TEXT,
  sealed INTEGER NOT NULL, -- how many parts were sealed, whether or not they are still there
  data TEXT NOT NULL,
  salt BLOB NOT NULL,
  env TEXT NOT NULL,
  leaf BLOB, -- SHA-256 of a zero byte and env: tells where a fault is, and is never evidence
  UNIQUE (stream, rev)
) STRICT;

-- The only table of history that rows may vanish from: an erasure takes them.
CREATE TABLE event_sealed (
  pos INTEGER NOT NULL,
  subject TEXT NOT NULL,
  purpose TEXT NOT NULL,
  key_id TEXT NOT NULL,
  iv BLOB NOT NULL,
  ct BLOB NOT NULL,
  tag BLOB NOT NULL,
  commitment TEXT NOT NULL,
  PRIMARY KEY (pos, subject, purpose)
) STRICT, WITHOUT ROWID;

${treeTables}
CREATE TABLE command (
  scope TEXT NOT NULL,
  key TEXT NOT NULL,
  request_hash TEXT NOT NULL,
  outcome TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (scope, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX command_at ON command (at);

CREATE TABLE policy (name TEXT PRIMARY KEY, position INTEGER NOT NULL) STRICT, WITHOUT ROWID;

-- Who has the store open for writing. A row that outlives its process tells of an unclean end.
CREATE TABLE session (
  id TEXT PRIMARY KEY,
  host TEXT NOT NULL,
  pid INTEGER NOT NULL,
  started TEXT NOT NULL,
  opened TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Guards against slips, not against attackers. INSERT OR REPLACE walks past a guard of DELETE, so the
-- place of a new row is guarded too.
CREATE TRIGGER event_stays BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'history is not changed'); END;
CREATE TRIGGER event_remains BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'history is not deleted'); END;
CREATE TRIGGER event_follows BEFORE INSERT ON event
WHEN NEW.pos IS NOT (SELECT coalesce(max(pos), 0) + 1 FROM event)
BEGIN SELECT RAISE(ABORT, 'history grows at its end'); END;
`

/**
 * The version of the tables, 0 where there are none; a file that holds something else, or newer tables,
 * is not ours to touch.
 */
export const schemaOf = (db: DatabaseSync, path: string): number => {
  const tables = db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).all()
  if (tables.length === 0) return 0
  const meta = tables.some(({ name }) => name === 'meta')
    ? db.prepare('SELECT name, value FROM meta').all()
    : []
  const said = (wanted: string) => meta.find(({ name }) => name === wanted)?.['value']
  if (said('format') !== format) {
    throw new StoreUnreachable(`${path} is a database, but no event store.`)
  }
  const version = Number(said('schema'))
  if (version > schemaVersion) {
    throw new StoreUnreachable(
      `${path} was written by a newer version of this program: its tables are of version ${version}, here ${schemaVersion} is known.`,
    )
  }
  return version
}
