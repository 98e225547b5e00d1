/**
 * What texts are found by: their keys without spaces, for people put them where they like.
 *
 * @module
 */
import { compareKey, type Erased, isErased, phoneKey } from '@forsat/domain'

type Personal = string | Erased | undefined

/** The key that a text is ordered by; null where it is erased or absent. */
export const compareKeyOf = (text: Personal): string | null =>
  text === undefined || isErased(text) ? null : compareKey(text)

const spaceless = (text: string): string => compareKey(text).replaceAll(' ', '')

/** One key for several texts and phone numbers, on lines of their own. */
export const searchKeyOf = (texts: readonly Personal[], phones: readonly Personal[]): string =>
  [
    ...texts.map((text) => (text === undefined || isErased(text) ? '' : spaceless(text))),
    ...phones.map((phone) => phoneKeyOf(phone) ?? ''),
  ]
    .filter((key) => key !== '')
    .join('\n')

export const phoneKeyOf = (phone: Personal): string | null =>
  phone === undefined || isErased(phone) ? null : phoneKey(phone)

/** The shortest part of a number that a phone is found by. */
const phoneDigits = 4

/** What to look for in search keys: one of these is enough. */
export const soughtKeys = (q: string): readonly string[] => {
  const [text, phone] = [spaceless(q), phoneKey(q)]
  const isPhone = phone.length >= phoneDigits && /^[\d+()/ -]+$/.test(compareKey(q))
  return isPhone ? [text, phone] : [text]
}
