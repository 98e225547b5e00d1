import { EventStoreDBClient } from '@eventstore/db-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { all, appendOf, begin, eventOf, freshStream, sealedPart } from '../contract/given.ts'
import { noStream } from '../port.ts'
import { StoreDamaged } from '../store-errors.ts'
import { uuidOf } from './ids.ts'
import { settingsOf } from './settings.ts'
import { type Double, startDouble } from './testing/double.ts'
import { freshPart, storeOn } from './testing/fixture.ts'

let double: Double
let client: EventStoreDBClient
beforeAll(async () => {
  double = await startDouble()
  client = EventStoreDBClient.connectionString(double.connectionString)
})
afterAll(async () => {
  await client.dispose()
  await double[Symbol.asyncDispose]()
})
const alone = { credentials: { username: 'admin', password: 'changeit' } }

/** What somebody with rights on the server does to a stream of four events. */
const deeds = {
  'was truncated': (stream: string) =>
    client.setStreamMetadata(stream, { truncateBefore: 2 }, alone),
  'keeps its last event alone': (stream: string) =>
    client.setStreamMetadata(stream, { maxCount: 1 }, alone),
  'was softly deleted': (stream: string) => client.deleteStream(stream),
  'was deleted for ever': (stream: string) => client.tombstoneStream(stream),
  'was truncated and scavenged': async (stream: string) => {
    await client.setStreamMetadata(stream, { truncateBefore: 3 }, alone)
    await double.order({ do: 'scavenge' })
  },
}

describe('history that was hidden is told aloud, never read short', () => {
  test.each(Object.entries(deeds))('of a stream that %s', async (_name, deed) => {
    const connection = freshPart(double)
    const { prefix } = settingsOf(connection)
    await using store = await storeOn(connection)
    const stream = await begin(store, [eventOf(), eventOf(), eventOf(), eventOf()])
    await deed(`${prefix}${stream}`)
    await expect(all(store.readStream(stream))).rejects.toThrow(StoreDamaged)
    await expect(all(store.readStream(stream))).rejects.toThrow(`The log ${stream} is damaged`)

    // One who never saw the stream whole finds it out as well.
    await using other = await storeOn(connection)
    await other.head()
    await expect(all(other.readStream(stream))).rejects.toThrow(StoreDamaged)
  })

  test('of a stream that began again behind its deletion', async () => {
    const connection = freshPart(double)
    await using store = await storeOn(connection)
    const stream = await begin(store, [eventOf(), eventOf()])
    await client.deleteStream(`${settingsOf(connection).prefix}${stream}`)
    const again = store.append(appendOf(stream, noStream, [eventOf()]))
    await expect(again).rejects.toThrow('began again behind what is hidden now')
  })

  test('of an event whose data was blanked', async () => {
    await using store = await storeOn(freshPart(double))
    const event = eventOf({ a: 1 })
    const stream = await begin(store, [event])
    await double.order({ do: 'redact', id: uuidOf(event.id) })
    await expect(all(store.readStream(stream))).rejects.toThrow('was blanked or is no JSON')
  })
})

describe('what the server would choke on is refused before it is called', () => {
  test.each([
    { what: 'data that is no JSON', event: { data: 'undefined' }, says: /events\[0\]\.data/ },
    { what: 'an id that is no ULID', event: { id: 'x' }, says: /is not a ULID/ },
    { what: 'an id of zeros alone', event: { id: '0'.repeat(26) }, says: /zeros alone/ },
    {
      what: 'more than one append may take',
      event: { data: JSON.stringify({ a: 'x'.repeat(1024 * 1024) }) },
      says: /maxAppendSize/,
    },
  ])('$what', async ({ event, says }) => {
    await using store = await storeOn(freshPart(double))
    const spoilt = { ...eventOf(), ...event }
    await expect(store.append(appendOf(freshStream(), noStream, [spoilt]))).rejects.toThrow(says)
    expect(await all(store.readLog())).toEqual([])
  })

  test('a revision that is none', async () => {
    await using store = await storeOn(freshPart(double))
    for (const expected of [1.5, Number.NaN, -7]) {
      const refused = async () => store.append(appendOf(freshStream(), expected, [eventOf()]))
      const answer = await refused().catch((error: unknown) => error)
      expect(answer).not.toMatchObject({ _tag: 'Right' })
    }
    expect(await all(store.readLog())).toEqual([])
  })
})

test('any text in data and metadata comes back, and links stay what they were', async () => {
  await using store = await storeOn(freshPart(double))
  const causationId = eventOf().id
  const named = [
    { correlationId: eventOf().id, causationId },
    { correlationId: crypto.randomUUID(), causationId: '0'.repeat(26) },
    { correlationId: 'order-17', causationId: 'x' },
  ]
  const event = eventOf({ متن: 'می‌خواهم 😀', 10: 'a', 9: 'b' }, { sealed: [sealedPart('یک')] })
  for (const metadata of named) {
    const stream = freshStream()
    const sent = { ...eventOf({ متن: 'می‌خواهم', 10: 'a', 9: 'b' }) }
    await store.append(appendOf(stream, noStream, [sent], { metadata }))
    expect(await all(store.readStream(stream))).toMatchObject([{ ...metadata, data: sent.data }])
  }
  await expect(begin(store, [event])).rejects.toThrow('is no plain name')
})

test('links carry the names that the server’s projections know, in its writing of ids', async () => {
  const connection = freshPart(double)
  await using store = await storeOn(connection)
  const [correlation, cause] = [eventOf().id, eventOf().id]
  const metadata = { correlationId: correlation, causationId: cause }
  const stream = freshStream()
  await store.append(appendOf(stream, noStream, [eventOf()], { metadata }))
  for await (const { event } of client.readStream(`${settingsOf(connection).prefix}${stream}`)) {
    expect(event?.type).toBe('OpportunityNoted.v1')
    expect(event?.metadata).toMatchObject({
      $correlationId: uuidOf(correlation),
      $causationId: uuidOf(cause),
    })
    const values = Object.values(event?.metadata as object)
    expect(values.every((value) => typeof value === 'string')).toBe(true)
  }
})

test('a log past the numbers that can be told exactly says so', async () => {
  await using far = await startDouble({ origin: String(2n ** 53n - 200n) })
  await using store = await storeOn(freshPart(far))
  await begin(store, [eventOf()])
  const beyond = async () => {
    for (let n = 0; n < 5; n += 1) await begin(store, [eventOf()])
  }
  await expect(beyond()).rejects.toThrow('beyond what can be told exactly')
})
