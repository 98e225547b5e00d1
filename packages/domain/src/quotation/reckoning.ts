/**
 * What an offer comes to as a whole: its lines, and what of its options was taken.
 *
 * @module
 */
import * as E from 'fp-ts/lib/Either.js'
import type { CurrencyMismatch } from '../money/arithmetic.ts'
import type { PricedLine, QuotationLine } from './line.ts'
import type { Option, PricedOption } from './option.ts'
import { type Figured, type Figuring, figured, type Totals } from './totals.ts'

/** What is offered, before anything of it was worked out. */
export interface Priced {
  readonly lines: readonly PricedLine[]
  readonly options: readonly PricedOption[]
}

export interface Reckoned {
  readonly lines: readonly QuotationLine[]
  readonly options: readonly Option[]
  readonly totals: Totals
}

/** Taken options count as lines behind the others; those that are only on offer count for nothing. */
export const reckoned = (
  { lines, options }: Priced,
  by: Figuring,
): E.Either<CurrencyMismatch, Reckoned> => {
  const offered = figured(options, by)
  if (E.isLeft(offered)) return offered
  const whole = figured([...lines, ...options.flatMap(takenLine)], by)
  if (E.isLeft(whole)) return whole
  const taken = takenIn(whole.right, lines.length)
  return E.right({
    lines: whole.right.lines.slice(0, lines.length),
    options: (offered.right.lines as readonly Option[]).map((option) =>
      option.taken === undefined ? option : { ...option, taken: taken.get(option.id) },
    ),
    totals: whole.right.totals,
  })
}

/** An option as the line that it is once it was taken. */
const takenLine = ({ taken, ...option }: PricedOption): readonly PricedLine[] =>
  taken === undefined ? [] : [{ ...option, quantity: taken.quantity }]

/** What was taken, by the ids of the options. */
const takenIn = ({ lines }: Figured, from: number): ReadonlyMap<string, Option['taken']> =>
  new Map(
    lines.slice(from).flatMap((line) => {
      if (line.kind !== 'item') return []
      const { id, quantity, discount, amount } = line
      return [[id, { quantity, discount, amount }] as const]
    }),
  )
