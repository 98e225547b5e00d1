/**
 * An instant is a moment in UTC to the millisecond, `2026-01-10T22:00:00.000Z`. Instants compare as
 * text.
 *
 * @module
 */
import * as z from 'zod'

const pattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/

/** The milliseconds that an instant stands for; `NaN` for one that never was, like 30 February. */
const numberOf = (text: string): number => {
  // The engine rolls such days over into the next month, so the way back must lead here again.
  const ms = pattern.test(text) ? Date.parse(text) : Number.NaN
  return textOf(ms) === text ? ms : Number.NaN
}

const textOf = (ms: number): string | undefined => {
  const moment = new Date(ms)
  return Number.isNaN(moment.getTime()) ? undefined : moment.toISOString()
}

export const Instant = z
  .string()
  .refine(
    (text) => !Number.isNaN(numberOf(text)),
    'must be an instant in UTC, YYYY-MM-DDTHH:MM:SS.sssZ',
  )
export type Instant = z.infer<typeof Instant>

const typed =
  /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(?:Z|([+-])([01]\d|2[0-3]):?([0-5]\d))$/

/**
 * Reads an instant as other systems write it: any offset, seconds and their fraction left out or
 * finer than a millisecond, which is cut off. `undefined` for anything else, so also without an
 * offset: nobody knows when that was.
 *
 * @example parseInstant('2026-01-11T01:30+03:30') // '2026-01-10T22:00:00.000Z'
 */
export const parseInstant = (text: string): Instant | undefined => {
  const [match, date, minutes, seconds = '00', fraction = '', sign, hour = '0', minute = '0'] =
    typed.exec(text) ?? []
  if (match === undefined) return undefined
  const milliseconds = fraction.slice(0, 3).padEnd(3, '0')
  const offsetMs = (Number(hour) * 60 + Number(minute)) * 60_000 * (sign === '-' ? -1 : 1)
  const instant = textOf(numberOf(`${date}T${minutes}:${seconds}.${milliseconds}Z`) - offsetMs)
  return instant !== undefined && pattern.test(instant) ? instant : undefined
}
