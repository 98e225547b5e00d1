import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { OpportunityCommand } from '@forsat/domain'
import type { EventStore, StoredEvent } from '@forsat/event-store'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { catalogue } from './catalogue/catalogue.ts'
import { openForWriting } from './database.ts'
import { opportunities } from './opportunities/opportunities.ts'
import type { Projection } from './projection.ts'
import { createProjections, type Projections, type ProjectionsOptions } from './projections.ts'
import { quotations } from './quotations/quotations.ts'
import { readModels } from './read-models/read-models.ts'
import { acme, idOf, on, readSample, type SampleLog, sampleLog } from './sample-log.ts'

const scope = { company: acme }
const patience = { timeoutMs: 5000 }

const opening = (title: string): OpportunityCommand => ({
  type: 'OpenOpportunity',
  data: { title, emailPresent: false, phonePresent: false, ...on('2026-01-10') },
})

/** Opens so many opportunities more. */
const openMore = async (log: SampleLog, from: number, count: number): Promise<void> => {
  for (let n = from; n < from + count; n += 1) await log.ask(idOf('A', n), opening(`No ${n}`))
}

let folder: string
let path: string
const opened: Projections[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'forsat-'))
  path = join(folder, 'forsat.read.db')
})
afterEach(async () => {
  await Promise.all(opened.splice(0).map((each) => each[Symbol.asyncDispose]()))
  rmSync(folder, { recursive: true })
})

const open = async (
  log: SampleLog,
  options: Partial<ProjectionsOptions> = {},
): Promise<Projections> => {
  const made = await createProjections({ ...log, now: () => log.now, path, ...options })
  opened.push(made)
  return made
}

const close = async (projections: Projections): Promise<void> => {
  opened.splice(opened.indexOf(projections), 1)
  await projections[Symbol.asyncDispose]()
}

const count = async ({ query }: Projections): Promise<number | undefined> => {
  const listed = await query.opportunities.list(scope, { count: true })
  return listed._tag === 'Right' ? listed.right.total : undefined
}

const upToDate = async (projections: Projections, { store }: SampleLog): Promise<boolean> =>
  projections.waitFor(await store.head(), patience)

describe('a projection neither skips, sticks nor doubles (O23)', () => {
  test('and goes on where it was after the process ended', async () => {
    const log = sampleLog()
    await openMore(log, 0, 5)
    const first = await open(log)
    await upToDate(first, log)
    await close(first)
    await openMore(log, 5, 5)
    const second = await open(log)
    expect(await upToDate(second, log)).toBe(true)
    expect(await count(second)).toBe(10)
  })

  test('across a gap of positions that stays for ever', async () => {
    const log = sampleLog()
    await openMore(log, 0, 4)
    const store = shifted(log.store, (position) => (position > 2 ? position + 100 : position))
    const projections = await open(log, { store })
    expect(await projections.waitFor(104, patience)).toBe(true)
    expect(await count(projections)).toBe(4)
  })

  test('when an event is delivered again', async () => {
    const log = sampleLog()
    await openMore(log, 0, 5)
    const store: EventStore = {
      ...log.store,
      async *follow(options) {
        yield* log.store.readLog()
        yield* log.store.readLog({ after: 2 })
        yield* log.store.follow({ ...options, after: 0 })
      },
    }
    const projections = await open(log, { store })
    expect(await upToDate(projections, log)).toBe(true)
    await openMore(log, 5, 1)
    expect(await upToDate(projections, log)).toBe(true)
    expect(await count(projections)).toBe(6)
  })

  test('when it dies between its rows and its checkpoint', async () => {
    const log = sampleLog()
    await openMore(log, 0, 5)
    const first = await open(log)
    await upToDate(first, log)
    const before = await first.digest()
    await close(first)

    const db = openForWriting(path)
    db.exec('BEGIN')
    db.exec('DELETE FROM opportunity_g1')
    db.close()
    const second = await open(log)
    await upToDate(second, log)
    expect(await second.digest()).toEqual(before)
  })

  test('and says how far it is', async () => {
    const log = sampleLog()
    await openMore(log, 0, 3)
    const projections = await open(log)
    await upToDate(projections, log)
    expect(await projections.status()).toEqual(
      readModels.map(({ name, version }) => ({
        name,
        version,
        position: '3',
        lag: 0,
        state: 'live',
        leaseholder: expect.any(String),
      })),
    )
  })
})

describe('an event that cannot be read', () => {
  test('stops the reader aloud before it, and the answers stay', async () => {
    const log = sampleLog()
    await openMore(log, 0, 5)
    const read = (stored: StoredEvent) => {
      if (stored.position === 4) throw new Error('no key fits')
      return readSample(stored)
    }
    const projections = await open(log, { read })
    expect(await projections.waitFor(5, patience)).toBe(false)
    expect(await count(projections)).toBe(3)
    expect((await projections.status())[0]).toMatchObject({
      state: 'stopped',
      position: '3',
      lag: 2,
      stoppedAt: '4',
      reason: expect.stringContaining('no key fits'),
    })
  })

  test('stops a rebuild with its position, and what was in use stays', async () => {
    const log = sampleLog()
    await openMore(log, 0, 5)
    const first = await open(log)
    await upToDate(first, log)
    await close(first)
    const read = (stored: StoredEvent) => {
      if (stored.position === 4) throw new Error('no key fits')
      return readSample(stored)
    }
    const second = await open(log, { read })
    expect(await second.rebuild(['opportunities'])).toMatchObject({
      left: { type: 'RebuildFailed', position: 4, reason: expect.stringContaining('no key fits') },
    })
    expect(await count(second)).toBe(5)
    expect(tablesOf(path)).not.toContain('opportunity_g2')
  })
})

describe('of several processes on one file', () => {
  test('one projects, the others see it and wait for it', async () => {
    const log = sampleLog()
    const [first, second] = [await open(log), await open(log)]
    await openMore(log, 0, 20)
    expect(await Promise.all([upToDate(first, log), upToDate(second, log)])).toEqual([true, true])
    expect(await count(second)).toBe(20)
    const [one, other] = [await first.status(), await second.status()]
    expect(other).toEqual(one)
  })

  test('another one takes over when the first goes', async () => {
    const log = sampleLog()
    const [first, second] = [await open(log), await open(log)]
    await openMore(log, 0, 3)
    await upToDate(second, log)
    await close(first)
    await openMore(log, 3, 3)
    expect(await upToDate(second, log)).toBe(true)
    expect(await count(second)).toBe(6)
  })

  test('another one takes over from a process that was killed', async () => {
    const log = sampleLog()
    const first = await open(log)
    await upToDate(first, log)
    await close(first)
    // As a killed process leaves it: the lease taken, nobody there.
    const db = openForWriting(path)
    db.prepare('INSERT INTO forsat_lease (name, owner, beat) VALUES (?, ?, ?)').run(
      'projecting',
      'elsewhere/1/gone',
      Date.now() - 60_000,
    )
    db.close()
    await openMore(log, 0, 3)
    expect(await upToDate(await open(log), log)).toBe(true)
  })
})

describe('a file of read models', () => {
  test('that is deleted while in use is made anew', async () => {
    const log = sampleLog()
    await openMore(log, 0, 3)
    const projections = await open(log)
    await upToDate(projections, log)
    const before = await projections.digest()
    for (const end of ['', '-wal', '-shm']) rmSync(`${path}${end}`, { force: true })
    await vi.waitFor(
      async () => {
        expect(tablesOf(path)).toContain('opportunity_g1')
        expect(await projections.digest()).toEqual(before)
      },
      { timeout: 5000 },
    )
  })

  test('that was made from another log is made anew', async () => {
    const [log, other] = [sampleLog(), sampleLog()]
    await openMore(log, 0, 3)
    const first = await open(log)
    await upToDate(first, log)
    await close(first)
    await openMore(other, 20, 6)
    const store = renamed(other.store)
    const second = await open(other, { store })
    await vi.waitFor(async () => expect(await count(second)).toBe(6), { timeout: 5000 })
  })

  test('of another layout is emptied and made anew', async () => {
    const db = new DatabaseSync(path)
    db.exec(
      'CREATE TABLE opportunity_g1 (old TEXT); CREATE VIEW opportunity AS SELECT * FROM opportunity_g1',
    )
    db.exec('PRAGMA user_version = 999')
    db.close()
    const log = sampleLog()
    await openMore(log, 0, 3)
    const projections = await open(log)
    await upToDate(projections, log)
    expect(await count(projections)).toBe(3)
  })

  test('of an older version of a projection is rebuilt, and asked again once it is done', async () => {
    const log = sampleLog()
    await openMore(log, 0, 3)
    const first = await open(log)
    await upToDate(first, log)
    await close(first)

    const second = await open(log, { projections: [withPriority, quotations, catalogue] })
    expect(await upToDate(second, log)).toBe(true)
    expect(second.sql('SELECT id, urgent FROM opportunity LIMIT 1').columns).toEqual([
      'id',
      'urgent',
    ])
    expect(await count(second)).toBe(3)
    expect(tablesOf(path)).not.toContain('opportunity_g1')
  })
})

/** The opportunities with one more column, and so of the next version. */
const { opportunity } = opportunities.tables
const withPriority = {
  ...opportunities,
  version: opportunities.version + 1,
  tables: {
    ...opportunities.tables,
    opportunity: {
      ...opportunity,
      columns: { ...opportunity.columns, urgent: 'integer' },
      row: (document: Parameters<typeof opportunity.row>[0]) => ({
        ...opportunity.row(document),
        urgent: Number(document.priority === 3),
      }),
    },
  },
} as Projection

const tablesOf = (file: string): readonly string[] => {
  using db = new DatabaseSync(file, { readOnly: true })
  return db
    .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`)
    .all()
    .map(({ name }) => String(name))
}

/** The same log at other positions. */
const shifted = (store: EventStore, to: (position: number) => number): EventStore => {
  const moved = (page: readonly StoredEvent[]) =>
    page.map((event) => ({ ...event, position: to(event.position) }))
  return {
    ...store,
    head: async () => to(await store.head()),
    async *follow({ signal }) {
      for await (const page of store.follow({ signal })) yield moved(page)
    },
  }
}

/** The same log with other ids of its events. */
const renamed = (store: EventStore): EventStore => ({
  ...store,
  find: async () => undefined,
})
