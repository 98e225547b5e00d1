import { mkdtempSync, rmSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { openSqliteStore, type SqliteStore } from '@forsat/event-store/sqlite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { beginBuilding } from './bookkeeping.ts'
import { openForWriting, transaction } from './database.ts'
import { takeLease } from './lease.ts'
import { opportunities } from './opportunities/opportunities.ts'
import { createProjections, type Projections } from './projections.ts'
import { acme, idOf, on, type SampleLog, sampleLog } from './sample-log.ts'

const scope = { company: acme }
const patience = { timeoutMs: 10_000 }

let folder: string
let path: string
let storePath: string
let store: SqliteStore
let log: SampleLog
const opened: Projections[] = []

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'forsat-'))
  path = join(folder, 'forsat.read.db')
  storePath = join(folder, 'forsat.db')
  store = await openSqliteStore(storePath, { clock: { now: () => '2026-01-10T08:00:00.000Z' } })
  log = sampleLog(store)
})
afterEach(async () => {
  await Promise.all(opened.splice(0).map((each) => each[Symbol.asyncDispose]()))
  await store[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true })
})

const open = async (): Promise<Projections> => {
  const module = new URL('./sample-source.ts', import.meta.url).href
  const made = await createProjections({
    ...log,
    now: () => log.now,
    path,
    rebuildSource: { module, args: storePath },
  })
  opened.push(made)
  return made
}

/** Opens so many opportunities more; appends at the same time share their commits. */
const openMore = async (from: number, count: number): Promise<void> => {
  const openOne = (n: number) =>
    log.ask(idOf('A', n), {
      type: 'OpenOpportunity',
      data: { title: `No ${n}`, emailPresent: false, phonePresent: false, ...on('2026-01-10') },
    })
  await Promise.all(Array.from({ length: count }, (_, index) => openOne(from + index)))
}

const count = async ({ query }: Projections): Promise<number | undefined> => {
  const listed = await query.opportunities.list(scope, { count: true, limit: 1 })
  return listed._tag === 'Right' ? listed.right.total : undefined
}

const tablesOf = (): readonly string[] => {
  using db = new DatabaseSync(path, { readOnly: true })
  return db
    .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`)
    .all()
    .map(({ name }) => String(name))
}

describe('a rebuild next to live traffic (O24)', () => {
  test('never stops the live copy, however the two meet', async () => {
    await openMore(0, 20)
    const projections = await open()
    const stopped: string[] = []
    let made = 20
    for (let round = 0; round < 8; round += 1) {
      const rebuilt = new AbortController()
      const rebuilding = projections.rebuild(['opportunities']).finally(() => rebuilt.abort())
      // A few more after the swap: that is when the live copy learns of it.
      for (let after = 0; after < 5; after += Number(rebuilt.signal.aborted)) {
        await openMore(made, 1)
        made += 1
        await projections.waitFor(made, patience)
        const states = await projections.status()
        stopped.push(
          ...states.flatMap(({ state, reason }) => (state === 'stopped' ? [reason ?? ''] : [])),
        )
      }
      await rebuilding
      expect(await count(projections)).toBe(made)
    }
    expect(stopped).toEqual([])
  })

  test('shows the old copy until the new one is complete, and loses nothing', async () => {
    await openMore(0, 500)
    const projections = await open()
    await projections.waitFor(500, patience)

    const rebuilding = new AbortController()
    let longestAppendMs = 0
    const counted: (number | undefined)[] = []
    const reads = async () => {
      while (!rebuilding.signal.aborted) {
        counted.push(await count(projections))
        await pause(5)
      }
    }
    const appends = async () => {
      for (let n = 500; n < 600; n += 10) {
        const start = performance.now()
        await openMore(n, 10)
        longestAppendMs = Math.max(longestAppendMs, performance.now() - start)
      }
    }
    const rebuilds = async () => {
      const [first, second] = await Promise.all([
        projections.rebuild(['opportunities']),
        projections.rebuild(['opportunities']),
      ])
      rebuilding.abort()
      return [first, second] as const
    }
    const [, , [first, second]] = await Promise.all([reads(), appends(), rebuilds()])

    expect(second).toEqual(first)
    expect(first).toMatchObject({ right: { projections: ['opportunities'] } })
    expect(counted.every((each, index) => (each ?? 0) >= (counted[index - 1] ?? 500))).toBe(true)
    expect(longestAppendMs).toBeLessThan(1000)
    expect(await projections.waitFor(600, patience)).toBe(true)
    expect(await count(projections)).toBe(600)
    expect(tablesOf()).toContain('opportunity_g2')
    expect(tablesOf()).not.toContain('opportunity_g1')
    using replay = await projections.replay()
    expect(await projections.digest()).toEqual(await replay.digest())
  })

  test('that is stopped in the middle leaves the old copy in use, and nothing else', async () => {
    await openMore(0, 300)
    const first = await open()
    await first.waitFor(300, patience)
    const rebuilt = first.rebuild()
    await pause(1)
    opened.pop()
    await first[Symbol.asyncDispose]()
    expect(await rebuilt).toMatchObject({ left: { type: 'RebuildFailed' } })

    const second = await open()
    expect(await count(second)).toBe(300)
    expect(tablesOf().filter((name) => name.endsWith('_g2'))).toEqual([])
  })

  test('that was killed in the middle is cleared away at the next start', async () => {
    await openMore(0, 3)
    const first = await open()
    await first.waitFor(3, patience)
    opened.pop()
    await first[Symbol.asyncDispose]()
    // As a killed process leaves it: half a copy, and leases of nobody.
    const db = openForWriting(path)
    const nobody = `${hostname()}/${2 ** 22 + 1}/gone`
    await transaction(db, () => {
      beginBuilding(db, opportunities)
      for (const name of ['projecting', 'rebuild:opportunities']) {
        db.prepare('INSERT INTO forsat_lease (name, owner, beat) VALUES (?, ?, ?)').run(
          name,
          nobody,
          Date.now(),
        )
      }
    })
    db.close()
    expect(tablesOf()).toContain('opportunity_g2')

    const second = await open()
    expect(await count(second)).toBe(3)
    expect(await second.waitFor(3, patience)).toBe(true)
    await openMore(3, 1)
    expect(await second.waitFor(4, patience)).toBe(true)
    expect(tablesOf()).not.toContain('opportunity_g2')
  })

  test('of a projection that nobody knows is refused', async () => {
    const projections = await open()
    expect(await projections.rebuild(['losses'])).toMatchObject({
      left: { type: 'ProjectionUnknown', name: 'losses' },
    })
  })

  test('while another process is at it is refused', async () => {
    await openMore(0, 3)
    const projections = await open()
    await projections.waitFor(3, patience)
    const db = openForWriting(path)
    await transaction(db, () => takeLease(db, 'rebuild:contacts', 'elsewhere/1/busy'))
    db.close()
    expect(await projections.rebuild()).toMatchObject({
      left: { type: 'RebuildRunning', name: 'contacts' },
    })
    expect(tablesOf().filter((name) => name.endsWith('_g2'))).toEqual([])
    expect(await projections.rebuild(['opportunities'])).toMatchObject({ _tag: 'Right' })
  })
})
