/**
 * A calendar date is a day without a time or a zone: Gregorian, `YYYY-MM-DD`. Dates compare as text.
 *
 * @module
 */
import * as z from 'zod'

const pattern = /^(\d{4})-(\d{2})-(\d{2})$/
const dayMs = 86_400_000

/** Midnight UTC of the day, as the number that stands for it; `undefined` for a day that never was. */
const numberOf = (text: string): number | undefined => {
  const [, year, month, day] = pattern.exec(text) ?? []
  if (year === undefined || month === undefined || day === undefined) return undefined
  const ms = Date.UTC(Number(year), Number(month) - 1, Number(day))
  return textOf(ms) === text ? ms : undefined
}

const textOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

export const CalendarDate = z
  .string()
  .refine((text) => numberOf(text) !== undefined, 'must be a date, YYYY-MM-DD')
  .meta({ format: 'date' })
export type CalendarDate = z.infer<typeof CalendarDate>

export const isAfter = (a: CalendarDate, b: CalendarDate): boolean => a > b

/** Dates compare as text, so every year has four digits: these are the first and the last day. */
const firstDay: CalendarDate = '0100-01-01'
export const lastDay: CalendarDate = '9999-12-31'

/** A date as a calendar or a zone reckons it; what lies beyond the last day is the last day. */
export const within = (reckoned: string): CalendarDate => {
  if (reckoned.startsWith('+')) return lastDay
  return reckoned < firstDay ? firstDay : reckoned
}

/** The date some days later, or earlier for a negative number, to the last day that there is. */
export const plusDays = (date: CalendarDate, days: number): CalendarDate =>
  within(
    new Date((numberOf(date) ?? Number.NaN) + days * dayMs).toISOString().split('T', 1)[0] ?? '',
  )

/** Whole days from one date to another; negative when `to` comes first. */
export const daysBetween = (from: CalendarDate, to: CalendarDate): number =>
  ((numberOf(to) ?? Number.NaN) - (numberOf(from) ?? Number.NaN)) / dayMs
