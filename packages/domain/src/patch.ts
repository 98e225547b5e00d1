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
