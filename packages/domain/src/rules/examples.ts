/**
 * Leads and conditions as tests invent them.
 *
 * @module
 */
import fc from 'fast-check'
import type { Condition } from './condition.ts'
import type { LeadFacts } from './matching.ts'

const country = fc.constantFrom('IR', 'AE', 'DE')
const source = fc.constantFrom('web', 'نمایشگاه')
const tag = fc.constantFrom('vip', 'export')
const kind = fc.constantFrom('lead' as const, 'opportunity' as const)
const amount = fc.record({
  amount: fc.constantFrom('0', '999.50', '1000', '25000'),
  currency: fc.constantFrom('EUR', 'IRR'),
})
const percent = fc.integer({ min: 0, max: 100 })

const unknown = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined })

export const leadFacts: fc.Arbitrary<LeadFacts> = fc.record({
  kind,
  probability: unknown(percent),
  source: unknown(source),
  country: unknown(country),
  tags: fc.uniqueArray(tag),
  expectedRevenue: unknown(amount),
  ageDays: fc.nat({ max: 60 }),
})

const order = fc.constantFrom('eq' as const, 'ne' as const, 'gte' as const, 'lte' as const)
const equality = fc.constantFrom('eq' as const, 'ne' as const)

const comparisons: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ field: fc.constant('country' as const), op: equality, value: country }),
  fc.record({
    field: fc.constant('source' as const),
    op: fc.constant('in' as const),
    value: fc.array(source, { minLength: 1, maxLength: 2 }),
  }),
  fc.record({
    field: fc.constant('tags' as const),
    op: fc.constant('contains' as const),
    value: tag,
  }),
  fc.record({ field: fc.constant('probability' as const), op: order, value: percent }),
  fc.record({ field: fc.constant('expectedRevenue' as const), op: order, value: amount }),
  fc.record({ field: fc.constant('kind' as const), op: equality, value: kind }),
  fc.record({
    field: fc.constantFrom('probability' as const, 'country' as const, 'tags' as const),
    op: fc.constant('present' as const),
    value: fc.boolean(),
  }),
)

export const { condition: conditions } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    comparisons,
    fc.record({ all: fc.array(tie('condition'), { maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie('condition') }),
  ),
}))
