/**
 * A store in one file, on SQLite: write-ahead log, full durability, several processes at once.
 *
 * @module
 */
import { existsSync } from 'node:fs'
import { backup, type DatabaseSync } from 'node:sqlite'
import { admitted } from './admission.ts'
import { defaultPage, followed } from './news.ts'
import type { EventStore, LogTree } from './port.ts'
import { appending } from './sqlite/appending.ts'
import { commandMemory, commandTable, policyCheckpoints } from './sqlite/bookkeeping.ts'
import { connect, unreachable } from './sqlite/connection.ts'
import { discarding } from './sqlite/discarding.ts'
import { type EndOfLog, endOfLog } from './sqlite/end-of-log.ts'
import { entryPages } from './sqlite/entries.ts'
import { filled } from './sqlite/filling.ts'
import { type GrowingTree, growingTree } from './sqlite/growing-tree.ts'
import { keptTree } from './sqlite/kept-tree.ts'
import { type KnownEnds, knownEnds } from './sqlite/known-ends.ts'
import { checkEnd } from './sqlite/opening-check.ts'
import { reading } from './sqlite/reading.ts'
import { fromVersion1, schema, schemaOf } from './sqlite/schema.ts'
import { session } from './sqlite/session.ts'
import { type Verification, type Verified, verifyLog } from './sqlite/verifying.ts'
import { type Watch, watch } from './sqlite/watching.ts'
import { alone, type Writer, writer } from './sqlite/writer.ts'
import { type Finding, StoreDamaged, StoreUnreachable } from './store-errors.ts'

export type { Verification, Verified } from './sqlite/verifying.ts'

export interface SqliteStoreOptions {
  readonly clock: { now(): string }
  /** For workers that only read: appends are refused, and nobody is told that the store is open. */
  readonly readOnly?: boolean
}

export interface SqliteStore extends EventStore {
  readonly tree: LogTree
  /** Reads the log anew and compares it with roots that others hold. */
  verify(request: Verification): Promise<Verified>
  /** Checks the whole log against itself; an empty list means sound. */
  check(): Promise<readonly Finding[]>
  /** Copies the store into a new file, whole as of one moment, while it is in use. */
  backup(path: string): Promise<void>
}

/**
 * Opens the store in the file `path`, which is made if it is not there. Throws `StoreUnreachable`
 * where there can be no store, `StoreDamaged` where the log is not as it was written.
 */
export const openSqliteStore = async (
  path: string,
  { clock, readOnly = false }: SqliteStoreOptions,
): Promise<SqliteStore> => {
  const db = connect(path, { readOnly })
  try {
    if (!readOnly) await prepare(db, path)
    else if (schemaOf(db, path) === 0) throw new StoreUnreachable(`${path} is no event store.`)
    const log = { end: endOfLog(db), ends: knownEnds(db), tree: growingTree(db, path) }
    const file: OpenFile = { db, path, clock, ...log, news: watch(path) }
    return storeOf(file, readOnly ? readAccess(path) : await writeAccess(file))
  } catch (error) {
    db.close()
    throw unreachable(error, path)
  }
}

/** An opened file. */
interface OpenFile {
  readonly db: DatabaseSync
  readonly path: string
  readonly clock: { now(): string }
  readonly end: EndOfLog
  readonly ends: KnownEnds
  readonly tree: GrowingTree
  readonly news: Watch
}

interface Access {
  readonly write: Writer['write']
  readonly close: () => Promise<void>
}

const prepare = async (db: DatabaseSync, path: string): Promise<void> => {
  if (schemaOf(db, path) < 2) {
    await alone(db, path, () => {
      // Another process may have been faster.
      const version = schemaOf(db, path)
      if (version === 0) db.exec(schema)
      if (version === 1) db.exec(fromVersion1)
    })
  }
  await filled(db, path)
}

const readAccess = (path: string): Access => ({
  write: async () => {
    throw new Error(`${path} is open for reading only`)
  },
  close: async () => {},
})

/** Checks the log and enters our session; both must have been done before anything is written. */
const writeAccess = async ({
  db,
  path,
  clock,
  end,
  ends,
  tree,
  news,
}: OpenFile): Promise<Access> => {
  const mine = session(db, clock)
  const findings = mine.uncleanEnd()
    ? (await verifyLog(db, { depth: 'full' })).findings
    : checkEnd(db)
  if (findings.length > 0) throw new StoreDamaged(path, findings)
  await alone(db, path, mine.enter)

  let others = 0
  const { write, close } = writer({
    db,
    path,
    begun: () => {
      if (!end.refresh()) return
      ends.forget()
      tree.forget()
      others = mine.others()
    },
    ending: tree.keep,
    undone: () => {
      end.forget()
      ends.forget()
      tree.forget()
    },
    committed: news.ring,
    contended: () => others > 0,
  })
  return {
    write,
    close: async () => {
      // Whoever cannot say good-bye is taken for dead by the next to open, who looks the log through.
      const left = write(mine.leave).catch(() => {})
      await Promise.all([left, close()])
    },
  }
}

const storeOf = (
  { db, clock, end, ends, tree, news }: OpenFile,
  { write, close }: Access,
): SqliteStore => {
  const reads = reading(db)
  const entries = entryPages(db)
  const table = commandTable(db, clock)
  // Who only reads an older file has no tables to append to.
  let append: ReturnType<typeof appending> | undefined
  let closing: Promise<void> | undefined

  const alive = (): void => {
    if (closing !== undefined) throw new Error('the store is closed')
  }

  return {
    append: async (asked) => {
      alive()
      const admittedAppend = admitted(asked)
      return write(() => {
        append ??= appending({ db, end, ends, tree, commands: table, clock })
        return append(admittedAppend)
      })
    },

    async *readStream(stream, { from = 0, to = Infinity, pageSize = defaultPage } = {}) {
      for (let next = from; ; ) {
        alive()
        if (ends.isBeyond(stream, next)) return
        const page = reads.streamPage(stream, next, to, pageSize)
        const last = page.at(-1)?.revision ?? next - 1
        if (page.length < pageSize && to === Infinity) ends.keep(stream, last)
        if (page.length === 0) return
        yield page
        next = last + 1
      }
    },

    endsAt: (stream, revision) => {
      alive()
      return ends.isBeyond(stream, revision + 1)
    },

    async *readLog({ after = 0, to, pageSize = defaultPage } = {}) {
      alive()
      const last = to ?? reads.head()
      for (let position = after; position < last; ) {
        alive()
        const page = reads.page(position, last, pageSize)
        const read = page.at(-1)
        if (read === undefined) return
        yield page
        position = read.position
      }
    },

    async *readEntries({ after = 0, to, pageSize = defaultPage } = {}) {
      alive()
      const last = to ?? reads.head()
      for (let position = after; position < last; ) {
        alive()
        const page = entries(position, last, pageSize)
        const read = page.at(-1)
        if (read === undefined) return
        yield page
        position = read.position
      }
    },

    follow: (options) => {
      alive()
      return followed(options, (after, size) => reads.page(after, Infinity, size), news)
    },

    head: async () => ends.head(reads.head),
    find: async (id) => reads.find(id),
    discard: discarding(db, write, reads.head),
    commands: commandMemory(db, table, write, clock),
    policies: policyCheckpoints(db, write),
    tree: keptTree(db),
    verify: (request) => verifyLog(db, request),
    check: async () => (await verifyLog(db, { depth: 'full' })).findings,

    backup: async (target) => {
      alive()
      if (existsSync(target)) throw new StoreUnreachable(`${target} is there already.`)
      await backup(db, target)
    },

    [Symbol.asyncDispose]: async () => {
      closing ??= close().finally(() => {
        news.close()
        db.close()
      })
      await closing
    },
  }
}
