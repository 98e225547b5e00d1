/**
 * The Jalali calendar, in which people in Iran read and write their days. It is for reading and
 * writing only: what is kept is always Gregorian.
 *
 * @module
 */
import { Temporal } from 'temporal-polyfill/full'
import type { CalendarDate } from './calendar-date.ts'

const pattern = /^(\d{4})-(\d{2})-(\d{2})$/

const padded = (number: number, length: number): string => String(number).padStart(length, '0')

/**
 * The Jalali day of a date.
 *
 * @example jalali('2026-01-11') // '1404-10-21'
 */
export const jalali = (date: CalendarDate): string => {
  const { year, month, day } = Temporal.PlainDate.from(date).withCalendar('persian')
  return `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}`
}

/** The date of a Jalali day; `undefined` for a day that never was, like 30 Esfand of a common year. */
export const fromJalali = (text: string): CalendarDate | undefined => {
  const [match, year, month, day] = pattern.exec(text) ?? []
  if (match === undefined) return undefined
  try {
    const fields = { year: Number(year), month: Number(month), day: Number(day) }
    return Temporal.PlainDate.from({ ...fields, calendar: 'persian' }, { overflow: 'reject' })
      .withCalendar('iso8601')
      .toString()
  } catch {
    return undefined
  }
}
