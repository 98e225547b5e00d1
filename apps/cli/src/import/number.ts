/**
 * Numbers as people write them, in digits of three scripts and with signs between them, as exact
 * decimal text.
 *
 * @module
 */
import { asciiDigits } from '@forsat/domain'

export type DecimalSign = '.' | ','

/** Spaces of all kinds, and marks of direction that came along from somewhere. */
const invisible = /[\s\u00A0\u202F\u200B-\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/g

/**
 * The number as decimal text; `undefined` for anything else. The Persian signs `٫` and `٬` always mean
 * decimals and groups; of `.` and `,` the declared one means decimals and the other one groups, which
 * are of three digits each, so that 1.250 and 1,250 are never taken for each other.
 *
 * @example decimalText('۱۲٬۵۰۰٬۰۰۰') // '12500000'
 */
export const decimalText = (text: string, decimal: DecimalSign = '.'): string | undefined => {
  const signs = asciiDigits(text).replaceAll(invisible, '').replace('\u2212', '-')
  const unified = signs.replaceAll(/[.,\u066B\u066C]/g, (sign) =>
    sign === decimal || sign === '\u066B' ? '.' : ',',
  )
  const [match, minus = '', whole = '', fraction = ''] =
    /^([+-]?)(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d+))?$/.exec(unified) ?? []
  if (match === undefined) return undefined
  const digits = whole.replaceAll(',', '').replace(/^0+(?=\d)/, '')
  const decimals = fraction.replace(/0+$/, '')
  const amount = decimals === '' ? digits : `${digits}.${decimals}`
  return minus === '-' && amount !== '0' ? `-${amount}` : amount
}

/** Ten times as much, exactly. */
export const tenfold = (amount: string): string => {
  const [, minus = '', whole = '', first = '0', rest = ''] =
    /^(-?)(\d+)(?:\.(\d)(\d*))?$/.exec(amount) ?? []
  const digits = `${whole}${first}`.replace(/^0+(?=\d)/, '')
  return rest === '' ? `${minus}${digits}` : `${minus}${digits}.${rest}`
}
