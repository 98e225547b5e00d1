import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { all, appendOf, begin, eventOf } from '../contract/given.ts'
import { resubscribed } from './resubscribed.ts'
import { connectTo } from './server.ts'
import { settingsOf } from './settings.ts'
import { type Double, type SubscriptionEnd, startDouble } from './testing/double.ts'
import { followed, freshPart, storeOn } from './testing/fixture.ts'

let double: Double
beforeAll(async () => {
  double = await startDouble()
})
afterAll(() => double[Symbol.asyncDispose]())

const ends: readonly SubscriptionEnd[] = ['ok', 'unavailable', 'cancelled', 'aborted']

describe('a follower whose subscription ends goes on by itself', () => {
  test.each(ends)('in the middle of history: %s', async (how) => {
    const connection = freshPart(double)
    await using store = await storeOn(connection)
    const stream = await begin(
      store,
      Array.from({ length: 30 }, () => eventOf()),
    )
    await double.arm({ on: 'subscription', how, after: 11 })
    await double.arm({ on: 'subscription', how, after: 5 })
    const seen = await followed(store, 30)
    expect(seen.map(({ revision }) => revision)).toEqual([...Array(30).keys()])
    expect(new Set(seen.map(({ stream: of }) => of))).toEqual(new Set([stream]))
  })

  test.each(ends)('in the middle of what comes: %s', async (how) => {
    await using store = await storeOn(freshPart(double))
    const stream = await begin(store, [eventOf(), eventOf()])
    await double.arm({ on: 'subscription', how, after: 6 })
    const following = followed(store, 22)
    for (let revision = 1; revision < 21; revision += 1) {
      await store.append(appendOf(stream, revision, [eventOf()]))
    }
    expect((await following).map(({ revision }) => revision)).toEqual([...Array(22).keys()])
  })
})

test('a checkpoint never runs ahead of who handles slowly', async () => {
  const connection = freshPart(double)
  await using store = await storeOn(connection)
  const settings = settingsOf(`${connection}&defaultDeadline=1000`)
  const server = connectTo(settings)
  // Others write in between, so that the server has checkpoints to send.
  await using others = await storeOn(freshPart(double))
  const stream = await begin(store, [eventOf()])
  for (let revision = 0; revision < 20; revision += 1) {
    await begin(
      others,
      Array.from({ length: 30 }, () => eventOf()),
    )
    await store.append(appendOf(stream, revision, [eventOf()]))
  }
  const positions = (await all(store.readLog())).map(({ position }) => BigInt(position))

  const stop = new AbortController()
  const handled: bigint[] = []
  const pages = resubscribed(server, {
    after: undefined,
    streams: `^${settings.prefix}`,
    signal: stop.signal,
  })
  for await (const { events, position } of pages) {
    await setTimeout(5)
    handled.push(...events.flatMap((event) => event.position ?? []))
    const due = positions.filter((each) => each <= position)
    expect(handled).toEqual(due)
    if (handled.length === positions.length) stop.abort()
  }
  await server.close()
  expect(handled).toEqual(positions)
})

test('who leaves early leaves nothing open on the server', async () => {
  const own = await startDouble()
  const store = await storeOn(freshPart(own))
  await begin(
    store,
    Array.from({ length: 200 }, () => eventOf()),
  )
  for await (const _page of store.readLog({ pageSize: 3 })) break
  for await (const _page of store.follow({ signal: new AbortController().signal })) break
  await expect(
    followed(store, 9, { handle: () => Promise.reject(new Error('full')) }),
  ).rejects.toThrow('full')
  // The index of the store has the one that is left.
  await expect.poll(() => own.openCalls()).toEqual({ reads: 0, subscriptions: 1, batches: 0 })
  await store[Symbol.asyncDispose]()
  await expect.poll(() => own.openCalls()).toEqual({ reads: 0, subscriptions: 0, batches: 0 })
  await own.kill()
})

test('a store on a server that comes back goes on where it was', async () => {
  const { mkdtemp, rm } = await import('node:fs/promises')
  const folder = await mkdtemp('/tmp/forsat-double-')
  const path = `${folder}/log`
  const first = await startDouble({ path })
  await using store = await storeOn(freshPart(first), 'defaultDeadline=20000')
  const stream = await begin(store, [eventOf()])
  const following = followed(store, 3)
  await first.kill()
  const waiting = store.append(appendOf(stream, 0, [eventOf()]))
  await using _second = await startDouble({ path, port: first.port })
  expect(await waiting).toMatchObject({ right: { revision: 1 } })
  await store.append(appendOf(stream, 1, [eventOf()]))
  expect((await following).map(({ revision }) => revision)).toEqual([0, 1, 2])
  await rm(folder, { recursive: true })
})
