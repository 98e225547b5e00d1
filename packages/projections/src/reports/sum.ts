/**
 * Sums of money, exact to the last digit, one for each currency.
 *
 * @module
 */
import type { Money } from '../views/values.ts'

interface Sum {
  readonly digits: number
  readonly total: bigint
}

/** Sums by currency, in the order in which currencies came. */
export type Sums = Map<string, Sum>

/** Adds decimal text to the sum of its currency. */
export const add = (sums: Sums, amount: string, currency: string): void => {
  const point = amount.indexOf('.')
  const digits = point === -1 ? 0 : amount.length - point - 1
  const total = BigInt(point === -1 ? amount : amount.slice(0, point) + amount.slice(point + 1))
  sums.set(currency, added(sums.get(currency) ?? { digits, total: 0n }, { digits, total }))
}

const added = (a: Sum, b: Sum): Sum => {
  const digits = Math.max(a.digits, b.digits)
  return { digits, total: scaled(a, digits) + scaled(b, digits) }
}

const scaled = ({ digits, total }: Sum, to: number): bigint => total * 10n ** BigInt(to - digits)

export const moneyOf = (sums: Sums): Money[] =>
  [...sums]
    .map(([currency, sum]) => ({ amount: textOf(sum), currency }))
    .toSorted((a, b) => (a.currency < b.currency ? -1 : 1))

const textOf = ({ digits, total }: Sum): string => {
  if (digits === 0) return String(total)
  const [sign, size] = total < 0n ? ['-', -total] : ['', total]
  const text = String(size).padStart(digits + 1, '0')
  return `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`
}

/** Which of two sums is more, in one currency. */
export const compareSums = (a: Sums, b: Sums, currency: string): number => {
  const none: Sum = { digits: 0, total: 0n }
  const [first, second] = [a.get(currency) ?? none, b.get(currency) ?? none]
  const digits = Math.max(first.digits, second.digits)
  const difference = scaled(first, digits) - scaled(second, digits)
  return difference < 0n ? -1 : Number(difference > 0n)
}
