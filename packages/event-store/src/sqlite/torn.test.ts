/**
 * A power cut in the middle of a write leaves a write-ahead log that ends anywhere, or in anything.
 */
import { copyFileSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from '@fast-check/vitest'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { all, appendOf, begin, eventOf, freshStream, sealedPart } from '../contract/given.ts'
import { noStream, type StoredEvent } from '../port.ts'
import { openSqliteStore } from '../sqlite.ts'
import { StoreUnreachable } from '../store-errors.ts'

const clock = { now: () => new Date().toISOString() }
const eventsEach = 3

let folder: string
/** A log as it is while it is in use: some of it in the file, the rest in the write-ahead log alone. */
let left: string
let events: readonly StoredEvent[]
let inFile: number
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forsat-torn-'))
  const path = join(folder, 'events.db')
  left = join(folder, 'left.db')
  await using store = await openSqliteStore(path, { clock })
  const some = () => [eventOf(), eventOf({}, { sealed: [sealedPart()] }), eventOf()]
  for (let n = 0; n < 20; n += 1) await begin(store, some())
  inFile = await store.head()
  using checkpointing = new DatabaseSync(path)
  checkpointing.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  for (let n = 0; n < 20; n += 1) await begin(store, some())
  for (const end of ['', '-wal']) copyFileSync(`${path}${end}`, `${left}${end}`)
  events = await all(store.readLog())
})
afterAll(() => rm(folder, { recursive: true }))

/** Does something to the write-ahead log that was left, and opens what it belongs to. */
const afterwards = async (
  spoil: (wal: string) => void,
  look: (store: Awaited<ReturnType<typeof openSqliteStore>>) => Promise<void>,
): Promise<void> => {
  const path = join(folder, 'torn.db')
  for (const end of ['', '-wal', '-shm']) rmSync(`${path}${end}`, { force: true })
  for (const end of ['', '-wal']) copyFileSync(`${left}${end}`, `${path}${end}`)
  spoil(`${path}-wal`)
  await using store = await openSqliteStore(path, { clock })
  await look(store)
}

/** All that was there up to some append, and all that had come into the file. */
const expectWholeBeginning = async (
  store: Awaited<ReturnType<typeof openSqliteStore>>,
): Promise<void> => {
  const there = await all(store.readLog())
  expect(there).toEqual(events.slice(0, there.length))
  expect(there.length % eventsEach).toBe(0)
  expect(there.length).toBeGreaterThanOrEqual(inFile)
  expect(await store.check()).toEqual([])
  await store.append(appendOf(freshStream(), noStream, [eventOf()]))
  expect(await store.head()).toBe(there.length + 1)
}

/** A place in the file, as a part of its length: near its end more often than elsewhere. */
const place = fc.oneof(
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.double({ min: 0.95, max: 1, noNaN: true }),
)

describe('a write-ahead log', () => {
  test('that is whole loses nothing', async () => {
    await afterwards(
      () => {},
      async (store) => expect(await all(store.readLog())).toEqual(events),
    )
  })

  test.prop([place], { numRuns: 15 })(
    'that was cut off anywhere ends before the cut',
    async (at) => {
      const cut = (wal: string) => truncateSync(wal, Math.floor(statSync(wal).size * at))
      await afterwards(cut, expectWholeBeginning)
    },
  )

  test.prop([place, fc.uint8Array({ minLength: 1, maxLength: 200 })], { numRuns: 15 })(
    'that holds anything anywhere ends before it',
    async (at, garbage) => {
      const garble = (wal: string) => {
        const bytes = readFileSync(wal)
        bytes.set(
          garbage.subarray(0, bytes.length),
          Math.floor((bytes.length - garbage.length) * at),
        )
        writeFileSync(wal, bytes)
      }
      await afterwards(garble, expectWholeBeginning)
    },
  )

  test('that is gone leaves what had come into the file', async () => {
    await afterwards(
      (wal) => rmSync(wal),
      async (store) => expect(await store.head()).toBe(inFile),
    )
  })
})

test('a file that lost its beginning is not opened, and a sentence says why', async () => {
  const path = join(folder, 'cut.db')
  copyFileSync(left, path)
  truncateSync(path, Math.floor(statSync(path).size / 2))
  await expect(openSqliteStore(path, { clock })).rejects.toThrow(/damaged/)
  await expect(openSqliteStore(path, { clock })).rejects.toThrow(StoreUnreachable)
})
