/**
 * Where a moment and a day meet: in the time zone of a company, never in that of a machine.
 *
 * @module
 */
import { Temporal } from 'temporal-polyfill/full'
import { type CalendarDate, lastDay, plusDays, within } from './calendar-date.ts'
import type { Instant } from './instant.ts'

/** A name of the IANA list, `Asia/Tehran`. Offsets are no zones: they know no summer. */
const name = /^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/

/** Whether this machine knows the time zone of that name. */
export const isZone = (text: string): boolean => {
  if (!name.test(text)) return false
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** The first moment of a day in a zone: midnight, or later where the clocks leap over it. */
export const startOfDay = (date: CalendarDate, zone: string): Instant =>
  Temporal.PlainDate.from(date)
    .toZonedDateTime(zone)
    .toInstant()
    .toString({ fractionalSecondDigits: 3 })

/** Moments compare as text too; what never ends ends here. */
const lastInstant: Instant = '9999-12-31T23:59:59.999Z'

/**
 * The moment from which something is no longer valid that is valid through the whole of a day.
 *
 * @example firstInvalidInstant('2026-01-18', 'Asia/Tehran') // '2026-01-18T20:30:00.000Z'
 */
export const firstInvalidInstant = (validUntil: CalendarDate, zone: string): Instant =>
  validUntil === lastDay ? lastInstant : startOfDay(plusDays(validUntil, 1), zone)

/** A day of a zone, and the moments between which it lies. */
interface Day {
  readonly day: CalendarDate
  readonly from: Instant
  readonly to: Instant
}

/** The last day that was asked for, by zone: whoever asks all day long asks mostly for the same one. */
const lastDays = new Map<string, Day>()

/** The day that it is in a zone at a moment. Moments in order cost two comparisons of text each. */
export const localDate = (instant: Instant, zone: string): CalendarDate => {
  const last = lastDays.get(zone)
  if (last !== undefined && last.from <= instant && instant < last.to) return last.day
  const reckoned = Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate()
  const day = within(reckoned.toString())
  lastDays.set(zone, { day, from: startOfDay(day, zone), to: firstInvalidInstant(day, zone) })
  return day
}
