/**
 * Where the text of a field comes from: a column, a template of columns, or another file that is
 * looked into by what stands in this one.
 *
 * @module
 */
import { compareKey } from '@forsat/domain'
import { fault, type Reading, read } from './faults.ts'
import type { Origin } from './field.ts'
import type { Source, SourceRow } from './source.ts'

const placeholder = /\{([^{}]+)\}/g

/** The columns of the file that an origin is about. */
export const columnsOf = ({ column, template = [] }: Origin): readonly string[] => [
  ...(column === undefined ? [] : [column]),
  ...template.flatMap((text) => [...text.matchAll(placeholder)].map(([, name = '']) => name)),
]

/** Looks a text up in other files. */
export type Lookup = (through: NonNullable<Origin['through']>, text: string) => string | undefined

export const originText = (origin: Origin, row: SourceRow, lookup: Lookup): Reading<string> => {
  const { through } = origin
  const text = plainText(origin, row)
  if (through === undefined || text === '') return read(text)
  const taken = lookup(through, text)
  return taken === undefined ? fault('ReferenceMissing', { file: through.file, text }) : read(taken)
}

const plainText = ({ column, template, value }: Origin, row: SourceRow): string => {
  if (column !== undefined) return row.text(column)
  if (template === undefined) return value ?? ''
  const full =
    template.find((text) =>
      [...text.matchAll(placeholder)].every(([, name = '']) => row.text(name) !== ''),
    ) ?? ''
  return full.replaceAll(placeholder, (_, name: string) => row.text(name))
}

/** A lookup into the sources by file name; each table of answers is made once. */
export const lookupIn = (sources: ReadonlyMap<string, Source>): Lookup => {
  const tables = new Map<string, ReadonlyMap<string, string>>()
  return ({ file, match, take }, text) => {
    const name = JSON.stringify([file, match, take])
    const table =
      tables.get(name) ??
      new Map(
        (sources.get(file)?.rows ?? []).map((row) => [compareKey(row.text(match)), row.text(take)]),
      )
    tables.set(name, table)
    return table.get(compareKey(text))
  }
}
