/**
 * What an import will do, table by table, before anything is appended: which records are to be made,
 * which are there already, and which rows cannot be taken and why.
 *
 * @module
 */
import { compareKey } from '@forsat/domain'
import { contactDraft } from './contact.ts'
import type { Directory } from './directory.ts'
import { type Draft, type Planned, rowReader } from './draft.ts'
import { entryDraft } from './entry.ts'
import type { Problem } from './faults.ts'
import type { TableMap } from './map.ts'
import type { Planning } from './planning.ts'
import { saleDraft } from './sale.ts'
import type { ReadAs, Source, SourceRow } from './source.ts'

/** A text that was read as another one, or as nothing, with the rows it stands in. */
export interface Oddity {
  readonly column: string
  readonly text: string
  readonly readAs: string | null
  readonly rows: readonly number[]
}

export interface TablePlan {
  readonly file: string
  readonly kind: TableMap['kind']
  readonly read: number
  /** Rows whose record is there already. */
  readonly known: number
  /** Rows that are the same record as an earlier one. */
  readonly joined: readonly { readonly row: number; readonly with: number | null }[]
  /** Rows that tell no day, of a beginning or of an end. */
  readonly undated: number
  /** What is to be made, each wave after the ones that it refers to. */
  readonly waves: readonly (readonly Planned[])[]
  readonly problems: readonly Problem[]
  readonly oddities: readonly Oddity[]
  readonly unused: readonly string[]
}

export const planTable = (table: TableMap, source: Source, planning: Planning): TablePlan => {
  const { file } = source
  const reader = rowReader(table, file, planning)
  const draft = drafting(table, planning, reader)
  const missing: Planned[] = []
  const waves: Planned[][] = []
  const after: Planned[] = []
  const problems = [...source.problems]
  const joined: { row: number; with: number | null }[] = []
  const odd = oddities()
  let [known, undated] = [0, 0]

  const take = (row: SourceRow, wave: Planned[]): void => {
    const drafted = draft(row)
    problems.push(...drafted.problems)
    if (drafted.problems.length > 0) return
    for (const each of row.readAs) odd.add(each, row.number)
    for (const each of drafted.omitted) odd.add(each, row.number)
    missing.push(...drafted.missing)
    after.push(...drafted.after)
    if (drafted.planned !== undefined) wave.push(drafted.planned)
    if (drafted.known) known += 1
    if (drafted.joined !== undefined) joined.push({ row: row.number, with: drafted.joined })
    if (drafted.undated) undated += 1
    drafted.settle()
  }

  let pending = source.rows
  while (pending.length > 0) {
    const waiting = waitingRows(table, pending, planning)
    const ready = pending.filter((row) => !waiting.has(row))
    const wave: Planned[] = []
    // Rows that wait for each other will never be ready: they are taken as they are, and refused.
    for (const row of ready.length === 0 ? pending : ready) take(row, wave)
    waves.push(wave)
    pending = ready.length === 0 ? [] : [...waiting]
  }
  return {
    file,
    kind: table.kind,
    read: source.rows.length + source.problems.filter(({ row }) => row !== undefined).length,
    known,
    joined,
    undated,
    waves: [missing, ...waves, after].filter((wave) => wave.length > 0),
    problems: problems.toSorted((a, b) => (a.row ?? 0) - (b.row ?? 0)),
    oddities: odd.all(),
    unused: source.unused,
  }
}

type Reader = ReturnType<typeof rowReader>

const drafting = (
  table: TableMap,
  planning: Planning,
  reader: Reader,
): ((row: SourceRow) => Draft) => {
  switch (table.kind) {
    case 'opportunity':
    case 'lead':
      return saleDraft(table, planning, reader)
    case 'contact':
      return contactDraft(table, planning, reader)
    case 'product':
    case 'team':
    case 'user':
      return entryDraft(table, planning, reader)
  }
}

/** Rows that belong to one which stands in the same file and is not taken yet: parents come first. */
const waitingRows = (
  table: TableMap,
  pending: readonly SourceRow[],
  { directory }: Planning,
): ReadonlySet<SourceRow> => {
  const parent = table.fields['parentId']?.column
  const name = table.fields['name']?.column
  if (parent === undefined || name === undefined) return new Set()
  const names = new Set(pending.map((row) => compareKey(row.text(name))))
  return new Set(
    pending.filter((row) => {
      const text = row.text(parent)
      return text !== '' && names.has(compareKey(text)) && !isKnown(directory, text)
    }),
  )
}

const isKnown = (directory: Directory, text: string): boolean =>
  directory.byKey('contact', text) !== undefined || directory.find('contact', text).length > 0

const oddities = () => {
  const found = new Map<string, ReadAs & { readonly rows: number[] }>()
  return {
    add: (each: Omit<ReadAs, 'readAs'> & { readonly readAs: string | null }, row: number) => {
      const key = JSON.stringify([each.column, each.text])
      const rows = found.get(key)?.rows ?? []
      rows.push(row)
      found.set(key, { ...each, rows } as ReadAs & { readonly rows: number[] })
    },
    all: (): readonly Oddity[] => [...found.values()],
  }
}
