/**
 * What a schema accepts, in the words of a reference page.
 *
 * @module
 */
import {
  Attributes,
  CalendarDate,
  Condition,
  Currency,
  ExternalId,
  FreeText,
  Identifier,
  Instant,
  isErased,
  Label,
  Line,
  Money,
  Ulid,
  UnitPrice,
} from '@forsat/domain'
import * as z from 'zod'

/** Values with a name of their own; the pages explain each once. */
const named = new Map<z.core.$ZodType, string>([
  [Attributes, 'own fields'],
  [CalendarDate, 'date'],
  [Condition, 'condition'],
  [Currency, 'currency'],
  [ExternalId, 'external id'],
  [FreeText, 'free text'],
  [Identifier, 'identifier'],
  [Instant, 'instant'],
  [Label, 'label'],
  [Line, 'line'],
  [Money, 'money'],
  [Ulid, 'id'],
  [UnitPrice, 'unit price'],
])

/** A field of an object: what it holds, and whether it may be left out or cleared. */
export interface Field {
  readonly name: string
  readonly value: string
  readonly optional: boolean
  readonly clearable: boolean
  /** What holds where it is left out, as JSON. */
  readonly usual?: string
}

export const fieldsOf = (schema: z.ZodObject): readonly Field[] =>
  Object.entries(schema.shape).map(([name, field]) => {
    if (field instanceof z.ZodDefault) {
      const usual = JSON.stringify(field.def.defaultValue)
      return { name, value: valueOf(field.unwrap()), optional: true, clearable: false, usual }
    }
    const optional = field instanceof z.ZodOptional
    const inner = optional ? field.unwrap() : field
    const clearable = inner instanceof z.ZodNullable
    return { name, value: valueOf(clearable ? inner.unwrap() : inner), optional, clearable }
  })

export const valueOf = (schema: z.core.$ZodType): string => {
  const name = named.get(schema)
  if (name !== undefined) return name
  if (schema instanceof z.ZodOptional) return valueOf(schema.unwrap())
  if (schema instanceof z.ZodNullable) return `${valueOf(schema.unwrap())} or null`
  if (schema instanceof z.ZodUnion) return unionOf(schema.options)
  if (schema instanceof z.ZodArray) return `list of ${valueOf(schema.element)}`
  if (schema instanceof z.ZodObject) return objectOf(schema)
  if (schema instanceof z.ZodRecord)
    return `${valueOf(schema.valueType)} by ${valueOf(schema.keyType)}`
  if (schema instanceof z.ZodEnum) return schema.options.map((each) => `\`${each}\``).join(', ')
  if (schema instanceof z.ZodLiteral) return `\`${schema.value}\``
  if (schema instanceof z.ZodBoolean) return 'true or false'
  if (schema instanceof z.ZodNumber) return numberOf(schema)
  if (schema instanceof z.ZodString) return textOf(schema)
  throw new TypeError(`a schema of the kind "${schema._zod.def.type}" has no words yet`)
}

const unionOf = (options: readonly z.core.$ZodType[]): string =>
  options
    // What is left of a personal field once its key is gone; the page says so once for all of them.
    .filter((option) => !isErased(z.safeParse(option, { erased: true }).data))
    .map(valueOf)
    .join(' or ')

const objectOf = (schema: z.ZodObject): string => {
  const fields = fieldsOf(schema).map(
    ({ name, value, optional }) => `\`${name}\`${optional ? '?' : ''}: ${value}`,
  )
  return `{ ${fields.join('; ')} }`
}

const numberOf = (schema: z.ZodNumber): string => {
  const kind = schema.isInt ? 'whole number' : 'number'
  const { minValue, maxValue } = schema
  if (minValue === null || Math.abs(minValue) >= Number.MAX_SAFE_INTEGER) return kind
  return `${kind} from ${minValue} to ${maxValue}`
}

/** The rule of a text in its own words: what it answers to a text that breaks it. */
const textOf = (schema: z.ZodString): string => {
  const [issue] = schema.safeParse('').error?.issues ?? []
  const rule = /^must be (?:an? )?(.+)/.exec(issue?.message ?? '')?.[1]
  return rule ?? (schema.maxLength === null ? 'text' : `text up to ${schema.maxLength}`)
}
