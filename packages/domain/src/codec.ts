/**
 * Between events as the code speaks them and events as they are stored: names carry a version, and
 * retired shapes are lifted, step by step, to the newest.
 *
 * @module
 */
import * as E from 'fp-ts/lib/Either.js'
import type * as z from 'zod'
import { type PersonalMark, personalFields } from './personal.ts'

/** An event as stored: `type` is the name and the version, `QuotationSent.v1`. */
export interface StoredShape {
  readonly type: string
  readonly data: unknown
}

/** Why a stored event cannot be read. An audit has no gaps, so a reader stops here and says so. */
export interface UndecodableEvent {
  readonly type: 'UndecodableEvent'
  readonly storedType: string
  readonly why: 'unknown-type' | 'unknown-version' | 'malformed'
  readonly issues: readonly { readonly path: string; readonly message: string }[]
}

interface AnyEvent {
  readonly type: string
  readonly data: object
}

/** A shape that is written no more, with the one step that leads out of it. */
export interface Retired {
  readonly type: string
  readonly lift: (data: unknown) => E.Either<UndecodableEvent, StoredShape>
}

export const retired = <Schema extends z.ZodType>(
  type: string,
  schema: Schema,
  lift: (data: z.infer<Schema>) => StoredShape,
): Retired => ({
  type,
  lift: (data) => {
    const parsed = schema.safeParse(data)
    return parsed.success ? E.right(lift(parsed.data)) : E.left(malformed(type, parsed.error))
  },
})

export interface Codec<Event extends AnyEvent> {
  /** The current stored type of each event: `{ QuotationSent: 'QuotationSent.v2' }`. */
  readonly storedTypes: Readonly<Record<Event['type'], string>>
  /** The personal fields of each event, by event and field. */
  readonly personal: Readonly<Record<Event['type'], Readonly<Record<string, PersonalMark>>>>
  /** The schema of each event's data, for documents and exports. */
  readonly schemas: Readonly<Record<Event['type'], z.ZodObject>>
  readonly encode: (event: Event) => StoredShape
  /** Reads a stored event and checks every field against its schema. */
  readonly decode: (stored: StoredShape) => E.Either<UndecodableEvent, Event>
  /**
   * Reads a stored event that was checked when it was appended: name and version are checked, the
   * newest shape is trusted, retired shapes pass through their schemas.
   */
  readonly read: (stored: StoredShape) => E.Either<UndecodableEvent, Event>
}

/** A discriminated union of `message`s. */
type EventSchema<Event> = z.ZodType<Event> & {
  readonly options: readonly { readonly shape: Record<string, z.core.$ZodType> }[]
}

export const codecOf = <Event extends AnyEvent>({
  event,
  versions,
  history = [],
}: {
  readonly event: EventSchema<Event>
  readonly versions: Readonly<Record<Event['type'], number>>
  readonly history?: readonly Retired[]
}): Codec<Event> => {
  type Name = Event['type']
  const names = Object.keys(versions) as Name[]
  const table = <Value>(value: (name: Name) => Value) =>
    Object.fromEntries(names.map((name) => [name, value(name)])) as Record<Name, Value>

  const storedTypes = table((name) => `${name}.v${versions[name]}`)
  const nameOf = new Map<string, Name>(names.map((name) => [storedTypes[name], name]))
  const steps = new Map(history.map((step) => [step.type, step]))

  const dataSchemas = new Map(
    event.options.map(({ shape }) => [
      (shape['type'] as z.ZodLiteral<string>).value,
      shape['data'] as z.ZodObject,
    ]),
  )
  const schemas = table((name) => {
    const schema = dataSchemas.get(name)
    if (schema === undefined) throw new TypeError(`no schema for the event ${name}`)
    return schema
  })

  const read: Codec<Event>['read'] = (stored) => {
    let current = stored
    for (;;) {
      const name = nameOf.get(current.type)
      if (name !== undefined) return E.right({ type: name, data: current.data } as unknown as Event)
      const step = steps.get(current.type)
      if (step === undefined) return E.left(unknown(stored.type, versions))
      const lifted = step.lift(current.data)
      if (E.isLeft(lifted)) return lifted
      current = lifted.right
    }
  }

  return {
    storedTypes,
    schemas,
    personal: table((name) => personalFields(schemas[name])),
    encode: ({ type, data }) => ({ type: storedTypes[type as Name], data }),
    read,
    decode: (stored) => {
      const current = read(stored)
      if (E.isLeft(current)) return current
      const parsed = schemas[current.right.type as Name].safeParse(current.right.data)
      return parsed.success ? current : E.left(malformed(stored.type, parsed.error))
    },
  }
}

const unknown = (storedType: string, versions: Readonly<Record<string, number>>) => ({
  type: 'UndecodableEvent' as const,
  storedType,
  why: Object.hasOwn(versions, storedType.replace(/\.v\d+$/, ''))
    ? ('unknown-version' as const)
    : ('unknown-type' as const),
  issues: [],
})

const malformed = (storedType: string, error: z.ZodError) => ({
  type: 'UndecodableEvent' as const,
  storedType,
  why: 'malformed' as const,
  issues: error.issues.map(({ path, message }) => ({ path: path.join('.'), message })),
})
