/**
 * An import: files with a map in, events out. Everything is checked first; then the good rows are
 * appended, each whole and each once, and the report tells of every row what became of it.
 *
 * @module
 */
import { dirname, join } from 'node:path'
import type { Forsat } from '@forsat/application'
import { usualDigits } from '@forsat/domain'
import type { CompanyView } from '@forsat/projections'
import { type CarryingOut, carryOut, type Replacements } from './carry-out.ts'
import { loadDirectory } from './directory.ts'
import type { Planned } from './draft.ts'
import type { Problem } from './faults.ts'
import type { ValueField } from './field.ts'
import type { ImportMap, TableMap } from './map.ts'
import { columnsOf, lookupIn } from './origin.ts'
import { type Oddity, planTable, type TablePlan } from './plan.ts'
import type { Planning } from './planning.ts'
import { readSource, type Source } from './source.ts'

export interface ImportRequest {
  /** The main file; the others lie beside it. */
  readonly path: string
  readonly file: string
  readonly map: ImportMap
  readonly company: CompanyView
  /** The user for whom it is done. */
  readonly onBehalfOf?: string | undefined
  /** Only checks and reports. */
  readonly dryRun: boolean
  readonly progress: (file: string, done: number, total: number) => void
}

export interface FileReport {
  readonly file: string
  readonly kind: TableMap['kind']
  readonly read: number
  /** Records made; with a dry run those that would be. */
  readonly imported: number
  readonly known: number
  readonly joined: TablePlan['joined']
  readonly undated: number
  readonly errors: readonly Problem[]
  readonly oddities: readonly Oddity[]
  readonly unused: readonly string[]
}

export interface ImportReport {
  readonly dryRun: boolean
  readonly company: { readonly id: string; readonly name: string }
  readonly files: readonly FileReport[]
  /** Records that rows named and that were missing. */
  readonly created: readonly { readonly of: string; readonly names: readonly string[] }[]
  readonly notes: readonly string[]
}

export const importFile = async (
  forsat: Forsat,
  { path, file, map, company, onBehalfOf, dryRun, progress }: ImportRequest,
): Promise<ImportReport> => {
  const { system, notes } = map
  const request = { company: company.id, system, contacts: asksForContacts(map) }
  const sources = await readSources(path, file, map)
  const planning: Planning = {
    company: company.id,
    system,
    zone: company.zone,
    digitsOf: (currency) => company.digits?.[currency] ?? usualDigits(currency),
    requireLostReason: company.policies.requireLostReason ?? true,
    now: forsat.clock.now(),
    ids: forsat.ids,
    directory: await loadDirectory(forsat, request),
    lookup: lookupIn(sources),
  }
  const tables = [...map.related, { file, table: map.table }]
  const plans = tables.map(({ file: name, table }) => {
    const source = sources.get(name)
    if (source === undefined) throw new Error(`${name} was not read`)
    return planTable(table, source, planning)
  })
  // A file that cannot be read as a whole leaves what refers to it without meaning.
  const broken = plans.some(({ problems }) => problems.some(({ row }) => row === undefined))

  const run = forsat.ids.next()
  const replacements: Replacements = { ids: new Map() }
  const reports: FileReport[] = []
  const made: Planned[] = []
  for (const plan of plans) {
    const total = plan.waves.reduce((sum, wave) => sum + wave.length, 0)
    const carrying: CarryingOut = {
      forsat,
      request,
      run,
      onBehalfOf,
      progress: (done) => progress(plan.file, done, total),
    }
    const done =
      dryRun || broken ? expected(plan, broken) : await carryOut(plan, replacements, carrying)
    made.push(...done.made)
    reports.push({
      file: plan.file,
      kind: plan.kind,
      read: plan.read,
      imported: done.imported,
      known: plan.known + done.known,
      joined: plan.joined,
      undated: plan.undated,
      errors: [...plan.problems, ...done.problems],
      oddities: plan.oddities,
      unused: plan.unused,
    })
  }
  return {
    dryRun,
    company: { id: company.id, name: company.name },
    files: reports,
    created: createdOf(made),
    notes,
  }
}

/** What carrying a plan out would do. */
const expected = ({ waves }: TablePlan, broken: boolean) => {
  const made = broken ? [] : waves.flat()
  const imported = made.filter(({ row }) => row !== undefined).length
  return { imported, known: 0, made, problems: [] as readonly Problem[] }
}

const createdOf = (made: readonly Planned[]): ImportReport['created'] => {
  const names = new Map<string, string[]>()
  for (const { of, name, row } of made) {
    if (row !== undefined || name === undefined) continue
    names.set(of, [...(names.get(of) ?? []), name])
  }
  return [...names].map(([of, all]) => ({ of, names: all }))
}

const readSources = async (
  path: string,
  main: string,
  map: ImportMap,
): Promise<ReadonlyMap<string, Source>> => {
  const tables = [...map.related, { file: main, table: map.table }]
  const fields = tables.flatMap(({ table }) => fieldsOf(table))
  const sources = new Map<string, Source>()
  for (const { file, table } of tables) {
    if (sources.has(file)) continue
    const own = tables.filter((each) => each.file === file).map((each) => each.table)
    const looked = fields.flatMap(({ through }) =>
      through?.file === file ? [through.match, through.take] : [],
    )
    const { separator, aliases } = table
    sources.set(
      file,
      await readSource({
        path: file === main ? path : join(dirname(path), file),
        file,
        columns: [...new Set([...own.flatMap(columnsIn), ...looked])],
        separator,
        aliases,
      }),
    )
  }
  return sources
}

type AnyField = Pick<ValueField, 'column' | 'template' | 'through'>

/** Every place of a table that says where a text comes from. */
const fieldsOf = (table: TableMap): readonly AnyField[] => [
  ...Object.values(table.fields),
  ...('team' in table && table.team !== undefined ? [table.team] : []),
  ...('story' in table ? Object.values(table.story).filter(isField) : []),
]

const isField = (value: unknown): value is AnyField =>
  typeof value === 'object' &&
  value !== null &&
  ['column', 'template', 'value'].some((name) => Object.hasOwn(value, name))

const columnsIn = (table: TableMap): readonly string[] => [
  ...('key' in table && table.key !== undefined ? table.key : []),
  ...fieldsOf(table).flatMap(columnsOf),
]

/** Whether contacts are looked for by what they are called. */
const asksForContacts = ({ related, table }: ImportMap): boolean =>
  [...related.map((each) => each.table), table].some(
    (each) =>
      'duplicates' in each ||
      Object.values(each.fields).some((field) => field.type === 'record' && field.of === 'contact'),
  )
