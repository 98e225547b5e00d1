/**
 * A field of a map says where a value stands in a row and how it is written there. Nothing about it is
 * guessed from the data.
 *
 * @module
 */
import { Currency, Line } from '@forsat/domain'
import * as z from 'zod'

/** The value is looked up in another file of the map: `take` of the row whose `match` is equal. */
const Through = z.strictObject({ file: z.string().min(1), match: Line, take: Line })

/** Where the text comes from: one of a column, a template of columns, or always the same. */
const origin = {
  column: Line.optional(),
  /** Texts with `{column}` in them; the first one counts whose columns all hold something. */
  template: z.array(z.string().min(1)).min(1).optional(),
  value: z.string().min(1).optional(),
  through: Through.optional(),
}
export const Origin = z.strictObject(origin)
export type Origin = z.infer<typeof Origin>

/** The sign before the decimals; the other one of the two may group digits. */
const decimal = z.enum(['.', ',']).optional()

export const TextField = z.strictObject({ type: z.literal('text'), ...origin })
const PhoneField = z.strictObject({ type: z.literal('phone'), ...origin })
const NumberField = z.strictObject({ type: z.literal('number'), decimal, ...origin })
const PercentField = z.strictObject({ type: z.literal('percent'), decimal, ...origin })
const ListField = z.strictObject({
  type: z.literal('list'),
  separator: z.string().min(1),
  ...origin,
})
const FlagField = z.strictObject({
  type: z.literal('flag'),
  /** The texts that mean yes; any other means no. */
  yes: z.array(Line).min(1).default(['true', 'yes', '1', 'بله']),
  ...origin,
})
const CountryField = z.strictObject({
  type: z.literal('country'),
  /** What to do with a name that no country has: an error of the row, or reported and left out. */
  unknown: z.enum(['error', 'omit']).default('error'),
  ...origin,
})
const LanguageField = z.strictObject({ type: z.literal('language'), ...origin })
export const MoneyField = z
  .strictObject({
    type: z.literal('money'),
    currency: Currency,
    unit: z.enum(['rial', 'toman']).optional(),
    decimal,
    ...origin,
  })
  .refine(({ currency, unit }) => (currency === 'IRR') === (unit !== undefined), {
    path: ['unit'],
    error: 'must say rial or toman for IRR, and nothing for any other currency',
  })

/** A year below 1700 is Jalali. Without `yearLast` only dates that begin with their year are dates. */
const written = { yearLast: z.enum(['day-first', 'month-first']).optional() }
const DateField = z.strictObject({ type: z.literal('date'), ...written, ...origin })
/** A day of the company's, and where the text has no time its noon: every zone has one. */
export const MomentField = z.strictObject({ type: z.literal('moment'), ...written, ...origin })

export const RecordField = z.strictObject({
  type: z.literal('record'),
  of: z.enum(['contact', 'product', 'user', 'team', 'stage', 'lostReason']),
  /** Whether one of an unknown name is made, or the row is an error. */
  createMissing: z.boolean().default(false),
  /** Whether one that is made is a company; of contacts alone. */
  isCompany: z.boolean().optional(),
  ...origin,
})
export type RecordField = z.infer<typeof RecordField>
export type RecordOf = RecordField['of']

const has = ({ column, template, value }: Origin) =>
  [column, template, value].filter((each) => each !== undefined).length === 1

export const ValueField = z
  .discriminatedUnion('type', [
    TextField,
    PhoneField,
    NumberField,
    PercentField,
    ListField,
    FlagField,
    CountryField,
    LanguageField,
    MoneyField,
    DateField,
    MomentField,
    RecordField,
  ])
  .refine(has, 'must have exactly one of column, template and value')
export type ValueField = z.infer<typeof ValueField>
