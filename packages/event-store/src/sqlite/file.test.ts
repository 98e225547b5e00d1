import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout } from 'node:timers/promises'
import { contactCodec } from '@forsat/domain'
import * as E from 'fp-ts/lib/Either.js'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { all, appendOf, begin, eventOf, freshStream, sealedPart } from '../contract/given.ts'
import { memoryKeys } from '../memory.ts'
import { recorder } from '../recorder.ts'
import { openSqliteStore } from '../sqlite.ts'
import { StoreDamaged, StoreUnreachable } from '../store-errors.ts'

const clock = { now: () => new Date().toISOString() }

let folder: string
let path: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forsat-opening-'))
  path = join(folder, 'events.db')
})
afterEach(() => rm(folder, { recursive: true }))

/** Does something to the file that the store would not. */
const meddle = (statements: string, file = path): void => {
  const db = new DatabaseSync(file)
  db.exec(statements)
  db.close()
}

const unguarded =
  'DROP TRIGGER event_stays; DROP TRIGGER event_remains; DROP TRIGGER event_follows;'

/** A log of some events in a few streams, closed. */
const closedLog = async (): Promise<void> => {
  await using store = await openSqliteStore(path, { clock })
  const stream = await begin(store, [eventOf(), eventOf({}, { sealed: [sealedPart()] })])
  await begin(store, [eventOf(), eventOf(), eventOf()])
  await store.append(appendOf(stream, 1, [eventOf(), eventOf()]))
}

describe('a store that cannot be opened says why in a sentence', () => {
  test.each<[string, () => Promise<string> | string, string]>([
    ['a folder that is not there', () => join(folder, 'no', 'events.db'), 'There is no folder'],
    ['a folder in its place', () => folder, 'cannot be opened'],
    [
      'a file that is no database',
      async () => {
        await writeFile(path, 'name,mail\n'.repeat(200))
        return path
      },
      'is no database',
    ],
    [
      'a database of somebody else',
      () => {
        meddle('CREATE TABLE customer (name TEXT)')
        return path
      },
      'no event store',
    ],
    [
      'tables of a newer version',
      async () => {
        await closedLog()
        meddle(`UPDATE meta SET value = '7' WHERE name = 'schema'`)
        return path
      },
      'newer version',
    ],
  ])('%s', async (_what, prepare, sentence) => {
    const file = await prepare()
    await expect(openSqliteStore(file, { clock })).rejects.toThrow(StoreUnreachable)
    await expect(openSqliteStore(file, { clock })).rejects.toThrow(sentence)
  })

  test('a file that is not ours stays as it was', async () => {
    meddle('CREATE TABLE customer (name TEXT)')
    const before = await readFile(path)
    await expect(openSqliteStore(path, { clock })).rejects.toThrow(StoreUnreachable)
    expect(before.equals(await readFile(path))).toBe(true)
  })

  test('who only reads makes no file', async () => {
    await expect(openSqliteStore(path, { clock, readOnly: true })).rejects.toThrow('There is no')
  })
})

test('who only reads sees what others append, and cannot append', async () => {
  await using store = await openSqliteStore(path, { clock })
  await begin(store, [eventOf()])
  await using reader = await openSqliteStore(path, { clock, readOnly: true })
  await begin(store, [eventOf()])
  expect(await all(reader.readLog())).toHaveLength(2)
  const append = appendOf(freshStream(), -1, [eventOf()])
  await expect(reader.append(append)).rejects.toThrow('reading only')
})

describe('history', () => {
  test.each([
    ['changed', `UPDATE event SET actor = 'user:me' WHERE pos = 1`],
    ['deleted', 'DELETE FROM event WHERE pos = 7'],
    ['replaced', 'INSERT OR REPLACE INTO event SELECT * FROM event WHERE pos = 3'],
  ])('is not %s by a slip', async (_what, statement) => {
    await closedLog()
    expect(() => meddle(statement)).toThrow('history')
  })

  test('is not continued beyond its end', async () => {
    await closedLog()
    const forged = `INSERT INTO event SELECT 9, 'x', stream, 9, type, company, occurred, recorded, actor,
      on_behalf_of, corr, cause, sealed, data, salt, env, leaf FROM event WHERE pos = 1`
    expect(() => meddle(forged)).toThrow('history')
  })
})

describe('a damaged log', () => {
  test('with a gap at its end is not opened', async () => {
    await closedLog()
    meddle(`${unguarded} DELETE FROM event WHERE pos = 6`)
    await expect(openSqliteStore(path, { clock })).rejects.toThrow(StoreDamaged)
    await expect(openSqliteStore(path, { clock })).rejects.toMatchObject({
      findings: [{ code: 'INDEX_GAP' }, { code: 'REVISION_GAP', position: 7 }],
    })
  })

  test.each<[string, number | undefined, string]>([
    ['INDEX_GAP', 2, 'DELETE FROM event WHERE pos = 1'],
    ['REVISION_GAP', 5, `UPDATE event SET rev = 9 WHERE pos = 5`],
    ['TIME_WENT_BACK', 4, `UPDATE event SET recorded = '2001-01-01T00:00:00.000Z' WHERE pos = 4`],
    ['COLUMN_MISMATCH', 1, `UPDATE event SET actor = 'user:other' WHERE pos = 1`],
    ['COLUMN_MISMATCH', 2, `UPDATE event SET sealed = 0 WHERE pos = 2`],
    ['COLUMN_MISMATCH', 4, `UPDATE event SET type = 'forged' WHERE pos = 4`],
    ['UNREADABLE', 2, `UPDATE event SET env = '{"pii":1}' WHERE pos = 2`],
    ['ENVELOPE_NOT_CANONICAL', 3, `UPDATE event SET env = replace(env, ',', ', ') WHERE pos = 3`],
    ['UNREADABLE', 3, `UPDATE event SET env = '{' WHERE pos = 3`],
    ['COMMITMENT_MISMATCH', 6, `UPDATE event SET data = '{"n":"forged"}' WHERE pos = 6`],
    ['PAYLOAD_MISSING', 6, `UPDATE event SET data = '' WHERE pos = 6`],
    [
      'SEAL_BROKEN',
      3,
      'INSERT INTO event_sealed SELECT 3, subject, purpose, key_id, iv, ct, tag, commitment FROM event_sealed',
    ],
  ])('is found out: %s at %s', async (code, position, statement) => {
    await closedLog()
    await using store = await openSqliteStore(path, { clock })
    expect(await store.check()).toEqual([])
    meddle(`${unguarded} ${statement}`)
    expect(await store.check()).toContainEqual(expect.objectContaining({ code, position }))
  })

  test('may have lost sealed parts to an erasure, and is sound', async () => {
    await closedLog()
    meddle('DELETE FROM event_sealed')
    await using store = await openSqliteStore(path, { clock })
    expect(await store.check()).toEqual([])
  })

  test('is read whole after somebody left without a good-bye', async () => {
    await closedLog()
    meddle(`${unguarded} UPDATE event SET data = '{}' WHERE pos = 1`)
    const store = await openSqliteStore(path, { clock })
    await store[Symbol.asyncDispose]()

    meddle(`INSERT INTO session VALUES ('dead', 'elsewhere', 1, '2026-01-01T00:00:00.000Z', '')`)
    await expect(openSqliteStore(path, { clock })).rejects.toMatchObject({
      findings: [{ code: 'COMMITMENT_MISMATCH', position: 1 }],
    })
    await expect(openSqliteStore(path, { clock })).rejects.toThrow(StoreDamaged)
  })
})

test('a check of the whole log is not led astray by what is appended meanwhile', async () => {
  await using store = await openSqliteStore(path, { clock })
  const stream = await begin(store, [eventOf()])
  const busy = Promise.all(
    Array.from({ length: 30 }, () => begin(store, [eventOf(), eventOf()])),
  ).then(() => store.append(appendOf(stream, 0, [eventOf()])))
  expect(await store.check()).toEqual([])
  await busy
  expect(await store.check()).toEqual([])
})

test('a sound log that was left without a good-bye is opened, and the good-bye made up for', async () => {
  await closedLog()
  meddle(`INSERT INTO session VALUES ('dead', 'elsewhere', 1, '2026-01-01T00:00:00.000Z', '')`)
  const store = await openSqliteStore(path, { clock })
  expect(await store.head()).toBe(7)
  await store[Symbol.asyncDispose]()
  const db = new DatabaseSync(path)
  expect(db.prepare('SELECT count(*) AS n FROM session').get()).toEqual({ n: 0 })
  db.close()
})

test('a lock that another holds keeps appends waiting, and nothing else', async () => {
  await using store = await openSqliteStore(path, { clock })
  const other = new DatabaseSync(path)
  other.exec('BEGIN IMMEDIATE')
  const appending = begin(store, [eventOf()])
  let longest = 0
  for (let turn = 0; turn < 20; turn += 1) {
    const since = performance.now()
    await setTimeout(10)
    longest = Math.max(longest, performance.now() - since)
  }
  expect(await store.head()).toBe(0)
  other.exec('COMMIT')
  other.close()
  await appending
  expect(await store.head()).toBe(1)
  // Inside SQLite the wait would have been one of 200 ms.
  expect(longest).toBeLessThan(150)
})

test('a follower that cannot read on dies aloud, while it waits as well', async () => {
  await using store = await openSqliteStore(path, { clock })
  await begin(store, [eventOf()])
  const seen: number[] = []
  const follow = async () => {
    for await (const page of store.follow({ signal: new AbortController().signal })) {
      seen.push(page.length)
    }
  }
  const loss = setTimeout(20).then(() => meddle('DROP TABLE event'))
  await expect(follow()).rejects.toThrow('no such table')
  await loss
  expect(seen).toEqual([1])
})

test('one append that cannot be stored takes no other with it', async () => {
  await using store = await openSqliteStore(path, { clock })
  const broken = { ...eventOf(), data: undefined as unknown as string }
  const appends = [[eventOf()], [broken], [eventOf(), eventOf()]].map((events) =>
    store.append(appendOf(freshStream(), -1, events)),
  )
  const answers = await Promise.allSettled(appends)
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(await store.head()).toBe(3)
  expect(await store.check()).toEqual([])
})

test('a copy is whole, and a store of its own', async () => {
  await using store = await openSqliteStore(path, { clock })
  await begin(store, [eventOf(), eventOf({}, { sealed: [sealedPart()] })])
  const copy = join(folder, 'copy.db')
  await store.backup(copy)
  await expect(store.backup(copy)).rejects.toThrow(StoreUnreachable)
  await begin(store, [eventOf()])
  await using copied = await openSqliteStore(copy, { clock })
  expect(await all(copied.readLog())).toEqual(await all(store.readLog({ to: 2 })))
  expect(E.isRight(await copied.append(appendOf(freshStream(), -1, [eventOf()])))).toBe(true)
})

test('personal data is not in the file', async () => {
  const { record } = recorder({ keys: memoryKeys(), codecs: () => contactCodec })
  const id = '01J8Z000000000000000000001'
  const canary = 'canary-7f3a@example.test'
  const events = await record([
    {
      event: {
        type: 'ContactRegistered',
        data: { name: 'Canary Bird', email: canary, isCompany: false },
      },
      codec: contactCodec,
      stream: `contact-${id}`,
      revision: 0,
      id: '01J8Z000000000000000000002',
      occurredAt: clock.now(),
      subjects: { record: id, contact: id },
    },
  ])
  await using store = await openSqliteStore(path, { clock })
  await store.append(appendOf(`contact-${id}`, -1, events))
  for (const file of [path, `${path}-wal`]) {
    expect((await readFile(file)).toString('latin1')).not.toMatch(/Canary|canary/)
  }
})
