/**
 * Numbers, days, moments and money as people of a language write them.
 *
 * @module
 */
import { type Money, tomansOf } from '@forsat/domain'

export type Language = 'fa' | 'en'

/** How the company wants to see things. */
export interface Custom {
  readonly zone: string
  readonly calendar: 'jalali' | 'gregorian'
  readonly moneyUnit: 'rial' | 'toman'
}

export interface Formats {
  readonly language: Language
  readonly number: (value: number | bigint) => string
  /** Of a value from 0 to 100. */
  readonly percent: (value: number) => string
  /** A day, `2026-03-20`. */
  readonly day: (date: string) => string
  /** A moment, at the company's wall. */
  readonly moment: (instant: string) => string
  readonly money: (amount: Money) => string
  /** Digits of a text, and nothing else of it. */
  readonly digits: (text: string) => string
}

const persian = 'fa-IR-u-ca-persian-nu-arabext'
const english = { jalali: 'en-GB-u-ca-persian', gregorian: 'en-GB' } as const

export const formatsOf = (
  language: Language,
  { zone, calendar, moneyUnit }: Custom = {
    zone: 'UTC',
    calendar: 'gregorian',
    moneyUnit: 'rial',
  },
): Formats => {
  // Whoever reads Persian counts days the Persian way, whatever the company does.
  const tag = language === 'fa' ? persian : english[calendar]
  const numbers = new Intl.NumberFormat(tag, { maximumFractionDigits: 2 })
  const percents = new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 2 })
  const days = new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeZone: 'UTC' })
  const moments = new Intl.DateTimeFormat(tag, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: zone,
  })
  const digit = new Intl.NumberFormat(tag, { useGrouping: false })
  const currencies = new Map<string, Intl.NumberFormat>()
  const currencyFormat = ({ amount, currency }: Money): Intl.NumberFormat => {
    const digits = amount.split('.')[1]?.length ?? 0
    const name = `${currency}${digits}`
    const known =
      currencies.get(name) ??
      new Intl.NumberFormat(tag, {
        style: 'currency',
        currency,
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      })
    currencies.set(name, known)
    return known
  }
  const tomans = new Intl.NumberFormat(tag, { maximumFractionDigits: 1 })
  return {
    language,
    number: (value) => numbers.format(value),
    percent: (value) => percents.format(value / 100),
    day: (date) => days.format(new Date(`${date}T00:00:00Z`)),
    moment: (instant) => moments.format(new Date(instant)),
    // As text an amount is exact beyond what a number could hold.
    money: (money) =>
      money.currency === 'IRR' && moneyUnit === 'toman'
        ? `${tomans.format(tomansOf(money.amount) as `${number}`)} ${toman[language]}`
        : currencyFormat(money).format(money.amount as `${number}`),
    digits: (text) => text.replaceAll(/\d/g, (one) => digit.format(Number(one))),
  }
}

const toman = { fa: 'تومان', en: 'toman' } as const
