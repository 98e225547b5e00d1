/**
 * A report for people: one line for each group, the totals below.
 *
 * @module
 */
import type { Money } from '@forsat/domain'
import {
  type LossReport,
  lossMeasureNames,
  type PipelineReport,
  pipelineMeasureNames,
  type QuotationReport,
  quotationMeasureNames,
  type WinReport,
  winMeasureNames,
} from '@forsat/projections'
import type { Session } from './session.ts'
import { type Column, table } from './table.ts'

type Report = LossReport | WinReport | QuotationReport | PipelineReport
type Figures = Readonly<Record<string, unknown>>

export const reportTable = (report: Report, session: Session): string => {
  const { texts, formats, language } = session
  const { dimensions, measures, before } = texts.report
  const rows: readonly Figures[] = report.rows
  const totals: Figures = report.totals
  const names = new Set([...rows, totals].flatMap((row) => Object.keys(row)))
  const groups = [...names].filter((name) => !isMeasure(name) && name !== 'previous')
  const figures = [...names].filter(isMeasure)
  const previous = figures.filter((name) => figuresOf(totals, 'previous')[name] !== undefined)
  const title = (of: Readonly<Record<string, string>>, name: string) => of[name] ?? name

  const columns: readonly Column[] = [
    ...groups.map((name) => ({ title: title(dimensions, name) })),
    ...figures.map((name) => ({ title: title(measures, name), numeric: true })),
    ...previous.map((name) => ({ title: before(title(measures, name)), numeric: true })),
  ]
  const line = (row: Figures, keys: readonly string[]): readonly string[] => [
    ...keys,
    ...figures.map((name) => figure(name, row[name], session)),
    ...previous.map((name) => figure(name, figuresOf(row, 'previous')[name], session)),
  ]
  const body = rows.map((row) =>
    line(
      row,
      groups.map((name) => groupText(row[name], session)),
    ),
  )
  const total = line(
    totals,
    groups.map((_, index) => (index === 0 ? texts.report.total : '')),
  )
  const left = report.omitted > 0 ? `${texts.report.omitted(formats.number(report.omitted))}\n` : ''
  return table(columns, [...body, total], { language }) + left
}

const measureNames: ReadonlySet<string> = new Set([
  ...lossMeasureNames,
  ...winMeasureNames,
  ...quotationMeasureNames,
  ...pipelineMeasureNames,
])

const isMeasure = (name: string): boolean => measureNames.has(name)

const percentages: ReadonlySet<string> = new Set(['share', 'winRate', 'acceptanceRate'])

const figuresOf = (row: Figures, name: string): Figures => (row[name] ?? {}) as Figures

const figure = (name: string, value: unknown, { texts, formats }: Session): string => {
  if (value === null || value === undefined) return texts.report.none
  if (Array.isArray(value)) {
    const sums = value as readonly Money[]
    return sums.length === 0 ? texts.report.none : sums.map((sum) => formats.money(sum)).join(' + ')
  }
  const number = Number(value)
  return percentages.has(name) ? formats.percent(number) : formats.number(number)
}

/** What a row stands for: a record by its name, a stretch of time by what its calendar calls it. */
const groupText = (value: unknown, { texts, formats }: Session): string => {
  if (value === null || value === undefined) return texts.report.none
  if (typeof value === 'string') return value
  if (typeof value !== 'object') return JSON.stringify(value)
  if ('key' in value) return formats.digits(String(value.key))
  if ('archived' in value && 'name' in value) {
    const name = typeof value.name === 'string' ? value.name : texts.report.none
    return value.archived === true ? texts.report.archived(name) : name
  }
  return Object.entries(value)
    .map(([key, own]) => `${key}: ${String(own ?? texts.report.none)}`)
    .join(', ')
}
