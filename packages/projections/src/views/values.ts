/**
 * The values that answers are made of.
 *
 * @module
 */
import { Money } from '@forsat/domain'
import * as z from 'zod'

export const Id = z.string().describe('A ULID.')
export const Text = z.string()
export const InstantText = z.string().describe('A moment in UTC, to the millisecond.')
export const DateText = z.string().describe("A company's local day, Gregorian, YYYY-MM-DD.")
/**
 * One amount a currency: sums of several currencies are never one number. What any number of amounts
 * add up to has as many digits as it takes.
 */
export const Sums = z.array(
  Money.extend({ amount: z.string().regex(/^-?(?:0|[1-9]\d*)(?:\.\d{1,10})?$/) }),
)
export const Percentage = z.number().min(0).max(100)
export const Count = z.int().min(0)

/** Who did something. The name is looked up on reading; the log has none. */
export const Actor = z.strictObject({
  id: Text,
  kind: z.enum(['user', 'customer', 'system', 'import']),
  name: Text.optional(),
})
export type Actor = z.infer<typeof Actor>

/** What may be odd and was taken all the same. */
export const Warning = z.strictObject({ code: Text, field: Text })
export type Warning = z.infer<typeof Warning>

export { Money }
