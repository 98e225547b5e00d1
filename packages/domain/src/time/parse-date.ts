/**
 * Dates as people type them and files hold them. Nothing is guessed from how other dates look, and a
 * day that never was is no date: it is not rolled over into another month.
 *
 * @module
 */
import { asciiDigits } from '../text/compare-key.ts'
import { CalendarDate } from './calendar-date.ts'
import { fromJalali } from './jalali.ts'

export interface DateFormat {
  /** A year below this one is Jalali; 1700 if absent, 0 where only Gregorian dates are expected. */
  readonly jalaliBelow?: number
  /** How dates that end in their year are meant; without it they are none. */
  readonly yearLast?: 'day-first' | 'month-first'
}

/** Marks of direction come along when a date is copied out of a text that runs to the left. */
const invisible = /[\u061C\u200B-\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/g

const yearFirst = /^(?<year>\d{4})(?<sign>[-/.])(?<month>\d{1,2})\k<sign>(?<day>\d{1,2})$/
const dayFirst = /^(?<day>\d{1,2})(?<sign>[-/.])(?<month>\d{1,2})\k<sign>(?<year>\d{4})$/
const monthFirst = /^(?<month>\d{1,2})(?<sign>[-/.])(?<day>\d{1,2})\k<sign>(?<year>\d{4})$/

/**
 * The date that a text stands for: year first or, where that is declared, year last, with hyphens,
 * slashes or points, in Persian, Arabic or ASCII digits, Jalali or Gregorian by its year. `undefined`
 * for everything else.
 *
 * @example parseDate('۱۴۰۳/۱۲/۳۰') // '2025-03-20'
 */
export const parseDate = (
  text: string,
  { jalaliBelow = 1700, yearLast }: DateFormat = {},
): CalendarDate | undefined => {
  const plain = asciiDigits(text).replaceAll(invisible, '').trim()
  const lastPattern = yearLast === 'month-first' ? monthFirst : dayFirst
  const { groups } =
    yearFirst.exec(plain) ?? (yearLast === undefined ? undefined : lastPattern.exec(plain)) ?? {}
  if (groups === undefined) return undefined
  const { year = '', month = '', day = '' } = groups
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  if (Number(year) < jalaliBelow) return fromJalali(date)
  return CalendarDate.safeParse(date).data
}
