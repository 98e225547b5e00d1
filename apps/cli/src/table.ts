/**
 * Tables for people: columns as wide as what stands in them, cells of several lines, and in Persian
 * laid out from the right.
 *
 * @module
 */
import stringWidth from 'string-width'
import type { Language } from './formats.ts'

export interface Column {
  readonly title: string
  /** Numbers stand at the end of their column, so that their digits stand below each other. */
  readonly numeric?: boolean
}

/** Makes a line run from the right in whatever shows it, however it begins. */
const rightToLeft = '\u200F'
/** Keep what is between them from reordering what is around. */
const [isolate, popIsolate] = ['\u2068', '\u2069']

export const table = (
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  language: Language,
): string => {
  const cells = rows.map((row) => row.map((cell) => cell.split('\n')))
  const widths = columns.map(({ title }, index) =>
    Math.max(
      stringWidth(title),
      ...cells.map((row) => Math.max(0, ...(row[index] ?? []).map((each) => stringWidth(each)))),
    ),
  )
  const padded = (text: string, index: number): string => {
    const space = ' '.repeat(Math.max(0, (widths[index] ?? 0) - stringWidth(text)))
    const isolated = language === 'fa' && text !== '' ? `${isolate}${text}${popIsolate}` : text
    return columns[index]?.numeric === true ? `${space}${isolated}` : `${isolated}${space}`
  }
  const line = (texts: readonly string[]): string => {
    const joined = columns.map((_, index) => padded(texts[index] ?? '', index)).join('  ')
    return `${language === 'fa' ? rightToLeft : ''}${joined.trimEnd()}\n`
  }
  const body = cells.flatMap((row) => {
    const height = Math.max(1, ...row.map((each) => each.length))
    return Array.from({ length: height }, (_, at) => line(row.map((each) => each[at] ?? '')))
  })
  const rule = line(widths.map((width) => '─'.repeat(width)))
  return [line(columns.map(({ title }) => title)), rule, ...body].join('')
}
