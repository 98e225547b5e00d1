/**
 * The table of a quotation: what is offered at which price, and the words between.
 *
 * @module
 */
import type { DocumentFacts, DocumentItem, DocumentLine, DocumentOption } from './facts.ts'
import { erasable, type Run, said } from './run.ts'
import { lineEnd, type Speech } from './speech.ts'

export interface Column {
  readonly title: string
  /** Of an amount: what it is in. */
  readonly unit?: string
  /** `long` where some figure of it may take more than one line. */
  readonly kind: 'words' | 'figure' | 'long'
}

export type Entry =
  /** One cell for each column. */
  | { readonly kind: 'item'; readonly cells: readonly Run[] }
  | { readonly kind: 'section' | 'note'; readonly text: Run }

interface Shown {
  readonly isDiscounted: boolean
}

export const columnsOf = (
  { text, unit }: Speech,
  { isDiscounted }: Shown,
  entries: readonly Entry[],
): readonly Column[] => {
  const columns: readonly Column[] = [
    { title: text.row, kind: 'figure' },
    { title: text.description, kind: 'words' },
    { title: text.quantity, kind: 'figure' },
    { title: text.unitPrice, unit, kind: 'figure' },
    ...(isDiscounted ? [{ title: text.discount, unit, kind: 'figure' as const }] : []),
    { title: text.tax, kind: 'figure' },
    { title: text.amount, unit, kind: 'figure' },
  ]
  return columns.map((column, index) => {
    const isLong = entries.some((entry) => entry.kind === 'item' && mayBreak(entry.cells[index]))
    return column.kind === 'figure' && isLong ? { ...column, kind: 'long' } : column
  })
}

const mayBreak = (cell: Run = []): boolean =>
  cell.some((part) => typeof part === 'string' && part.includes(lineEnd))

/** What counts: the lines, and below them the options that the customer took. */
export const countedIn = ({ lines, options }: DocumentFacts): readonly DocumentLine[] => [
  ...lines,
  ...options.flatMap(({ taken, ...option }) =>
    taken === undefined ? [] : [itemOf({ ...option, ...taken })],
  ),
]

/** The options that are still on offer; of what is ordered, none is. */
export const offeredIn = ({ options, order }: DocumentFacts): readonly DocumentItem[] =>
  order === undefined
    ? options.filter(({ taken, declined }) => taken === undefined && declined !== true).map(itemOf)
    : []

/** Rows in their order; items are numbered. */
export const entriesOf = (
  lines: readonly DocumentLine[],
  speech: Speech,
  shown: Shown,
): readonly Entry[] => {
  let row = 0
  return lines.map((line) => {
    if (line.kind === 'item') {
      row += 1
      return itemEntry(line, row, speech, shown)
    }
    return { kind: line.kind, text: [erasable(line.description, speech)] }
  })
}

const itemOf = ({ taken: _taken, declined: _declined, ...item }: DocumentOption): DocumentItem => ({
  ...item,
  kind: 'item',
})

const itemEntry = (
  item: DocumentItem,
  row: number,
  { text, number, figure, percent }: Speech,
  { isDiscounted }: Shown,
): Entry => {
  const { description, quantity, unit, unitPrice, discount, discountPercent, taxRate, amount } =
    item
  const percentage = discountPercent === undefined ? '' : ` (${percent(discountPercent)})`
  const taken = /[1-9]/.test(discount.amount) ? [`${figure(discount.amount)}${percentage}`] : []
  return {
    kind: 'item',
    cells: [
      [number(String(row))],
      [said(description)],
      unit === undefined ? [number(quantity)] : [`${number(quantity)} `, said(unit)],
      [figure(unitPrice.amount)],
      ...(isDiscounted ? [taken] : []),
      [taxRate === null ? text.exempt : percent(taxRate)],
      [figure(amount.amount)],
    ],
  }
}
