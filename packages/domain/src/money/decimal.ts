/**
 * Exact numbers that are not money: quantities, rates, percentages. Decimal text outside, so that
 * they survive JSON unharmed.
 *
 * @module
 */
import * as z from 'zod'

/** How much of something: not negative, at most six digits after the point. */
export const Quantity = z
  .string()
  .regex(/^(?:0|[1-9]\d{0,14})(?:\.\d{1,6})?$/, 'must be decimal text that is not negative')
export type Quantity = z.infer<typeof Quantity>

/** From 0 to 100, at most four digits after the point. */
export const Percent = z
  .string()
  .regex(/^(?:100(?:\.0{1,4})?|[1-9]?\d(?:\.\d{1,4})?)$/, 'must be a percentage from 0 to 100')
export type Percent = z.infer<typeof Percent>

/** How many of one currency another one costs: above 0. */
export const Rate = z
  .string()
  .regex(/^(?=.*[1-9])(?:0|[1-9]\d{0,17})(?:\.\d{1,12})?$/, 'must be decimal text above 0')
export type Rate = z.infer<typeof Rate>
