/**
 * How a document speaks: in its own language, in the calendar and the unit of money of its seller. By
 * `Intl`, never by hand.
 *
 * @module
 */
import { type CalendarDate, tomansOf } from '@forsat/domain'
import type { DocumentFacts } from './facts.ts'
import { inWords } from './in-words.ts'
import { type Language, type Texts, texts } from './texts.ts'

export interface Speech {
  readonly language: Language
  readonly direction: 'rtl' | 'ltr'
  readonly text: Texts
  /** An amount of the document's currency in the unit shown, without the name of it. */
  readonly figure: (amount: string) => string
  /** The same with the name of its unit. */
  readonly money: (amount: string) => string
  /** The same in words. */
  readonly words: (amount: string) => string
  /** What amounts are in. */
  readonly unit: string
  /** An amount of the currency itself, where another unit of it is shown. */
  readonly recorded: ((amount: string) => string) | undefined
  /** Of decimal text, to its last digit. */
  readonly number: (decimal: string) => string
  readonly percent: (decimal: string) => string
  readonly date: (date: CalendarDate) => string
  /** The name of a country; what is no code stays as it is. */
  readonly country: (code: string) => string
}

export const speechOf = ({
  language: asked,
  currency,
  seller: { calendar, moneyUnit },
}: Pick<DocumentFacts, 'language' | 'currency' | 'seller'>): Speech => {
  const language = /^fa\b/i.test(asked) ? 'fa' : 'en'
  const tag = tagOf(language, calendar)
  const plain = exactly(tag, {})
  const named = exactly(tag, { style: 'currency', currency, currencyDisplay: 'name' })
  const number: Speech['number'] = (decimal) =>
    breakable(plain(decimal).format(decimal as Intl.StringNumericLiteral))
  const money: Speech['money'] = (amount) =>
    breakable(named(amount).format(amount as Intl.StringNumericLiteral))
  const nameFor = (amount: string): string =>
    named(amount)
      .formatToParts(amount as Intl.StringNumericLiteral)
      .find(({ type }) => type === 'currency')?.value ?? currency

  const percents = new Intl.NumberFormat(tag, {
    style: 'unit',
    unit: 'percent',
    unitDisplay: 'short',
    maximumFractionDigits: 10,
  })
  const days = new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeZone: 'UTC' })
  const countries = new Intl.DisplayNames(tag, { type: 'region' })
  const common = {
    language,
    direction: language === 'fa' ? 'rtl' : 'ltr',
    text: texts[language],
    number,
    percent: (decimal) => percents.format(decimal as Intl.StringNumericLiteral),
    date: (date) => days.format(new Date(`${date}T00:00:00Z`)),
    country: (code) => (/^[A-Z]{2}$/.test(code) ? (countries.of(code) ?? code) : code),
  } satisfies Partial<Speech>

  if (currency === 'IRR' && moneyUnit === 'toman') {
    const { toman: unit } = common.text
    return {
      ...common,
      figure: (amount) => number(tomansOf(amount)),
      money: (amount) => `${number(tomansOf(amount))} ${unit}`,
      words: (amount) => `${inWords(tomansOf(amount), language)} ${unit}`,
      unit,
      recorded: money,
    }
  }
  return {
    ...common,
    figure: number,
    money,
    words: (amount) => `${inWords(amount, language)} ${nameFor(wholeIfWhole(amount))}`,
    // Of many: "euros".
    unit: nameFor('100'),
    recorded: undefined,
  }
}

/** The format for decimal text to its last digit; one is made for each count of digits. */
const exactly = (tag: string, options: Intl.NumberFormatOptions) => {
  const made = new Map<number, Intl.NumberFormat>()
  return (decimal: string): Intl.NumberFormat => {
    const digits = decimal.split('.')[1]?.length ?? 0
    const format =
      made.get(digits) ??
      new Intl.NumberFormat(tag, {
        ...options,
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      })
    made.set(digits, format)
    return format
  }
}

/** More than this of a figure is no longer sure to fit into one line. */
const longest = 24

/** Where a long figure may go on in the next line: behind its thousands. */
export const lineEnd = '\u200B'

const breakable = (figure: string): string =>
  figure.length > longest ? figure.replaceAll(/[٬,]/g, `$&${lineEnd}`) : figure

const tagOf = (language: Language, calendar: 'jalali' | 'gregorian'): string => {
  const of = calendar === 'jalali' ? 'persian' : 'gregory'
  return language === 'fa' ? `fa-IR-u-ca-${of}-nu-arabext` : `en-GB-u-ca-${of}`
}

/** Digits after the point that say nothing make no plural: one euro, not one euros. */
const wholeIfWhole = (amount: string): string => amount.replace(/\.0+$/, '')
