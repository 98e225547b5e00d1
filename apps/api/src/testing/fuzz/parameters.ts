/**
 * What must be refused in addresses, queries and headers, parameter by parameter.
 *
 * @internal
 * @module
 */
import type { Operation, Parameter } from './document.ts'
import { ownNameIn } from './samples.ts'
import { addressOf, type Place } from './standing.ts'

export interface WrongParameter {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  /** What the refusal must point at, and in which part of the request. */
  readonly pointer: string
  readonly in: Parameter['in']
}

/** Twice, too long, not Unicode, and nothing that a database could hold. */
const wrongQueries = [
  (name: string) => `${name}=1&${name}=1`,
  (name: string) => `${name}=${'x'.repeat(9_000)}`,
  (name: string) => `${name}=%ff`,
  (name: string) => `${name}=%00`,
]

const wrongParts = ['%00', "'", '__proto__', '%E2%80%8C', '-1']
const wrongHeaders = ['a b', '\u00ff', 'x'.repeat(300)]

/** Whether the document says how a value must look; else any is only unknown. */
const isShaped = ({ schema: { pattern, format } }: Parameter): boolean =>
  pattern !== undefined || format !== undefined

export const wrongParametersOf = (
  operation: Operation,
  place: Place,
): readonly WrongParameter[] => {
  const usual = { path: addressOf(operation, place), headers: place.headers }
  return operation.parameters.flatMap((parameter, index): readonly WrongParameter[] => {
    const { name, schema, in: part } = parameter
    const pick = (values: readonly string[]) => values[index % values.length] ?? ''
    const wrong = { ...usual, in: part, pointer: `/${name}` }
    switch (part) {
      case 'query': {
        const isMap = schema.type === 'object'
        const field = isMap ? ownNameIn(schema) : undefined
        const query = wrongQueries[isMap ? 0 : index % wrongQueries.length]?.(
          field === undefined ? name : `${name}.${field}`,
        )
        const pointer = field === undefined ? wrong.pointer : `${wrong.pointer}/${field}`
        return [{ ...wrong, path: `${usual.path}?${query}`, pointer }]
      }
      case 'path': {
        if (!isShaped(parameter)) return []
        const url = operation.url.replace(`:${name}`, pick(wrongParts))
        return [{ ...wrong, path: addressOf({ ...operation, url }, place) }]
      }
      case 'header':
        if (!isShaped(parameter)) return []
        return [{ ...wrong, headers: { ...usual.headers, [name]: pick(wrongHeaders) } }]
    }
  })
}
