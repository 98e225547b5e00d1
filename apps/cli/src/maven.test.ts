import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Forsat, openForsat } from '@forsat/application'
import { evaluated } from '@forsat/domain'
import type { CompanyView } from '@forsat/projections'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ImportReport, importFile } from './import/import.ts'
import { readMap } from './import-map.ts'
import { importSession } from './import-session.ts'
import { salesSets, taughtIn } from './scoring-sets.ts'
import type { Desk } from './session.ts'
import type { Shell } from './shell.ts'
import { importShippedData } from './shipped-data.ts'
import { texts } from './texts/texts.ts'

const folder = fileURLToPath(new URL('../data/maven-crm/', import.meta.url))
const shell: Shell = {
  env: {},
  cwd: folder,
  home: folder,
  out: () => {},
  err: () => {},
  watched: false,
  stopped: () => new AbortController().signal,
}
const desk: Desk = { shell, texts: texts.en, language: 'en' }

/** What the file itself says, counted without any of our code. */
const rowsOf = async (file: string): Promise<readonly Record<string, string>[]> =>
  parse(await readFile(join(folder, file)), { columns: true })

let forsat: Forsat
let company: CompanyView
let report: ImportReport
let deals: readonly Record<string, string>[]

const importAll = async () => {
  const map = await readMap(join(folder, 'map.json'), 'map.json', desk)
  company = (await importSession(forsat, desk, { map })).company
  return await importFile(forsat, {
    path: join(folder, 'sales_pipeline.csv'),
    file: 'sales_pipeline.csv',
    map,
    company,
    dryRun: false,
    progress: () => {},
  })
}

beforeAll(async () => {
  deals = await rowsOf('sales_pipeline.csv')
  forsat = await openForsat({ store: 'memory:' })
  report = await importAll()
  await forsat.settle(undefined, 60_000)
}, 180_000)

afterAll(async () => {
  await forsat[Symbol.asyncDispose]()
})

const winRate = async (groupBy: readonly string[] = []) => {
  const answer = await forsat.query.reports.winRate({ company: company.id }, { groupBy })
  if (answer._tag === 'Left') throw new Error('the report was refused')
  return answer.right
}

describe('the public sales data', () => {
  test('comes in whole, with what is odd about it told by row', () => {
    expect(report.files).toMatchObject([
      { file: 'sales_teams.csv', kind: 'team', read: 35, imported: 6, errors: [] },
      { file: 'sales_teams.csv', kind: 'user', read: 35, imported: 35, errors: [] },
      { file: 'products.csv', kind: 'product', read: 7, imported: 7, errors: [] },
      { file: 'accounts.csv', kind: 'contact', read: 85, imported: 85, errors: [] },
      { file: 'sales_pipeline.csv', read: 8800, imported: 8800, undated: 500, errors: [] },
    ])
    const odd = report.files.at(-1)?.oddities.find(({ column }) => column === 'product')
    const misspelt = deals.flatMap(({ product }, index) =>
      product === 'GTXPro' ? [index + 1] : [],
    )
    expect(odd).toEqual({ column: 'product', text: 'GTXPro', readAs: 'GTX Pro', rows: misspelt })
  })

  test('is of a company of its own', () => {
    expect(company).toMatchObject({ currency: 'USD', zone: 'UTC', calendar: 'gregorian' })
  })

  test('was won 4,238 times, lost 2,473 times, and 2,089 are open', async () => {
    const { totals } = await winRate()
    expect(totals).toMatchObject({ won: 4238, lost: 2473, open: 2089 })
    const { rows } = forsat.projections.sql(
      'SELECT outcome, count(*) FROM opportunity GROUP BY outcome ORDER BY outcome',
    )
    expect(rows).toEqual([
      ['lost', 2473],
      ['open', 2089],
      ['won', 4238],
    ])
  })

  test('has the win rate of each month that the file has', async () => {
    const counts = new Map<string, { won: number; lost: number }>()
    for (const { deal_stage: stage, close_date: day = '' } of deals) {
      const month = day.slice(0, 7)
      if (month === '') continue
      const { won, lost } = counts.get(month) ?? { won: 0, lost: 0 }
      const isWon = stage === 'Won'
      counts.set(month, { won: won + Number(isWon), lost: lost + Number(!isWon) })
    }
    const { rows } = await winRate(['month'])
    const closed = rows.filter(({ month }) => month != null)
    expect(
      closed.map(({ month, won, lost, winRate: rate }) => [month?.key, won, lost, rate]),
    ).toEqual(
      [...counts]
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([month, { won, lost }]) => [
          month,
          won,
          lost,
          Math.round((won / (won + lost)) * 10_000) / 100,
        ]),
    )
  })

  test('brought in what its wins say, to the dollar, by each manager’s team', async () => {
    const managers = new Map(
      (await rowsOf('sales_teams.csv')).map(({ sales_agent: agent, manager }) => [agent, manager]),
    )
    const sums = new Map<string, number>()
    for (const { deal_stage: stage, close_value: value, sales_agent: agent } of deals) {
      const manager = managers.get(agent) ?? ''
      if (stage === 'Won') sums.set(manager, (sums.get(manager) ?? 0) + Number(value))
    }
    const { rows } = await winRate(['team'])
    const revenue = rows.map(
      ({ team, wonRevenue }) => [team?.name, Number(wonRevenue?.[0]?.amount)] as const,
    )
    expect(new Map(revenue)).toEqual(sums)
  })

  test('leaves nothing to import the second time', async () => {
    const before = await forsat.store.head()
    const again = await importAll()
    expect(again.files.map(({ imported, known }) => [imported, known])).toEqual([
      [0, 35],
      [0, 35],
      [0, 7],
      [0, 85],
      [0, 8800],
    ])
    expect(await forsat.store.head()).toBe(before)
  })

  test('is not brought in again by a start that finds it there', async () => {
    const before = await forsat.store.head()
    const said: string[] = []
    await importShippedData(forsat, {
      ...desk,
      shell: { ...shell, err: (text) => said.push(text) },
    })
    expect(said).toEqual([])
    expect(await forsat.store.head()).toBe(before)
  })

  test('tells nothing of what will be won: scores make nothing up', () => {
    const { hardwareDeals } = salesSets
    const taught = taughtIn(forsat, { company: company.id, system: hardwareDeals.name })
    const [, ...found] = evaluated(hardwareDeals.folds(taught.deals), taught.stages, [
      'fold-counts',
      'logistic',
    ])
    for (const { count, logLoss } of found) {
      expect(count).toBe(6704)
      expect(logLoss).toBeLessThanOrEqual(0.7)
    }
  })
})
