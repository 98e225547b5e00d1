/**
 * The words of the mail that a quotation goes out with, in one language.
 *
 * @module
 */
import * as z from 'zod'
import { FreeText, Line } from '../text/text.ts'

/** What stands for what: `{link}` is the customer's, `{validUntil}` the last day of the offer. */
const names = ['number', 'seller', 'customer', 'validUntil', 'link'] as const
type Name = (typeof names)[number]

const placeholder = new RegExp(`\\{(${names.join('|')})\\}`, 'g')
const isPlain = (text: string) => !/[{}]/.test(text.replaceAll(placeholder, ''))
const known = `must hold no braces but ${names.map((name) => `{${name}}`).join(', ')}`

export const MailText = z.strictObject({
  subject: Line.refine(isPlain, known).refine(
    (subject) => !subject.includes('{link}'),
    'must not hold {link}: subjects are shown where anybody looks',
  ),
  text: FreeText.refine(isPlain, known)
    .refine((text) => text.includes('{link}'), 'must hold {link}')
    .meta({ examples: ['Here is our quotation {number}: {link}'] }),
})
export type MailText = z.infer<typeof MailText>

/** The words of a company that has none of its own. */
export const usualMailTexts: Readonly<Record<'fa' | 'en', MailText>> = {
  en: {
    subject: 'Quotation {number} from {seller}',
    text: [
      'Dear {customer},',
      '',
      'thank you for your interest. Our quotation {number} is here:',
      '',
      '{link}',
      '',
      'There you can look at it, ask us a question, and accept or decline it.',
      'It is valid until the end of {validUntil}.',
      '',
      'Kind regards',
      '{seller}',
    ].join('\n'),
  },
  fa: {
    subject: 'پیش‌فاکتور {number} از {seller}',
    text: [
      '{customer} گرامی،',
      '',
      'از توجه شما سپاسگزاریم. پیش‌فاکتور {number} را در این نشانی ببینید:',
      '',
      '{link}',
      '',
      'همان‌جا می‌توانید از ما بپرسید، آن را بپذیرید یا رد کنید.',
      'اعتبار آن تا پایان {validUntil} است.',
      '',
      'با احترام',
      '{seller}',
    ].join('\n'),
  },
}

/**
 * The words with what they are about put in. A line that speaks of something that there is not, such as
 * the last day of an offer without end, is left out.
 */
export const wordsWith = (
  text: string,
  facts: { readonly [Of in Name]?: string | undefined },
): string =>
  text
    .split('\n')
    .filter((line) => placeholdersIn(line).every((name) => facts[name] !== undefined))
    .map((line) => line.replaceAll(placeholder, (_, name: Name) => facts[name] ?? ''))
    .join('\n')

const placeholdersIn = (line: string): readonly Name[] =>
  [...line.matchAll(placeholder)].map(([, name]) => name as Name)
