/**
 * A map says what the columns of a file mean: what kind of record a row is, which column names it,
 * how each field is written, and what became of it when. It is JSON beside the data.
 *
 * @module
 */
import { Currency, ExternalId, Line } from '@forsat/domain'
import { isZone } from '@forsat/domain/time'
import * as z from 'zod'
import { MomentField, MoneyField, Origin, RecordField, TextField, ValueField } from './field.ts'
import { fieldKind, fits } from './kinds.ts'

const Columns = z.union([Line.transform((column) => [column]), z.array(Line).min(1).max(5)])

const table = {
  /** The one character between cells; without it the one under which the columns are found. */
  separator: z.string().length(1).optional(),
  /** How texts of a column are to be read: misspellings of the source. Each one used is reported. */
  aliases: z.record(z.string(), z.record(z.string(), z.string().min(1))).default({}),
  fields: z.record(z.string(), ValueField),
}

/**
 * The columns that name a row for good. What stands there is kept in the clear, as an external id, so
 * it is no place for personal data.
 */
const key = { key: Columns }

const stages = z.array(Line).max(20).default([])

/** What a value of the outcome's column stands for. */
const Ending = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('open'), stages }),
  z.strictObject({ outcome: z.literal('won'), stages }),
  z.strictObject({
    outcome: z.literal('lost'),
    stages,
    /** The reason of every row that tells none of its own. */
    reason: Line.optional(),
  }),
])
export type Ending = z.infer<typeof Ending>

/** An opportunity's life, as far as a row tells it. */
const Story = z.strictObject({
  /** When it began; a row without it begins when it is imported, and is counted. */
  opened: MomentField.optional(),
  closed: MomentField.optional(),
  /** Where it says how it stands, and what each text there means. */
  outcome: Origin.optional(),
  endings: z.record(z.string(), Ending).default({}),
  /** What rows with an empty outcome stand at. */
  otherwise: Ending.default({ outcome: 'open', stages: [] }),
  revenue: MoneyField.optional(),
  reason: RecordField.optional(),
  note: TextField.optional(),
  competitor: TextField.optional(),
})
export type Story = z.infer<typeof Story>

const sale = { ...table, ...key, story: Story.prefault({}) }

export const TableMap = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('opportunity'), ...sale }),
  z.strictObject({ kind: z.literal('lead'), ...sale }),
  z.strictObject({
    kind: z.literal('contact'),
    ...table,
    key: Columns.optional(),
    /** Fields that make two rows the same contact when all of them agree. */
    duplicates: z
      .array(z.enum(['name', 'email', 'phone', 'mobile']))
      .min(1)
      .optional(),
  }),
  z.strictObject({ kind: z.literal('product'), ...table }),
  z.strictObject({ kind: z.literal('team'), ...table }),
  z.strictObject({
    kind: z.literal('user'),
    ...table,
    role: z.enum(['manager', 'sales', 'analyst', 'auditor']).optional(),
    /** The team that the user joins. */
    team: RecordField.optional(),
  }),
])
export type TableMap = z.infer<typeof TableMap>
export type SaleMap = Extract<TableMap, { kind: 'opportunity' | 'lead' }>

/** A company of its own for the data. */
const Company = z.strictObject({
  name: Line,
  currency: Currency,
  zone: z.string().refine(isZone, 'must be a time zone of the IANA list'),
  language: z.enum(['fa', 'en']),
})

const Shape = z.strictObject({
  version: z.literal(1),
  /** Whose ids the keys are. */
  system: ExternalId.shape.system,
  encoding: z.literal('utf-8'),
  /** The company that the data belongs to; made if there is none of this name. */
  company: Company.optional(),
  /** What a reader of the report should know: where the data is from, what the map assumes. */
  notes: z.array(z.string().min(1)).max(20).default([]),
  /** Files beside the main one that it refers to; read first, in this order. */
  related: z
    .array(z.strictObject({ file: Line, table: TableMap }))
    .max(20)
    .default([]),
  table: TableMap,
})

export const ImportMap = Shape.superRefine(({ related, table: main }, context) => {
  const files = new Set(related.map(({ file }) => file))
  for (const [index, { table: each }] of related.entries()) {
    checkFields(each, { path: ['related', index, 'table'], files, context })
  }
  checkFields(main, { path: ['table'], files, context })
})
export type ImportMap = z.infer<typeof ImportMap>

interface Checking {
  /** Where the table stands in the map. */
  readonly path: readonly (string | number)[]
  readonly files: ReadonlySet<string>
  readonly context: z.RefinementCtx
}

/** Every field is one that its kind of record has, and is declared as what it is. */
const checkFields = (
  { kind, fields, ...rest }: TableMap,
  { path, files, context }: Checking,
): void => {
  const issue = (at: readonly (string | number)[], message: string) => {
    context.addIssue({ code: 'custom', path: [...path, ...at], message })
  }
  for (const [name, field] of Object.entries(fields)) {
    const expected = fieldKind(kind, name)
    if (expected === undefined)
      issue(['fields', name], `is no field of this kind of record, ${kind}`)
    else if (!fits(field, expected)) issue(['fields', name, 'type'], `must be that of ${expected}`)
    if (field.through !== undefined && !files.has(field.through.file)) {
      issue(['fields', name, 'through', 'file'], 'must be a file that the map reads')
    }
  }
  const required = kind === 'opportunity' || kind === 'lead' ? 'title' : 'name'
  if (fields[required] === undefined) issue(['fields', required], 'is required')
  if (kind === 'contact' && !('key' in rest) && !('duplicates' in rest)) {
    issue(['key'], 'must name what tells rows apart, or duplicates must')
  }
}
