/**
 * How an offer begins: its lines are put together, and what they come to is worked out and recorded.
 *
 * @module
 */
import * as E from 'fp-ts/lib/Either.js'
import { defined } from '../patch.ts'
import { bytesOf } from '../text/bytes.ts'
import type { Drafting, LineWithText, When } from './command.ts'
import { type Decision, fact, happened, refused } from './decision.ts'
import { mostLines, type QuotationLine } from './line.ts'
import { offeredAt } from './options.ts'
import { refigured } from './rewriting.ts'
import { figured } from './totals.ts'

/**
 * How much the first event carries, in bytes of JSON: the log takes 64 KiB an event, and what is
 * sealed grows by a third. Lines that do not fit follow it, one by one.
 */
const budget = 24 * 1024

export const drafted = ({
  lines: listed,
  options = [],
  occurredAt: _told,
  ...fields
}: Omit<Drafting, 'template'> & When): Decision => {
  if (listed.length > mostLines) return refused({ type: 'TooManyLines', most: mostLines })
  const whole = figured(
    listed.map(({ line }) => line),
    fields,
  )
  if (E.isLeft(whole)) return whole
  const offered = refigured({ lines: [], options }, fields)
  if (E.isLeft(offered)) return offered
  const { lines, totals } = whole.right
  const cut = fitting(lines, listed, budget - bytesOf(fields))
  const first = cut === lines.length ? whole : figured(lines.slice(0, cut), fields)
  if (E.isLeft(first)) return first
  const others = lines.slice(cut).map((line, index) => {
    const position = cut + index
    const text = listed[position]?.text
    const isLast = position === lines.length - 1
    return fact(
      'QuotationLineAdded',
      defined({ line, text, position, totals: isLast ? totals : undefined }),
    )
  })
  return happened(
    fact(
      'QuotationDrafted',
      defined({
        ...fields,
        lines: lines.slice(0, cut),
        words: wordsOf(listed.slice(0, cut)),
        totals: first.right.totals,
      }),
    ),
    ...others,
    ...offered.right.options.map(offeredAt),
  )
}

/** How many lines from the first one on fit, with the words of notes. */
const fitting = (
  lines: readonly QuotationLine[],
  listed: readonly LineWithText[],
  room: number,
): number => {
  let left = room
  const beyond = lines.findIndex((line, index) => {
    left -= bytesOf([line, listed[index]?.text])
    return left < 0
  })
  return beyond === -1 ? lines.length : beyond
}

/** The words of notes by the ids of the lines. */
const wordsOf = (listed: readonly LineWithText[]): Readonly<Record<string, string>> | undefined => {
  const words = listed.flatMap(({ line, text }) =>
    line.kind === 'note' && text !== undefined ? [[line.id, text] as const] : [],
  )
  return words.length === 0 ? undefined : Object.fromEntries(words)
}
