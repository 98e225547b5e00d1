/**
 * An option is something offered beside the lines: it counts only once the customer takes it, at the
 * price at which it was offered.
 *
 * @module
 */
import * as z from 'zod'
import { Quantity } from '../money/decimal.ts'
import { compareDecimals } from '../money/exact.ts'
import { Money } from '../money/money.ts'
import { Item } from './line.ts'

/** An item, and how much of it may be taken. */
export const QuotationOption = Item.extend({
  /** Whether the customer may take another quantity than the one offered. */
  quantityEditable: z.boolean(),
  minQuantity: Quantity.optional(),
  maxQuantity: Quantity.optional(),
})
export type QuotationOption = z.infer<typeof QuotationOption>

/** How much was taken, and what that much comes to. */
export const Taken = z.strictObject({ quantity: Quantity, discount: Money, amount: Money })
export type Taken = z.infer<typeof Taken>

/** An option with the answer that was given to it, if one was. */
export interface Option extends QuotationOption {
  readonly taken?: Taken | undefined
  readonly declined?: true | undefined
}

/** An option before anything of it was worked out; of an answer only the quantity counts. */
export interface PricedOption extends Omit<Option, 'discount' | 'amount' | 'taken'> {
  readonly taken?: Pick<Taken, 'quantity'> | undefined
}

/** The most options one quotation has. */
export const mostOptions = 100

export const isAsMuch = (one: string, other: string): boolean => compareDecimals(one, other) === 0

/** Whether so much of it may be taken. */
export const isTakeable = (
  {
    quantity: offered,
    quantityEditable,
    minQuantity,
    maxQuantity,
  }: Pick<Option, 'quantity' | 'quantityEditable' | 'minQuantity' | 'maxQuantity'>,
  quantity: string,
): boolean => {
  if (!quantityEditable) return isAsMuch(quantity, offered)
  if (minQuantity !== undefined && compareDecimals(quantity, minQuantity) < 0) return false
  return maxQuantity === undefined || compareDecimals(quantity, maxQuantity) <= 0
}

/** What the customer answered before, as far as it still answers what is offered now. */
export const withAnswer = (
  option: PricedOption,
  before: Pick<Option, 'taken' | 'declined'>,
): PricedOption => {
  const { taken: _taken, declined: _declined, ...offered } = option
  const { taken, declined } = before
  if (declined) return { ...offered, declined }
  return taken !== undefined && isTakeable(option, taken.quantity) ? { ...offered, taken } : offered
}
