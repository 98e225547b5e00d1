import { type AppendExpectedRevision, EventStoreDBClient, jsonEvent } from '@eventstore/db-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Double, startDouble } from './testing/double.ts'

/**
 * What the adapter builds on: the double answers as the server is known to. The same tests hold
 * against a real one.
 */
let double: Double | undefined
let client: EventStoreDBClient
beforeAll(async () => {
  const named = process.env['FORSAT_TEST_ESDB']
  if (named === undefined) double = await startDouble()
  client = EventStoreDBClient.connectionString(named ?? double?.connectionString ?? '')
})
afterAll(async () => {
  await client.dispose()
  await double?.[Symbol.asyncDispose]()
})

const life = Date.now().toString(36)
let streams = 0
const fresh = (): string => `expected_${life}-${++streams}`
const event = (id: string = crypto.randomUUID()) => jsonEvent({ id, type: 'Noted.v1', data: {} })
const alone = { credentials: { username: 'admin', password: 'changeit' } }

const append = async (
  stream: string,
  expectedRevision: AppendExpectedRevision,
  ids: readonly (string | undefined)[] = [undefined],
): Promise<bigint | string> => {
  try {
    const events = ids.map((id) => event(id))
    const sent = await client.appendToStream(stream, events, { expectedRevision, ...alone })
    return sent.nextExpectedRevision
  } catch (error) {
    return error instanceof Error && 'type' in error ? String(error.type) : String(error)
  }
}

const revisions = async (stream: string): Promise<readonly bigint[]> => {
  const seen: bigint[] = []
  for await (const { event: read } of client.readStream(stream)) {
    if (read !== undefined) seen.push(read.revision)
  }
  return seen
}

const states = {
  'never written': async (_stream: string) => {},
  'of two events': async (stream: string) => {
    await append(stream, 'no_stream', [undefined, undefined])
  },
  'with settings alone': async (stream: string) => {
    await client.setStreamMetadata(stream, { maxCount: 9 }, alone)
  },
  'softly deleted': async (stream: string) => {
    await append(stream, 'no_stream', [undefined, undefined])
    await client.deleteStream(stream)
  },
  'deleted for ever': async (stream: string) => {
    await append(stream, 'no_stream', [undefined, undefined])
    await client.tombstoneStream(stream)
  },
}

describe('an append to a stream', () => {
  const conflict = 'wrong-expected-version'
  const gone = 'stream-deleted'
  test.each([
    { state: 'never written', any: 0n, none: 0n, exists: conflict, first: conflict },
    { state: 'of two events', any: 2n, none: conflict, exists: 2n, first: 2n },
    { state: 'with settings alone', any: 0n, none: 0n, exists: 0n, first: conflict },
    { state: 'softly deleted', any: 2n, none: 2n, exists: gone, first: 2n },
    { state: 'deleted for ever', any: gone, none: gone, exists: gone, first: gone },
  ] as const)('$state', async ({ state, any, none, exists, first }) => {
    const asked = { any, no_stream: none, stream_exists: exists } as const
    for (const [expected, answer] of Object.entries(asked)) {
      const stream = fresh()
      await states[state](stream)
      expect(await append(stream, expected as 'any' | 'no_stream')).toBe(answer)
    }
    const stream = fresh()
    await states[state](stream)
    expect(await append(stream, 1n)).toBe(first)
  })
})

describe('the same ids again', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((letter) => (n: number) => {
    const tail = `${letter}${n.toString(16)}`.padStart(12, '0')
    return `00000000-0000-4000-8000-${tail}`
  }) as [(n: number) => string, (n: number) => string, (n: number) => string]

  test('at a named revision are the same append, whatever came later', async () => {
    const stream = fresh()
    const ids = [a(streams), b(streams)]
    expect(await append(stream, 'no_stream', ids)).toBe(1n)
    await append(stream, 1n)
    expect(await append(stream, 'no_stream', ids)).toBe(1n)
    expect(await revisions(stream)).toEqual([0n, 1n, 2n])
  })

  test('in part are a conflict, and nothing is written', async () => {
    const stream = fresh()
    await append(stream, 'no_stream', [a(streams), b(streams)])
    expect(await append(stream, 'no_stream', [a(streams), c(streams)])).toBe(
      'wrong-expected-version',
    )
    expect(await append(stream, 'no_stream', [c(streams), b(streams)])).toBe(
      'wrong-expected-version',
    )
    const longer = [a(streams), b(streams), c(streams)]
    expect(await append(stream, 'no_stream', longer)).toBe('wrong-expected-version')
    expect(await revisions(stream)).toEqual([0n, 1n])
  })

  test('at the revision that counts now are other events', async () => {
    const stream = fresh()
    await append(stream, 'no_stream', [a(streams)])
    expect(await append(stream, 0n, [a(streams)])).toBe(1n)
    expect(await revisions(stream)).toEqual([0n, 1n])
  })

  test('without a revision are remembered by the leader, until another one leads', async () => {
    const stream = fresh()
    const id = a(streams)
    expect(await append(stream, 'any', [id])).toBe(0n)
    expect(await append(stream, 'any', [id])).toBe(0n)
    expect(await append(stream, 'any', [id, undefined])).toBe('wrong-expected-version')
    // Of a real server nobody can ask for that.
    const forgets = (await double?.order({ do: 'fail-over' })) === undefined && double !== undefined
    expect(await append(stream, 'any', [id])).toBe(forgets ? 1n : 0n)
  })
})
