/**
 * Requests at random, made of what the document says of an operation: as it should be, wrong in one
 * thing, or nothing of the kind.
 *
 * @internal
 * @module
 */
import fc, { type Arbitrary } from 'fast-check'
import type { Asked } from './asking.ts'
import type { Body, Operation, Parameter, Schema } from './document.ts'
import { fieldsOf } from './fields.ts'
import { oddBodies, oddHeaders, oddParts } from './oddities.ts'
import { addressOf, type Place } from './standing.ts'
import { anyText, valueLike } from './values.ts'
import { bodyText, wrongsOf } from './wrongs.ts'

/** A request that is yet to find its place. */
export type Sketch = (place: Place) => Asked

/** Any request to an operation. */
export const sketchOf = (operation: Operation): Arbitrary<Sketch> =>
  fc
    .record({
      path: pathOf(operation),
      query: queryOf(operation),
      headers,
      body: bodyOf(operation),
    })
    .map(
      ({ path, query, headers: odd, body }): Sketch =>
        (place) => {
          const content = body(place)
          const type = content === undefined ? {} : { 'content-type': 'application/json' }
          return {
            method: operation.method,
            path: `${path(place)}${query(place)}`,
            headers: { ...place.headers, ...type, ...odd },
            ...(content === undefined ? {} : { body: content }),
          }
        },
    )

/** Mostly one thing, now and then another. */
const mostly = <Value>(usual: Arbitrary<Value>, other: Arbitrary<Value>, weight = 6) =>
  fc.oneof({ weight, arbitrary: usual }, { weight: 1, arbitrary: other })

const encoded = (text: string): string => encodeURIComponent(text.toWellFormed())

type Written = (place: Place) => string

const pathOf = (operation: Operation): Arbitrary<Written> => {
  const usual: Written = (place) => addressOf(operation, place)
  const names = namesIn(operation, 'path')
  if (names.length === 0) return fc.constant(usual)
  const text = fc.oneof(anyText.map(encoded), fc.constantFrom(...oddParts))
  const odd = fc.record({ name: fc.constantFrom(...names), text }).map(
    ({ name, text: part }): Written =>
      (place) => {
        const { url } = operation
        return addressOf({ ...operation, url: url.replace(`:${name}`, part) }, place)
      },
  )
  return mostly(fc.constant(usual), odd)
}

const namesIn = ({ parameters }: Operation, part: Parameter['in']): readonly string[] =>
  parameters.filter((each) => each.in === part).map(({ name }) => name)

const queryOf = (operation: Operation): Arbitrary<Written> => {
  const known = operation.parameters.filter((each) => each.in === 'query')
  const right = known.map(({ name, schema }) =>
    valueLike(schema).map((value) => written(name, value)),
  )
  const wrong = fc
    .tuple(fc.constantFrom(...namesIn(operation, 'query'), 'nope', '__proto__', 'a[b]'), anyText)
    .map(([name, text]) => written(name, text))
  const odd = fc.constantFrom('%', '%ff=1', '=', '&&', 'limit=%ff', '__proto__[x]=1', '?', '#')
  const part = fc.oneof(
    ...right.map((arbitrary) => ({ weight: 4, arbitrary })),
    { weight: Math.ceil(right.length / 2), arbitrary: wrong },
    { weight: 1, arbitrary: odd },
  )
  const parts = fc.array(part, { minLength: 1, maxLength: 3 })
  const asked = fc.tuple(parts, fc.nat(), fc.boolean()).map(
    ([own, which, isDoubled]): Written =>
      ({ queries }) => {
        const standing = queries[which % Math.max(queries.length, 1)] ?? ''
        const all = [standing, ...own, ...(isDoubled ? own.slice(0, 1) : [])]
        return `?${all.filter((each) => each !== '').join('&')}`
      },
  )
  const none = fc.constant<Written>(() => '')
  return known.length === 0 ? mostly(none, asked, 12) : mostly(asked, none, 4)
}

/** A parameter, and each field of one that has fields. */
const written = (name: string, value: unknown): string => {
  if (typeof value !== 'object' || value === null)
    return `${encoded(name)}=${encoded(String(value))}`
  return Object.entries(value)
    .map(([field, each]) => written(`${name}.${field}`, each))
    .join('&')
}

/** One header that is odd, now and then. */
const headers: Arbitrary<Readonly<Record<string, string>>> = mostly(
  fc.constant({}),
  fc.oneof(
    ...Object.entries(oddHeaders).map(([name, values]) =>
      fc.constantFrom(...values).map((value) => ({ [name]: value })),
    ),
  ),
  3,
)

type Content = (place: Place) => Uint8Array | undefined

const sent =
  (bytes: Uint8Array | undefined): Content =>
  () =>
    bytes

const bodyOf = ({ body }: Operation): Arbitrary<Content> => {
  const nothing = fc.constant(sent(undefined))
  const odd = fc
    .oneof(
      { weight: 3, arbitrary: fc.constantFrom(...oddBodies) },
      { weight: 1, arbitrary: fc.uint8Array({ maxLength: 60 }) },
      { weight: 1, arbitrary: fc.json().map((text) => Buffer.from(text)) },
    )
    .map(sent)
  if (body === undefined) return mostly(nothing, odd, 15)

  const { schema, example } = body
  const standing = ({ body: known }: Place) => known ?? example
  const right: Content = (place) => bytesOf(standing(place))
  const changed = changesOf(body).map(
    (changes): Content =>
      (place) =>
        bytesOf({ ...standing(place), ...changes }),
  )
  const any = valueLike(schema).map((value) => sent(bytesOf(value)))
  const wrong = fc
    .constantFrom(...fieldsOf(schema, example))
    .chain((field) => fc.constantFrom(...wrongsOf(field).flat()))
    .map(({ body: text }) => sent(Buffer.from(text)))
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant(right) },
    { weight: 5, arbitrary: changed },
    { weight: 2, arbitrary: any },
    { weight: 4, arbitrary: wrong },
    { weight: 2, arbitrary: odd },
    { weight: 1, arbitrary: nothing },
  )
}

const bytesOf = (body: unknown): Uint8Array => Buffer.from(bodyText(body))

/** Other values for some fields; what names a record stays, for the rest to be looked at. */
const changesOf = ({ schema: { properties = {} } }: Body): Arbitrary<object> => {
  const fields = Object.entries(properties).filter(([, field]) => !isName(field))
  const most = Math.min(fields.length, 4)
  return fc
    .subarray(fields, { minLength: Math.min(most, 1), maxLength: most })
    .chain((some) =>
      fc.record(Object.fromEntries(some.map(([name, field]) => [name, valueLike(field)]))),
    )
}

const isName = ({ pattern = '' }: Schema): boolean => pattern.includes('A-HJKMNP-TV-Z')
