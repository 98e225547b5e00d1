/**
 * What rows are grouped by: which columns tell it, what a row's value is called, and what is shown of
 * it. A row with several tags or products stands in the group of each.
 *
 * @module
 */
import { compareKey } from '@forsat/domain'
import { type BucketCalendar, buckets as bucketsOf } from '@forsat/domain/time'
import { type BucketUnit, buckets, type Dimension } from '../queries/dimension.ts'
import type { Bucket, Entity } from '../views/report.ts'
import type { Names } from './names.ts'

export type Row = Readonly<Record<string, string | number | null>>

type Shown = string | number | boolean | Entity | Bucket | null

/** A value of a row: equal keys are one group. */
export interface GroupValue {
  readonly key: string | null
  readonly shown: Shown
  /** Its place among its like; what has none is ordered by what is read. */
  readonly rank?: number
}

export interface Grouping {
  /** As it was asked for: `reason`, `month`, `attributes.size`. */
  readonly name: string
  readonly columns: readonly string[]
  readonly valuesOf: (row: Row) => readonly GroupValue[]
  /** Set where groups follow each other in time. */
  readonly unit?: BucketUnit
}

export interface GroupingSetting {
  readonly names: Names
  readonly dimensions: readonly string[]
  readonly calendar: BucketCalendar
  /** The column of the day that counts. */
  readonly dayColumn: string
}

const nothing: GroupValue = { key: null, shown: null }

/**
 * Labels that are the same, however they are typed. Of the ways in which one is typed the first in
 * the order of letters is shown, whatever order rows come in.
 */
const labels = (): ((text: string) => GroupValue) => {
  const met = new Map<string, { key: string; shown: string }>()
  return remembered((text) => {
    const key = compareKey(text)
    const value = met.get(key) ?? { key, shown: text }
    if (text < value.shown) value.shown = text
    met.set(key, value)
    return value
  })
}

const label = (column: string): Omit<Grouping, 'name'> => {
  const values = labels()
  return { columns: [column], valuesOf: (row) => [valueOf(row[column], values)] }
}

const valueOf = (
  cell: string | number | null | undefined,
  values: (text: string) => GroupValue,
): GroupValue => (cell === null || cell === undefined ? nothing : values(String(cell)))

const remembered = <Value>(make: (text: string) => Value): ((text: string) => Value) => {
  const known = new Map<string, Value>()
  return (text) => {
    const value = known.get(text) ?? make(text)
    known.set(text, value)
    return value
  }
}

const entity = (column: string, entityOf: (id: string) => Entity): Omit<Grouping, 'name'> => {
  const values = remembered((id): GroupValue => ({ key: id, shown: entityOf(id) }))
  return { columns: [column], valuesOf: (row) => [valueOf(row[column], values)] }
}

/** One value for each item of a list that is kept as JSON. */
const items = (column: string, value: (item: string) => GroupValue): Omit<Grouping, 'name'> => {
  const lists = remembered((json) => {
    const values = (JSON.parse(json) as readonly string[]).map(value)
    return [...new Map(values.map((each) => [each.key, each])).values()]
  })
  return {
    columns: [column],
    valuesOf: (row) => {
      const json = row[column]
      return typeof json === 'string' ? lists(json) : [nothing]
    },
  }
}

const tags = (): Omit<Grouping, 'name'> => items('tags', labels())

const attribute = (name: string): Omit<Grouping, 'name'> => {
  const texts = labels()
  const values = remembered((json): GroupValue => {
    const own = (JSON.parse(json) as Readonly<Record<string, string | number | boolean>>)[name]
    if (own === undefined) return nothing
    return typeof own === 'string' ? texts(own) : { key: String(own), shown: own }
  })
  return { columns: ['attributes'], valuesOf: (row) => [valueOf(row['attributes'], values)] }
}

const truth = (column: string): Omit<Grouping, 'name'> => ({
  columns: [column],
  valuesOf: (row) => [
    row[column] === null ? nothing : { key: String(row[column]), shown: row[column] === 1 },
  ],
})

const category = ({ categoryOf }: Names): Omit<Grouping, 'name'> => {
  const texts = labels()
  const values = remembered((reasonId): GroupValue => {
    const name = categoryOf(reasonId)
    return name === null ? nothing : texts(name)
  })
  return { columns: ['reason_id'], valuesOf: (row) => [valueOf(row['reason_id'], values)] }
}

const time = (unit: BucketUnit, by: BucketCalendar, column: string): Omit<Grouping, 'name'> => {
  const bucketOf = bucketsOf(unit, by)
  const values = remembered((day): GroupValue => {
    const bucket = bucketOf(day)
    return { key: bucket.key, shown: bucket }
  })
  return { columns: [column], unit, valuesOf: (row) => [valueOf(row[column], values)] }
}

/** Stages follow each other as a sale goes through them. */
const stage = ({ stage: stageOf, rankOf }: Names): Omit<Grouping, 'name'> => {
  const values = remembered((id): GroupValue => ({ key: id, shown: stageOf(id), rank: rankOf(id) }))
  return { columns: ['stage_id'], valuesOf: (row) => [valueOf(row['stage_id'], values)] }
}

const groupingsOf: Readonly<
  Record<
    Exclude<Dimension, 'attributes'> | 'status' | 'currency',
    (names: Names) => Omit<Grouping, 'name'>
  >
> = {
  reason: (names) => entity('reason_id', names.reason),
  category,
  team: (names) => entity('team_id', names.team),
  salesperson: (names) => entity('salesperson_id', names.user),
  source: () => label('source'),
  medium: () => label('medium'),
  campaign: () => label('campaign'),
  country: () => label('country'),
  region: () => label('region'),
  language: () => label('language'),
  tag: tags,
  product: (names) => items('product_ids', (id) => ({ key: id, shown: names.product(id) })),
  industry: () => label('industry'),
  competitor: () => label('competitor'),
  stage,
  kind: () => label('kind'),
  quoted: () => truth('quoted'),
  company: (names) => entity('company', names.company),
  status: () => label('standing'),
  currency: () => label('currency'),
}

const attributeName = /^attributes\.([A-Za-z][A-Za-z0-9_]{0,39})$/

/** The grouping of a name; `undefined` for what nothing can be grouped by. */
export const groupingOf = (
  name: string,
  { names, calendar, dimensions, dayColumn }: GroupingSetting,
): Grouping | undefined => {
  const [, own] = attributeName.exec(name) ?? []
  if (own !== undefined) return { name, ...attribute(own) }
  const unit = buckets.find((each) => each === name)
  if (unit !== undefined) return { name, ...time(unit, calendar, dayColumn) }
  return dimensions.includes(name) && Object.hasOwn(groupingsOf, name)
    ? { name, ...groupingsOf[name as keyof typeof groupingsOf](names) }
    : undefined
}
