/**
 * What was typed, made comparable. A key is for finding, grouping and duplicates; what is stored and
 * shown stays as it was typed.
 *
 * @module
 */

/** The text with Persian and Arabic-Indic digits as ASCII ones. */
export const asciiDigits = (text: string): string =>
  text.replaceAll(/[\u06F0-\u06F9\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) & 0xf))

/** Letters that look or sound alike and are typed for each other, each row by its first one. */
const alike = [
  'ی\u064A\u0649\u0626\u06D2',
  'ک\u0643\u06AA',
  'ه\u0629\u06D5\u06C0\u06C1\u06C2\u06BE',
  'و\u0624',
  // Alef with madda is another letter in Persian, so it stays.
  'ا\u0623\u0625\u0671',
]

const folded = new Map(
  alike.flatMap(([first = '', ...others]) => others.map((each) => [each, first])),
)
const foldable = new RegExp(`[${[...folded.keys()].join('')}]`, 'g')

/**
 * What is written but not read: Arabic vowel and hamza marks, the stretching tatweel, joiners and
 * non-joiners, marks of direction, soft hyphens and marks of byte order.
 */
const silent =
  /[\u064B-\u065F\u0670\u0640\u061C\u200B-\u200F\u202A-\u202E\u2060\u2066-\u2069\u00AD\uFEFF]/g

/**
 * A key under which texts are equal that a person would call the same: whatever keyboard typed them,
 * Arabic or Persian letters and digits, with or without ZWNJ, spaces more or fewer, capitals or not.
 * Unicode's own folding (NFKC) is one step of it and not enough: it keeps two kinds of yeh apart.
 *
 * @example compareKey('شركت  يكتا') === compareKey('شرکت یکتا') // true
 */
export const compareKey = (text: string): string =>
  asciiDigits(text.normalize('NFKC').toLowerCase())
    .replaceAll(silent, '')
    .replaceAll(foldable, (letter) => folded.get(letter) ?? letter)
    .replaceAll(/\s+/g, ' ')
    .trim()
    .normalize('NFKC')

/**
 * A key under which one phone number is equal however it is written: with or without the country's
 * code, the leading zero, spaces and brackets. It is the last ten digits, which in Iran and in many
 * other countries are the area and the number; where numbers are shorter than that, those with a
 * country's code and those without one stay apart.
 *
 * @example phoneKey('+98 (21) 1234-5678') === phoneKey('۰۲۱۱۲۳۴۵۶۷۸') // true
 */
export const phoneKey = (text: string): string =>
  asciiDigits(text.normalize('NFKC')).replaceAll(/\D/g, '').replace(/^0+/, '').slice(-10)
