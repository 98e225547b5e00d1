/**
 * A file of rows as it lies there: decoded, cut into cells, with the columns that a map asks for found
 * by what they are called. Nothing is guessed but the separator, and that from the header alone.
 *
 * @module
 */
import { readFile } from 'node:fs/promises'
import { compareKey } from '@forsat/domain'
import { CsvError, parse } from 'csv-parse/sync'
import { fault, type Problem } from './faults.ts'
import { cellText } from './value.ts'

/** A text that was read as another, as the map says. */
export interface ReadAs {
  readonly column: string
  readonly text: string
  readonly readAs: string
}

export interface SourceRow {
  /** From 1, the header not counted. */
  readonly number: number
  /** In the file, where the row begins. */
  readonly line: number
  /** The cleaned text of a column; empty where the row has none. */
  readonly text: (column: string) => string
  readonly readAs: readonly ReadAs[]
}

export interface Source {
  readonly file: string
  readonly rows: readonly SourceRow[]
  /** Columns of the file that nothing asked for. */
  readonly unused: readonly string[]
  /** What is wrong with the file or single rows of it; those rows are left out. */
  readonly problems: readonly Problem[]
}

export interface SourceRequest {
  readonly path: string
  /** As people call it. */
  readonly file: string
  readonly columns: readonly string[]
  readonly separator?: string | undefined
  /** By column: texts, and what each is to be read as. */
  readonly aliases?: Readonly<Record<string, Readonly<Record<string, string>>>>
}

const separators = [',', ';', '\t', '|']

export const readSource = async (request: SourceRequest): Promise<Source> => {
  const { path, file, columns, aliases = {} } = request
  const broken = (problem: Omit<Problem, 'file'>): Source => ({
    file,
    rows: [],
    unused: [],
    problems: [{ file, ...problem }],
  })

  const bytes = await readFile(path).catch(() => undefined)
  if (bytes === undefined) return broken(fault('FileMissing', { path: file }))
  const text = decoded(bytes)
  if (text === undefined) return broken(fault('EncodingInvalid', { line: firstInvalidLine(bytes) }))

  const separator = request.separator ?? likelySeparator(text, columns)
  const cells = cut(text, separator)
  if (!Array.isArray(cells)) return broken(cells)
  const [header, ...rest] = cells
  if (header === undefined) return broken(fault('FileEmpty', {}))

  const found = columnsOf(header.cells, columns)
  if (!(found instanceof Map)) return broken(found)

  const width = header.cells.length
  const rows: SourceRow[] = []
  const problems: Problem[] = []
  for (const [index, { line, cells: own }] of rest.entries()) {
    const row = index + 1
    if (own.length !== width) {
      const counts = { expected: width, found: own.length }
      problems.push({ file, row, line, ...fault('CellsMiscounted', counts) })
      continue
    }
    rows.push({ number: row, line, ...cellsOf(own.map(cellText), found, aliases) })
  }
  const asked = new Set(found.values())
  const unused = header.cells.filter((_, index) => !asked.has(index))
  return { file, rows, unused, problems }
}

const cellsOf = (
  cells: readonly string[],
  places: ReadonlyMap<string, number>,
  aliases: NonNullable<SourceRequest['aliases']>,
): Pick<SourceRow, 'text' | 'readAs'> => {
  const placeOf = (column: string) => places.get(compareKey(column)) ?? -1
  const texts = [...cells]
  const readAs = Object.entries(aliases).flatMap(([column, meant]) => {
    const text = cells[placeOf(column)] ?? ''
    const other = Object.hasOwn(meant, text) ? meant[text] : undefined
    if (other === undefined) return []
    texts[placeOf(column)] = other
    return [{ column, text, readAs: other }]
  })
  return { text: (column) => texts[placeOf(column)] ?? '', readAs }
}

const decoded = (bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

const firstInvalidLine = (bytes: Uint8Array): number => {
  let start = 0
  for (let line = 1; ; line += 1) {
    const end = bytes.indexOf(0x0a, start)
    const part = bytes.subarray(start, end === -1 ? bytes.length : end)
    if (decoded(part) === undefined || end === -1) return line
    start = end + 1
  }
}

/** The separator under which the header has most of the columns asked for. */
const likelySeparator = (text: string, columns: readonly string[]): string => {
  const asked = new Set(columns.map(compareKey))
  const hits = separators.map((separator) => {
    const [header] = cutLoosely(text, separator)
    return { separator, count: header?.filter((cell) => asked.has(compareKey(cell))).length ?? 0 }
  })
  return hits.reduce((best, each) => (each.count > best.count ? each : best)).separator
}

const cutLoosely = (text: string, delimiter: string): string[][] => {
  try {
    return parse(text, {
      bom: true,
      delimiter,
      to: 1,
      relax_quotes: true,
      relax_column_count: true,
    })
  } catch {
    return []
  }
}

interface Cut {
  readonly line: number
  readonly cells: readonly string[]
}

const cut = (text: string, delimiter: string): Cut[] | Pick<Problem, 'line' | 'fault'> => {
  try {
    const records = parse(text, {
      bom: true,
      delimiter,
      relax_column_count: true,
      skip_empty_lines: true,
      info: true,
    }) as unknown as { readonly record: string[]; readonly info: { readonly lines: number } }[]
    return records.map(({ record, info }) => ({
      line: info.lines - record.join('').split('\n').length + 1,
      cells: record,
    }))
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const { lines: line = 1 } = error as { readonly lines?: number }
    return { line, ...fault('FileMalformed', { line, detail: error.message }) }
  }
}

/** Where each column stands, by compare key. */
const columnsOf = (header: readonly string[], columns: readonly string[]) => {
  const places = new Map<string, number>()
  for (const column of columns) {
    const key = compareKey(column)
    const at = header.flatMap((name, index) => (compareKey(name) === key ? [index] : []))
    const [first] = at
    if (first === undefined) return fault('ColumnMissing', { column, found: header.join(', ') })
    if (at.length > 1) return fault('ColumnTwice', { column })
    places.set(key, first)
  }
  return places
}
