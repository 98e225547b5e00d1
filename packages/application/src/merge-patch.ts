/**
 * A field that holds fields, after a merge patch (RFC 7396): those that are named change, `null` takes
 * one out, and all others stay.
 *
 * @module
 */
import * as z from 'zod'

type Changes<Known> = { readonly [Name in keyof Known]?: Known[Name] | null | undefined }

/** With nothing left in it the field is cleared. */
export const mergedInto = <Known extends object>(
  known: Known | undefined,
  changes: Changes<Known> | null | undefined,
): Known | null | undefined => {
  if (changes === undefined || changes === null) return changes
  const named = Object.entries(changes).filter(([, value]) => value !== undefined)
  const left = Object.entries({ ...known, ...Object.fromEntries(named) }).filter(
    ([, value]) => value !== null,
  )
  return left.length === 0 ? null : (Object.fromEntries(left) as Known)
}

/** The same object with every field to be left out, changed or taken out. */
export const changesOfShape = <Shape extends Record<string, z.ZodOptional>>(shape: Shape) =>
  z.strictObject(
    Object.fromEntries(Object.entries(shape).map(([name, field]) => [name, field.nullable()])) as {
      [Name in keyof Shape]: z.ZodNullable<Shape[Name]>
    },
  )
