import { asciiDigits } from '@forsat/domain'
import {
  CalendarDate,
  GregorianCalendar,
  PersianCalendar,
  toCalendar,
} from '@internationalized/date'

/** Years below are Jalali: 1699 there is 2320 here, and before 1700 nobody sold by these books. */
const firstGregorianYear = 1700

const persian = new PersianCalendar()
const gregorian = new GregorianCalendar()

/**
 * The ISO date that was meant by what was typed, in Persian or Latin digits: `2026-03-21` and
 * `۱۴۰۵/۱/۱` are one day. `undefined` for what is no date.
 */
export const typedDate = (typed: string): string | undefined => {
  const text = asciiDigits(typed).trim()
  const [, year, month, day] = (/^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$/.exec(text) ?? []).map(Number)
  if (year === undefined || month === undefined || day === undefined) return undefined
  const calendar = year < firstGregorianYear ? persian : gregorian
  const date = new CalendarDate(calendar, year, month, day)
  // The calendar moves a day that never was to the nearest one that is.
  const asTyped = date.year === year && date.month === month && date.day === day
  return asTyped ? toCalendar(date, gregorian).toString() : undefined
}
