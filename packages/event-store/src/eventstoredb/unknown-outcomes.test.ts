import * as E from 'fp-ts/lib/Either.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { all, appendOf, begin, eventOf, freshStream } from '../contract/given.ts'
import { noStream } from '../port.ts'
import { OutcomeUnknown } from './failures.ts'
import { type Double, type Fault, startDouble } from './testing/double.ts'
import { freshPart, storeOn } from './testing/fixture.ts'

let double: Double
beforeAll(async () => {
  double = await startDouble()
})
afterAll(() => double[Symbol.asyncDispose]())

const hows = [
  'stored-then-unavailable',
  'stored-then-silent',
  'stored-then-late',
  'stored-then-timeout',
  'lost',
  'silent',
  'not-ready',
] satisfies readonly (Fault & { readonly on: 'append' })['how'][]

describe('an append whose answer is lost is there once in the end', () => {
  test.concurrent.each(hows)('%s', async (how) => {
    const connection = freshPart(double)
    await using store = await storeOn(connection, 'defaultDeadline=300')
    const stream = await begin(store, [eventOf()])
    const begun = freshStream()

    await double.arm({ on: 'append', how, stream })
    const further = await store.append(appendOf(stream, 0, [eventOf(), eventOf()]))
    await double.arm({ on: 'append', how, stream: begun })
    const first = await store.append(appendOf(begun, noStream, [eventOf()]))

    expect(further).toMatchObject({ right: { revision: 2, repeated: false } })
    expect(first).toMatchObject({ right: { revision: 0, repeated: false } })
    const log = await all(store.readLog())
    expect(log).toHaveLength(4)
    expect(new Set(log.map(({ id }) => id)).size).toBe(4)
  })

  test('also on the stream that appends may share', async () => {
    await using store = await storeOn(freshPart(double), 'batchAppend=true&defaultDeadline=300')
    for (const how of ['stored-then-unavailable', 'stored-then-silent', 'lost'] as const) {
      const stream = freshStream()
      await double.arm({ on: 'append', how, stream })
      const answer = await store.append(appendOf(stream, noStream, [eventOf()]))
      expect(answer).toMatchObject({ right: { revision: 0, repeated: false } })
    }
    expect(await all(store.readLog())).toHaveLength(3)
  })
})

test('who is never answered is told that the outcome is not known, and a repeat settles it', async () => {
  await using store = await storeOn(freshPart(double), 'defaultDeadline=100')
  const append = appendOf(freshStream(), noStream, [eventOf()])
  await double.arm({ on: 'append', how: 'stored-then-silent', stream: append.stream })
  for (let n = 0; n < 20; n += 1) {
    await double.arm({ on: 'append', how: 'silent', stream: append.stream })
  }
  await expect(store.append(append)).rejects.toThrow(OutcomeUnknown)
  await double.order({ do: 'disarm' })

  expect(await store.append(append)).toMatchObject({ right: { revision: 0, repeated: true } })
  expect(await all(store.readLog())).toHaveLength(1)
})

test('a command that a crash cut short is carried through by whoever asks again', async () => {
  await using store = await storeOn(freshPart(double), 'defaultDeadline=100')
  const command = { scope: 's', key: 'k', requestHash: 'h', outcome: '"first"' }
  const lost = appendOf(freshStream(), noStream, [eventOf()], { command })
  for (let n = 0; n < 20; n += 1) {
    await double.arm({ on: 'append', how: 'silent', stream: lost.stream })
  }
  await expect(store.append(lost)).rejects.toThrow(OutcomeUnknown)
  await double.order({ do: 'disarm' })

  const again = appendOf(freshStream(), noStream, [eventOf()], {
    command: { ...command, outcome: '"second"' },
  })
  expect(await store.append(again)).toEqual(E.left({ type: 'CommandKnown', record: command }))
  expect((await all(store.readLog())).map(({ stream }) => stream)).toEqual([lost.stream])
  expect(await store.commands.find('s', 'k')).toEqual(command)
})

test('what was refused never comes to life', async () => {
  await using store = await storeOn(freshPart(double))
  const stream = await begin(store, [eventOf()])
  const command = { scope: 's', key: 'k', requestHash: 'h', outcome: '"refused"' }
  await store.append(appendOf(stream, 1, [eventOf()], { command }))
  await store.append(appendOf(stream, 0, [eventOf()]))

  expect(await store.commands.find('s', 'k')).toBeUndefined()
  const other = { ...command, outcome: '"done"' }
  const done = await store.append(appendOf(stream, 1, [eventOf()], { command: other }))
  expect(done).toMatchObject({ right: { revision: 2 } })
  expect(await store.commands.find('s', 'k')).toEqual(other)
})

test('of two stores in one process the death of one server is felt by its own alone', async () => {
  const other = await startDouble()
  await using dying = await storeOn(freshPart(other), 'defaultDeadline=200')
  await using living = await storeOn(freshPart(double))
  const appends = Array.from({ length: 20 }, () => begin(living, [eventOf()]))
  const lost = begin(dying, [eventOf()]).catch(() => 'lost')
  await other.kill()
  await Promise.all(appends)
  await lost
  expect(await all(living.readLog())).toHaveLength(20)
  await expect(begin(dying, [eventOf()])).rejects.toThrow('It is not known whether')
})

test.each(['fails', 'hangs'] as const)(
  'a list of features that %s once does no harm',
  async (how) => {
    const fresh = await startDouble()
    await fresh.arm({ on: 'features', how })
    await using store = await storeOn(freshPart(fresh), 'batchAppend=true&defaultDeadline=200')
    await begin(store, [eventOf()])
    expect(await all(store.readLog())).toHaveLength(1)
    await fresh.kill()
  },
)

test('where nobody listens the error says so, and once somebody does all is well', async () => {
  const first = await startDouble()
  const { port } = first
  await first.kill()
  await expect(storeOn(freshPart(first))).rejects.toThrow(
    `esdb://127.0.0.1:${port} cannot be reached: `,
  )
  await using _back = await startDouble({ port })
  await using store = await storeOn(freshPart(first))
  await begin(store, [eventOf()])
  expect(await all(store.readLog())).toHaveLength(1)
})

test('one who does not lead sends to the one who does, and there is one copy', async () => {
  await using store = await storeOn(freshPart(double))
  const stream = freshStream()
  await double.arm({ on: 'append', how: 'not-leader', leader: double.port, stream })
  expect(await store.append(appendOf(stream, noStream, [eventOf()]))).toMatchObject({
    right: { revision: 0 },
  })
  expect(await all(store.readLog())).toHaveLength(1)
})

test('of a cluster the leader is found among the seeds', async () => {
  const { port } = double
  const seeds = `esdb://127.0.0.1:1,127.0.0.1:${port}?tls=false&nodePreference=leader`
  await using store = await storeOn(freshPart({ connectionString: seeds }))
  await begin(store, [eventOf()])
  expect(await all(store.readLog())).toHaveLength(1)
})
