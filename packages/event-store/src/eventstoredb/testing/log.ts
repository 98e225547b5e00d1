/**
 * The log of the double: what an EventStoreDB server is documented to do with appends, deletions,
 * truncation and scavenges, and nothing that would make it kinder than one.
 *
 * @module
 */
import { closeSync, existsSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs'

export interface Proposed {
  readonly id: string
  readonly type: string
  readonly contentType: string
  readonly data: Buffer
  readonly metadata: Buffer
}

export interface Recorded extends Proposed {
  readonly stream: string
  readonly revision: bigint
  readonly position: bigint
  readonly createdMs: number
}

export type Expected = bigint | 'any' | 'no_stream' | 'stream_exists'

interface Placed {
  readonly revision: bigint
  readonly position: bigint
}

export type Written =
  | (Placed & { readonly kind: 'written' })
  | (Placed & { readonly kind: 'repeated' })
  | { readonly kind: 'conflict'; readonly current: bigint | undefined }
  | { readonly kind: 'deleted' }

export type StreamRead =
  | { readonly kind: 'events'; readonly events: readonly Recorded[] }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'deleted' }

/** The revision that a soft deletion truncates before, and the one of a tombstone. */
const beyondAll = 2n ** 63n - 1n

interface Settings {
  readonly $tb?: number
  readonly $maxCount?: number
  readonly $maxAge?: number
}

interface Stream {
  /** What a scavenge left. */
  events: Recorded[]
  last: bigint
  settings: Settings
  isDeleted: boolean
  isTombstoned: boolean
}

export interface DoubleLog {
  readonly append: (stream: string, expected: Expected, events: readonly Proposed[]) => Written
  /** What a reader of the stream gets to see of it. */
  readonly read: (stream: string) => StreamRead
  readonly remove: (stream: string, expected: Expected, forEver: boolean) => Written
  /** Everything that is there, truncated or not. */
  readonly all: () => readonly Recorded[]
  /** The place in `all` of the first record at or behind a position. */
  readonly placeOf: (position: bigint) => number
  /** Removes for good what readers do not see any more. */
  readonly scavenge: () => void
  /** Blanks the data of an event in place. */
  readonly redact: (id: string) => void
  /** A new leader knows no recent ids. */
  readonly failOver: () => void
  readonly onAppended: (listener: () => void) => () => void
}

export interface LogOptions {
  /** Where the log outlives the process; in memory if absent. */
  readonly path: string | undefined
  readonly now: () => number
  /** Where positions begin. */
  readonly origin: bigint
}

export const doubleLog = ({ path, now, origin }: LogOptions): DoubleLog => {
  let records: Recorded[] = []
  const streams = new Map<string, Stream>()
  const recent = new Map<string, string>()
  const listeners = new Set<() => void>()
  let end = origin

  const streamOf = (name: string): Stream => {
    const known = streams.get(name)
    if (known !== undefined) return known
    const made = { events: [], last: -1n, settings: {}, isDeleted: false, isTombstoned: false }
    streams.set(name, made)
    return made
  }

  const keep = (record: Recorded): void => {
    records.push(record)
    const stream = streamOf(record.stream)
    stream.events.push(record)
    stream.last = record.revision
    recent.set(record.id, record.stream)
    // Positions are places in a file of bytes: they grow by what was written.
    end = record.position + BigInt(64 + record.data.length + record.metadata.length)
    if (record.type === '$streamDeleted') stream.isTombstoned = true
    if (record.stream.startsWith('$$')) {
      const about = streamOf(record.stream.slice(2))
      about.settings = JSON.parse(record.data.toString()) as Settings
      about.isDeleted = BigInt(about.settings.$tb ?? 0) >= beyondAll
    }
  }

  const file = path === undefined ? undefined : openFile(path, (each) => each.forEach(keep))

  /** One line for each append, so that a process that is killed leaves all of it or none. */
  const write = (stream: string, first: bigint, events: readonly Proposed[]): bigint => {
    let position = end
    const createdMs = now()
    const written = events.map((event, index): Recorded => {
      const record = { ...event, stream, revision: first + BigInt(index), position, createdMs }
      position += BigInt(64 + event.data.length + event.metadata.length)
      return record
    })
    if (file !== undefined) writeSync(file, `${encoded(written)}\n`)
    written.forEach(keep)
    return written.at(-1)?.position ?? end
  }

  const announce = (): void => {
    for (const listener of listeners) listener()
  }

  const setSettings = (stream: string, settings: Settings): void => {
    const about = streamOf(`$$${stream}`)
    // JSON of a revision that large loses its digits, and is read as beyond all.
    const data = Buffer.from(JSON.stringify(settings))
    write(`$$${stream}`, about.last + 1n, [{ ...plain, id: crypto.randomUUID(), data }])
  }

  /** What the ids of an append say about it, where its place is known. */
  const repeats = (stream: Stream, base: bigint, events: readonly Proposed[]) => {
    const there = events.map((_event, index) => eventAt(stream, base + 1n + BigInt(index)))
    const matches = events.map(({ id }, index) => there[index]?.id === id)
    return { all: matches.every(Boolean), some: matches.some(Boolean), last: there.at(-1) }
  }

  const append: DoubleLog['append'] = (name, expected, proposed) => {
    const events = proposed.map((event) => ({ ...event, id: event.id.toLowerCase() }))
    const stream = streamOf(name)
    const { last } = stream
    const current = last < 0n ? undefined : last
    if (stream.isTombstoned) return { kind: 'deleted' }
    if (expected === 'stream_exists') {
      if (stream.isDeleted) return { kind: 'deleted' }
      if (last < 0n && !streams.has(`$$${name}`)) return { kind: 'conflict', current }
    }
    if (expected === 'any' || expected === 'stream_exists') {
      const known = events.map(({ id }) => recent.get(id) === name)
      if (known[0] === true) {
        if (!known.every(Boolean)) return { kind: 'conflict', current }
        const record = stream.events.find(({ id }) => id === events.at(-1)?.id)
        if (record !== undefined) return repeated(record)
      }
    } else {
      const base = expected === 'no_stream' ? -1n : expected
      const { all, some, last: record } = repeats(stream, base, events)
      if (all && record !== undefined) return repeated(record)
      if (some) return { kind: 'conflict', current }
      const isRevived = expected === 'no_stream' && stream.isDeleted
      if (last !== base && !isRevived) return { kind: 'conflict', current }
    }
    if (stream.isDeleted) setSettings(name, { ...stream.settings, $tb: Number(last + 1n) })
    const position = write(name, last + 1n, events)
    announce()
    return { kind: 'written', revision: last + BigInt(events.length), position }
  }

  const visible = ({ events, last, settings }: Stream): readonly Recorded[] => {
    const { $tb = 0, $maxCount, $maxAge } = settings
    const first = [BigInt($tb), $maxCount === undefined ? 0n : last + 1n - BigInt($maxCount)]
    const oldest = $maxAge === undefined ? -Infinity : now() - $maxAge * 1000
    return events.filter(
      ({ revision, createdMs }) => first.every((limit) => revision >= limit) && createdMs >= oldest,
    )
  }

  return {
    append,
    read: (name) => {
      const stream = streams.get(name)
      if (stream === undefined) return { kind: 'not-found' }
      if (stream.isTombstoned) return { kind: 'deleted' }
      if (stream.isDeleted || stream.last < 0n) return { kind: 'not-found' }
      return { kind: 'events', events: visible(stream) }
    },
    remove: (name, expected, forEver) => {
      const stream = streamOf(name)
      if (stream.isTombstoned) return { kind: 'deleted' }
      const fits =
        expected === 'any' ||
        (expected === 'no_stream' ? stream.last < 0n : stream.last === expected)
      if (!fits) return { kind: 'conflict', current: stream.last < 0n ? undefined : stream.last }
      if (forEver) {
        const tombstone = { ...plain, type: '$streamDeleted', id: crypto.randomUUID() }
        write(name, beyondAll, [tombstone])
      } else {
        setSettings(name, { ...stream.settings, $tb: Number(beyondAll) })
      }
      announce()
      return { kind: 'written', revision: stream.last, position: records.at(-1)?.position ?? end }
    },
    all: () => records,
    placeOf: (position) => {
      let [low, high] = [0, records.length]
      while (low < high) {
        const middle = (low + high) >>> 1
        if ((records[middle]?.position ?? 0n) < position) low = middle + 1
        else high = middle
      }
      return low
    },
    scavenge: () => {
      for (const stream of streams.values()) {
        const kept = new Set(stream.isTombstoned ? [] : visible(stream))
        // Even a deleted stream keeps its last event or its tombstone.
        stream.events = stream.events.filter((event, index) => {
          return kept.has(event) || index === stream.events.length - 1
        })
      }
      const left = new Set([...streams.values()].flatMap(({ events }) => events))
      records = records.filter((record) => left.has(record))
    },
    redact: (id) => {
      const at = records.findIndex((record) => record.id === id)
      const record = records[at]
      if (record === undefined) return
      record.data.fill(0xff)
    },
    failOver: () => recent.clear(),
    onAppended: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

const plain: Proposed = {
  id: '',
  type: '$metadata',
  contentType: 'application/json',
  data: Buffer.from('{}'),
  metadata: Buffer.alloc(0),
}

/** Most streams have all their events, so that the place follows from the revision. */
const eventAt = ({ events }: Stream, revision: bigint): Recorded | undefined => {
  const guess = events[Number(revision - (events[0]?.revision ?? 0n))]
  return guess?.revision === revision ? guess : events.find((event) => event.revision === revision)
}

const repeated = ({ revision, position }: Recorded): Written => ({
  kind: 'repeated',
  revision,
  position,
})

const encoded = (records: readonly Recorded[]): string =>
  JSON.stringify(
    records.map(({ data, metadata, revision, position, ...rest }) => ({
      ...rest,
      data: data.toString('base64'),
      metadata: metadata.toString('base64'),
      revision: String(revision),
      position: String(position),
    })),
  )

type Line = readonly (Omit<Recorded, 'data' | 'metadata' | 'revision' | 'position'> & {
  readonly data: string
  readonly metadata: string
  readonly revision: string
  readonly position: string
})[]

const decoded = (line: string): readonly Recorded[] =>
  (JSON.parse(line) as Line).map((record) => ({
    ...record,
    data: Buffer.from(record.data, 'base64'),
    metadata: Buffer.from(record.metadata, 'base64'),
    revision: BigInt(record.revision),
    position: BigInt(record.position),
  }))

/** A line without its end was never answered for, and is dropped. */
const openFile = (path: string, keep: (records: readonly Recorded[]) => void): number => {
  if (existsSync(path)) {
    const text = readFileSync(path, 'utf8')
    const whole = text.slice(0, text.lastIndexOf('\n') + 1)
    if (whole.length < text.length) truncateSync(path, Buffer.byteLength(whole))
    for (const line of whole.split('\n')) if (line !== '') keep(decoded(line))
  }
  const file = openSync(path, 'a')
  process.on('exit', () => closeSync(file))
  return file
}
