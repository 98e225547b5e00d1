/**
 * A text of a cell, read as the type that the map declares for it. Empty is nothing, never a default.
 *
 * @module
 */
import { asciiDigits, countryCode, languageTag, withDigits } from '@forsat/domain'
import { parseDate } from '@forsat/domain/time'
import type * as z from 'zod'
import { fault, type Reading, read } from './faults.ts'
import type { MoneyField, RecordField, ValueField } from './field.ts'
import { decimalText, tenfold } from './number.ts'

/** How the company writes. */
export interface Custom {
  readonly zone: string
  readonly digitsOf: (currency: string) => number
}

export type PlainField = Exclude<ValueField, RecordField>

/** The day, the time where there is one, `21:05:00`, and how far from UTC it is where that is said. */
export interface LocalMoment {
  readonly day: string
  readonly time: string | undefined
  readonly offset?: string | undefined
}

export const readValue = (text: string, field: PlainField, custom: Custom): Reading => {
  if (text === '') return read(undefined)
  switch (field.type) {
    case 'text':
      return read(text)
    case 'phone':
      return readPhone(text)
    case 'number':
      return readNumber(text, field.decimal, 'NumberInvalid')
    case 'percent':
      return readNumber(text.replace(/\s*[%\u066A]\s*$/, ''), field.decimal, 'PercentInvalid')
    case 'list':
      return read(listOf(text, field.separator))
    case 'flag':
      return read(field.yes.some((yes) => yes.toLowerCase() === text.toLowerCase()))
    case 'country':
      return readCountry(text, field.unknown)
    case 'language': {
      const tag = languageTag(text)
      return tag === undefined ? fault('LanguageUnknown', { text }) : read(tag)
    }
    case 'money':
      return readMoney(text, field, custom)
    case 'date': {
      const day = parseDate(text, writtenAs(field))
      return day === undefined ? fault('DateInvalid', { text }) : read(day)
    }
    case 'moment':
      return readMoment(text, field)
  }
}

/**
 * A cell as it is taken: composed, without spaces and marks of direction around it, and without the
 * apostrophe that our own exports put before what a spreadsheet would run as a formula.
 */
export const cellText = (cell: string): string =>
  cell
    .replace(/^'(?='*[=+\-@\t\r\n\0＝＋－＠])/, '')
    .normalize('NFC')
    .replaceAll(around, '')

/** ZWNJ is none of them: it belongs to a word. */
const around =
  /^[\s\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]+|[\s\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]+$/g

/** Spaces and brackets stay as they were typed; digits are written as ASCII ones. */
const readPhone = (text: string): Reading<string> => {
  const phone = asciiDigits(text)
  return /\d{3}/.test(phone.replaceAll(/\D/g, '')) ? read(phone) : fault('PhoneInvalid', { text })
}

const readNumber = (
  text: string,
  decimal: '.' | ',' | undefined,
  code: 'NumberInvalid' | 'PercentInvalid',
): Reading<string> => {
  const number = decimalText(text, decimal)
  return number === undefined ? fault(code, { text }) : read(number)
}

const listOf = (text: string, separator: string): readonly string[] => [
  ...new Set(
    text
      .split(separator)
      .map(cellText)
      .filter((item) => item !== ''),
  ),
]

const readCountry = (text: string, unknown: 'error' | 'omit'): Reading<string> => {
  const code = countryCode(text)
  return code === undefined && unknown === 'error' ? fault('CountryUnknown', { text }) : read(code)
}

/** What a currency or its unit is called beside an amount. */
const unitNames = /[\p{L}$€£¥\u200C]+/gu

const readMoney = (
  text: string,
  { currency, unit, decimal }: z.infer<typeof MoneyField>,
  { digitsOf }: Custom,
): Reading => {
  const number = decimalText(text.replaceAll(unitNames, ''), decimal)
  if (number === undefined) return fault('MoneyInvalid', { text })
  const foreign = (text.match(unitNames) ?? []).find((name) => !isUnit(name, currency, unit))
  if (foreign !== undefined) {
    return fault('MoneyUnitDiffers', { text, expected: unit ?? currency })
  }
  const digits = digitsOf(currency)
  const amount = unit === 'toman' ? tenfold(number) : number
  const money = withDigits({ amount, currency }, digits)
  return money._tag === 'Left'
    ? fault('MoneyDigits', { text, currency, digits })
    : read(money.right)
}

const isUnit = (name: string, currency: string, unit: string | undefined): boolean => {
  if (name.toUpperCase() === currency) return true
  if (unit === 'rial') return ['ریال', 'ريال', 'rial', 'rials'].includes(name.toLowerCase())
  if (unit === 'toman') return ['تومان', 'toman', 'tomans'].includes(name.toLowerCase())
  return signs[currency] === name
}

const signs: Readonly<Record<string, string>> = { USD: '$', EUR: '€', GBP: '£', JPY: '¥' }

const moment =
  /^(\S+?)(?:[T ]\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-](?:[01]\d|2[0-3]):?[0-5]\d)?)?$/

type Written = Pick<Extract<ValueField, { type: 'date' | 'moment' }>, 'yearLast'>

const writtenAs = ({ yearLast }: Written) => (yearLast === undefined ? {} : { yearLast })

const readMoment = (text: string, field: Written): Reading<LocalMoment> => {
  const [, date = '', hour, minute, second = '00', offset] = moment.exec(asciiDigits(text)) ?? []
  const day = parseDate(date, writtenAs(field))
  if (day === undefined) return fault('DateInvalid', { text })
  if (hour === undefined) return read({ day, time: undefined })
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) {
    return fault('DateInvalid', { text })
  }
  const time = `${hour.padStart(2, '0')}:${minute}:${second}`
  return read({ day, time, ...(offset === undefined ? {} : { offset }) })
}
