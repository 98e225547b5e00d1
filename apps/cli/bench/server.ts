/**
 * Appending and catching up through the client of EventStoreDB, against a double of the server: what
 * the adapter costs beside the bare client doing the same.
 *
 * @module
 */
import { systemClock } from '@forsat/application'
import { openEventStoreDb } from '@forsat/event-store/eventstoredb'
import {
  EventStoreDBClient,
  jsonEvent,
  NO_STREAM,
  START,
  startDouble,
  streamNameFilter,
} from '@forsat/event-store/eventstoredb/testing'
import { appends } from './append.ts'
import { contest, perSecond, type Row } from './measure.ts'

const clock = systemClock()
/** Alike for both: each append is a call of its own. */
const alone = { credentials: { username: 'nobody', password: '' } }

export const serverRows = async (): Promise<readonly Row[]> => {
  await using double = await startDouble()
  const prefix = 'bench_'
  await using store = await openEventStoreDb(`${double.connectionString}&streamPrefix=${prefix}`, {
    clock,
  })
  const client = EventStoreDBClient.connectionString(double.connectionString)
  const count = 400
  const written = () => `bare_${crypto.randomUUID()}`
  const bare = (text: string, stream: string, metadata: Readonly<Record<string, string>>) => {
    const data = JSON.parse(text) as Readonly<Record<string, unknown>>
    const event = jsonEvent({ type: 'OpportunityStaged.v1', data, metadata })
    return client.appendToStream(stream, event, { expectedRevision: NO_STREAM, ...alone })
  }
  try {
    const append = await contest({
      row: 'server-append',
      unit: 'events/s',
      aim: 0.4,
      note: 'ten callers, one event an append, read back before it counts; bare: the answer alone',
      ours: async () => {
        const queue = (await appends(count)).values()
        return perSecond(count, () =>
          Promise.all(
            Array.from({ length: 10 }, async () => {
              for (const each of queue) await store.append(each)
            }),
          ),
        )
      },
      ceiling: async () => {
        const queue = (await appends(count)).values()
        return perSecond(count, () =>
          Promise.all(
            Array.from({ length: 10 }, async () => {
              for (const { events } of queue) {
                const [event] = events
                const metadata = { salt: 's'.repeat(43), commitment: event?.commitment ?? '' }
                await bare(event?.data ?? '{}', written(), metadata)
              }
            }),
          ),
        )
      },
    })
    const [head, length] = [await store.head(), await lengthOf(store)]
    const catchUp = await contest({
      row: 'server-catch-up',
      unit: 'events/s',
      aim: 0.4,
      note: 'a follower from the first event on; bare: the client’s own subscription',
      ours: () =>
        perSecond(length, async () => {
          const stop = new AbortController()
          for await (const page of store.follow({ signal: stop.signal })) {
            if ((page.at(-1)?.position ?? 0) >= head) stop.abort()
          }
        }),
      ceiling: () =>
        perSecond(length, async () => {
          const filter = streamNameFilter({ prefixes: [prefix] })
          const subscription = client.subscribeToAll({ fromPosition: START, filter })
          let seen = 0
          for await (const _event of subscription) {
            seen += 1
            if (seen === length) break
          }
          await subscription.unsubscribe()
        }),
    })
    return [append, catchUp]
  } finally {
    await client.dispose()
  }
}

const lengthOf = async (store: Awaited<ReturnType<typeof openEventStoreDb>>): Promise<number> => {
  let length = 0
  for await (const page of store.readLog()) length += page.length
  return length
}
