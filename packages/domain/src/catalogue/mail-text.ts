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
  text: FreeText.refine(isPlain, known).refine(
    (text) => text.includes('{link}'),
    'must hold {link}',
  ),
})
export type MailText = z.infer<typeof MailText>

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
