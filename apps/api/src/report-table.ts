/**
 * A report as columns, the same for every way of writing it down: each group by name and id, sums by
 * currency, every number plain.
 *
 * @module
 */

import type { Column } from '@forsat/ledger'
import type { LossReport, PipelineReport, QuotationReport, WinReport } from '@forsat/projections'

type Row = (LossReport | WinReport | QuotationReport | PipelineReport)['rows'][number]
type Cell = string | number | null | undefined

const text = (name: string, of: (row: Row) => Cell): Column<Row> => ({ name, kind: 'text', of })
const number = (name: string, of: (row: Row) => Cell): Column<Row> => ({
  name,
  kind: 'number',
  of,
})

const valueOf = (row: Row, name: string): unknown =>
  (row as Readonly<Record<string, unknown>>)[name]

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const inside = (row: Row, name: string, field: string): Cell => {
  const value = valueOf(row, name)
  return isObject(value) ? (value[field] as Cell) : undefined
}

/** A column, or several, for one member of the rows. */
const columnsOf = (name: string, rows: readonly Row[]): readonly Column<Row>[] => {
  const values = rows.map((row) => valueOf(row, name))
  const known = values.find((value) => value !== null && value !== undefined)
  if (Array.isArray(known)) return sumColumns(name, values)
  if (isObject(known) && 'key' in known) {
    return [
      text(name, (row) => inside(row, name, 'key')),
      text(`${name}From`, (row) => inside(row, name, 'from')),
      text(`${name}To`, (row) => inside(row, name, 'to')),
    ]
  }
  if (isObject(known) && 'id' in known) {
    return [
      text(name, (row) => inside(row, name, 'name')),
      text(`${name}Id`, (row) => inside(row, name, 'id')),
    ]
  }
  if (isObject(known)) {
    const keys = new Set(values.filter(isObject).flatMap(Object.keys))
    return [...keys].map((key) =>
      text(`${name}.${key}`, (row) => {
        const value = inside(row, name, key)
        return value === null || value === undefined ? value : String(value)
      }),
    )
  }
  const cell = (row: Row): Cell => {
    const value = valueOf(row, name)
    return typeof value === 'boolean' ? String(value) : (value as Cell)
  }
  return [typeof known === 'number' ? number(name, cell) : text(name, cell)]
}

interface Sum {
  readonly amount: string
  readonly currency: string
}

/** Sums of different currencies are never one number: each currency has a column. */
const sumColumns = (name: string, values: readonly unknown[]): readonly Column<Row>[] => {
  const sums = values.flatMap((value) => (Array.isArray(value) ? (value as readonly Sum[]) : []))
  const currencies = [...new Set(sums.map(({ currency }) => currency))].toSorted()
  return currencies.map((currency) =>
    number(`${name} ${currency}`, (row) => {
      const all = valueOf(row, name) as readonly Sum[] | undefined
      return all?.find((sum) => sum.currency === currency)?.amount
    }),
  )
}

/** The columns of a report's rows, in the order in which the rows have them. */
export const reportColumns = (rows: readonly Row[]): readonly Column<Row>[] => {
  const names = new Set(rows.flatMap((row) => Object.keys(row)))
  return [...names].flatMap((name) => {
    if (name !== 'previous') return columnsOf(name, rows)
    const before = rows.map(({ previous }) => (previous ?? {}) as Row)
    const ofPrevious = [...new Set(before.flatMap((row) => Object.keys(row)))]
    return ofPrevious
      .flatMap((each) => columnsOf(each, before))
      .map((column) => ({
        ...column,
        name: `previous ${column.name}`,
        of: ({ previous }: Row) => column.of(previous ?? {}),
      }))
  })
}
