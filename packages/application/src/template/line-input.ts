/**
 * Lines and options of a template as they are asked for: whole lists, in which those that stay are
 * named by their ids. What an item does not say, its product says when the template is applied.
 *
 * @module
 */
import {
  compareDecimals,
  mostTemplateLines,
  mostTemplateOptions,
  optionBounds,
  templateItemFields,
  Ulid,
} from '@forsat/domain'
import * as z from 'zod'
import { checkLine } from '../quotation/line-input.ts'

const named = { id: Ulid.optional() }

const Line = z
  .strictObject({
    ...named,
    kind: z.enum(['item', 'section', 'note']).default('item'),
    ...templateItemFields,
  })
  .superRefine(checkLine)
export type LineInput = z.output<typeof Line>

const optionShape = {
  ...named,
  kind: z.literal('item').default('item'),
  ...templateItemFields,
  ...optionBounds,
  quantityEditable: optionBounds.quantityEditable.default(false),
}
export type OptionInput = z.output<z.ZodObject<typeof optionShape>>

/** Bounds belong to a quantity that may change, and hold what is offered. */
const checkBounds = (option: OptionInput, context: z.core.$RefinementCtx): void => {
  const { quantityEditable, minQuantity, maxQuantity, quantity = '1' } = option
  const say = (field: string, message: string) =>
    context.addIssue({ code: 'custom', path: [field], message, input: option })
  const isAbove = (a: string | undefined, b: string | undefined) =>
    a !== undefined && b !== undefined && compareDecimals(a, b) > 0
  // What is wrong by itself is not held against the others.
  if (context.issues.length > 0) return
  if (!quantityEditable) {
    for (const bound of ['minQuantity', 'maxQuantity'] as const) {
      if (option[bound] !== undefined) say(bound, 'has no place where the quantity is fixed')
    }
    return
  }
  if (isAbove(minQuantity, maxQuantity)) return say('maxQuantity', 'must not be below minQuantity')
  if (isAbove(minQuantity, quantity)) say('quantity', 'must not be below minQuantity')
  if (isAbove(quantity, maxQuantity)) say('quantity', 'must not be above maxQuantity')
}

const Option = z.strictObject(optionShape).superRefine(checkLine).superRefine(checkBounds)

export const lists = {
  lines: z.array(Line).max(mostTemplateLines),
  options: z.array(Option).max(mostTemplateOptions),
}
