/**
 * An option as it is asked for: an item, and how much of it the customer may take.
 *
 * @module
 */
import { isTakeable, type Option, type PricedOption, Quantity, Ulid } from '@forsat/domain'
import * as E from 'fp-ts/lib/Either.js'
import * as z from 'zod'
import { invalid, type Refusal } from '../refusal.ts'
import type { Setting } from '../use-case.ts'
import { checkLine, lineShape } from './line-input.ts'
import { pricedLine } from './pricing.ts'
import type { Tender } from './unit-price.ts'

export const boundsShape = {
  /** Whether the customer may take another quantity than the one offered. */
  quantityEditable: z.boolean().optional(),
  minQuantity: Quantity.nullable().optional(),
  maxQuantity: Quantity.nullable().optional(),
}

export const optionShape = {
  ...lineShape,
  kind: z.literal('item').default('item'),
  ...boundsShape,
}

/** Of a new quotation. */
export const NewOption = z.strictObject(optionShape).superRefine(checkLine)

/** Of a whole list that replaces another: an option that is named by its id stays. */
export const ListedOption = z
  .strictObject({ id: Ulid.optional(), ...optionShape })
  .superRefine((option, context) => {
    // What one that stays does not say again, it keeps.
    if (option.id === undefined) checkLine(option, context)
  })

type Asked = z.output<z.ZodObject<typeof optionShape>> & { readonly id?: string | undefined }

/** The options in their order; those that name a position stand there. */
export const pricedOptions = async (
  asked: readonly Asked[],
  tender: Tender,
  setting: Setting,
  known: readonly Option[] = [],
): Promise<E.Either<Refusal, readonly PricedOption[]>> => {
  const options: PricedOption[] = []
  for (const [index, each] of asked.entries()) {
    const pointer = `/options/${index}`
    const before = known.find(({ id }) => id === each.id)
    if (each.id !== undefined) {
      if (before === undefined) return E.left({ type: 'OptionUnknown', optionId: each.id })
      if (options.some(({ id }) => id === each.id)) {
        return invalid(`${pointer}/id`, 'must name each option once')
      }
    }
    const option = await pricedOption(each, tender, setting, pointer, before)
    if (E.isLeft(option)) return option
    options.splice(each.position ?? options.length, 0, option.right)
  }
  return E.right(options)
}

export const pricedOption = async (
  { quantityEditable, minQuantity, maxQuantity, ...asked }: Asked,
  tender: Tender,
  setting: Setting,
  pointer = '',
  before?: Option,
): Promise<E.Either<Refusal, PricedOption>> => {
  const priced = await pricedLine(asked, tender, setting, pointer, before)
  if (E.isLeft(priced)) return priced
  const { line } = priced.right
  if (line.kind !== 'item') return invalid(`${pointer}/kind`, 'must be item')
  const [least, most] = [
    minQuantity === undefined ? before?.minQuantity : minQuantity,
    maxQuantity === undefined ? before?.maxQuantity : maxQuantity,
  ]
  const option: PricedOption = {
    ...line,
    quantityEditable: quantityEditable ?? before?.quantityEditable ?? false,
    ...(typeof least === 'string' && { minQuantity: least }),
    ...(typeof most === 'string' && { maxQuantity: most }),
  }
  return refusedBounds(option, pointer) ?? E.right(option)
}

type Bounds = Pick<Option, 'quantity' | 'quantityEditable'> & {
  readonly minQuantity?: string | null | undefined
  readonly maxQuantity?: string | null | undefined
}

/** What is offered must be something, and one of the quantities that may be taken. */
export const refusedBounds = (
  { minQuantity, maxQuantity, ...option }: Bounds,
  pointer: string,
): E.Either<Refusal, never> | undefined => {
  const bounds = {
    ...option,
    quantityEditable: true,
    minQuantity: minQuantity ?? undefined,
    maxQuantity: maxQuantity ?? undefined,
  }
  if (!/[1-9]/.test(option.quantity)) return invalid(`${pointer}/quantity`, 'must be above 0')
  return isTakeable(bounds, option.quantity)
    ? undefined
    : invalid(`${pointer}/quantity`, 'must be from minQuantity to maxQuantity')
}
