/**
 * What the store remembers beside events, each in a stream of its own: answers to commands, and how
 * far each policy has come.
 *
 * @module
 */
import * as E from 'fp-ts/lib/Either.js'
import {
  type Appended,
  type AppendRefusal,
  type CommandMemory,
  type CommandRecord,
  noStream,
  type PolicyCheckpoints,
  type Position,
  type Revision,
} from '../port.ts'
import { keptFor } from '../retention.ts'
import { insist, lastRevision, type Place, type Prepared } from './appending.ts'
import { OutcomeUnknown } from './failures.ts'
import type { Kept } from './kept.ts'
import { patiently } from './patience.ts'
import type { Sent } from './server.ts'
import { commandStream, discardedStream, policyStream } from './streams.ts'

/** What a stream of a command says last. */
type CommandEntry =
  /** It succeeded without events. */
  | { readonly type: 'CommandRemembered.v1'; readonly data: Remembered }
  /** It is being carried out: whoever finds this can carry it through, to the same end. */
  | { readonly type: 'CommandClaimed.v1'; readonly data: Claimed }
  /** It was refused, and never happened. */
  | { readonly type: 'CommandVoided.v1'; readonly data: { readonly at: string } }

interface Remembered extends CommandRecord {
  readonly at: string
}

interface Claimed extends Remembered {
  readonly append: ClaimedAppend
}

interface ClaimedAppend {
  readonly stream: string
  readonly expectedRevision: Revision
  readonly attempt: string
  readonly events: readonly {
    readonly id: string
    readonly type: string
    /** The canonical text. */
    readonly text: string
    readonly isJson: boolean
    readonly metadata: Readonly<Record<string, string>>
  }[]
}

interface Last {
  readonly revision: Revision
  readonly entry: CommandEntry
}

type PlaceAppend = (append: Prepared) => Promise<E.Either<AppendRefusal, Appended>>

export interface Commands extends CommandMemory {
  /** Carries an append out under its command: claimed first, so that of several callers one does it. */
  readonly underClaim: (
    record: CommandRecord,
    append: Prepared,
  ) => Promise<E.Either<AppendRefusal, Appended>>
}

export interface CommandsOptions {
  readonly place: Place
  readonly append: PlaceAppend
  readonly clock: { now(): string }
  /** Makes sure the index has seen everything that is there now. */
  readonly sync: () => Promise<void>
}

export const commandsIn = ({ place, append, clock, sync }: CommandsOptions): Commands => {
  const { server, index, prefix, patienceMs } = place

  const lastOf = async (stream: string): Promise<Last | undefined> => {
    const read = () => server.readStream(prefix + stream, { from: 'end', count: 1 })
    const page = await patiently(read, { ms: patienceMs, place: place.place })
    const kept = page.kind === 'events' ? page.events[0] : undefined
    if (kept === undefined) return undefined
    const entry = { type: kept.type, data: kept.data } as CommandEntry
    return { revision: Number(kept.revision), entry }
  }

  /** Puts a line under a stream; `undefined` where somebody else was faster. */
  const put = async (
    stream: string,
    expectedRevision: Revision,
    { type, data }: CommandEntry,
  ): Promise<Revision | undefined> => {
    const sent = { id: crypto.randomUUID(), type, data: { ...data }, metadata: {} }
    const outcome = await insist(place, { stream, expectedRevision, events: [sent] })
    return outcome.kind === 'written' ? Number(outcome.revision) : undefined
  }

  /** Whether what was claimed took effect; `undefined` while that is still open. */
  const tookEffect = async ({ append: claimed }: Claimed): Promise<boolean | undefined> => {
    // The end first: what is not behind it yet may come in the next moment.
    const current = await lastRevision(place, claimed.stream)
    if (current === claimed.expectedRevision) return undefined
    // One that waited for a revision to come was refused; its caller just has not said so.
    if (current < claimed.expectedRevision) return false
    const from = BigInt(claimed.expectedRevision + 1)
    const read = () => server.readStream(prefix + claimed.stream, { from, count: 1 })
    const page = await patiently(read, { ms: patienceMs, place: place.place })
    const there = page.kind === 'events' ? page.events[0] : undefined
    return there?.id === claimed.events[0]?.id
  }

  /** What came of a command. One that is underway is carried through first: then it is known. */
  const recordIn = async (
    stream: string,
    last: Last | undefined,
  ): Promise<CommandRecord | undefined> => {
    if (last?.entry.type === 'CommandRemembered.v1') return recordOf(last.entry.data)
    if (last?.entry.type !== 'CommandClaimed.v1') return undefined
    const { data } = last.entry
    if ((await tookEffect(data)) ?? (await carriedThrough(data))) return recordOf(data)
    await put(stream, last.revision, voided(clock))
    return undefined
  }

  /** Claims the command; or finds the record of the one who did before. */
  const claim = async (
    stream: string,
    line: CommandEntry,
  ): Promise<{ readonly claimed: Revision } | { readonly known: CommandRecord }> => {
    for (let expected = noStream; ; ) {
      const claimed = await put(stream, expected, line)
      if (claimed !== undefined) return { claimed }
      const last = await lastOf(stream)
      const known = await recordIn(stream, last)
      if (known !== undefined) return { known }
      expected = last === undefined ? noStream : ((await lastOf(stream))?.revision ?? noStream)
    }
  }

  /** Another's append, whose caller may be dead: sent once more, it ends as it would have ended. */
  const carriedThrough = async ({ append: claimed }: Claimed): Promise<boolean> => {
    const outcome = await insist(place, { ...claimed, events: claimed.events.map(sentAgain) })
    return outcome.kind === 'written'
  }

  return {
    underClaim: async (record, prepared) => {
      const stream = commandStream(record.scope, record.key)
      const data = { ...record, at: clock.now(), append: claimedOf(prepared) }
      const claimed = await claim(stream, { type: 'CommandClaimed.v1', data })
      if ('known' in claimed) return E.left({ type: 'CommandKnown', record: claimed.known })
      const appended = await append(prepared)
      // What was refused must not come to life when somebody finds the claim.
      if (E.isLeft(appended)) await put(stream, claimed.claimed, voided(clock))
      return appended
    },
    find: async (scope, key) => {
      const stream = commandStream(scope, key)
      return recordIn(stream, await lastOf(stream))
    },
    remember: async (record) => {
      const line = { ...record, at: clock.now() }
      const stream = commandStream(record.scope, record.key)
      const claimed = await claim(stream, { type: 'CommandRemembered.v1', data: line })
      return 'known' in claimed ? claimed.known : { ...record }
    },
    forget: async (before) => {
      await sync()
      for (const stream of index.commandsBefore(keptFor(before, clock.now()))) {
        await patiently(() => server.remove(prefix + stream), {
          ms: patienceMs,
          place: place.place,
        })
        index.forgetCommand(stream)
      }
    },
  }
}

const voided = (clock: { now(): string }): CommandEntry => ({
  type: 'CommandVoided.v1',
  data: { at: clock.now() },
})

const recordOf = ({ scope, key, requestHash, outcome }: Remembered): CommandRecord => ({
  scope,
  key,
  requestHash,
  outcome,
})

const claimedOf = ({ stream, expectedRevision, attempt, events }: Prepared): ClaimedAppend => ({
  stream,
  expectedRevision,
  attempt,
  events: events.map(({ id, type, data, metadata }) => {
    const isJson = !(data instanceof Uint8Array)
    const text = isJson ? JSON.stringify(data) : new TextDecoder().decode(data)
    return { id, type, text, isJson, metadata }
  }),
})

const sentAgain = ({ text, isJson, ...rest }: ClaimedAppend['events'][number]): Sent => ({
  ...rest,
  data: isJson
    ? (JSON.parse(text) as Readonly<Record<string, unknown>>)
    : new TextEncoder().encode(text),
})

/** Old checkpoints are of no use to anybody. */
const checkpointsKept = 2

export const policiesIn = (place: Place): PolicyCheckpoints => {
  const { server, prefix, patienceMs } = place
  const known = new Map<string, { readonly revision: Revision; readonly position: Position }>()

  const read = async (policy: string): Promise<void> => {
    const page = await patiently(
      () => server.readStream(prefix + policyStream(policy), { from: 'end', count: 1 }),
      { ms: patienceMs, place: place.place },
    )
    const last = page.kind === 'events' ? page.events[0] : undefined
    if (last !== undefined) known.set(policy, checkpointIn(last))
  }

  return {
    find: async (policy) => {
      await read(policy)
      return known.get(policy)?.position
    },
    save: async (policy, position) => {
      const stream = policyStream(policy)
      for (;;) {
        const last = known.get(policy)
        if (last !== undefined && last.position >= position) return
        const expectedRevision = last?.revision ?? noStream
        const id = crypto.randomUUID()
        const sent = { id, type: 'PolicyAdvanced.v1', data: { position }, metadata: {} }
        const outcome = await insist(place, { stream, expectedRevision, events: [sent] })
        if (outcome.kind === 'written') {
          known.set(policy, { revision: Number(outcome.revision), position })
          if (last === undefined) await keepFew(place, stream)
          return
        }
        await read(policy)
      }
    },
  }
}

const checkpointIn = ({ data, revision }: Kept) => {
  const position = typeof data === 'object' && data !== null && 'position' in data && data.position
  return { revision: Number(revision), position: Number(position) }
}

/** Lets a scavenge remove old checkpoints. That it is not allowed to say so costs room alone. */
const keepFew = async ({ server, prefix }: Place, stream: string): Promise<void> => {
  const data = { $maxCount: checkpointsKept }
  const sent = { id: crypto.randomUUID(), type: '$metadata', data, metadata: {} }
  await server.append(`$$${prefix}${stream}`, 'no_stream', [sent])
}

/** Writes down that sealed parts of these keys are gone, and waits until that is known here. */
export const discard = async (place: Place, keys: readonly string[]): Promise<void> => {
  const sent = { id: crypto.randomUUID(), type: 'PartsDiscarded.v1', data: { keys }, metadata: {} }
  for (;;) {
    const expectedRevision = await lastRevision(place, discardedStream)
    const written = { stream: discardedStream, expectedRevision, events: [sent] }
    const known = place.follower.expect(sent.id)
    try {
      const outcome = await insist(place, written)
      if (outcome.kind !== 'written') continue
      if ((await known.seen(place.patienceMs)) !== undefined) return
      throw new OutcomeUnknown(discardedStream, undefined)
    } finally {
      known.forget()
    }
  }
}
