import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { all, appendOf, begin, comparable, eventOf, sealedPart } from './contract/given.ts'
import { copyLog, NotACopy, originalsInFile } from './copy.ts'
import { type Double, startDouble } from './eventstoredb/testing/double.ts'
import { freshPart } from './eventstoredb/testing/fixture.ts'
import { openEventStoreDb } from './eventstoredb.ts'
import type { EventStore } from './port.ts'
import { openSqliteStore } from './sqlite.ts'

let now = '2026-03-01T12:00:00.000Z'
const clock = { now: () => now }
let double: Double
let folder: string
beforeAll(async () => {
  double = await startDouble()
})
afterAll(() => double[Symbol.asyncDispose]())
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forsat-copy-'))
})
afterEach(() => rm(folder, { recursive: true }))

const grow = async (store: EventStore, streams: number): Promise<void> => {
  for (let n = 0; n < streams; n += 1) {
    now = new Date(Date.parse(now) + 1000).toISOString()
    const stream = await begin(store, [eventOf({ n }, { sealed: [sealedPart()] }), eventOf()])
    const command = { scope: 's', key: stream, requestHash: 'h', outcome: '{}' }
    const metadata = { trace: '00-ab-cd-01', onBehalfOf: 'user:b', company: '01J8Z' }
    await store.append(appendOf(stream, 1, [eventOf({ 10: 'a', 9: 'b' })], { command, metadata }))
  }
}

const withoutPlace = async (store: EventStore) =>
  comparable((await all(store.readLog())).map(({ position: _place, ...event }) => event))

test('a grown log moves to a server, and whatever stops it, goes on where it was', async () => {
  const path = join(folder, 'events.db')
  await using source = await openSqliteStore(path, { clock })
  await grow(source, 12)
  await source.policies.save('reactions', 30)
  await using target = await openEventStoreDb(freshPart(double), { clock })
  const to = { store: target, adopt: target.adopt, originals: target.originals }
  await using originals = await originalsInFile(path, clock)
  const from = { store: source, originals }

  let adopted = 0
  const stopping = {
    ...to,
    adopt: async (...given: Parameters<typeof to.adopt>) => {
      adopted += 1
      if (adopted > 9) throw new Error('stopped')
      return to.adopt(...given)
    },
  }
  await expect(copyLog(from, stopping)).rejects.toThrow('stopped')
  expect(await all(target.readLog())).not.toHaveLength(0)
  const report = await copyLog(from, to)

  expect(report).toMatchObject({ events: 36 })
  expect(report.copied).toBeLessThan(36)
  expect(report.to).toBe(report.from)
  expect(await withoutPlace(target)).toEqual(await withoutPlace(source))
  const thirtieth = (await all(target.readLog()))[29]
  expect(await target.policies.find('reactions')).toBe(thirtieth?.position)
  for (const record of await originals.commands()) {
    expect(await target.commands.find(record.scope, record.key)).toEqual(record)
  }
  await grow(source, 2)
  expect(await copyLog(from, to)).toMatchObject({ copied: 6, events: 42 })
})

test('what came from another log is not mixed with this one', async () => {
  const path = join(folder, 'events.db')
  await using source = await openSqliteStore(path, { clock })
  await grow(source, 1)
  await using target = await openEventStoreDb(freshPart(double), { clock })
  await begin(target, [eventOf()])
  await using originals = await originalsInFile(path, clock)
  const to = { store: target, adopt: target.adopt, originals: target.originals }
  await expect(copyLog({ store: source, originals }, to)).rejects.toThrow(NotACopy)
})
