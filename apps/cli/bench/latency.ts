/**
 * How long a list and a report take among a hundred thousand sales, and how long their read models take
 * to be made anew.
 *
 * @module
 */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { contest, perSecond, type Row } from './measure.ts'
import { eventsEach, opened, salesAt } from './sales.ts'

const count = 100_000
const lists = 200
const reports = 3

export const latencyRows = async (folder: string): Promise<readonly Row[]> => {
  const sales = await salesAt(join(folder, 'sales.db'), count)
  const file = join(folder, 'sales.read.db')
  const { forsat } = await opened(sales, file)
  await using _closing = forsat
  if (!(await forsat.settle(undefined, 600_000))) throw new Error('the read models did not come')
  using plain = new DatabaseSync(file, { readOnly: true })
  const scope = { company: sales.company }

  const page = plain.prepare(
    `SELECT doc FROM opportunity WHERE company = ? AND outcome NOT IN ('merged', 'withdrawn')
     ORDER BY created_at DESC, began DESC LIMIT 50`,
  )
  const list = await contest({
    row: 'list-100k',
    unit: 'lists/s',
    aim: 0.5,
    note: `the newest 50 of ${count} sales; bare: the same rows by the same index, parsed`,
    ours: () =>
      perSecond(lists, async () => {
        for (let asked = 0; asked < lists; asked += 1) {
          const listed = await forsat.query.opportunities.list(scope, { sort: '-createdAt' })
          if (listed._tag === 'Left' || listed.right.items.length !== 50) throw new Error('no list')
        }
      }),
    ceiling: () =>
      perSecond(lists, () => {
        for (let asked = 0; asked < lists; asked += 1) {
          const rows = page.all(sales.company)
          if (rows.map(({ doc }) => JSON.parse(String(doc)) as object).length !== 50) {
            throw new Error('no list')
          }
        }
      }),
  })

  const losses = plain.prepare(
    `SELECT reason_id, count(*), sum(CAST(json_extract(doc, '$.lost.expectedRevenue.amount') AS REAL))
     FROM opportunity WHERE company = ? AND outcome = 'lost' GROUP BY reason_id`,
  )
  const report = await contest({
    row: 'report-100k',
    unit: 'reports/s',
    aim: 0.5,
    rounds: 3,
    note: `lost reasons of ${count} sales with counts, shares, sums and ages; bare: counted and summed by SQLite`,
    ours: () =>
      perSecond(reports, async () => {
        for (let asked = 0; asked < reports; asked += 1) {
          const told = await forsat.query.reports.lostReasons(scope, { groupBy: ['reason'] })
          if (told._tag === 'Left' || told.right.rows.length === 0) throw new Error('no report')
        }
      }),
    ceiling: () =>
      perSecond(reports, () => {
        for (let asked = 0; asked < reports; asked += 1) {
          if (losses.all(sales.company).length === 0) throw new Error('no report')
        }
      }),
  })

  const events = count * eventsEach
  const rows = plain.prepare('SELECT * FROM opportunity')
  rows.setReturnArrays(true)
  const rebuild = await contest({
    row: 'rebuild',
    unit: 'events/s',
    aim: 0.3,
    rounds: 1,
    note: `the read model of sales from ${events} events, beside the one in use; bare: its rows written once more, their events read and parsed`,
    ours: () =>
      perSecond(events, async () => {
        const made = await forsat.projections.rebuild(['opportunities'])
        if (made._tag === 'Left') throw new Error(made.left.type)
      }),
    ceiling: async () => {
      const all = rows.all() as unknown as (string | number | null)[][]
      using log = new DatabaseSync(sales.path, { readOnly: true })
      using copy = new DatabaseSync(join(folder, `rebuild-${performance.now()}.db`))
      copy.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL')
      const names = (all[0] ?? []).map((_value, index) => `c${index}`)
      copy.exec(`CREATE TABLE row (${names.join(', ')}, PRIMARY KEY (c0)) WITHOUT ROWID`)
      const insert = copy.prepare(`INSERT INTO row VALUES (${names.map(() => '?').join(', ')})`)
      const next = log.prepare('SELECT pos, type, data FROM event WHERE pos > ? LIMIT 1000')
      return perSecond(events, () => {
        for (let after = 0; ; ) {
          const found = next.all(after)
          const last = found.at(-1)
          if (last === undefined) break
          for (const { data } of found) JSON.parse(String(data))
          after = Number(last['pos'])
        }
        for (let at = 0; at < all.length; at += 1000) {
          copy.exec('BEGIN')
          for (const row of all.slice(at, at + 1000)) insert.run(...row)
          copy.exec('COMMIT')
        }
      })
    },
  })
  return [list, report, rebuild]
}
