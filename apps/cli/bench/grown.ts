/**
 * The work of a log of one size, as JSON: what it costs, and the memory that it takes.
 *
 * @module
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '@forsat/application'
import { aggregates } from '@forsat/domain'
import { recorder } from '@forsat/event-store'
import { openSqliteStore } from '@forsat/event-store/sqlite'
import { eventsEach, opened, salesAt, salesMore } from './sales.ts'

export interface Grown {
  readonly events: number
  /** Microseconds of a processor for each event; of lists, for each list; of reports, for each sale. */
  readonly costs: Readonly<Record<string, number>>
  readonly memoryMiB: number
}

const clock = systemClock()
const events = Number(process.argv[2])
const count = Math.ceil(events / eventsEach)
const folder = mkdtempSync(join(tmpdir(), 'forsat-growth-'))
const costs: Record<string, number> = {}

/** What this process has worked since it began, in microseconds, whatever else the machine does. */
const worked = (): number => {
  const { user, system } = process.cpuUsage()
  return user + system
}

const measured = async (row: string, pieces: number, work: () => unknown, rounds = 3) => {
  let least = Infinity
  for (let round = 0; round < rounds; round += 1) {
    const since = worked()
    await work()
    least = Math.min(least, worked() - since)
  }
  costs[row] = least / pieces
}

try {
  const sales = await salesAt(join(folder, 'sales.db'), count)

  await using log = await openSqliteStore(sales.path, { clock })
  const more = 500
  const lots = await Promise.all(
    [0, 1, 2].map(async (lot) => salesMore(sales, count + lot * more, more)),
  )
  const lot = lots.values()
  await measured('append, fifty callers', more * eventsEach, async () => {
    const queue = (lot.next().value ?? []).values()
    await Promise.all(
      Array.from({ length: 50 }, async () => {
        for (const append of queue) await log.append(append)
      }),
    )
  })

  const { read } = recorder({ keys: sales.keys, codecs: () => aggregates.opportunity.codec })
  const all = await log.head()
  await measured('replay into a count', all, async () => {
    const counts = new Map<string, number>()
    for await (const page of log.readLog()) {
      for (const stored of page) {
        if (!stored.stream.startsWith('opportunity-')) continue
        const told = read(stored)
        if (told._tag === 'Left') throw new Error(told.left.storedType)
        const { type } = told.right.event
        counts.set(type, (counts.get(type) ?? 0) + 1)
      }
    }
  })

  const file = join(folder, 'sales.read.db')
  const since = worked()
  const { forsat } = await opened(sales, file)
  await using _closing = forsat
  if (!(await forsat.settle(undefined, 3_600_000))) throw new Error('the read models did not come')
  costs['catch-up of all read models'] = (worked() - since) / all

  await measured(
    'rebuild of the sales',
    all,
    () => forsat.projections.rebuild(['opportunities']),
    1,
  )
  const scope = { company: sales.company }
  await measured('a list of fifty', 50, async () => {
    for (let asked = 0; asked < 50; asked += 1) {
      await forsat.query.opportunities.list(scope, { sort: '-createdAt' })
    }
  })
  await measured('a report, each sale', count, () =>
    forsat.query.reports.lostReasons(scope, { groupBy: ['reason'] }),
  )
  const memoryMiB = Math.round(process.resourceUsage().maxRSS / 1024)
  const grown: Grown = { events, costs, memoryMiB }
  process.stdout.write(JSON.stringify(grown))
} finally {
  rmSync(folder, { recursive: true, force: true })
}
