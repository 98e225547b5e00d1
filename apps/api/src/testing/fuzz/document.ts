/**
 * The operations of a server as its own document tells of them: what each takes, and of what shape.
 *
 * @internal
 * @module
 */

/** As much of JSON Schema as the document speaks. */
export interface Schema {
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: Schema | boolean
  readonly propertyNames?: Schema
  readonly items?: Schema
  readonly minItems?: number
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly pattern?: string
  readonly format?: string
  readonly examples?: readonly unknown[]
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly $ref?: string
}

export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly schema: Schema
}

export interface Body {
  readonly schema: Schema
  readonly example: Readonly<Record<string, unknown>>
}

export interface Operation {
  /** As the table of routes names it, `POST /v1/opportunities/:id/win`. */
  readonly route: string
  readonly method: string
  readonly url: string
  readonly parameters: readonly Parameter[]
  readonly body?: Body
  /** It records something, rather than read or look after the server. */
  readonly isCommand: boolean
}

interface Told {
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> }
  readonly 'x-command'?: unknown
}
interface Media {
  readonly schema: Schema
  readonly example?: Readonly<Record<string, unknown>>
}
export interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Told>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

/** A schema that holds itself is followed this often. */
const rounds = 2

export const operationsOf = ({ paths, components }: Document): readonly Operation[] => {
  const whole = (schema: Schema): Schema => inlined(schema, components.schemas, new Map()) ?? {}
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([verb, told]) => {
      const [method, url] = [verb.toUpperCase(), path.replaceAll(/\{(\w+)\}/g, ':$1')]
      const media = told.requestBody?.content['application/json']
      const { parameters = [] } = told
      return {
        route: `${method} ${url}`,
        method,
        url,
        parameters: parameters.map((each) => ({ ...each, schema: whole(each.schema) })),
        ...(media && { body: { schema: whole(media.schema), example: media.example ?? {} } }),
        isCommand: told['x-command'] !== undefined,
      }
    }),
  )
}

type Followed = ReadonlyMap<string, number>

/** A schema with what it refers to in place; `undefined` where it has gone around often enough. */
const inlined = (
  { $ref, ...schema }: Schema,
  named: Readonly<Record<string, Schema>>,
  followed: Followed,
): Schema | undefined => {
  if ($ref !== undefined) {
    const name = $ref.split('/').at(-1) ?? ''
    const round = (followed.get(name) ?? 0) + 1
    const next = named[name]
    if (next === undefined) throw new Error(`${$ref} leads nowhere`)
    return round > rounds ? undefined : inlined(next, named, new Map(followed).set(name, round))
  }
  const inside = (each: Schema) => inlined(each, named, followed)
  const all = (some: readonly Schema[]) => some.map(inside).filter((each) => each !== undefined)
  const { properties, required = [], additionalProperties, items, anyOf, oneOf, allOf } = schema
  const entry = typeof additionalProperties === 'object' ? inside(additionalProperties) : undefined
  const element = items && inside(items)
  const fields = Object.entries(properties ?? {}).flatMap(([name, each]) => {
    const field = inside(each)
    return field === undefined ? [] : [[name, field] as const]
  })
  const isKnown = (name: string) => fields.some(([known]) => known === name)
  // What cannot be without what was left out is left out with it.
  if (items !== undefined && element === undefined) return undefined
  if (properties !== undefined && !required.every(isKnown)) return undefined
  return {
    ...schema,
    ...(properties && { properties: Object.fromEntries(fields) }),
    ...(entry && { additionalProperties: entry }),
    ...(element && { items: element }),
    ...(anyOf && { anyOf: all(anyOf) }),
    ...(oneOf && { oneOf: all(oneOf) }),
    ...(allOf && { allOf: all(allOf) }),
  }
}
