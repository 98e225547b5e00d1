import type { Money } from '@forsat/domain'
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import { type Language, type Messages, messages } from './messages.ts'

/** The tag carries digits and calendar, so that every Intl formatter agrees. */
const tags = { fa: 'fa-IR-u-ca-persian-nu-arabext', en: 'en-GB' } as const

/** A language as the page speaks it: its texts, its direction, and how it writes what it is given. */
export interface Speech {
  readonly language: Language
  readonly direction: 'rtl' | 'ltr'
  readonly text: Messages
  readonly number: (value: number) => string
  /** Of a number from 0 to 100. */
  readonly percent: (value: number) => string
  readonly days: (value: number) => string
  readonly money: (money: Money) => string
  /** Of an ISO date, in the language's own calendar. */
  readonly date: (iso: string) => string
  /** The same day as one would type it. */
  readonly shortDate: (iso: string) => string
}

const speechOf = (language: Language): Speech => {
  const tag = tags[language]
  const number = new Intl.NumberFormat(tag, { maximumFractionDigits: 2 })
  const percent = new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 2 })
  const days = new Intl.NumberFormat(tag, {
    style: 'unit',
    unit: 'day',
    unitDisplay: 'long',
    maximumFractionDigits: 1,
  })
  const date = new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeZone: 'UTC' })
  const short = new Intl.DateTimeFormat(tag, {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    timeZone: 'UTC',
  })
  return {
    language,
    direction: language === 'fa' ? 'rtl' : 'ltr',
    text: messages[language],
    number: (value) => number.format(value),
    percent: (value) => percent.format(value / 100),
    days: (value) => days.format(value),
    money: ({ amount, currency }) => {
      // The amount goes to Intl as text, so that no digit is lost, and keeps the digits it came with.
      const digits = amount.split('.')[1]?.length ?? 0
      return new Intl.NumberFormat(tag, {
        style: 'currency',
        currency,
        currencyDisplay: 'narrowSymbol',
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      }).format(amount as Intl.StringNumericLiteral)
    },
    date: (iso) => date.format(new Date(iso)),
    shortDate: (iso) => (language === 'fa' ? short.format(new Date(iso)) : iso),
  }
}

export const speeches: Readonly<Record<Language, Speech>> = {
  fa: speechOf('fa'),
  en: speechOf('en'),
}

const Spoken = createContext(speeches.fa)

export const SpeechProvider = Spoken.Provider
export const useSpeech = () => useContext(Spoken)
