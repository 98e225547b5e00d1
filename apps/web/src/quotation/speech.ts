import { tomansOf } from '@forsat/domain'
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import { type Formats, formatsOf } from '../formats.ts'
import { type Language, type Messages, messages } from './messages.ts'
import type { Quotation } from './quotation.ts'

/** How a document speaks: in its own language, calendar and unit of money, whoever reads it. */
export interface Speech extends Omit<Formats, 'money'> {
  readonly language: Language
  readonly direction: 'rtl' | 'ltr'
  readonly text: Messages
  /** An amount of the document's currency, without a sign of it. */
  readonly figure: (amount: string) => string
  /** The same with its sign. */
  readonly money: (amount: string) => string
  readonly quantity: (text: string) => string
  /** What the amounts are in. */
  readonly unit: string
  /** The sign of the currency itself, where another unit is shown. */
  readonly recorded: ((amount: string) => string) | undefined
  /** The day of a moment, in the seller's zone. */
  readonly day: (instant: string) => string
}

type Manner = Pick<Quotation, 'language' | 'calendar' | 'currency' | 'moneyUnit' | 'zone'>

export const speechOf = ({
  language: asked,
  calendar,
  currency,
  moneyUnit,
  zone,
}: Manner): Speech => {
  const language = languageOf(asked)
  const text = messages[language]
  const tag = tagOf(language, calendar)
  const { money: withSign, figure, ...formats } = formatsOf(tag)
  const money = (amount: string) => withSign({ amount, currency })
  const day = new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeZone: zone })
  const common = {
    ...formats,
    language,
    direction: language === 'fa' ? 'rtl' : 'ltr',
    text,
    quantity: figure,
    day: (instant: string) => day.format(new Date(instant)),
  } as const
  if (currency === 'IRR' && moneyUnit === 'toman') {
    return {
      ...common,
      figure: (amount) => figure(tomansOf(amount)),
      money: (amount) => `${figure(tomansOf(amount))} ${text.toman}`,
      unit: text.toman,
      recorded: money,
    }
  }
  const unit = new Intl.DisplayNames(tag, { type: 'currency' }).of(currency) ?? currency
  return { ...common, figure, money, unit, recorded: undefined }
}

/** The texts nearest to a language. */
export const languageOf = (tag: string): Language => (/^fa\b/i.test(tag) ? 'fa' : 'en')

const tagOf = (language: Language, calendar: Quotation['calendar']) => {
  const of = calendar === 'jalali' ? 'persian' : 'gregory'
  return language === 'fa' ? `fa-IR-u-ca-${of}-nu-arabext` : `en-GB-u-ca-${of}`
}

const Spoken = createContext<Speech | undefined>(undefined)

export const SpeechProvider = Spoken.Provider

export const useSpeech = (): Speech => {
  const speech = useContext(Spoken)
  if (speech === undefined) throw new Error('a document is shown in the manner of none')
  return speech
}
