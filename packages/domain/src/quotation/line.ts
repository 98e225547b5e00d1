/**
 * A line of a quotation: something offered at a price, or words between such lines.
 *
 * @module
 */
import * as z from 'zod'
import { Ulid } from '../id.ts'
import { Percent, Quantity } from '../money/decimal.ts'
import { Money, UnitPrice } from '../money/money.ts'
import { Label } from '../text/label.ts'
import { FreeText, Line as OneLine } from '../text/text.ts'

/** What an item says of itself; all else of it follows. */
export const itemFields = {
  productId: Ulid.optional(),
  description: FreeText,
  quantity: Quantity,
  unit: Label.optional(),
  /** May have two digits more than its currency, where that has any. May be negative: a reduction. */
  unitPrice: UnitPrice,
  discountPercent: Percent.optional(),
  /** `null` is exempt, which is another thing than `"0"`. */
  taxRate: Percent.nullable(),
}

/** What an item comes to, in the terms of its price: without tax, or with it where prices include it. */
const figures = {
  /** What the discount takes off. */
  discount: Money,
  /** Quantity times price, rounded to the currency's digits, less the discount. */
  amount: Money,
}

export const Item = z.strictObject({
  id: Ulid,
  kind: z.literal('item'),
  ...itemFields,
  ...figures,
})
export type Item = z.infer<typeof Item>

const Section = z.strictObject({ id: Ulid, kind: z.literal('section'), description: OneLine })

/** Its words may be about a person, so events keep them apart, sealed. */
const Note = z.strictObject({ id: Ulid, kind: z.literal('note') })

export const QuotationLine = z.discriminatedUnion('kind', [Item, Section, Note])
export type QuotationLine = z.infer<typeof QuotationLine>

/** An item before anything of it was worked out. */
export type PricedItem = Omit<Item, 'discount' | 'amount'>
/** A line before anything of it was worked out. */
export type PricedLine = PricedItem | Exclude<QuotationLine, Item>

/** The most lines one quotation has. */
export const mostLines = 500
