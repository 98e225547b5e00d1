/**
 * Text as people type it: Unicode NFC, well formed, without control characters.
 *
 * @module
 */
import * as z from 'zod'

/** Control characters but tab and line feed, and halves of surrogate pairs. */
// oxlint-disable-next-line no-control-regex -- these are what the rule is about
const unprintable = /[\u0000-\u0008\u000B-\u001F\u007F]/

const typed = (max: number) =>
  z
    .string()
    .max(max)
    .refine((text) => text.isWellFormed(), 'must be well-formed Unicode')
    .refine((text) => text === text.normalize('NFC'), 'must be in Unicode normalization form C')
    .refine((text) => !unprintable.test(text), 'must not contain control characters')

/** One line: a name, a title, a label. At least one character that is not a space, at most 200. */
export const Line = typed(200).refine(
  (text) => /\S/.test(text) && !/[\t\n]/.test(text),
  'must be one line that is not blank',
)

/** Free text of any lines, at most 4,000 characters. */
export const FreeText = typed(4000).refine((text) => /\S/.test(text), 'must not be blank')
