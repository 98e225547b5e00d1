/**
 * Three public sets of sales that ended one way or the other, as scoring sees them: what its models
 * are measured on. Where they come from and who is to be thanked stands beside the files.
 *
 * @module
 */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import {
  CalendarDate,
  daysBetween,
  type Outcome,
  plusDays,
  type StagePlace,
  type Trait,
  walkedBy,
} from '@forsat/domain'
import { parse } from 'csv-parse/sync'

export type Fold = ReturnType<typeof walkedBy>[number]

type Row = Readonly<Record<string, string>>

const fileOf = (path: string): Buffer => readFileSync(new URL(`../data/${path}`, import.meta.url))

const rowsOf = (path: string, delimiter = ','): readonly Row[] => {
  const bytes = fileOf(path)
  const text = path.endsWith('.gz') ? gunzipSync(bytes) : bytes
  return parse<Row>(text, { columns: true, delimiter, skipEmptyLines: true })
}

/** What is empty is not known. */
const traitsOf = (known: Readonly<Record<string, string | undefined>>): readonly Trait[] =>
  Object.entries(known).flatMap(([variable, value]) =>
    value === undefined || value === '' ? [] : [{ variable, value }],
  )

/** They tell nothing of stages, so there is one, where all deals stand. */
const stage = { id: 'open', position: 0 }
export const stages: readonly StagePlace[] = [stage]

const outcomeOf = (
  end: Pick<Outcome, 'id' | 'won' | 'openedOn' | 'closedOn' | 'ageDays'>,
  traits: readonly Trait[],
): Outcome => {
  const deal = { stageId: stage.id, teamId: undefined, traits }
  return { ...end, path: [deal], end: deal }
}

const firstOf = (outcomes: readonly Outcome[]): readonly CalendarDate[] => {
  const months = new Set(outcomes.map(({ openedOn }) => `${openedOn.slice(0, 7)}-01`))
  return [...months].toSorted().map((day) => CalendarDate.parse(day))
}

/** Without dates: five folds, dealt five times over, twins in the same fold. */
export const softwareDeals = (): readonly Fold[] => {
  const day = CalendarDate.parse('2016-01-01')
  const twins = new Map<string, Outcome[]>()
  for (const [index, { Status, ...answers }] of rowsOf('b2b-sales-448/b2b_sales.csv').entries()) {
    const end = {
      id: `deal ${index}`,
      won: Status === 'Won',
      openedOn: day,
      closedOn: day,
      ageDays: 0,
    }
    const outcome = outcomeOf(end, traitsOf(answers))
    const text = JSON.stringify([Status, answers])
    twins.set(text, [...(twins.get(text) ?? []), outcome])
  }
  return [1, 2, 3, 4, 5].flatMap((dealing) => {
    const dealt = [...twins.entries()]
      .map(([text, outcomes]) => ({ order: hashOf(`${dealing} ${text}`), outcomes }))
      .toSorted((a, b) => a.order - b.order)
    return [0, 1, 2, 3, 4].map((fold) => ({
      learnt: dealt.flatMap(({ outcomes }, index) => (index % 5 === fold ? [] : outcomes)),
      judged: dealt.flatMap(({ outcomes }, index) => (index % 5 === fold ? outcomes : [])),
    }))
  })
}

const hashOf = (text: string): number => {
  let hash = 0x811c9dc5
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193)
  return hash >>> 0
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
] as const

/**
 * Calls of a bank, of which the order is known and no date: they are spread evenly over the months
 * in which they were made. How long the call was that decided is left out, and so is `unknown`.
 */
export const bankCalls = (): readonly Fold[] => {
  const rows = rowsOf('uci-bank-marketing/bank-additional-full.csv.gz', ';')
  const bins = new Map(numbers.map((name) => [name, tenths(rows.map((row) => Number(row[name])))]))
  const first = CalendarDate.parse('2008-05-01')
  const days = Array.from({ length: 944 }, (_, day) => plusDays(first, day))
  const outcomes = rows.map(({ y, duration: _leaks, ...row }, index) => {
    const day = days[Math.floor((index / rows.length) * days.length)] ?? first
    const binned = numbers.map((name) => [
      name,
      `${binOf(bins.get(name) ?? [], Number(row[name]))}`,
    ])
    const known = { ...row, ...Object.fromEntries(binned) }
    const traits = traitsOf(known).filter(({ value }) => value !== 'unknown')
    const end = { id: `call ${index}`, won: y === 'yes', openedOn: day, closedOn: day, ageDays: 0 }
    return outcomeOf(end, traits)
  })
  return walkedBy(outcomes, firstOf(outcomes))
}

/** Where ten bins of about as many numbers begin, but the first. */
const tenths = (values: readonly number[]): readonly number[] => {
  const sorted = values.toSorted((a, b) => a - b)
  return [1, 2, 3, 4, 5, 6, 7, 8, 9].map((tenth) => sorted[((sorted.length * tenth) / 10) | 0] ?? 0)
}

const binOf = (starts: readonly number[], value: number): number =>
  starts.filter((start) => value > start).length

/** Sales of hardware, by the month in which they began. What they brought would tell the end. */
export const hardwareDeals = (): readonly Fold[] => {
  const accounts = new Map(rowsOf('maven-crm/accounts.csv').map((row) => [row['account'], row]))
  const agents = new Map(
    rowsOf('maven-crm/sales_teams.csv').map((row) => [row['sales_agent'], row]),
  )
  const outcomes = rowsOf('maven-crm/sales_pipeline.csv').flatMap((row) => {
    const { opportunity_id: id = '', deal_stage: ended, engage_date, close_date } = row
    if (ended !== 'Won' && ended !== 'Lost') return []
    const traits = traitsOf({
      agent: row['sales_agent'],
      product: row['product'],
      team: agents.get(row['sales_agent'])?.['manager'],
      sector: accounts.get(row['account'])?.['sector'],
      place: accounts.get(row['account'])?.['office_location'],
    })
    const [openedOn, closedOn] = [CalendarDate.parse(engage_date), CalendarDate.parse(close_date)]
    const ageDays = daysBetween(openedOn, closedOn)
    return [outcomeOf({ id, won: ended === 'Won', openedOn, closedOn, ageDays }, traits)]
  })
  return walkedBy(outcomes, firstOf(outcomes))
}
