/**
 * Three public sets of sales that ended one way or the other: what the models of scoring are measured
 * on, as whoever uses them would be, by importing a file. Where they come from and who is to be
 * thanked stands beside the files.
 *
 * @module
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { type Forsat, openForsat } from '@forsat/application'
import {
  CalendarDate,
  compareKey,
  type Deal,
  type Outcome,
  plusDays,
  type StagePlace,
  walkedBy,
} from '@forsat/domain'
import { parse } from 'csv-parse/sync'
import { importFile } from './import/import.ts'
import { readMap } from './import-map.ts'
import { importSession } from './import-session.ts'
import type { Desk } from './session.ts'

/** How a set is measured: what is learnt from and judged, over deals by their numbers in the file. */
export type Folds = ReturnType<typeof walkedBy>

export interface SalesSet {
  readonly name: string
  readonly how: string
  /** The file that is imported, beside those that its map names; or what one is made of. */
  readonly file: string | (() => string)
  readonly folds: (deals: ReadonlyMap<string, Outcome>) => Folds
}

/** Closed deals as a company knows them that imported them. */
export interface Imported {
  readonly deals: ReadonlyMap<string, Outcome>
  readonly stages: readonly StagePlace[]
}

const folderOf = (name: string): string =>
  fileURLToPath(new URL(`../data/${name}/`, import.meta.url))

type Row = Readonly<Record<string, string>>

const rowsOf = (text: string | Buffer, delimiter = ','): readonly Row[] =>
  parse<Row>(text, { columns: true, delimiter, skipEmptyLines: true })

const softwareRows = (): readonly Row[] =>
  rowsOf(readFileSync(join(folderOf('b2b-sales-448'), 'b2b_sales.csv')))

/** Without dates: five folds, dealt five times over, twins in the same fold. */
const softwareDeals: SalesSet = {
  name: 'b2b-sales-448',
  how: 'five folds, dealt five times',
  file: () => csvOf(softwareRows().map((row, index) => ({ Number: `${index}`, ...row }))),
  folds: (deals) => {
    const twins = Map.groupBy(deals.entries(), ([number]) =>
      JSON.stringify(softwareRows()[Number(number)]),
    )
    return [1, 2, 3, 4, 5].flatMap((dealing) => {
      const dealt = [...twins.entries()]
        .map(([text, twin]) => ({ order: hashOf(`${dealing} ${text}`), twin }))
        .toSorted((a, b) => a.order - b.order)
      const part = (isIn: (index: number) => boolean) =>
        dealt.flatMap(({ twin }, index) => (isIn(index) ? twin.map(([, outcome]) => outcome) : []))
      return [0, 1, 2, 3, 4].map((fold) => ({
        learnt: part((index) => index % 5 !== fold),
        judged: part((index) => index % 5 === fold),
      }))
    })
  },
}

const hashOf = (text: string): number => {
  let hash = 0x811c9dc5
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193)
  return hash >>> 0
}

/** Judged by the month in which they began, from what had closed before it. */
const byMonth: SalesSet['folds'] = (deals) => {
  const outcomes = [...deals.values()]
  const months = new Set(outcomes.map(({ openedOn }) => `${openedOn.slice(0, 7)}-01`))
  return walkedBy(
    outcomes,
    [...months].toSorted().map((day) => CalendarDate.parse(day)),
  )
}

const numbers = [
  'age',
  'campaign',
  'pdays',
  'previous',
  'emp.var.rate',
  'cons.price.idx',
  'cons.conf.idx',
  'euribor3m',
  'nr.employed',
]

/**
 * Calls of a bank, of which the order is known and no day: they are spread evenly over the 31 months
 * in which they were made. How long the call was that decided is left out, and so is `unknown`.
 */
const bankRows = (): readonly Row[] => {
  const path = join(folderOf('uci-bank-marketing'), 'bank-additional-full.csv.gz')
  const rows = rowsOf(gunzipSync(readFileSync(path)), ';')
  const bins = new Map(numbers.map((name) => [name, tenths(rows.map((row) => Number(row[name])))]))
  const first = CalendarDate.parse('2008-05-01')
  return rows.map(({ y = '', duration: _leaks, ...row }, index) => {
    const known = Object.entries(row).map(([name, value]) => {
      const starts = bins.get(name)
      return [name, starts === undefined ? value : `${binOf(starts, Number(value))}`] as const
    })
    const told = known.filter(([, value]) => value !== 'unknown')
    return {
      Number: `${index}`,
      Day: plusDays(first, Math.floor((index / rows.length) * 944)),
      Known: told.map(([name, value]) => `${name}: ${value}`).join('|'),
      y,
    }
  })
}

const bankCalls: SalesSet = {
  name: 'uci-bank-marketing',
  how: 'month by month',
  file: () => csvOf(bankRows()),
  folds: byMonth,
}

/**
 * What an import of the bank's calls comes to, in seconds: nothing but what scoring looks at. There is
 * one stage, where all of them stand.
 *
 * @internal
 */
export const bankOutcomes = (): ReadonlyMap<string, Outcome> =>
  new Map(
    bankRows().map(({ Number: id = '', Day, Known = '', y }) => {
      const day = CalendarDate.parse(Day)
      const deal: Deal = {
        stageId: undefined,
        teamId: undefined,
        traits: [
          ...Known.split('|').map((tag) => ({ variable: 'tag', value: compareKey(tag) })),
          { variable: 'phone', value: 'no' },
          { variable: 'email', value: 'no' },
        ],
      }
      const ends = { won: y === 'yes', openedOn: day, closedOn: day, ageDays: 0 }
      return [id, withFields({ id, ...ends, path: [deal], end: deal })]
    }),
  )

/** Where ten bins of about as many numbers begin, but the first. */
const tenths = (values: readonly number[]): readonly number[] => {
  const sorted = values.toSorted((a, b) => a - b)
  return [1, 2, 3, 4, 5, 6, 7, 8, 9].map((tenth) => sorted[((sorted.length * tenth) / 10) | 0] ?? 0)
}

const binOf = (starts: readonly number[], value: number): number =>
  starts.filter((start) => value > start).length

/** Sales of hardware, by the month in which they began. */
const hardwareDeals: SalesSet = {
  name: 'maven-crm',
  how: 'month by month',
  file: join(folderOf('maven-crm'), 'sales_pipeline.csv'),
  folds: byMonth,
}

export const salesSets = { softwareDeals, bankCalls, hardwareDeals }

const csvOf = (rows: readonly Row[]): string => {
  const names = Object.keys(rows[0] ?? {})
  const line = (cells: readonly string[]) =>
    cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')
  return [names, ...rows.map((row) => names.map((name) => row[name] ?? ''))].map(line).join('\n')
}

/** Imports a set, or so many rows of it, into a store of its own, and asks what it has taught. */
export const imported = async (
  { name, file }: SalesSet,
  desk: Desk,
  most = Number.POSITIVE_INFINITY,
): Promise<Imported> => {
  const folder = mkdtempSync(join(tmpdir(), 'forsat-sales-'))
  await using forsat = await openForsat({ store: 'memory:' })
  try {
    const path = typeof file === 'string' ? file : join(folder, 'sales.csv')
    if (typeof file !== 'string') {
      writeFileSync(
        path,
        file()
          .split('\n')
          .slice(0, most + 1)
          .join('\n'),
      )
    }
    const map = await readMap(join(folderOf(name), 'map.json'), 'map.json', desk)
    const { company } = await importSession(forsat, desk, { map })
    const report = await importFile(forsat, {
      path,
      file: path.split('/').at(-1) ?? path,
      map,
      company,
      dryRun: false,
      progress: () => {},
    })
    const [problem] = report.files.flatMap(({ errors }) => errors)
    if (problem !== undefined) throw new Error(`${name}: ${JSON.stringify(problem)}`)
    await forsat.settle(undefined, 600_000)
    return taughtIn(forsat, { company: company.id, system: map.system })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What an import has taught: its deals by their numbers in the file, in the order of those. */
export const taughtIn = (
  { projections }: Pick<Forsat, 'projections'>,
  { company, system }: { readonly company: string; readonly system: string },
): Imported => {
  const taught = projections.sql(
    `SELECT external_id, taught FROM scoring_deal JOIN opportunity_external_id ON subject = id
     WHERE taught IS NOT NULL AND system = '${system}'`,
  )
  const deals = taught.rows.map(([number, outcome]) => {
    // By its number in the file, so that every import deals it into the same fold.
    const id = String(number)
    return [id, withFields({ ...(JSON.parse(String(outcome)) as Outcome), id })] as const
  })
  const stages = projections.sql(
    `SELECT id, position FROM scoring_stage WHERE company = '${company}'`,
  )
  return {
    deals: new Map(deals.toSorted(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }))),
    stages: stages.rows.map(([id, position]) => ({ id: String(id), position: Number(position) })),
  }
}

/** What came in as a tag, `Product: Product A`, is measured as the field that it is in the file. */
const withFields = (outcome: Outcome): Outcome => {
  const asFields = (deal: Deal): Deal => ({
    ...deal,
    traits: deal.traits.map((trait) => {
      const [variable, value] = trait.value.split(': ')
      return trait.variable === 'tag' && variable !== undefined && value !== undefined
        ? { variable, value }
        : trait
    }),
  })
  return { ...outcome, path: outcome.path.map(asFields), end: asFields(outcome.end) }
}
