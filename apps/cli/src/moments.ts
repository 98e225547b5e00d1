/**
 * Days and moments as people give them to a command: Jalali or Gregorian, in digits of their own.
 *
 * @module
 */
import { asciiDigits, parseInstant } from '@forsat/domain'
import { firstInvalidInstant, parseDate } from '@forsat/domain/time'
import { Stop } from './shell.ts'
import type { Texts } from './texts/texts.ts'

/** The Gregorian day of a text, `1404/12/29` or `2026-03-20`. */
export const dayOf = (text: string | undefined, texts: Texts): string | undefined => {
  if (text === undefined) return undefined
  const day = parseDate(text)
  if (day === undefined) throw new Stop(2, texts.store.day(text))
  return day
}

/** The moment of a text; of a day the last one, in the company's zone: "by then" means all of it. */
export const momentOf = (
  text: string | undefined,
  zone: string,
  texts: Texts,
): string | undefined => {
  if (text === undefined) return undefined
  const instant = parseInstant(asciiDigits(text))
  if (instant !== undefined) return instant
  const day = parseDate(text)
  if (day === undefined) throw new Stop(2, texts.store.clock(text))
  return new Date(Date.parse(firstInvalidInstant(day, zone)) - 1).toISOString()
}
