/**
 * Arithmetic of money. Everything is exact; the one thing that rounds says so, and does it once, half
 * away from zero.
 *
 * @module
 */
import * as E from 'fp-ts/lib/Either.js'
import { aligned, type Decimal, decimalOf, product, rounded, textOf } from './exact.ts'
import { type Currency, type Money, usualDigits } from './money.ts'

/** Why two amounts were not put together. */
export interface CurrencyMismatch {
  readonly type: 'CurrencyMismatch'
  readonly expected: Currency
  readonly given: Currency
}

const combined =
  (combine: (a: bigint, b: bigint) => bigint) =>
  (a: Money, b: Money): E.Either<CurrencyMismatch, Money> => {
    const { currency } = a
    if (b.currency !== currency) {
      return E.left({ type: 'CurrencyMismatch', expected: currency, given: b.currency })
    }
    const both = aligned(decimalOf(a.amount), decimalOf(b.amount))
    const amount = textOf({ units: combine(both.a, both.b), digits: both.digits })
    return E.right({ amount, currency })
  }

export const plus = combined((a, b) => a + b)
export const minus = combined((a, b) => a - b)

/** Negative, zero or positive as the first is less than, equal to or more than the second. */
export const compareMoney = (a: Money, b: Money): E.Either<CurrencyMismatch, number> =>
  E.map(
    ({ amount }: Money) =>
      Number(decimalOf(amount).units > 0n) - Number(decimalOf(amount).units < 0n),
  )(minus(a, b))

/**
 * The product of an amount and decimal factors: multiplied exactly, then rounded once to the digits
 * of the currency.
 *
 * @example times({ amount: '1.005', currency: 'EUR' }, ['1']) // EUR 1.01
 */
export const times = (
  { amount, currency }: Money,
  factors: readonly string[],
  digits: number = usualDigits(currency),
): Money => {
  const exact = factors.map(decimalOf).reduce(product, decimalOf(amount))
  return { amount: textOf(rounded(exact, digits)), currency }
}

/** The sums of a list, one for each currency, in the order of their codes. */
export const sumByCurrency = (amounts: Iterable<Money>): readonly Money[] => {
  const sums = new Map<Currency, Decimal>()
  for (const { amount, currency } of amounts) {
    const { a, b, digits } = aligned(
      sums.get(currency) ?? { units: 0n, digits: 0 },
      decimalOf(amount),
    )
    sums.set(currency, { units: a + b, digits })
  }
  return [...sums]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, sum]) => ({ amount: textOf(sum), currency }))
}

/**
 * The amount in parts by weight, and nothing lost: what whole minor units leave over goes, one each,
 * to the parts that were cut by most, the earlier one of equals.
 *
 * @example allocate({ amount: '0.05', currency: 'EUR' }, [3, 7]) // EUR 0.02 and EUR 0.03
 */
export const allocate = (
  { amount, currency }: Money,
  weights: readonly number[],
): readonly Money[] => {
  const { units, digits } = decimalOf(amount)
  const shares = weights.map(BigInt)
  const total = shares.reduce((sum, share) => sum + share, 0n)
  if (total === 0n || shares.some((share) => share < 0n)) {
    throw new RangeError('weights must be whole, not negative, and not all zero')
  }
  const sign = units < 0n ? -1n : 1n
  const size = units * sign
  const cuts = shares.map((share, index) => ({
    index,
    whole: (size * share) / total,
    cut: (size * share) % total,
  }))
  const left = size - cuts.reduce((sum, { whole }) => sum + whole, 0n)
  const lucky = new Set(
    cuts
      .toSorted((a, b) => (a.cut === b.cut ? a.index - b.index : a.cut > b.cut ? -1 : 1))
      .slice(0, Number(left))
      .map(({ index }) => index),
  )
  return cuts.map(({ index, whole }) => ({
    amount: textOf({ units: sign * (whole + (lucky.has(index) ? 1n : 0n)), digits }),
    currency,
  }))
}
