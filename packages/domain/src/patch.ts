/**
 * Changes of fields: how they are written down, and what is left of them when nothing is said twice.
 *
 * @module
 */
import * as z from 'zod'

type Patch<Shape extends Record<string, z.ZodType>> = {
  [Name in keyof Shape]: z.ZodOptional<z.ZodNullable<Shape[Name]>>
}

/** Fields of which only the changed ones are named; `null` clears. */
export const clearable = <Shape extends Record<string, z.ZodType>>(shape: Shape): Patch<Shape> =>
  Object.fromEntries(
    Object.entries(shape).map(([name, schema]) => [name, schema.nullable().optional()]),
  ) as Patch<Shape>

/** Fields that may be left out. */
export const optional = <Shape extends Record<string, z.ZodType>>(
  shape: Shape,
): { [Name in keyof Shape]: z.ZodOptional<Shape[Name]> } =>
  Object.fromEntries(Object.entries(shape).map(([name, schema]) => [name, schema.optional()])) as {
    [Name in keyof Shape]: z.ZodOptional<Shape[Name]>
  }

/** Without what is `undefined`: no such thing can be stored. */
export const defined = <Fields extends object>(fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Fields

/** Nothing may be said in three ways: left out, `null`, or a list or record without entries. */
export const isNothing = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  (typeof value === 'object' && Object.keys(value).length === 0)

/** Whether two values hold the same. The order of items counts, that of fields does not. */
export const isSame = (a: unknown, b: unknown): boolean => {
  if (isNothing(a) || isNothing(b)) return isNothing(a) && isNothing(b)
  if (typeof a !== 'object' || typeof b !== 'object') return a === b
  const [before, after] = [new Map(Object.entries(a ?? {})), new Map(Object.entries(b ?? {}))]
  if (before.size !== after.size || Array.isArray(a) !== Array.isArray(b)) return false
  return [...before].every(([name, value]) => after.has(name) && isSame(value, after.get(name)))
}

/** The changes that change something. */
export const changesIn = <Changes extends object>(known: object, changes: Changes): Changes => {
  const before = new Map<string, unknown>(Object.entries(known))
  return Object.fromEntries(
    Object.entries(changes).filter(
      ([name, value]) => value !== undefined && !isSame(before.get(name), value),
    ),
  ) as Changes
}

/** The fields after a change; `null` clears. */
export const patched = <Known extends object>(known: Known, changes: object): Known =>
  Object.fromEntries(
    Object.entries({ ...known, ...defined(changes) }).filter(([, value]) => value !== null),
  ) as Known

export const isEmpty = (fields: object): boolean => Object.keys(fields).length === 0
