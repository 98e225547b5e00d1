/**
 * A draft is what one row would lead to: the fields it was read as, records it would need to be made,
 * and everything that is wrong with it. Nothing of a row with a fault is kept.
 *
 * @module
 */
import { type Step, useCases } from '@forsat/application'
import { compareKey } from '@forsat/domain'
import type * as z from 'zod'
import { type Faulty, fault, type Problem } from './faults.ts'
import type { Origin, RecordField, RecordOf, ValueField } from './field.ts'
import { identityOf } from './identity.ts'
import type { TableMap } from './map.ts'
import { columnsOf, originText } from './origin.ts'
import type { Planning } from './planning.ts'
import type { SourceRow } from './source.ts'
import { readValue } from './value.ts'

/** A record to be made: all of its steps are appended as one, and only once whatever happens. */
export interface Planned {
  readonly of: RecordOf | 'opportunity' | 'member'
  readonly id: string
  /** By which it is found where somebody else has made it meanwhile. */
  readonly name: string | undefined
  readonly key: string
  readonly steps: readonly Step[]
  readonly row: Pick<SourceRow, 'number' | 'line'> | undefined
}

interface Omitted {
  readonly column: string
  readonly text: string
  readonly readAs: null
}

export interface Draft {
  readonly planned?: Planned
  readonly known?: boolean
  /** The earlier row that is the same record; null for one that was there before. */
  readonly joined?: number | null
  readonly undated?: boolean
  readonly missing: readonly Planned[]
  /** What can only be done when all rows of the table are. */
  readonly after: readonly Planned[]
  readonly omitted: readonly Omitted[]
  readonly problems: readonly Problem[]
  /** Lets later rows know this one. */
  readonly settle: () => void
}

/** What is gathered while a row is read. */
export interface Sheet {
  readonly row: SourceRow
  readonly data: Record<string, unknown>
  readonly problems: Problem[]
  readonly missing: Planned[]
  readonly omitted: Omitted[]
}

/** A record as a row names it. */
interface Naming {
  readonly of: RecordOf
  readonly name: string
  /** Where the name stands. */
  readonly origin?: Origin | undefined
  /** What one that is made has beside its name; without it none is made. */
  readonly more?: Readonly<Record<string, unknown>> | undefined
}

export type RowReader = ReturnType<typeof rowReader>

export const rowReader = (table: TableMap, file: string, planning: Planning) => {
  const { directory, lookup, ids, system } = planning

  /** Notes what is wrong with a row, and where it stands. */
  const blame = (sheet: Sheet, origin: Origin | undefined, { fault: found }: Faulty): undefined => {
    const { number, line } = sheet.row
    const [column] = origin === undefined ? [] : columnsOf(origin)
    const place = column === undefined ? {} : { column }
    sheet.problems.push({ file, row: number, line, ...place, fault: found })
    return undefined
  }

  /** What a field of the row says; what is wrong with it stands on the sheet. */
  const value = (sheet: Sheet, field: ValueField): unknown => {
    if (field.type === 'record') return record(sheet, field)
    const text = originText(field, sheet.row, lookup)
    if ('fault' in text) return blame(sheet, field, text)
    const reading = readValue(text.value ?? '', field, planning)
    if ('fault' in reading) return blame(sheet, field, reading)
    if (reading.value === undefined && text.value !== '') {
      const from = field.through?.take ?? columnsOf(field)[0] ?? ''
      sheet.omitted.push({ column: from, text: text.value ?? '', readAs: null })
    }
    return reading.value
  }

  /** The id of the record that a field names. */
  const record = (sheet: Sheet, field: RecordField): string | undefined => {
    const text = originText(field, sheet.row, lookup)
    if ('fault' in text) return blame(sheet, field, text)
    const { of, createMissing, isCompany } = field
    const name = text.value ?? ''
    const more = createMissing ? { isCompany } : undefined
    return name === '' ? undefined : named(sheet, { of, name, origin: field, more })
  }

  /** The id of the record of a name; with `more` one that is missing is made if the row is taken. */
  const named = (sheet: Sheet, { of, name, origin, more }: Naming): string | undefined => {
    const byKey = of === 'contact' ? directory.byKey('contact', name) : undefined
    if (byKey !== undefined) return byKey
    const [known, ...others] = directory.find(of, name)
    if (others.length > 0) return blame(sheet, origin, fault('RecordAmbiguous', { of, name }))
    if (known?.archived && (of === 'lostReason' || of === 'stage')) {
      return blame(sheet, origin, fault('RecordArchived', { of, name }))
    }
    if (known !== undefined) return known.id
    if (more !== undefined) return missing(sheet, of, name, more)
    return blame(sheet, origin, fault('RecordUnknown', { of, name }))
  }

  const missing = (
    sheet: Sheet,
    of: RecordOf,
    name: string,
    more: Readonly<Record<string, unknown>>,
  ): string => {
    const key = identityOf(system, of, compareKey(name))
    const same = sheet.missing.find((each) => each.key === key)
    if (same !== undefined) return same.id
    const id = ids.next()
    const step = { command: { type: creation[of], data: { id, name, ...defined(more) } } }
    check(sheet, step)
    sheet.missing.push({ of, id, name, key, steps: [step], row: undefined })
    return id
  }

  /** Whether a command would be understood; what would not be is blamed on its column. */
  const check = (sheet: Sheet, { command: { type, data } }: Step): void => {
    const parsed = useCases.get(type)?.input.safeParse(data)
    if (parsed === undefined || parsed.success) return
    for (const issue of parsed.error.issues) {
      const [first, second] = issue.path.map(String)
      const field = first === 'attributes' && second ? `${first}.${second}` : (first ?? '')
      blame(sheet, originOf(table, field), invalid(field, issue, sheet))
    }
  }

  return {
    file,
    blame,
    value,
    record,
    named,
    sheet: (row: SourceRow): Sheet => ({ row, data: {}, problems: [], missing: [], omitted: [] }),
    /** Reads every field of the map into the sheet's data. */
    fields: (sheet: Sheet): void => {
      for (const [name, field] of Object.entries(table.fields)) {
        const read = value(sheet, field)
        if (read !== undefined) put(sheet.data, name, field, read)
      }
    },
    check,
    draft: (sheet: Sheet, rest: Partial<Draft>): Draft => ({
      missing: sheet.missing,
      after: [],
      omitted: sheet.omitted,
      problems: sheet.problems,
      ...rest,
      settle: () => {
        for (const { of, name, id } of sheet.missing) {
          if (of !== 'opportunity' && of !== 'member' && name !== undefined) {
            directory.add(of, name, { id, archived: false })
          }
        }
        rest.settle?.()
      },
    }),
  }
}

/** Where a field of a command stands in the row; external ids are the key. */
const originOf = (table: TableMap, field: string): Origin | undefined => {
  if (field !== 'externalIds' || !('key' in table)) return table.fields[field]
  const [column] = table.key ?? []
  return { column }
}

/** What is wrong with a field, told as what it is where people meet it often. */
const invalid = (field: string, issue: z.core.$ZodIssue, { data }: Sheet): Faulty => {
  if (issue.code === 'invalid_type' && data[field] === undefined) {
    return fault('FieldMissing', { field })
  }
  if (issue.code === 'too_big' && issue.origin === 'string') {
    return fault('FieldTooLong', { field, letters: Number(issue.maximum) })
  }
  return fault('FieldInvalid', { field, detail: issue.message })
}

/** A text field of the sheet; empty where there is none. */
export const textIn = ({ data }: Sheet, name: string): string => {
  const text = data[name]
  return typeof text === 'string' ? text : ''
}

const creation: Readonly<Record<RecordOf, string>> = {
  contact: 'RegisterContact',
  product: 'CreateProduct',
  user: 'RegisterUser',
  team: 'CreateTeam',
  stage: 'CreateStage',
  lostReason: 'CreateLostReason',
}

const put = (
  data: Record<string, unknown>,
  name: string,
  field: ValueField,
  value: unknown,
): void => {
  if (name.startsWith('attributes.')) {
    const own = data['attributes'] as Record<string, unknown> | undefined
    data['attributes'] = { ...own, [name.slice('attributes.'.length)]: ownValue(field, value) }
  } else if (name === 'productIds') data[name] = [value]
  else if (name === 'price') data['prices'] = [{ unitPrice: value }]
  else if (name === 'priority') data[name] = Number(value)
  else data[name] = value
}

/** Own fields are texts, numbers and flags; of money the exact amount is kept. */
const ownValue = ({ type }: ValueField, value: unknown): unknown => {
  if (type === 'number' || type === 'percent') return Number(value)
  if (type === 'money') return (value as { readonly amount: string }).amount
  return value
}

export const defined = (fields: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
