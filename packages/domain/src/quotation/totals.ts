/**
 * What a quotation comes to. Worked out once, when something changes, and recorded then: a later
 * change of a rule never changes what was offered.
 *
 * @module
 */
import * as z from 'zod'
import { Percent } from '../money/decimal.ts'
import { Money } from '../money/money.ts'

/** Every amount is in the quotation's currency. The bases add up to the net; net and taxes to the total. */
export const Totals = z.strictObject({
  /** Without tax, discounts taken off. */
  net: Money,
  /** What the discounts of the lines take off, in the terms of the prices. */
  discount: Money,
  /** One row for each rate, the lowest first; what is exempt comes last, under `null`. */
  taxes: z.array(z.strictObject({ rate: Percent.nullable(), base: Money, tax: Money })),
  total: Money,
  /** The tax less what rounding it line by line would have given: what a recount may be off by. */
  roundingDifference: Money,
})
export type Totals = z.infer<typeof Totals>
