/**
 * Appending at full durability: by one caller, ten events at a time, and by fifty callers at once who
 * share commits. Beside it the peer that does the same.
 *
 * @module
 */
import { join } from 'node:path'
import { mintedIds, systemClock } from '@forsat/application'
import { aggregates } from '@forsat/domain'
import { type Append, type NewEvent, noStream, recorder } from '@forsat/event-store'
import { memoryKeys } from '@forsat/event-store/memory'
import { openSqliteStore } from '@forsat/event-store/sqlite'
import { type BareEvent, bare } from './bare.ts'
import { peerAppends } from './emmett.ts'
import { contest, perSecond, type Row } from './measure.ts'

const clock = systemClock()
const ids = mintedIds(clock)

const events = recorder({ keys: memoryKeys(), codecs: () => aggregates.opportunity.codec })

/** Appends of so many events each to streams of their own, recorded beforehand. */
export const appends = async (count: number, each = 1): Promise<readonly Append[]> => {
  const decided = Array.from({ length: count }, () => ids.next()).flatMap((id) =>
    Array.from({ length: each }, (_event, revision) => ({
      event: { type: 'OpportunityStaged', data: { stageId: ids.next() } },
      codec: aggregates.opportunity.codec,
      stream: `opportunity-${id}`,
      revision,
      id: ids.next(),
      occurredAt: clock.now(),
      subjects: { record: id, contact: undefined },
    })),
  )
  const recorded: readonly NewEvent[] = await events.record(decided)
  return Array.from({ length: count }, (_, index) => {
    const first = index * each
    const { id: correlationId, commitment: command } = recorded[first] as NewEvent
    return {
      stream: decided[first]?.stream ?? '',
      expectedRevision: noStream,
      events: recorded.slice(first, first + each),
      metadata: { company: ids.next(), actor: 'user:bench', correlationId, command },
    }
  })
}

/** The same rows with every text ready, an envelope of the usual size among them. */
const rowsOf = (asked: readonly Append[], first: number): readonly BareEvent[] => {
  let position = first
  return asked.flatMap(({ stream, metadata, events: all }) =>
    all.map(
      (event, revision): BareEvent => ({
        event: [
          position++,
          event.id,
          stream,
          revision,
          event.type,
          metadata.company ?? null,
          event.occurredAt,
          event.occurredAt,
          metadata.actor,
          null,
          metadata.correlationId,
          null,
          0,
          event.data,
          event.salt,
          'e'.repeat(430),
        ],
      }),
    ),
  )
}

export const appendRows = async (folder: string): Promise<readonly Row[]> => {
  const store = await openSqliteStore(join(folder, 'append.db'), { clock })
  const plain = bare(join(folder, 'append-bare.db'))
  let position = 1
  const bareRows = async (count: number, each = 1) => {
    const rows = rowsOf(await appends(count, each), position)
    position += count * each
    return rows
  }
  const peerOne = await peerAppends(join(folder, 'peer.db'), { appends: 100, events: 1 })
  const peerTen = await peerAppends(join(folder, 'peer-10.db'), { appends: 100, events: 10 })
  const singles = 500
  const shared = 10_000
  const callers = 50
  try {
    const one = await contest({
      row: 'append-1',
      unit: 'events/s',
      aim: 0.6,
      peer: peerOne,
      note: 'one caller, one event a commit',
      ours: async () => {
        const asked = await appends(singles)
        return perSecond(singles, async () => {
          for (const each of asked) await store.append(each)
        })
      },
      ceiling: async () => {
        const rows = await bareRows(singles)
        return perSecond(singles, () => {
          for (const row of rows) plain.commit([row])
        })
      },
    })
    const fifty = await contest({
      row: 'append-50',
      unit: 'events/s',
      aim: 0.6,
      // Of several callers at once its one connection is closed under the others.
      peer: peerOne,
      note: `fifty callers at once; bare: fifty events a commit; one bare commit takes ${Math.round(1e6 / one.ceiling)} µs`,
      ours: async () => {
        const asked = await appends(shared)
        const queue = asked.values()
        return perSecond(shared, () =>
          Promise.all(
            Array.from({ length: callers }, async () => {
              for (const each of queue) await store.append(each)
            }),
          ),
        )
      },
      ceiling: async () => {
        const rows = await bareRows(shared)
        return perSecond(shared, () => {
          for (let at = 0; at < shared; at += callers) plain.commit(rows.slice(at, at + callers))
        })
      },
    })
    const ten = await contest({
      row: 'append-10',
      unit: 'events/s',
      aim: 0.6,
      peer: peerTen,
      note: 'one caller, ten events a call and commit',
      ours: async () => {
        const asked = await appends(singles, 10)
        return perSecond(singles * 10, async () => {
          for (const each of asked) await store.append(each)
        })
      },
      ceiling: async () => {
        const rows = await bareRows(singles, 10)
        return perSecond(singles * 10, () => {
          for (let at = 0; at < rows.length; at += 10) plain.commit(rows.slice(at, at + 10))
        })
      },
    })
    return [one, ten, fifty]
  } finally {
    plain[Symbol.dispose]()
    await store[Symbol.asyncDispose]()
  }
}
