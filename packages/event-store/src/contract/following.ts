import { setTimeout } from 'node:timers/promises'
import * as E from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { type EventStore, noStream, type StoredEvent } from '../port.ts'
import { all, appendOf, begin, eventOf, freshStream } from './given.ts'
import type { OpenStore } from './opened.ts'

/** What a catch-up subscription promises. */
export const followingContract = (open: OpenStore): void => {
  test('a follower gets what is there, then what comes, and ends when it is told to', async () => {
    await using opened = await open()
    const { store } = opened
    await begin(store, [eventOf(), eventOf()])
    const stop = new AbortController()
    const following = collect(store, stop, 5)

    await begin(store, [eventOf()])
    await setTimeout(20)
    await begin(store, [eventOf(), eventOf()])

    expect(await following).toEqual(await all(store.readLog()))
  })

  test('a follower starts behind the position it names', async () => {
    await using opened = await open()
    const { store } = opened
    await begin(store, [eventOf(), eventOf(), eventOf()])
    const [, second, third] = await all(store.readLog())
    const stop = new AbortController()
    expect(await collect(store, stop, 1, second?.position)).toEqual([third])
  })

  test('a follower that waits for nothing ends at once when it is told to', async () => {
    await using opened = await open()
    const { store } = opened
    const stop = new AbortController()
    const following = all(store.follow({ signal: stop.signal }))
    await setTimeout(5)
    stop.abort()
    expect(await following).toEqual([])
    expect(await all(store.follow({ signal: stop.signal }))).toEqual([])
  })

  test('of many writers at once no event is skipped or doubled', async () => {
    await using opened = await open()
    const { store, another } = opened
    const writers = [store, (await another?.()) ?? store]
    const stop = new AbortController()
    const following = collect(store, stop, 200)
    await Promise.all(
      Array.from({ length: 40 }, async (_, n) => {
        const stream = freshStream()
        for (let revision = noStream; revision < 4; revision += 1) {
          await writers[n % 2]?.append(appendOf(stream, revision, [eventOf()]))
        }
      }),
    )
    const seen = await following
    expect(seen).toEqual(await all(store.readLog()))
    expect(new Set(seen.map(({ id }) => id)).size).toBe(200)
  })

  test('an event of another store on the same log arrives by itself', async () => {
    await using opened = await open()
    const { store, another } = opened
    const other = (await another?.()) ?? store
    const stop = new AbortController()
    const following = collect(store, stop, 2)
    await setTimeout(15)
    await begin(other, [eventOf()])
    await setTimeout(15)
    await begin(other, [eventOf()])
    expect(await following).toHaveLength(2)
  })

  test('a reader that fails ends its own reading, and nobody else', async () => {
    await using opened = await open()
    const { store } = opened
    await begin(store, [eventOf()])
    const stop = new AbortController()
    const others = collect(store, stop, 2)
    const failing = async () => {
      for await (const _page of store.follow({ signal: stop.signal })) throw new Error('unreadable')
    }
    await expect(failing()).rejects.toThrow('unreadable')
    expect(E.isRight(await store.append(appendOf(freshStream(), noStream, [eventOf()])))).toBe(true)
    expect(await others).toHaveLength(2)
  })

  test('closing the store ends those who follow it', async () => {
    await using opened = await open()
    const { store } = opened
    const following = all(store.follow({ signal: new AbortController().signal }))
    await setTimeout(5)
    await store[Symbol.asyncDispose]()
    expect(await following).toEqual([])
  })
}

/** Follows until so many events were seen. */
const collect = async (
  store: EventStore,
  stop: AbortController,
  wanted: number,
  after = 0,
): Promise<readonly StoredEvent[]> => {
  const seen: StoredEvent[] = []
  for await (const page of store.follow({ after, pageSize: 10, signal: stop.signal })) {
    seen.push(...page)
    if (seen.length >= wanted) stop.abort()
  }
  return seen
}
