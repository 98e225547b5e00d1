/**
 * The exchange rates that a company has set, by pair and day.
 *
 * @module
 */
import type { DataOf } from '../message.ts'
import { numeral } from '../money/exact.ts'
import type { Currency } from '../money/money.ts'
import type { CalendarDate } from '../time/calendar-date.ts'
import type { Instant } from '../time/instant.ts'
import type { CompanyEvent } from './events.ts'

type RateSet = DataOf<CompanyEvent, 'ExchangeRateSet'>

/** By pair, `EUR/IRR`, month and day: one more rate copies a month, however many there are. */
export type ExchangeRates = {
  readonly [pair: string]: {
    readonly [month: string]: { readonly [date: CalendarDate]: RateOfDay }
  }
}

interface RateOfDay {
  readonly rate: string
  /** When it was last set, where that is known. */
  readonly last: Instant | undefined
}

const pairOf = (base: Currency, quote: Currency): string => `${base}/${quote}`
const monthOf = (date: CalendarDate): string => date.slice(0, -3)

export const rateOf = (
  rates: ExchangeRates,
  { base, quote, date }: Omit<RateSet, 'rate'>,
): RateOfDay | undefined => rates[pairOf(base, quote)]?.[monthOf(date)]?.[date]

export const withRate = (
  rates: ExchangeRates,
  { base, quote, date, rate }: RateSet,
  last: Instant | undefined,
): ExchangeRates => {
  const [pair, month] = [pairOf(base, quote), monthOf(date)]
  const ofPair = rates[pair]
  const ofMonth = ofPair?.[month]
  return { ...rates, [pair]: { ...ofPair, [month]: { ...ofMonth, [date]: { rate, last } } } }
}

/** `1.50` is the same rate as `1.5`. */
export const isSameRate = (a: string, b: string): boolean => numeral(a) === numeral(b)
