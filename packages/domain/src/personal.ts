/**
 * Personal data in events. A field marked `personal` is sealed before it is stored, under a key that
 * belongs to one subject and one purpose; when that key is destroyed the field reads `{ erased: true }`.
 *
 * @module
 */
import * as z from 'zod'

/** What is left of a personal field once its subject's key is gone. */
export const Erased = z.strictObject({ erased: z.literal(true) })
export type Erased = z.infer<typeof Erased>

export const erased: Erased = { erased: true }

/**
 * Whose key seals a field: the `contact`'s (the record's own, while no contact is named) or always
 * the `record`'s.
 */
export type Subject = 'contact' | 'record'

/** What the data is kept for. Keys are made per subject and purpose, so one can go without the other. */
export type Purpose = 'sales' | 'document'

export interface PersonalMark {
  readonly subject: Subject
  readonly purpose: Purpose
}

const marks = z.registry<PersonalMark>()

/**
 * Marks a field of an event as personal. It decodes to its value or to `{ erased: true }`.
 *
 * @example message('OpportunityNoted', { text: personal(Text, 'record') })
 */
export const personal = <Schema extends z.ZodType>(
  schema: Schema,
  subject: Subject,
  purpose: Purpose = 'sales',
) => {
  const field = z.union([schema, Erased])
  marks.add(field, { subject, purpose })
  return field
}

type Plain<Field> =
  Field extends z.ZodUnion<readonly [infer Value extends z.ZodType, typeof Erased]> ? Value : Field

/** The same fields as they arrive: values that nobody has erased yet. */
export const plain = <Shape extends Record<string, z.ZodType>>(
  shape: Shape,
): { [Name in keyof Shape]: Plain<Shape[Name]> } =>
  Object.fromEntries(
    Object.entries(shape).map(([name, schema]) => [
      name,
      marks.has(schema) && schema instanceof z.ZodUnion ? schema.options[0] : schema,
    ]),
  ) as { [Name in keyof Shape]: Plain<Shape[Name]> }

/** The mark of a field's schema, seen through `optional` and `nullable`. */
const markOf = (schema: z.core.$ZodType): PersonalMark | undefined => {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) {
    return markOf(schema.unwrap())
  }
  return marks.get(schema as z.ZodType)
}

/** The personal fields of an event's data, by name. */
export const personalFields = (data: z.ZodObject): Readonly<Record<string, PersonalMark>> =>
  Object.fromEntries(
    Object.entries(data.shape).flatMap(([name, schema]) => {
      const mark = markOf(schema)
      return mark === undefined ? [] : [[name, mark]]
    }),
  )

export const isErased = (value: unknown): value is Erased =>
  typeof value === 'object' && value !== null && 'erased' in value && value.erased === true
