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
  /** Gives way where the table is too wide: its cells are broken into lines. */
  readonly flexible?: boolean
  /** Numbers stand at the end of their column, so that their digits stand below each other. */
  readonly numeric?: boolean
}

export interface Layout {
  readonly language: Language
  /** How wide the table may be. */
  readonly width?: number | undefined
}

/** Makes a line run from the right in whatever shows it, however it begins. */
const rightToLeft = '\u200F'
/** Keep what is between them from reordering what is around. */
const [isolate, popIsolate] = ['\u2068', '\u2069']

export const table = (
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  { language, width = Number.POSITIVE_INFINITY }: Layout,
): string => {
  const whole = rows.map((row) => row.map((cell) => cell.split('\n')))
  const cells = fitting(columns, whole, width)
  const widths = widthsOf(columns, cells)
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
  const rule = line(widths.map((each) => '─'.repeat(each)))
  return [line(columns.map(({ title }) => title)), rule, ...body].join('')
}

type Cells = readonly (readonly (readonly string[])[])[]

const between = 2
const narrowest = 20

const widthsOf = (columns: readonly Column[], cells: Cells): readonly number[] =>
  // One by one: so many rows may stand in a table that they are too many arguments for one call.
  columns.map(({ title }, index) =>
    cells
      .flatMap((row) => row[index] ?? [])
      .reduce((widest, each) => Math.max(widest, stringWidth(each)), stringWidth(title)),
  )

/** The cells with those of flexible columns broken, if the table would be wider than it may be. */
const fitting = (columns: readonly Column[], cells: Cells, width: number): Cells => {
  const widths = widthsOf(columns, cells)
  const over = widths.reduce((sum, each) => sum + each + between, -between) - width
  const flexible = widths.map((each, index) => (columns[index]?.flexible === true ? each : 0))
  const given = flexible.reduce((sum, each) => sum + each, 0)
  if (over <= 0 || given === 0) return cells
  return cells.map((row) =>
    row.map((lines, index) => {
      const share = flexible[index] ?? 0
      if (share === 0) return lines
      const room = Math.max(narrowest, Math.floor(share - (over * share) / given))
      return lines.flatMap((line) => broken(line, room))
    }),
  )
}

/** A line in several, broken between words; what goes on is set in. */
const broken = (line: string, room: number): readonly string[] => {
  const lines: string[] = []
  let rest = ''
  for (const word of line.split(' ')) {
    const longer = rest === '' ? word : `${rest} ${word}`
    if (rest === '' || stringWidth(longer) <= room) rest = longer
    else {
      lines.push(rest)
      rest = `  ${word}`
    }
  }
  return [...lines, rest]
}
