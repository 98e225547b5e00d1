/**
 * Every field of a body, with a body around whatever is put in its place.
 *
 * @internal
 * @module
 */
import { step } from '../../strict-json.ts'
import type { Schema } from './document.ts'
import { optionsOf, ownNameIn, sampleOf } from './samples.ts'

export interface Field {
  readonly pointer: string
  readonly schema: Schema
  /** As it is where nothing is wrong with it. */
  readonly sample: unknown
  /** A whole body with a value in the field's place, and with all else as it should be. */
  readonly around: (value: unknown) => unknown
}

/** The body itself and whatever may stand in it; `known` is what stands there otherwise. */
export const fieldsOf = (schema: Schema, known: unknown): readonly Field[] =>
  from('', schema, known, (value) => value)

const from = (
  pointer: string,
  schema: Schema,
  known: unknown,
  around: Field['around'],
): readonly Field[] => [
  { pointer, schema, sample: sampleOf(schema, known), around },
  ...optionsOf(schema).flatMap((option) => {
    const { properties = {}, additionalProperties, items } = option
    const sample = sampleOf(option, known)
    const named = (name: string, field: Schema) =>
      from(`${pointer}${step(name)}`, field, partOf(sample, name), (value) =>
        around({ ...(sample as object), [name]: value }),
      )
    const element = (field: Schema) =>
      from(`${pointer}/0`, field, partOf(sample, 0), (value) => around([value]))
    return [
      ...Object.entries(properties).flatMap(([name, field]) => named(name, field)),
      ...(typeof additionalProperties === 'object'
        ? named(ownNameIn(option), additionalProperties)
        : []),
      ...(items === undefined ? [] : element(items)),
    ]
  }),
]

const partOf = (value: unknown, name: PropertyKey): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
