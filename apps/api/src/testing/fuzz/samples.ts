/**
 * Values that a schema takes: one to build bodies of, and any to try.
 *
 * @internal
 * @module
 */
import type { Schema } from './document.ts'

/** What the schema may be in turn. */
export const variantsOf = (schema: Schema): readonly Schema[] =>
  (schema.anyOf ?? schema.oneOf)?.flatMap(variantsOf) ?? [schema]

/** What it may be but for `null`. */
export const optionsOf = (schema: Schema): readonly Schema[] =>
  variantsOf(schema).filter(({ type }) => type !== 'null')

/** What people write; what a pattern takes of it is better than what a pattern alone would say. */
const written = [
  'desk',
  'Desk, oak',
  '1',
  '12.50',
  'EUR',
  'erp',
  'en',
  '03-21',
  'Asia/Tehran',
  'sara@example.com',
  '+98 21 5550 0100',
  '01KDQ1A0M0TWNSA1E000000005',
  'opportunity-01KDQ1A0M0TWNSA1E000000005',
  'OpportunityWon',
  'user:01KDQ1A0M0ASEER00000000002',
  'erp:4711',
  'reason',
  'PT1H',
]

const patternsOf = ({ pattern, allOf = [] }: Schema): readonly string[] =>
  [pattern, ...allOf.map((each) => each.pattern)].filter((each) => each !== undefined)

/** Whether a text is as long as the schema wants it, and of its pattern. */
export const takesText = (schema: Schema, text: string): boolean =>
  text.length >= (schema.minLength ?? 0) &&
  text.length <= (schema.maxLength ?? Number.POSITIVE_INFINITY) &&
  patternsOf(schema).every((pattern) => new RegExp(pattern, 'u').test(text))

const textOf = (schema: Schema): string => {
  const [example] = schema.examples ?? []
  if (typeof example === 'string') return example
  if (schema.format === 'date') return '2026-06-01'
  if (schema.format === 'date-time') return '2026-02-20T08:00:00.000Z'
  const fitting = written.find((each) => takesText(schema, each))
  if (fitting === undefined) throw new Error(`nothing written is like ${JSON.stringify(schema)}`)
  return fitting
}

/** The name of a field where its writer names it. */
export const ownNameIn = ({ propertyNames = {} }: Schema): string => textOf(propertyNames)

/** A value of the schema: as much of `known` as there is, and what it must have besides. */
export const sampleOf = (schema: Schema, known?: unknown): unknown => {
  const [first = {}] = optionsOf(schema)
  const { properties = {}, additionalProperties, required = [], items, minItems = 1 } = first
  switch (typeOf(first)) {
    case 'object': {
      const given: Readonly<Record<string, unknown>> = isObject(known) ? known : {}
      const entries = Object.entries(properties)
        .filter(([name]) => required.includes(name) || name in given)
        .map(([name, field]) => [name, sampleOf(field, given[name])] as const)
      if (typeof additionalProperties !== 'object') return Object.fromEntries(entries)
      const own = { [ownNameIn(first)]: sampleOf(additionalProperties), ...given }
      return { ...own, ...Object.fromEntries(entries) }
    }
    case 'array': {
      const elements: readonly unknown[] = Array.isArray(known) ? known : []
      if (items === undefined || elements.length > 0)
        return elements.map((each) => sampleOf(items ?? {}, each))
      return Array.from({ length: Math.max(minItems, 1) }, () => sampleOf(items))
    }
    default: {
      const own = scalarOf(first)
      return takesScalar(first, known) && typeof known === typeof own ? known : own
    }
  }
}

const takesScalar = (schema: Schema, value: unknown): boolean =>
  schema.const === undefined &&
  (schema.enum?.includes(value) ?? true) &&
  (typeof value !== 'string' || takesText(schema, value))

/** The type; the first of several. */
const typeOf = ({ type = '' }: Schema): string => [type].flat()[0] ?? ''

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const scalarOf = (schema: Schema): unknown => {
  if (schema.const !== undefined) return schema.const
  if (schema.enum !== undefined) return schema.enum[0]
  switch (typeOf(schema)) {
    case 'boolean':
      return true
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 1, 1)
    default:
      return textOf(schema)
  }
}
