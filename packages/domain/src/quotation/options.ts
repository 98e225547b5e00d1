/**
 * How the options of a draft change: what differs of one, and how one whole list becomes another.
 *
 * @module
 */
import { changesIn, defined, isEmpty } from '../patch.ts'
import type { OptionChanges } from './command.ts'
import type { DataOf, DraftingEvent } from './events.ts'
import { stepsBetween } from './listing.ts'
import type { Option, PricedOption } from './option.ts'

/** The option as it will be, with the answer to it as far as that still fits. */
export const optionAfter = (option: Option, changes: OptionChanges): PricedOption => {
  const { taxRate = option.taxRate, ...others } = changes
  const fields = Object.entries({ ...option, ...defined(others) })
  // Of a tax rate alone, null is a value: exempt.
  const said = Object.fromEntries(fields.filter(([, value]) => value !== null))
  return { ...said, taxRate } as unknown as PricedOption
}

type Differences = Omit<DataOf<'OptionRevised'>, 'optionId' | 'position' | 'totals'>

/** What differs between two states of an option, and what that makes of the answer to it. */
export const optionDifferences = (before: Option, after: Option): Differences => {
  const { id: _id, kind: _kind, declined: _declined, taxRate, ...fields } = after
  const { productId = null, unit = null, discountPercent = null } = after
  const { minQuantity = null, maxQuantity = null, taken = null } = after
  return {
    ...changesIn(before, {
      ...fields,
      productId,
      unit,
      discountPercent,
      minQuantity,
      maxQuantity,
      taken,
    }),
    ...(taxRate === before.taxRate ? {} : { taxRate }),
  }
}

/** How one list of options becomes another. */
export const optionListDifferences = (
  before: readonly Option[],
  after: readonly Option[],
): readonly DraftingEvent[] => {
  const ids = new Set(after.map(({ id }) => id))
  return stepsBetween(before, after, ({ id }) => ids.has(id)).flatMap(
    (step): readonly DraftingEvent[] => {
      if (step.kind === 'removed') {
        return [{ type: 'OptionWithdrawn', data: { optionId: step.before.id } }]
      }
      if (step.kind === 'added') return [offeredAt(step.after, step.position)]
      const { after: option, position } = step
      const data = defined({ ...optionDifferences(step.before, option), position })
      return isEmpty(data)
        ? []
        : [{ type: 'OptionRevised', data: { optionId: option.id, ...data } }]
    },
  )
}

/** What is offered is offered without an answer. */
export const offeredAt = (option: Option, position: number): DraftingEvent => {
  const { taken: _taken, declined: _declined, ...offered } = option
  return { type: 'OptionOffered', data: { option: offered, position } }
}
