/**
 * Values at random: such as a schema takes, to its ends, and such as nothing takes.
 *
 * @internal
 * @module
 */
import fc, { type Arbitrary } from 'fast-check'
import type { Schema } from './document.ts'
import { sampleOf, takesText, variantsOf } from './samples.ts'

/** Sort directions that reach SQL, filters that reach an operator, cells that a spreadsheet runs. */
const injections = [
  'createdAt:asc,(CASE WHEN 1=1 THEN 1 ELSE abs(-9223372036854775808) END)',
  'desc;DROP TABLE x',
  "x' OR '1'='1",
  "');--",
  '%',
  '_',
  '\\',
  '"',
  '`',
  '{"$ne":1}',
  '=HYPERLINK("http://x.test","a")',
  '@SUM(A1)',
  '+98',
  '-5',
  '\t=1+1',
  '"; =1+1',
  '<script>alert(1)</script>',
  '{{7*7}}${7*7}#{7*7}',
  '../../etc/passwd',
  '__proto__',
  'constructor',
  'hasOwnProperty',
]

const oddTexts = [
  '',
  ' ',
  '\u200c',
  '\u200e\u202e\u2066',
  '\ufeff',
  '\ufffe\uffff',
  'e\u0301'.repeat(50),
  '\u{1F468}\u200d\u{1F469}\u200d\u{1F467}',
  'ي ك ۱۲۳ ٤٥٦',
  '\r\nset-cookie: x',
  '\u2028\u2029',
  '\u0000',
  'null',
  'undefined',
  'NaN',
  'true',
  '1e400',
  '-0',
  '9'.repeat(40),
  `0.${'0'.repeat(30)}1`,
]

/** Days and moments at the ends of what calendars, zones and engines count. */
const days = [
  '0001-01-01',
  '1700-01-01',
  '1582-10-10',
  '1969-12-31',
  '2024-02-29',
  '2026-02-28',
  '2026-03-01',
  '2026-03-22',
  '2026-12-31',
  '2027-06-01',
  '9999-12-31',
  '10000-01-01',
  '+275760-09-13',
]
const moments = [
  ...days.map((day) => `${day}T00:00:00Z`),
  '2026-02-28T23:59:59.999Z',
  '2026-03-01T08:00:00.000Z',
  '2026-03-22T00:00:00+03:30',
  '1700-01-01T00:00:00+23:59',
  '9999-12-31T23:59:59.999-23:59',
  '0000-01-01T00:00:00Z',
  '2026-02-28T24:00:00Z',
  '2026-02-28T23:59:60Z',
]
const figures = [
  '0',
  '0.01',
  '1',
  '0.5',
  '99.99',
  '100',

  '-1',
  '-0.01',
  '999999999999999999',
]
const wholes = [0, 1, 2, 50, 200, 100_000, Number.MAX_SAFE_INTEGER]

/** Any text, whatever it is for. */
export const anyText: Arbitrary<string> = fc.oneof(
  fc.constantFrom(...injections),
  fc.constantFrom(...oddTexts),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 250 }),
)

const textLike = (schema: Schema): Arbitrary<string> => {
  const sample = String(sampleOf(schema))
  if (schema.format === 'date') return fc.constantFrom(...days)
  if (schema.format === 'date-time') return fc.constantFrom(...moments)
  const { maxLength = 500, minLength = 0 } = schema
  const ends = ['x'.repeat(minLength), 'ی'.repeat(maxLength)]
  const fitting = [...ends, ...figures, ...injections, ...oddTexts, sample].filter((text) =>
    takesText(schema, text),
  )
  return fc.constantFrom(sample, ...fitting)
}

/** What a schema takes, as far as it says. */
export const valueLike = (schema: Schema): Arbitrary<unknown> =>
  fc.oneof(...variantsOf(schema).map(variantLike))

const variantLike = (schema: Schema): Arbitrary<unknown> => {
  const {
    type,
    properties = {},
    required = [],
    additionalProperties,
    items,
    minimum,
    maximum,
  } = schema
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
  if (type === 'null') return fc.constant(null)
  if (type === 'boolean') return fc.boolean()
  if (type === 'integer' || type === 'number') {
    const ends = [minimum, maximum].filter((end) => end !== undefined)
    const inside = (figure: number) =>
      figure >= (minimum ?? figure) && figure <= (maximum ?? figure)
    return fc.constantFrom(...ends, ...wholes.filter(inside))
  }
  if (type === 'array' && items !== undefined) return fc.array(valueLike(items), { maxLength: 3 })
  if (type === 'object') {
    const fields = Object.entries(properties).map(
      ([name, field]) => [name, valueLike(field)] as const,
    )
    const known = fc.record(Object.fromEntries(fields), { requiredKeys: [...required] })
    if (typeof additionalProperties !== 'object') return known
    return fc.dictionary(textLike(schema.propertyNames ?? {}), valueLike(additionalProperties), {
      maxKeys: 3,
    })
  }
  return textLike(schema)
}
