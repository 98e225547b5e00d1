/**
 * Appending at full durability: by one caller, and by fifty at once who share commits.
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
import { contest, perSecond, type Row } from './measure.ts'

const clock = systemClock()
const ids = mintedIds(clock)

const events = recorder({ keys: memoryKeys(), codecs: () => aggregates.opportunity.codec })

/** Appends of one event each to streams of their own, recorded beforehand. */
const appends = async (count: number): Promise<readonly Append[]> => {
  const decided = Array.from({ length: count }, () => {
    const id = ids.next()
    return {
      event: { type: 'OpportunityStaged', data: { stageId: ids.next() } },
      codec: aggregates.opportunity.codec,
      stream: `opportunity-${id}`,
      revision: 0,
      id: ids.next(),
      occurredAt: clock.now(),
      subjects: { record: id, contact: undefined },
    }
  })
  const recorded: readonly NewEvent[] = await events.record(decided)
  return recorded.map((event, index) => ({
    stream: decided[index]?.stream ?? '',
    expectedRevision: noStream,
    events: [event],
    metadata: {
      company: ids.next(),
      actor: 'user:bench',
      correlationId: event.id,
      command: event.commitment,
    },
  }))
}

/** The same rows with every text ready, an envelope of the usual size among them. */
const rowsOf = (asked: readonly Append[], first: number): readonly BareEvent[] =>
  asked.map(({ stream, metadata, events: [event] }, index) => ({
    event: [
      first + index,
      event?.id ?? '',
      stream,
      0,
      event?.type ?? '',
      metadata.company ?? null,
      event?.occurredAt ?? '',
      event?.occurredAt ?? '',
      metadata.actor,
      null,
      metadata.correlationId,
      null,
      0,
      event?.data ?? '',
      event?.salt ?? null,
      'e'.repeat(430),
    ],
  }))

export const appendRows = async (folder: string): Promise<readonly Row[]> => {
  const store = await openSqliteStore(join(folder, 'append.db'), { clock })
  const plain = bare(join(folder, 'append-bare.db'))
  let position = 1
  const bareRows = async (count: number) => {
    const rows = rowsOf(await appends(count), position)
    position += count
    return rows
  }
  const singles = 500
  const shared = 10_000
  const callers = 50
  try {
    const one = await contest({
      row: 'append-1',
      unit: 'events/s',
      aim: 0.6,
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
    return [one, fifty]
  } finally {
    plain[Symbol.dispose]()
    await store[Symbol.asyncDispose]()
  }
}
