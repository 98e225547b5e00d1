/**
 * CSV that spreadsheets open as it was meant: text never runs as a formula, numbers stay numbers.
 * RFC 4180, records end in CRLF.
 *
 * @module
 */

export interface Column<Row> {
  readonly name: string
  /** A number column holds plain decimal numbers and nothing else. */
  readonly kind: 'text' | 'number'
  readonly of: (row: Row) => string | number | null | undefined
}

/**
 * What a spreadsheet takes for the start of a formula, full-width forms included. Apostrophes before
 * it count in: one more is put before them, so that whoever takes one away gets back the very text.
 */
const formula = /^'*[=+\-@\t\r\n\0＝＋－＠]/

const decimal = /^-?\d+(?:\.\d+)?$/

/** One cell of text. Reading the file back, an apostrophe before such a start is ours. */
export const textCell = (text: string): string => {
  const guarded = formula.test(text) ? `'${text}` : text
  return /[",\r\n]|^ | $/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded
}

/** One cell of a number column. Throws on anything but a decimal number, for it could be a formula. */
export const numberCell = (value: string | number): string => {
  const text = String(value)
  if (!decimal.test(text)) throw new TypeError(`${JSON.stringify(text)} is no decimal number`)
  return text
}

/** Starts a file in a way that spreadsheets take as UTF-8; a reader of CSV skips it. */
const byteOrderMark = '\uFEFF'

const cellOf = <Row>(row: Row, { kind, of }: Column<Row>): string => {
  const value = of(row)
  if (value === null || value === undefined) return ''
  return kind === 'number' ? numberCell(value) : textCell(String(value))
}

/** What a file begins with: its mark, and the names of its columns. */
export const csvHead = <Row>(columns: readonly Column<Row>[]): string =>
  `${byteOrderMark}${columns.map(({ name }) => textCell(name)).join(',')}\r\n`

export const csvRow = <Row>(columns: readonly Column<Row>[], row: Row): string =>
  `${columns.map((column) => cellOf(row, column)).join(',')}\r\n`

export const csvOf = <Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string =>
  `${csvHead(columns)}${rows.map((row) => csvRow(columns, row)).join('')}`
