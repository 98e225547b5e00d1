/**
 * The options of a version, with what was answered to them.
 *
 * @module
 */
import type { Option, QuotationEvent, QuotationLine } from '@forsat/domain'
import { patched } from '../patch.ts'
import type { OptionView } from '../views/quotation.ts'

export type OptionEvent = Extract<
  QuotationEvent,
  {
    type:
      | 'OptionOffered'
      | 'OptionRevised'
      | 'OptionWithdrawn'
      | 'OptionAccepted'
      | 'OptionDeclined'
  }
>

export const optionsAfter = (
  options: readonly Option[],
  { type, data }: OptionEvent,
): readonly Option[] => {
  switch (type) {
    case 'OptionOffered':
      return options.toSpliced(data.position, 0, data.option)
    case 'OptionWithdrawn':
      return options.filter(({ id }) => id !== data.optionId)
    case 'OptionRevised': {
      const { optionId, position, totals: _totals, taxRate, ...changes } = data
      const known = options.find(({ id }) => id === optionId)
      if (known === undefined) return options
      // Of a tax rate alone, null is a value: exempt.
      const option = { ...patched(known, changes), ...(taxRate !== undefined && { taxRate }) }
      if (position === undefined) return options.with(options.indexOf(known), option)
      return options.filter((each) => each !== known).toSpliced(position, 0, option)
    }
    case 'OptionAccepted': {
      const { optionId, quantity, discount, amount } = data
      return answered(options, optionId, { taken: { quantity, discount, amount } })
    }
    case 'OptionDeclined':
      return answered(options, data.optionId, { declined: true })
  }
}

/** An answer takes the place of the one before. */
const answered = (
  options: readonly Option[],
  optionId: string,
  answer: Pick<Option, 'taken' | 'declined'>,
): readonly Option[] =>
  options.map((option) => {
    if (option.id !== optionId) return option
    const { taken: _taken, declined: _declined, ...offered } = option
    return { ...offered, ...answer }
  })

/** Options with their place in the list. */
export const optionsOf = ({ options }: { readonly options: readonly Option[] }): OptionView[] =>
  options.map(({ taken, ...option }, position) => ({
    ...option,
    position,
    ...(taken !== undefined && {
      taken: taken.quantity,
      takenDiscount: taken.discount,
      takenAmount: taken.amount,
    }),
  }))

/** What was taken, as the lines that it makes. */
export const takenLines = (options: readonly Option[]): readonly QuotationLine[] =>
  options.flatMap(({ taken, ...option }) => (taken === undefined ? [] : [{ ...option, ...taken }]))
