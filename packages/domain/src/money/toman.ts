/**
 * Rials are kept, tomans are spoken of: ten rials each. The point moves in the text, nothing is rounded.
 *
 * @module
 */
import { decimalOf, numeral, textOf } from './exact.ts'

/** Of an amount of rials as decimal text: `15` are `1.5`. */
export const tomansOf = (rials: string): string => {
  const { units, digits } = decimalOf(rials)
  return numeral(textOf({ units, digits: digits + 1 }))
}
