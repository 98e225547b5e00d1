import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import { type Formats, formatsOf } from './formats.ts'
import { type Language, type Messages, messages } from './messages.ts'

const tags = { fa: 'fa-IR-u-ca-persian-nu-arabext', en: 'en-GB' } as const

/** A language as the page speaks it: its texts, its direction, and how it writes what it is given. */
export interface Speech extends Formats {
  readonly language: Language
  readonly direction: 'rtl' | 'ltr'
  readonly text: Messages
  /** An ISO date as one would type it. */
  readonly shortDate: (iso: string) => string
}

const speechOf = (language: Language): Speech => {
  const short = new Intl.DateTimeFormat(tags[language], {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    timeZone: 'UTC',
  })
  return {
    ...formatsOf(tags[language]),
    language,
    direction: language === 'fa' ? 'rtl' : 'ltr',
    text: messages[language],
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
