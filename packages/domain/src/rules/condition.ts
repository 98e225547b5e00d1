/**
 * A condition says which leads somebody takes: comparisons of what is known of a lead, and whether
 * all, any or none of them hold. It is data, never code: checked when it arrives, shown in words,
 * stored as it was typed.
 *
 *     { all: [{ field: 'country', op: 'eq', value: 'IR' }, { not: { field: 'tags', op: 'contains', value: 'vip' } }] }
 *
 * @module
 */
import * as z from 'zod'
import { Ulid } from '../id.ts'
import { Money } from '../money/money.ts'
import { Label } from '../text/label.ts'

/** How deep conditions may lie in each other, and how many comparisons they may hold in all. */
export const deepest = 8
export const mostComparisons = 100
const mostValues = 100

const Kind = z.enum(['lead', 'opportunity'])
const Probability = z.number().min(0).max(100)
const Days = z.int().min(0).max(100_000)
const TextField = z.enum(['source', 'country', 'region', 'language'])
const AnyField = z.enum([
  ...TextField.options,
  'probability',
  'tags',
  'expectedRevenue',
  'kind',
  'ageDays',
  'teamId',
])

const Equality = z.enum(['eq', 'ne'])
const Order = z.enum(['eq', 'ne', 'gte', 'lte'])

const comparison = <
  Field extends z.ZodType<string>,
  Op extends z.ZodType<string>,
  Value extends z.ZodType,
>(
  field: Field,
  op: Op,
  value: Value,
) => z.strictObject({ field, op, value })

const oneOf = <Field extends z.ZodType<string>, Value extends z.ZodType>(
  field: Field,
  value: Value,
) => comparison(field, z.literal('in'), z.array(value).min(1).max(mostValues))

/** What is not known equals nothing, is neither above nor below anything, and differs from all. */
export const Comparison = z.union([
  comparison(TextField, Equality.or(z.literal('contains')), Label),
  oneOf(TextField, Label),
  comparison(z.literal('tags'), z.literal('contains'), Label),
  oneOf(z.literal('tags'), Label),
  comparison(z.literal('probability'), Order, Probability),
  oneOf(z.literal('probability'), Probability),
  comparison(z.literal('ageDays'), Order, Days),
  oneOf(z.literal('ageDays'), Days),
  comparison(z.literal('expectedRevenue'), Order, Money),
  oneOf(z.literal('expectedRevenue'), Money),
  comparison(z.literal('kind'), Equality, Kind),
  oneOf(z.literal('kind'), Kind),
  comparison(z.literal('teamId'), Equality, Ulid),
  oneOf(z.literal('teamId'), Ulid),
  comparison(AnyField, z.literal('present'), z.boolean()),
])
export type Comparison = z.infer<typeof Comparison>

export type Condition =
  | Comparison
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }

/** Conditions in conditions, however deep: within a rule there is a limit. */
const Nested: z.ZodType<Condition> = z
  .lazy(() =>
    z.union(
      [
        z.strictObject({ all: z.array(Nested).max(mostComparisons) }),
        z.strictObject({ any: z.array(Nested).min(1).max(mostComparisons) }),
        z.strictObject({ not: Nested }),
        Comparison,
      ],
      { error: 'must be {all}, {any}, {not} or {field, op, value} with a value that fits both' },
    ),
  )
  .meta({ id: 'Condition' })

/** The conditions that one holds itself. */
export const partsOf = (condition: Condition): readonly Condition[] => {
  if ('all' in condition) return condition.all
  if ('any' in condition) return condition.any
  return 'not' in condition ? [condition.not] : []
}

const depthOf = (condition: Condition): number =>
  1 + Math.max(0, ...partsOf(condition).map(depthOf))

const comparisonsIn = (condition: Condition): number =>
  'field' in condition ? 1 : partsOf(condition).reduce((sum, part) => sum + comparisonsIn(part), 0)

/** A condition as it may be asked for. `{ all: [] }` holds for every lead. */
export const Condition = Nested.refine(
  (condition) => depthOf(condition) <= deepest,
  `must be at most ${deepest} deep`,
).refine(
  (condition) => comparisonsIn(condition) <= mostComparisons,
  `must hold at most ${mostComparisons} comparisons`,
)
