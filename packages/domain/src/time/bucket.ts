/**
 * A bucket is the day, week, month, quarter or year that a date falls into, in the calendar a company
 * lives by. Its key sorts as text; its bounds are Gregorian dates.
 *
 * @module
 */
import { Temporal } from 'temporal-polyfill/full'
import { type CalendarDate, daysBetween, plusDays, within } from './calendar-date.ts'

export interface Bucket {
  /** `1404-12-29`, `1404-W52`, `1404-12`, `1404-Q4` or `1404`. */
  readonly key: string
  readonly from: CalendarDate
  /** The last day of it. */
  readonly to: CalendarDate
}

export type BucketUnit = 'day' | 'week' | 'month' | 'quarter' | 'year'

export interface BucketCalendar {
  readonly calendar: 'gregorian' | 'jalali'
  readonly weekStartsOn: 'saturday' | 'sunday' | 'monday'
}

const systems = { gregorian: 'iso8601', jalali: 'persian' } as const
const monthsIn = { month: 1, quarter: 3, year: 12 } as const
const firstWeekdays = { sunday: 0, monday: 1, saturday: 6 } as const

/**
 * The bucket that a date falls into.
 *
 * @example bucket('2026-03-20', 'month', { calendar: 'jalali', weekStartsOn: 'saturday' })
 * // { key: '1404-12', from: '2026-02-20', to: '2026-03-20' }
 */
export const bucket = (date: CalendarDate, unit: BucketUnit, by: BucketCalendar): Bucket => {
  const day = dayIn(date, by)
  if (unit === 'day') return { key: keyOf(day), from: date, to: date }
  if (unit === 'week') return week(date, by)
  const months = monthsIn[unit]
  const month = day.month - ((day.month - 1) % months)
  const first = day.with({ month, day: 1 })
  return {
    key: keys[unit](first),
    from: isoOf(first),
    to: isoOf(first.add({ months }).subtract({ days: 1 })),
  }
}

const dayIn = (date: CalendarDate, { calendar }: BucketCalendar): Temporal.PlainDate =>
  Temporal.PlainDate.from(date).withCalendar(systems[calendar])

const isoOf = (day: Temporal.PlainDate): CalendarDate =>
  within(day.withCalendar('iso8601').toString())

/** How many months after that of one date that of another is. */
export const monthsBetween = (from: CalendarDate, to: CalendarDate, by: BucketCalendar): number => {
  const [first, last] = [dayIn(from, by), dayIn(to, by)]
  return (last.year - first.year) * 12 + last.month - first.month
}

/** The same day so many months later, or earlier for a negative number. */
export const plusMonths = (date: CalendarDate, months: number, by: BucketCalendar): CalendarDate =>
  isoOf(dayIn(date, by).add({ months }))

/**
 * Weeks are counted as ISO 8601 counts them, from whatever day they start: a week belongs to the year
 * that most of its days are in, so the first one is the week of the year's fourth day.
 */
const week = (date: CalendarDate, by: BucketCalendar): Bucket => {
  // The first of January 1970 was a Thursday.
  const weekday = modulo(daysBetween('1970-01-01', date) + 4, 7)
  const from = plusDays(date, -modulo(weekday - firstWeekdays[by.weekStartsOn], 7))
  const middle = dayIn(plusDays(from, 3), by)
  const number = Math.ceil(middle.dayOfYear / 7)
  return { key: `${yearOf(middle)}-W${padded(number)}`, from, to: plusDays(from, 6) }
}

const modulo = (number: number, by: number): number => ((number % by) + by) % by

const padded = (number: number): string => String(number).padStart(2, '0')
const yearOf = ({ year }: Temporal.PlainDate): string => String(year).padStart(4, '0')

const keys = {
  month: (day: Temporal.PlainDate) => `${yearOf(day)}-${padded(day.month)}`,
  quarter: (day: Temporal.PlainDate) => `${yearOf(day)}-Q${(day.month + 2) / 3}`,
  year: yearOf,
}

const keyOf = (day: Temporal.PlainDate): string => `${keys.month(day)}-${padded(day.day)}`

/**
 * The buckets of many dates. It keeps the last one, so that dates in order cost two comparisons of
 * text each.
 */
export const buckets = (unit: BucketUnit, by: BucketCalendar): ((date: CalendarDate) => Bucket) => {
  let last: Bucket | undefined
  return (date) => {
    if (last === undefined || date < last.from || date > last.to) last = bucket(date, unit, by)
    return last
  }
}
