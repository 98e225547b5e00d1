/**
 * What must be refused in the place of a field. It is JSON text rather than a value: not all that can
 * be written down can be held.
 *
 * @internal
 * @module
 */
import { step } from '../../strict-json.ts'
import type { Schema } from './document.ts'
import type { Field } from './fields.ts'
import { optionsOf, sampleOf, takesText, variantsOf } from './samples.ts'

/** Things wrong in the same way. */
export type Kind = readonly Wrong[]

export interface Wrong {
  /** The text of the whole body. */
  readonly body: string
  /** What the refusal must point at. */
  readonly pointer: string
}

/** JSON text that stands for itself in a body. */
class Verbatim {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

/** A body as it is sent. */
export const bodyText = (body: unknown): string => {
  const texts: string[] = []
  const marked = (_name: string, value: unknown) =>
    value instanceof Verbatim ? `\u{F0000}${texts.push(value.text) - 1}` : value
  return (JSON.stringify(body, marked) ?? '').replaceAll(
    /"\u{F0000}(\d+)"/gu,
    (_, index: string) => texts[Number(index)] ?? '',
  )
}

/** Some of each type, by the name that JSON Schema has for it. */
const ofTypes: Readonly<Record<string, readonly string[]>> = {
  boolean: ['true', 'false'],
  number: ['35', '-1', '0.5', '1e400', '9007199254740993', '-1e-7'],
  string: ['"35"', '""', '"true"'],
  array: ['[]', '[[]]', '[{}]'],
  object: ['{}', '{"amount":"1"}', '{"0":1,"length":1}'],
}

/** No text may be as long. */
const huge = [`"${'x'.repeat(100_000)}"`]
/** What ends a text for a database, and half of a character. */
const broken = ['"De\\u0000sk"', '"\\ud83d"', '"\\udc4d x"']
/** No figure is as exact as that, and no amount of money. */
const tooExact = ['"1.0000000000001"', '"-0.0000000000001"']
const tooExactAmount = ['"1.00000001"', '"-7.0000001"']
const noFigure = ['"1e3"', '"0x10"', '"+1"', '" 1"', '"1,5"', '"۱۲"', '"NaN"', '"Infinity"', '"-"']
const noTime = [
  '"+275760-09-13"',
  '"275761-01-01T00:00:00Z"',
  '"2026-13-01"',
  '"2026-02-30"',
  '"2026-02-30T08:00:00Z"',
  '"2026-02-20T24:61:00Z"',
  '"0000-00-00"',
  '"-000001-01-01"',
  '"1404-10-20"',
  '"1404-10-20T10:00:00Z"',
  '"today"',
]
const noChoice = ['"no such"', '"__proto__"', '"constructor"']
/** Keys that no object has, but for those of its prototype. */
const unknownKeys = ['constructor', 'no such', 'toString', 'id\u200c', '', '$ne', "'; DROP TABLE x"]

/** Figures are texts, for they are exact. */
const isFigure = (schema: Schema): boolean =>
  ['1', '1.5'].every((text) => takesText(schema, text)) &&
  ['x', '1-5'].every((text) => !takesText(schema, text))

const wrongTexts = (schema: Schema, pointer: string): readonly (readonly string[])[] => [
  huge,
  broken,
  ...(schema.enum === undefined ? [] : [noChoice]),
  ...(schema.format?.startsWith('date') ? [noTime] : []),
  ...(isFigure(schema) ? [tooExact, noFigure] : []),
  ...(isFigure(schema) && !takesText(schema, '-1') ? [['"-1"', '"-0.01"']] : []),
  ...(isFigure(schema) && pointer.endsWith('/amount') ? [tooExactAmount] : []),
]

const wrongNumbers = ({ type, minimum, maximum }: Schema): readonly (readonly string[])[] => [
  type === 'integer' ? ['1.5', '1e400', '1e21', '-9007199254740993'] : ['1e400'],
  [minimum, maximum].flatMap((end, side) =>
    end === undefined ? [] : [String(side === 0 ? end - 1 : end + 1)],
  ),
]

const typesOf = (schema: Schema): ReadonlySet<string> => {
  const named = variantsOf(schema).flatMap(({ type = [] }) => [type].flat())
  return new Set(named.map((type) => (type === 'integer' ? 'number' : type)))
}

/** Where fields are named by their writer, any name of the right shape is known. */
const takesName = ({ additionalProperties, propertyNames = {} }: Schema, name: string): boolean =>
  typeof additionalProperties === 'object' && takesText(propertyNames, name)

/** An object with a key too many. */
const widened = (object: unknown, key: string): Verbatim => {
  const [rest = ''] = bodyText(object).slice(1).split(/^\}$/)
  return new Verbatim(`{${JSON.stringify(key)}:1${rest === '' ? '}' : `,${rest}`}`)
}

/** What must be refused of a body for one field of it alone. */
export const wrongsOf = ({ pointer, schema, sample, around }: Field): readonly Kind[] => {
  const types = typesOf(schema)
  const ofOtherTypes = Object.entries(ofTypes).flatMap(([type, texts]) =>
    types.has(type) ? [] : texts,
  )
  const nothing = types.has('null') ? [] : ['null']
  const ofItsOwn = optionsOf(schema).flatMap((option) => {
    if (option.type === 'string') return wrongTexts(option, pointer)
    if (option.type === 'integer' || option.type === 'number') return wrongNumbers(option)
    return []
  })
  const replaced = [nothing, ofOtherTypes, ...ofItsOwn].map((texts) =>
    texts.map((text) => ({ body: bodyText(around(new Verbatim(text))), pointer })),
  )
  const beside = (object: unknown, keys: readonly string[]): Kind =>
    keys.map((key) => ({
      body: bodyText(around(widened(object, key))),
      pointer: `${pointer}${step(key)}`,
    }))
  const objects = optionsOf(schema).filter(({ type }) => type === 'object')
  const besides = objects.flatMap((option) => {
    const object = sampleOf(option, sample)
    const unknown = unknownKeys.filter((key) => !takesName(option, key))
    return [beside(object, ['__proto__']), beside(object, unknown)]
  })
  return [...replaced, ...besides].filter((kind) => kind.length > 0)
}
