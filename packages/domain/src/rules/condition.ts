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

const equal = ['eq', 'ne'] as const
const ordered = [...equal, 'gte', 'lte'] as const

const comparison = <Field extends string, Op extends string, Value extends z.ZodType>(
  field: Field,
  ops: readonly [Op, ...Op[]],
  value: Value,
) => z.strictObject({ field: z.literal(field), op: z.literal([...ops]), value })

/** How one field may be compared: by these, by whether it is one of several, and whether it is known. */
const comparedBy = <Field extends string, Op extends string, Value extends z.ZodType>(
  field: Field,
  ops: readonly [Op, ...Op[]],
  value: Value,
) =>
  z.discriminatedUnion('op', [
    comparison(field, ops, value),
    comparison(field, ['in'], z.array(value).min(1).max(mostValues)),
    comparison(field, ['present'], z.boolean()),
  ])

/** What is not known equals nothing, is neither above nor below anything, and differs from all. */
export const Comparison = z.discriminatedUnion('field', [
  comparedBy('source', [...equal, 'contains'], Label),
  comparedBy('country', [...equal, 'contains'], Label),
  comparedBy('region', [...equal, 'contains'], Label),
  comparedBy('language', [...equal, 'contains'], Label),
  comparedBy('tags', ['contains'], Label),
  comparedBy('probability', ordered, Probability),
  comparedBy('ageDays', ordered, Days),
  comparedBy('expectedRevenue', ordered, Money),
  comparedBy('kind', equal, Kind),
  comparedBy('teamId', equal, Ulid),
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
