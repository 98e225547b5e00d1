/**
 * A store in memory: for tests, trials and teaching. It keeps every promise of the port but the one
 * that needs a disk.
 *
 * @module
 */
import * as E from 'fp-ts/lib/Either.js'
import { admitted, envelopeOf, judge, type KnownLog } from './admission.ts'
import { memoryTree } from './memory-tree.ts'
import { bell, defaultPage, followed } from './news.ts'
import {
  type Append,
  type Appended,
  type CommandMemory,
  type CommandRecord,
  type EventStore,
  type LogEntry,
  noStream,
  type PolicyCheckpoints,
  type Position,
  type SealedPart,
  type StoredEvent,
} from './port.ts'
import { keptFor } from './retention.ts'

export { memoryKeys } from './memory-keys.ts'

export interface MemoryStoreOptions {
  readonly clock: { now(): string }
}

interface Row extends StoredEvent {
  readonly envelope: string
  readonly salt: Uint8Array
}

export const memoryStore = ({ clock }: MemoryStoreOptions): EventStore => {
  const log: Row[] = []
  const streams = new Map<string, Row[]>()
  const ids = new Map<string, Row>()
  const commands = commandMemory(clock)
  const policies = policyCheckpoints()
  const tree = memoryTree()
  const news = bell()

  const known: KnownLog = {
    revisionOf: (stream) => streams.get(stream)?.at(-1)?.revision ?? noStream,
    find: (id) => ids.get(id),
    command: commands.get,
  }

  const write = (append: Append): Appended => {
    const { stream, expectedRevision, metadata, events, command } = append
    const recordedAt = later(clock.now(), log.at(-1)?.recordedAt ?? '')
    const rows = events.map((event, index): Row => {
      const position = log.length + 1 + index
      return {
        position,
        id: event.id,
        stream,
        revision: expectedRevision + 1 + index,
        type: event.type,
        company: metadata.company,
        occurredAt: event.occurredAt,
        recordedAt,
        actor: metadata.actor,
        onBehalfOf: metadata.onBehalfOf,
        correlationId: metadata.correlationId,
        causationId: metadata.causationId,
        data: event.data,
        salt: event.salt,
        sealed: event.sealed,
        envelope: envelopeOf(append, index, position, recordedAt),
      }
    })
    log.push(...rows)
    for (const row of rows) {
      ids.set(row.id, row)
      tree.add(row.envelope)
    }
    const earlier = streams.get(stream)
    if (earlier === undefined) streams.set(stream, rows)
    else earlier.push(...rows)
    if (command !== undefined) commands.put(command)
    news.ring()
    const [revision, position] = [expectedRevision + rows.length, log.length]
    return { stream, revision, position, recordedAt, repeated: false }
  }

  const alive = (): void => {
    if (news.stopped) throw new Error('the store is closed')
  }

  const rowPage = (after: Position, size: number, to = log.length): readonly Row[] =>
    log.slice(after, Math.min(after + size, to))

  const readPage = (after: Position, size: number, to = log.length): StoredEvent[] =>
    rowPage(after, size, to).map(copied)

  return {
    append: async (asked) => {
      alive()
      const append = admitted(asked)
      const judged = judge(append, known)
      return E.isLeft(judged) ? judged : E.right(judged.right ?? write(append))
    },

    async *readStream(stream, { from = 0, to = Infinity, pageSize = defaultPage } = {}) {
      alive()
      const rows = (streams.get(stream) ?? []).slice(from, to + 1)
      for (let start = 0; start < rows.length; start += pageSize) {
        yield rows.slice(start, start + pageSize).map(copied)
      }
    },

    endsAt: (stream, revision) => {
      alive()
      return (streams.get(stream)?.length ?? 0) === revision + 1
    },

    async *readLog({ after = 0, to = log.length, pageSize = defaultPage } = {}) {
      alive()
      for (let start = after; ; start += pageSize) {
        const page = readPage(start, pageSize, to)
        if (page.length === 0) return
        yield page
      }
    },

    async *readEntries({ after = 0, to = log.length, pageSize = defaultPage } = {}) {
      alive()
      for (let start = after; ; start += pageSize) {
        const page = rowPage(start, pageSize, to)
        if (page.length === 0) return
        yield page.map(entryOf)
      }
    },

    follow: (options) => {
      alive()
      return followed(options, readPage, news)
    },

    head: async () => log.length,
    find: async (id) => {
      const row = ids.get(id)
      return row && copied(row)
    },
    discard: async (keyIds) => {
      const gone = new Set(keyIds)
      for (const [index, row] of log.entries()) {
        const sealed = row.sealed.filter((part) => !gone.has(part.keyId))
        if (sealed.length === row.sealed.length) continue
        const less = { ...row, sealed }
        log[index] = less
        ids.set(row.id, less)
        streams.get(row.stream)?.splice(row.revision, 1, less)
      }
    },
    commands: commands.memory,
    policies,
    tree,
    [Symbol.asyncDispose]: async () => news.stop(),
  }
}

const later = (a: string, b: string): string => (a > b ? a : b)

/** What a reader may change without changing history. */
const copied = ({ envelope: _kept, salt: _too, ...event }: Row): StoredEvent => ({
  ...event,
  sealed: event.sealed.map(copiedPart),
})

const entryOf = ({ position, envelope, data, salt, sealed }: Row): LogEntry => ({
  position,
  envelope,
  data,
  salt: new Uint8Array(salt),
  sealed: sealed.map(copiedPart),
})

const copiedPart = (part: SealedPart): SealedPart => ({
  ...part,
  iv: new Uint8Array(part.iv),
  ciphertext: new Uint8Array(part.ciphertext),
  tag: new Uint8Array(part.tag),
})

const commandMemory = (clock: { now(): string }) => {
  const records = new Map<string, { readonly record: CommandRecord; readonly at: string }>()
  const nameOf = (scope: string, key: string) => JSON.stringify([scope, key])
  const get = (scope: string, key: string) => records.get(nameOf(scope, key))?.record
  const put = (record: CommandRecord): void => {
    records.set(nameOf(record.scope, record.key), { record: { ...record }, at: clock.now() })
  }
  const memory: CommandMemory = {
    find: async (scope, key) => get(scope, key),
    remember: async (record) => {
      const first = get(record.scope, record.key)
      if (first === undefined) put(record)
      return first ?? { ...record }
    },
    forget: async (before) => {
      const limit = keptFor(before, clock.now())
      for (const [name, { at }] of records) if (at < limit) records.delete(name)
    },
  }
  return { get, put, memory }
}

const policyCheckpoints = (): PolicyCheckpoints => {
  const positions = new Map<string, Position>()
  return {
    find: async (policy) => positions.get(policy),
    save: async (policy, position) => {
      positions.set(policy, Math.max(position, positions.get(policy) ?? 0))
    },
  }
}
