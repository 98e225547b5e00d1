/**
 * A report groups rows, counts what is in each group, and sets it beside the time before where that
 * is asked for.
 *
 * @module
 */

import type { DatabaseSync } from 'node:sqlite'
import type { BucketCalendar } from '@forsat/domain/time'
import * as E from 'fp-ts/lib/Either.js'
import { type Condition, condition, all as every } from '../queries/condition.ts'
import { endsBeforeItBegins, invalid, type QueryRefusal } from '../queries/refusal.ts'
import type { ReportRequest } from '../queries/report-request.ts'
import { type Grouping, type GroupValue, groupingOf, type Row } from './grouping.ts'
import type { Names } from './names.ts'
import { bucketBefore, bucketsBefore, type Days, daysBefore } from './period.ts'
import { sql } from './statement.ts'
import { compareBy, type Tallying } from './tally.ts'

/** The rows a report is made of. */
export interface Source {
  readonly db: DatabaseSync
  /** What stands behind FROM. */
  readonly rows: Condition
  readonly dayColumn: string
  /** All but the period. */
  readonly conditions: readonly Condition[]
  /** Those of a period; `isBefore` for what figures are compared with. */
  readonly daysIn: (days: Partial<Days>, isBefore: boolean) => readonly Condition[]
}

export interface ReportSetting<Tally, Measure extends string> {
  readonly source: Source
  readonly tallying: Tallying<Tally, Measure>
  readonly names: Names
  readonly calendar: BucketCalendar
  /** What rows can be grouped by, beside own fields and stretches of time. */
  readonly dimensions: readonly string[]
  readonly usualGroups: readonly string[]
  /** What groups follow each other by, where they are grouped by it and nothing else is asked for. */
  readonly usualSort?: string
}

interface Group<Tally> {
  readonly values: readonly GroupValue[]
  readonly tally: Tally
}

interface Tallied<Tally> {
  readonly groups: ReadonlyMap<string, Group<Tally>>
  readonly total: Tally
}

/** Most things that rows can be grouped by at once. */
const mostGroups = 6

export interface ReportAnswer {
  readonly rows: readonly Readonly<Record<string, unknown>>[]
  readonly totals: Readonly<Record<string, unknown>>
  readonly omitted: number
  readonly previous?: Days
}

/** Filters have become conditions by now. */
type Asked<Measure extends string> = Omit<ReportRequest<Measure>, 'filters'>

export const report = <Tally, Measure extends string>(
  request: Asked<Measure>,
  setting: ReportSetting<Tally, Measure>,
): E.Either<QueryRefusal, ReportAnswer> =>
  E.map(answerTo(request, setting))(planOf(request, setting))

/** A request that makes sense. */
interface Plan<Tally, Measure> {
  readonly groupings: readonly Grouping[]
  readonly measures: readonly Measure[]
  readonly order: Order<Tally>
}

const planOf = <Tally, Measure extends string>(
  request: Asked<Measure>,
  setting: ReportSetting<Tally, Measure>,
): E.Either<QueryRefusal, Plan<Tally, Measure>> => {
  const { source, tallying, names, calendar, dimensions, usualGroups, usualSort } = setting
  const never = endsBeforeItBegins(request)
  if (never !== undefined) return never
  const groupBy = request.groupBy ?? usualGroups
  if (groupBy.length > mostGroups || new Set(groupBy).size < groupBy.length) {
    return invalid('/groupBy', `must be at most ${mostGroups} different names`)
  }
  const groupings: Grouping[] = []
  for (const name of groupBy) {
    const grouping = groupingOf(name, { names, calendar, dimensions, dayColumn: source.dayColumn })
    if (grouping === undefined) return invalid('/groupBy', `nothing is grouped by ${name}`)
    groupings.push(grouping)
  }
  const measures = request.measures ?? (Object.keys(tallying.figures) as Measure[])
  const strange = measures.find((name) => !Object.hasOwn(tallying.figures, name))
  if (strange !== undefined) return invalid('/measures', `nothing is measured as ${strange}`)
  const order = orderOf(request, groupings, tallying, usualSort)
  if (order === undefined) {
    return invalid('/sort', 'must be a measure or something grouped by, or - and one of them')
  }
  const isOpenEnded = request.from === undefined || request.to === undefined
  if (request.compare !== undefined && isOpenEnded) {
    return invalid('/compare', 'needs both from and to')
  }
  return E.right({ groupings, measures, order })
}

const answerTo =
  <Tally, Measure extends string>(
    { from, to, compare, currency, minCount = 0, top }: Asked<Measure>,
    { source, tallying, calendar }: ReportSetting<Tally, Measure>,
  ) =>
  ({ groupings, measures, order }: Plan<Tally, Measure>): ReportAnswer => {
    const tally = (days: Partial<Days>, isBefore: boolean) =>
      tallied(source, source.daysIn(days, isBefore), groupings, tallying, currency)
    const now = tally(defined({ from, to }), false)
    const before =
      compare === undefined || from === undefined || to === undefined
        ? undefined
        : comparison({ from, to }, groupings, calendar, (days) => tally(days, true))

    const figures = (of: Tally, total: Tally) =>
      Object.fromEntries(measures.map((name) => [name, tallying.figures[name](of, total)]))
    const none = tallying.begin()
    const rowOf = ({ values, tally: of }: Group<Tally>) => ({
      ...shownValues(groupings, values),
      ...figures(of, now.total),
      ...(before && {
        previous: figures(before.groupBefore(values)?.tally ?? none, before.total),
      }),
    })
    const shown = [...now.groups.values()]
      .filter(({ tally: of }) => tallying.size(of) >= minCount)
      .toSorted(order(now.total))
      .slice(0, top)
    return {
      rows: shown.map(rowOf),
      totals: {
        ...figures(now.total, now.total),
        ...(before && { previous: figures(before.total, before.total) }),
      },
      omitted: now.groups.size - shown.length,
      ...(before && { previous: before.days }),
    }
  }

const defined = ({
  from,
  to,
}: {
  readonly from: string | undefined
  readonly to: string | undefined
}): Partial<Days> => ({ ...(from !== undefined && { from }), ...(to !== undefined && { to }) })

/** Rows are read whole and grouped here: sums of money are beyond what SQL adds exactly. */
const tallied = <Tally, Measure extends string>(
  { db, rows: all, conditions }: Source,
  days: readonly Condition[],
  groupings: readonly Grouping[],
  tallying: Tallying<Tally, Measure>,
  currency: string | undefined,
): Tallied<Tally> => {
  const columns = new Set([...tallying.columns, ...groupings.flatMap((each) => each.columns)])
  const asked = sql`SELECT ${condition([...columns].join(', '))} FROM ${all}
    WHERE ${every([...conditions, ...days])}`
  const statement = db.prepare(asked.sql)
  statement.setReturnArrays(true)
  const rows = statement.all(...asked.values) as unknown as readonly (string | number | null)[][]
  const groups = new Map<string, Group<Tally>>()
  const total = tallying.begin()
  // One row, filled again and again: an object for each would take longer than the counting.
  const row: Record<string, string | number | null> = {}
  for (const cells of rows) {
    let index = 0
    for (const column of columns) {
      row[column] = cells[index] ?? null
      index += 1
    }
    tallying.add(total, row, currency)
    for (const values of groupings.length === 0 ? [] : combinations(groupings, row)) {
      const key = keyOf(values)
      const group = groups.get(key) ?? { values, tally: tallying.begin() }
      groups.set(key, group)
      tallying.add(group.tally, row, currency)
    }
  }
  return { groups, total }
}

/** Keys of one line each; null is none that a text could have. */
const keyOf = (values: readonly GroupValue[]): string =>
  values.map(({ key }) => key ?? '\0').join('\n')

/** Every group that a row stands in. What has no day stands in no stretch of time. */
const combinations = (groupings: readonly Grouping[], row: Row): readonly GroupValue[][] => {
  let made: GroupValue[][] = [[]]
  for (const { valuesOf, unit } of groupings) {
    const values = valuesOf(row).filter(({ key }) => key !== null || unit === undefined)
    made = made.flatMap((start) => values.map((value) => [...start, value]))
  }
  return made
}

/** Of stretches of time the one before each; of all else the period before as a whole. */
const comparison = <Tally>(
  days: Days,
  groupings: readonly Grouping[],
  calendar: BucketCalendar,
  tally: (days: Days) => Tallied<Tally>,
) => {
  const before = daysBefore(days, calendar)
  const whole = tally(before)
  const unit = groupings.find((each) => each.unit !== undefined)?.unit
  const groups =
    unit === undefined ? whole.groups : tally(bucketsBefore(days, unit, calendar)).groups
  const valueBefore = (value: GroupValue, index: number): GroupValue => {
    const of = groupings[index]?.unit
    const { shown } = value
    if (of === undefined || of !== unit) return value
    if (shown === null || typeof shown !== 'object' || !('from' in shown)) return value
    const bucket = bucketBefore(shown.from, of, calendar)
    return { key: bucket.key, shown: bucket }
  }
  return {
    days: before,
    total: whole.total,
    groupBefore: (values: readonly GroupValue[]) => groups.get(keyOf(values.map(valueBefore))),
  }
}

const shownValues = (groupings: readonly Grouping[], values: readonly GroupValue[]) => {
  const shown: Record<string, unknown> = {}
  const attributes: Record<string, unknown> = {}
  for (const [index, { name }] of groupings.entries()) {
    const [dimension = '', own] = name.split('.')
    const value = values[index]?.shown ?? null
    if (own === undefined) shown[dimension] = value
    else attributes[own] = value
  }
  return Object.keys(attributes).length === 0 ? shown : { ...shown, attributes }
}

type Order<Tally> = (total: Tally) => (a: Group<Tally>, b: Group<Tally>) => number

/** As asked for; else time runs on, or as is usual, and what is counted most comes first. */
const orderOf = <Tally, Measure extends string>(
  { sort, currency }: Asked<Measure>,
  groupings: readonly Grouping[],
  tallying: Tallying<Tally, Measure>,
  usualSort: string | undefined,
): Order<Tally> | undefined => {
  const descending = sort?.startsWith('-') ?? false
  const name = descending ? sort?.slice(1) : sort
  const turn = descending ? -1 : 1
  const index =
    name === undefined
      ? groupings.findIndex((each) => each.unit !== undefined || each.name === usualSort)
      : groupings.findIndex((each) => each.name === name)
  if (index !== -1) {
    return () => (a, b) =>
      turn * compareValues(a.values[index], b.values[index]) || compareGroups(a, b)
  }
  if (name === undefined) {
    return () => (a, b) => tallying.size(b.tally) - tallying.size(a.tally) || compareGroups(a, b)
  }
  if (!Object.hasOwn(tallying.figures, name)) return undefined
  return (total) => {
    const compare = compareBy(tallying, name as Measure, total, currency)
    return (a, b) => turn * compare(a.tally, b.tally) || compareGroups(a, b)
  }
}

/** What a value is ordered by where it has no rank: time by its key, all else by what is read. */
const textOf = ({ key, shown }: GroupValue): string => {
  if (shown !== null && typeof shown === 'object')
    return 'name' in shown ? (shown.name ?? '') : shown.key
  return String(shown ?? key ?? '')
}

/** What tells groups apart that are equal by what they are sorted by. */
const compareGroups = (a: Group<unknown>, b: Group<unknown>): number => {
  for (const [index, value] of a.values.entries()) {
    const order = compareValues(value, b.values[index])
    if (order !== 0) return order
  }
  return 0
}

const compareValues = (a: GroupValue | undefined, b: GroupValue | undefined): number => {
  if (a === undefined || b === undefined) return 0
  if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null)
  const ranks = (a.rank ?? 0) - (b.rank ?? 0)
  if (ranks !== 0) return ranks
  return compareText(textOf(a), textOf(b)) || compareText(a.key, b.key)
}

const compareText = (a: string, b: string): number => (a < b ? -1 : Number(a > b))
