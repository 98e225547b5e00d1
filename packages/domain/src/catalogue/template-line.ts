/**
 * A line of a template: something that is offered again and again, or words between such lines. What
 * an item leaves out is the product's at the moment at which the template is applied.
 *
 * @module
 */
import * as z from 'zod'
import { Ulid } from '../id.ts'
import { Percent, Quantity } from '../money/decimal.ts'
import { Money } from '../money/money.ts'
import { Label } from '../text/label.ts'
import { FreeText, Line } from '../text/text.ts'

/** What an item may say of itself; without a product it has a description and a price. */
export const templateItemFields = {
  productId: Ulid.optional(),
  description: FreeText.optional(),
  quantity: Quantity.optional(),
  unit: Label.optional(),
  unitPrice: Money.optional(),
  discountPercent: Percent.optional(),
  /** Left out it is the product's, else the company's; `null` is exempt. */
  taxRate: Percent.nullable().optional(),
}

const Item = z.strictObject({ id: Ulid, kind: z.literal('item'), ...templateItemFields })
const Section = z.strictObject({ id: Ulid, kind: z.literal('section'), description: Line })
const Note = z.strictObject({ id: Ulid, kind: z.literal('note'), description: FreeText })

/** Its id stays over all revisions, so that what was made from it can name it. */
export const TemplateLine = z.discriminatedUnion('kind', [Item, Section, Note])
export type TemplateLine = z.infer<typeof TemplateLine>

/** How much of an option a customer may take; without bounds any quantity. */
export const optionBounds = {
  quantityEditable: z.boolean(),
  minQuantity: Quantity.optional(),
  maxQuantity: Quantity.optional(),
}

/** An item that is offered beside the lines, to be taken or not. */
export const TemplateOption = Item.extend(optionBounds)
export type TemplateOption = z.infer<typeof TemplateOption>

/** As many lines as a quotation has at most. */
export const mostTemplateLines = 500
export const mostTemplateOptions = 100
