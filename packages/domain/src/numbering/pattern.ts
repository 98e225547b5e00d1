/**
 * A pattern says how a document's number is written: `Q-{jyear}-{seq:4}` is `Q-1404-0012`.
 *
 * @module
 */
import { Line } from '../text/text.ts'

const token = /\{(year|jyear|seq)(?::([1-9]))?\}/g

const count = (pattern: string, name: string): number =>
  [...pattern.matchAll(token)].filter(([, found]) => found === name).length

/**
 * Words with `{seq}`, the number in the series, once, and `{year}` or `{jyear}`, the Gregorian or the
 * Jalali year. `{seq:4}` has at least four digits. With a year the series begins anew in each.
 */
export const NumberPattern = Line.max(60)
  .refine((pattern) => count(pattern, 'seq') === 1, 'must hold {seq} or {seq:N} exactly once')
  .refine(
    (pattern) => count(pattern, 'year') + count(pattern, 'jyear') <= 1,
    'must hold at most one of {year} and {jyear}',
  )
  .refine(
    (pattern) => !/[{}]/.test(pattern.replace(token, '')) && !/\{j?year:/.test(pattern),
    'must hold no braces but {seq}, {seq:N}, {year} and {jyear}',
  )
  .meta({ examples: ['Q-{year}-{seq:4}'] })

/** The year of a day, in both calendars. */
export interface Years {
  readonly year: string
  readonly jyear: string
}

/** The year in which a series of this pattern stands; empty where it never begins anew. */
export const yearIn = (pattern: string, { year, jyear }: Years): string => {
  if (pattern.includes('{jyear}')) return jyear
  return pattern.includes('{year}') ? year : ''
}

export const documentNumber = (
  pattern: string,
  { value, year, jyear }: Years & { readonly value: number },
): string =>
  pattern.replace(token, (_match, name: string, digits: string | undefined) => {
    if (name === 'seq') return String(value).padStart(Number(digits ?? 1), '0')
    return name === 'year' ? year : jyear
  })

/** How a company numbers that has said nothing of it. */
export const usualPatterns = (calendar: 'jalali' | 'gregorian') => {
  const year = calendar === 'jalali' ? '{jyear}' : '{year}'
  return { quotation: `Q-${year}-{seq:4}`, order: `S-${year}-{seq:4}` } as const
}
