/**
 * Numbers as people type them and files hold them, read exactly: as decimal text, never as a float.
 *
 * @module
 */
import { bareDigits } from './compare-key.ts'

export interface NumberFormat {
  /** The sign before the fraction; the point if absent. The Persian sign (U+066B) always is one. */
  readonly decimalSign?: '.' | ','
}

/** Signs between thousands: Arabic (U+066C and the comma typed for it), spaces, apostrophes. */
const groupSigns = "\u066C\u060C '\u2019\u00A0\u202F"

const patternOf = (decimalSign: '.' | ',') => {
  const group = `[${groupSigns}${decimalSign === '.' ? ',' : '.'}]`
  return new RegExp(
    `^(?<sign>[-\u2212+])?(?<whole>\\d+|\\d{1,3}(?<group>${group})\\d{3}(?:\\k<group>\\d{3})*)` +
      `(?:[\u066B${decimalSign}](?<fraction>\\d+))?$`,
  )
}

const patterns = { '.': patternOf('.'), ',': patternOf(',') }

/**
 * The decimal text of a number; `undefined` for what is none. Thousands may be grouped, in threes and
 * by one sign; nothing is guessed.
 *
 * @example parseDecimal('۱۲٬۵۰۰٬۰۰۰') // '12500000'
 */
export const parseDecimal = (
  text: string,
  { decimalSign = '.' }: NumberFormat = {},
): string | undefined => {
  const plain = bareDigits(text)
  const { groups } = patterns[decimalSign].exec(plain) ?? {}
  if (groups === undefined) return undefined
  const { sign, whole = '', fraction } = groups
  const size = whole.replaceAll(/\D/g, '').replace(/^0+(?=\d)/, '')
  const negative = sign !== undefined && sign !== '+' && /[1-9]/.test(size + (fraction ?? ''))
  return `${negative ? '-' : ''}${size}${fraction === undefined ? '' : `.${fraction}`}`
}
