/**
 * The values that addresses and queries are made of. All of them arrive as text, and none is guessed
 * at: a number is its digits, a flag is `true` or `false`.
 *
 * @module
 */
import { CalendarDate, countryCode, languageTag, parseInstant, Ulid } from '@forsat/domain'
import * as z from 'zod'

export const wholeNumber = (min: number, max = Number.MAX_SAFE_INTEGER) =>
  z.codec(
    z.string().regex(/^(?:0|[1-9]\d{0,15})$/, 'must be a whole number'),
    z.int().min(min, `must be at least ${min}`).max(max, `must be at most ${max}`),
    { decode: Number, encode: String },
  )

export const flag = z.codec(z.enum(['true', 'false'], 'must be true or false'), z.boolean(), {
  decode: (text) => text === 'true',
  encode: (is) => (is ? 'true' : 'false'),
})

/** In a query an unencoded plus reads as a space. */
const instantOf = (text: string) => parseInstant(text.replace(/ (?=\d\d:?\d\d$)/, '+'))

/** A moment with any offset, kept in UTC to the millisecond. */
export const moment = z
  .string()
  .refine(
    (text) => instantOf(text) !== undefined,
    'must be a moment with an offset, like 2026-01-10T22:00:00Z',
  )
  .refine(
    (text) => (instantOf(text) ?? '9') >= '1700',
    'must not be before 1700: is it Jalali? Send Gregorian',
  )
  .overwrite((text) => instantOf(text) ?? text)
  .meta({
    description: 'A moment with any offset; kept in UTC to the millisecond.',
    format: 'date-time',
  })

export const day = CalendarDate

/** One value or several with commas between them; nothing between them is what has no value. */
export const choice = <Value extends string>(value: z.ZodType<Value, string>) =>
  z
    .string()
    .transform((text) => text.split(',').map((part) => (part === '' ? null : part)))
    .pipe(z.array(value.nullable()).max(50))

export const ids = choice(Ulid)

/** A text as it is; empty for what has none. */
export const label = z
  .string()
  .max(200)
  .transform((text) => (text === '' ? null : text))

/** A country as its code or its name. */
export const country = label.transform((text) =>
  text === null ? null : (countryCode(text) ?? text),
)

/** A language as its tag or its name. */
export const language = label.transform((text) =>
  text === null ? null : (languageTag(text) ?? text),
)

/** Names out of a fixed list, with commas between them, each once. */
export const namesOf = <const Name extends string>(name: z.ZodType<Name, string>) =>
  z
    .string()
    .transform((text) => text.split(','))
    .pipe(
      z
        .array(name)
        .max(10)
        .refine((names) => new Set(names).size === names.length, 'must name each only once'),
    )

/** `system:id`, as another system knows a record. */
export const externalId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,39}:.{1,200}$/s, 'must be system:id')
  .transform((text) => {
    const colon = text.indexOf(':')
    return { system: text.slice(0, colon), id: text.slice(colon + 1) }
  })
