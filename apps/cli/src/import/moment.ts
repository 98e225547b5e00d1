import { Temporal } from 'temporal-polyfill/full'
import type { LocalMoment } from './value.ts'

/**
 * The instant of a local moment. A day without a time stands at its noon: midnight is missing on some
 * days of some zones, and noon is the same day almost everywhere.
 */
export const instantOf = ({ day, time = '12:00:00' }: LocalMoment, zone: string): string =>
  Temporal.PlainDateTime.from(`${day}T${time}`)
    .toZonedDateTime(zone)
    .toInstant()
    .toString({ fractionalSecondDigits: 3 })
