import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { appendOf, begin, eventOf, freshStream } from '../contract/given.ts'
import { openSqliteStore } from '../sqlite.ts'
import { StoreDamaged } from '../store-errors.ts'

const clock = { now: () => new Date().toISOString() }

let folder: string
let path: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forsat-tree-'))
  path = join(folder, 'events.db')
})
afterEach(() => rm(folder, { recursive: true }))

const meddle = (statements: string): void => {
  const db = new DatabaseSync(path)
  db.exec(statements)
  db.close()
}

const log = async (events: number): Promise<void> => {
  await using store = await openSqliteStore(path, { clock })
  await begin(
    store,
    Array.from({ length: events }, () => eventOf()),
  )
}

/** The tables as the first release made them: without any tree. */
const firstRelease = `
  ALTER TABLE event DROP COLUMN leaf; DROP TABLE audit_node; DROP TABLE audit_state;
  UPDATE meta SET value = '1' WHERE name = 'schema'`

const rowsOf = (statement: string): readonly object[] => {
  const db = new DatabaseSync(path, { readOnly: true })
  try {
    return db.prepare(statement).all()
  } finally {
    db.close()
  }
}

describe('a log of the first release', () => {
  test('is taken into the tree, and no row of it is written anew', async () => {
    await log(6000)
    const grown = await (async () => {
      await using store = await openSqliteStore(path, { clock })
      return await store.tree.head()
    })()
    meddle(firstRelease)
    const before = rowsOf('SELECT * FROM event')
    const after = await openSqliteStore(path, { clock })
    expect(await after.tree.head()).toEqual(grown)
    await begin(after, [eventOf()])
    expect((await after.verify({ depth: 'fast', heads: [grown] })).findings).toEqual([])
    expect((await after.verify({ depth: 'full', heads: [grown] })).findings).toEqual([])
    await after[Symbol.asyncDispose]()
    expect(rowsOf('SELECT * FROM event WHERE pos <= 6000')).toEqual(
      before.map((row) => ({ ...row, leaf: null })),
    )
    expect(rowsOf(`SELECT value FROM meta WHERE name = 'tree'`)).toEqual([])
  })

  test('that a crash left half in the tree is gone on with', async () => {
    await log(700)
    meddle(`UPDATE audit_state SET size = 0, frontier = x''; DELETE FROM audit_node;
      INSERT INTO meta VALUES ('tree', 'filling')`)
    await using store = await openSqliteStore(path, { clock })
    expect((await store.tree.head()).size).toBe(700)
    expect(await store.check()).toEqual([])
  })

  test('is still read by who only reads', async () => {
    await log(3)
    meddle(firstRelease)
    await using store = await openSqliteStore(path, { clock, readOnly: true })
    expect(await store.head()).toBe(3)
  })
})

describe('what is written behind the back of the store', () => {
  const another = `INSERT INTO event SELECT 4, id || 'X', stream, 3, type, company, occurred, recorded,
    actor, on_behalf_of, corr, cause, sealed, data, salt, env, leaf FROM event WHERE pos = 3`

  test('keeps it from being opened, and a check names the place', async () => {
    await log(3)
    meddle(another)
    await expect(openSqliteStore(path, { clock })).rejects.toMatchObject({
      findings: [{ code: 'TREE_STALE', position: 4 }],
    })
  })

  test('keeps an open one from going on', async () => {
    await using store = await openSqliteStore(path, { clock })
    await begin(store, [eventOf(), eventOf(), eventOf()])
    meddle(another)
    const append = store.append(appendOf(freshStream(), -1, [eventOf()]))
    await expect(append).rejects.toThrow(StoreDamaged)
  })

  test.each([
    ['the edge', `UPDATE audit_state SET frontier = randomblob(length(frontier))`],
    ['its size', 'UPDATE audit_state SET size = size + 1'],
    ['a root', 'UPDATE audit_node SET h = randomblob(32)'],
  ])('in the tree itself is found out: %s', async (_what, statement) => {
    await log(300)
    meddle(statement)
    await expect(openSqliteStore(path, { clock })).rejects.toThrow(StoreDamaged)
    await using reader = await openSqliteStore(path, { clock, readOnly: true })
    expect((await reader.verify({ depth: 'fast' })).findings).toMatchObject([
      { code: 'TREE_STALE' },
    ])
  })
})

test('each append in the tree is kept once a transaction, and roots of full 256 leaves', async () => {
  await log(600)
  expect(rowsOf('SELECT level, idx FROM audit_node ORDER BY level, idx')).toEqual([
    { level: 1, idx: 0 },
    { level: 1, idx: 1 },
  ])
  expect(rowsOf('SELECT size, length(frontier) / 32 AS hashes FROM audit_state')).toEqual([
    { size: 600, hashes: 4 },
  ])
})
