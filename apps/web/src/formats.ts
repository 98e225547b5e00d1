/** How values are written in a language: by `Intl`, never by hand. */
import type { Money } from '@forsat/domain'

export interface Formats {
  readonly number: (value: number) => string
  /** Of decimal text, to its last digit; zeros at its end stay. */
  readonly figure: (text: string) => string
  /** Of a number from 0 to 100, or of decimal text. */
  readonly percent: (value: number | string) => string
  readonly days: (value: number) => string
  readonly money: (money: Money) => string
  /** Of an ISO date, in the calendar of the tag. */
  readonly date: (iso: string) => string
}

/** A tag carries digits and calendar too, so that every formatter agrees. */
export const formatsOf = (tag: string): Formats => {
  const number = new Intl.NumberFormat(tag, { maximumFractionDigits: 2 })
  const unit = (name: string, maximumFractionDigits: number) =>
    new Intl.NumberFormat(tag, {
      style: 'unit',
      unit: name,
      unitDisplay: 'long',
      maximumFractionDigits,
    })
  const days = unit('day', 1)
  const percent = new Intl.NumberFormat(tag, {
    style: 'unit',
    unit: 'percent',
    unitDisplay: 'short',
    maximumFractionDigits: 10,
  })
  const date = new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeZone: 'UTC' })
  // In Persian a unit is named behind the figure, and its sign would stand before.
  const currencyDisplay = tag.startsWith('fa') ? 'name' : 'narrowSymbol'
  // An amount goes to Intl as text, so that no digit is lost, and keeps the digits it came with.
  const exact = (text: string, options: Intl.NumberFormatOptions) => {
    const digits = text.split('.')[1]?.length ?? 0
    return new Intl.NumberFormat(tag, {
      ...options,
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    }).format(text as Intl.StringNumericLiteral)
  }
  return {
    number: (value) => number.format(value),
    figure: (text) => exact(text, {}),
    percent: (value) => percent.format(value as Intl.StringNumericLiteral),
    days: (value) => days.format(value),
    money: ({ amount, currency }) =>
      exact(amount, { style: 'currency', currency, currencyDisplay }),
    date: (iso) => date.format(new Date(iso)),
  }
}
