import { Temporal } from 'temporal-polyfill/full'
import type { LocalMoment } from './value.ts'

/**
 * The instant of a local moment. A day without a time stands at its noon: midnight is missing on some
 * days of some zones, and noon is the same day almost everywhere. What says how far from UTC it is
 * stands in no zone.
 */
export const instantOf = (
  { day, time = '12:00:00', offset }: LocalMoment,
  zone: string,
): string => {
  const instant =
    offset === undefined
      ? Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(zone).toInstant()
      : Temporal.Instant.from(`${day}T${time}${offset}`)
  return instant.toString({ fractionalSecondDigits: 3 })
}
