/**
 * A line as it is asked for: an item by its product, its price or both, or words between items.
 *
 * @module
 */
import { FreeText, itemFields, Line, Ulid } from '@forsat/domain'
import * as z from 'zod'

const { productId, quantity, unit, unitPrice, discountPercent, taxRate } = itemFields

const priced = {
  productId,
  quantity: quantity.optional(),
  unit,
  unitPrice: unitPrice.optional(),
  discountPercent,
  /** Left out it is the product's, else the company's; `null` is exempt. */
  taxRate: taxRate.optional(),
}

export const lineShape = {
  kind: z.enum(['item', 'section', 'note']).default('item'),
  /** Where in the list it stands, from 0; by default at its end. */
  position: z.int().min(0).optional(),
  description: FreeText.optional(),
  ...priced,
}

export type LineInput = z.output<z.ZodObject<typeof lineShape>>

/** What a kind of line cannot do without, and what has no place in it. */
export const checkLine = (line: LineInput, context: z.core.$RefinementCtx): void => {
  const say = (field: string, message: string) =>
    context.addIssue({ code: 'custom', path: [field], message, input: line })
  if (line.kind === 'item') {
    const { productId: product } = line
    if (product === undefined && line.description === undefined) {
      say('description', 'is required where no product is named')
    }
    if (product === undefined && line.unitPrice === undefined) {
      say('unitPrice', 'is required where no product is named')
    }
    return
  }
  if (line.description === undefined) say('description', 'is required')
  const oneLine = line.kind === 'note' || line.description === undefined
  if (!oneLine && !Line.safeParse(line.description).success) {
    say('description', 'must be one line of at most 200 characters')
  }
  for (const name of Object.keys(priced) as (keyof typeof priced)[]) {
    if (line[name] !== undefined) say(name, `has no place in a ${line.kind}`)
  }
}

/** Of a new quotation. */
export const NewLine = z.strictObject(lineShape).superRefine(checkLine)

/** Of a whole list that replaces another: a line that is named by its id stays. */
export const ListedLine = z
  .strictObject({ id: Ulid.optional(), ...lineShape })
  .superRefine((line, context) => {
    // What an item that stays does not say again, it keeps.
    if (line.id === undefined || line.kind !== 'item') checkLine(line, context)
  })
