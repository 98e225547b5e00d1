import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import * as E from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { all, appendOf, eventOf, freshStream } from '../contract/given.ts'
import { type Append, type EventStore, noStream } from '../port.ts'
import { StoreUnreachable } from '../store-errors.ts'
import { startDouble } from './testing/double.ts'
import { freshPart, storeOn } from './testing/fixture.ts'

/** The long form takes minutes: the numbers that were asked for. */
const strikes = process.env['FORSAT_LONG_TESTS'] === undefined ? 4 : 200

/** Appends until it is told that it is there: the same append, however often. */
const insist = async (store: EventStore, append: Append): Promise<void> => {
  for (;;) {
    try {
      const answer = await store.append(append)
      if (E.isLeft(answer)) throw new Error(`refused: ${answer.left.type}`)
      return
    } catch (error) {
      if (!(error instanceof StoreUnreachable)) throw error
    }
  }
}

test(`a server that is killed or frozen ${strikes} times loses nothing, doubles nothing, keeps the order`, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'forsat-strikes-'))
  const path = join(folder, 'log')
  let double = await startDouble({ path })
  const { port } = double
  const store = await storeOn(freshPart(double), 'defaultDeadline=800')
  const halt = new AbortController()
  const stop = new AbortController()

  const appended: string[] = []
  const write = async (): Promise<void> => {
    const stream = freshStream()
    for (let revision = noStream; !halt.signal.aborted; revision += 2) {
      const events = [eventOf(), eventOf()]
      await insist(store, appendOf(stream, revision, events))
      appended.push(...events.map(({ id }) => id))
    }
  }
  const seen: string[] = []
  const follow = async (): Promise<void> => {
    for await (const page of store.follow({ signal: stop.signal })) {
      seen.push(...page.map(({ id }) => id))
    }
  }
  const [writing, following] = [Promise.all([write(), write(), write()]), follow()]

  for (let strike = 0; strike < strikes; strike += 1) {
    await setTimeout(Math.random() * 60)
    if (strike % 2 === 0) {
      await double.kill()
      double = await startDouble({ path, port })
    } else {
      double.freeze()
      await setTimeout(Math.random() * 1500)
      double.thaw()
    }
  }
  halt.abort()
  await writing
  const log = await all(store.readLog())
  await expect.poll(() => seen.length, { timeout: 50_000 }).toBe(log.length)
  stop.abort()
  await following
  await store[Symbol.asyncDispose]()
  await double.kill()
  await rm(folder, { recursive: true })

  const ids = log.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.toSorted()).toEqual(appended.toSorted())
  expect(seen).toEqual(ids)
  for (const stream of new Set(log.map((event) => event.stream))) {
    const revisions = log.filter((event) => event.stream === stream).map(({ revision }) => revision)
    expect(revisions).toEqual([...revisions.keys()])
  }
}, 3_600_000)
