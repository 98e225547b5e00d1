/**
 * What a mail says: in the language of the document, by the company's own words or the usual ones. It
 * is made at the moment of sending, for it holds the customer's link, which is kept nowhere.
 *
 * @module
 */
import { type CalendarDate, usualMailTexts, wordsWith } from '@forsat/domain'
import type { CompanySettings } from '../company.ts'
import type { Mail } from './mailer.ts'

export interface About {
  /** Of the document. */
  readonly language: string
  readonly number: string
  /** As it was written to. */
  readonly customer: string | undefined
  readonly validUntil: CalendarDate | undefined
  /** The customer's page. */
  readonly link: string
}

type Seller = Pick<CompanySettings, 'name' | 'calendar' | 'mailTexts'>

export const wording = (
  { language: of, validUntil, ...about }: About,
  seller: Seller,
): Pick<Mail, 'subject' | 'text' | 'html'> => {
  const language = /^fa\b/i.test(of) ? 'fa' : 'en'
  const { subject, text } = seller.mailTexts[language] ?? usualMailTexts[language]
  const day = validUntil && dayOf(validUntil, language, seller.calendar)
  const facts = { ...about, seller: seller.name, validUntil: day }
  const words = wordsWith(text, facts)
  return {
    subject: wordsWith(subject, facts) || about.number,
    text: words,
    html: pageOf(words, about.link, language),
  }
}

/** Days of the calendar carry no zone. */
const dayOf = (day: CalendarDate, language: 'fa' | 'en', calendar: Seller['calendar']): string => {
  const of = calendar === 'jalali' ? 'persian' : 'gregory'
  const tag = language === 'fa' ? `fa-IR-u-ca-${of}-nu-arabext` : `en-GB-u-ca-${of}`
  const format = new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeZone: 'UTC' })
  return format.format(new Date(`${day}T00:00:00.000Z`))
}

/** The same words for readers who show pages: in their direction, with a link to press. */
const pageOf = (words: string, link: string, language: 'fa' | 'en'): string => {
  const anchor = `<a href="${escaped(link)}" dir="ltr">${escaped(link)}</a>`
  const lines = words
    .split('\n')
    .map((line) => escaped(line).replaceAll(escaped(link), () => anchor))
  const direction = language === 'fa' ? 'rtl' : 'ltr'
  return `<!doctype html><html lang="${language}" dir="${direction}"><body>${lines.join('<br>\n')}</body></html>`
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}

const escaped = (text: string): string =>
  text.replaceAll(/[&<>"]/g, (sign) => entities[sign] ?? sign)
