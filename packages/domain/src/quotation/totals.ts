/**
 * What a quotation comes to. Worked out once, when something changes, and recorded then: a later
 * change of a rule never changes what was offered.
 *
 * @module
 */
import * as E from 'fp-ts/lib/Either.js'
import * as z from 'zod'
import type { CurrencyMismatch } from '../money/arithmetic.ts'
import { Percent } from '../money/decimal.ts'
import {
  type Decimal,
  decimalOf,
  numeral,
  powerOfTen,
  product,
  ratio,
  rounded,
  textOf,
} from '../money/exact.ts'
import { type Currency, Money } from '../money/money.ts'
import type { PricedItem, PricedLine, QuotationLine } from './line.ts'

/** Every amount is in the quotation's currency. The bases add up to the net; net and taxes to the total. */
export const Totals = z.strictObject({
  /** Without tax, discounts taken off. */
  net: Money,
  /** What the discounts of the lines take off, in the terms of the prices. */
  discount: Money,
  /** One row for each rate, the lowest first; what is exempt comes last, under `null`. */
  taxes: z.array(z.strictObject({ rate: Percent.nullable(), base: Money, tax: Money })),
  total: Money,
  /** The tax less what rounding it line by line would have given: what a recount may be off by. */
  roundingDifference: Money,
})
export type Totals = z.infer<typeof Totals>

/** By which rules figures are worked out. */
export interface Figuring {
  readonly currency: Currency
  /** The digits after the point that amounts have. */
  readonly digits: number
  /** Whether prices hold the tax already. */
  readonly pricesIncludeTax: boolean
  /** Tax is rounded once for each rate, on the sum of its lines, or line by line. */
  readonly vatRounding: 'total' | 'line'
}

/** The lines with what each comes to, and what they come to together. */
export interface Figured {
  readonly lines: readonly QuotationLine[]
  readonly totals: Totals
}

/**
 * The lines and the totals of an offer. What a line comes to is rounded, and only shown figures are
 * added up, so every sum can be checked on paper.
 *
 * @example 34.90 less 15 % is a discount of 5.24 and an amount of 29.66.
 */
export const figured = (
  lines: readonly PricedLine[],
  by: Figuring,
): E.Either<CurrencyMismatch, Figured> => {
  const money = moneyIn(by)
  const shares = new Map<string | null, Share>()
  const shown: QuotationLine[] = []
  let discounts = 0n
  for (const line of lines) {
    if (line.kind !== 'item') {
      shown.push(line)
      continue
    }
    const { currency: given } = line.unitPrice
    if (given !== by.currency) {
      return E.left({ type: 'CurrencyMismatch', expected: by.currency, given })
    }
    const { discount, amount } = reckoned(line, by.digits)
    discounts += discount
    const share = shareOf(shares, line.taxRate)
    share.amount += amount
    share.taxByLine += taxIn(amount, share.rate, by)
    shown.push({ ...line, discount: money(discount), amount: money(amount) })
  }
  return E.right({ lines: shown, totals: totalsOf(shares.values(), discounts, by) })
}

/** What is taxed at one rate, in the currency's units; it grows line by line. */
interface Share {
  /** `null` is exempt. */
  readonly rate: Decimal | null
  amount: bigint
  /** The tax, if each line's is rounded on its own. */
  taxByLine: bigint
}

const shareOf = (shares: Map<string | null, Share>, taxRate: string | null): Share => {
  const name = taxRate && numeral(taxRate)
  const known = shares.get(name)
  if (known !== undefined) return known
  const share = { rate: name === null ? null : decimalOf(name), amount: 0n, taxByLine: 0n }
  shares.set(name, share)
  return share
}

/** What an item comes to, in the currency's units. */
const reckoned = ({ quantity, unitPrice, discountPercent }: PricedItem, digits: number) => {
  const gross = rounded(product(decimalOf(quantity), decimalOf(unitPrice.amount)), digits).units
  const discount = discountPercent === undefined ? 0n : percentOf(gross, decimalOf(discountPercent))
  return { discount, amount: gross - discount }
}

const percentOf = (amount: bigint, { units, digits }: Decimal): bigint =>
  ratio(amount * units, powerOfTen(digits + 2))

/** The tax on an amount, or the part of it that is tax: of 110 at 10 % that is 110 x 10 / 110. */
const taxIn = (amount: bigint, rate: Decimal | null, { pricesIncludeTax }: Figuring): bigint => {
  if (rate === null) return 0n
  if (!pricesIncludeTax) return percentOf(amount, rate)
  return ratio(amount * rate.units, powerOfTen(rate.digits + 2) + rate.units)
}

const totalsOf = (shares: Iterable<Share>, discounts: bigint, by: Figuring): Totals => {
  const money = moneyIn(by)
  const rows = [...shares].toSorted(byRate).map(({ rate, amount, taxByLine }) => {
    const tax = by.vatRounding === 'line' ? taxByLine : taxIn(amount, rate, by)
    return { rate, base: by.pricesIncludeTax ? amount - tax : amount, tax, taxByLine }
  })
  const sum = (figure: 'base' | 'tax' | 'taxByLine') =>
    rows.reduce((so, row) => so + row[figure], 0n)
  const [net, tax] = [sum('base'), sum('tax')]
  return {
    net: money(net),
    discount: money(discounts),
    taxes: rows.map((row) => ({
      rate: row.rate && textOf(row.rate),
      base: money(row.base),
      tax: money(row.tax),
    })),
    total: money(net + tax),
    roundingDifference: money(tax - sum('taxByLine')),
  }
}

const byRate = ({ rate: a }: Share, { rate: b }: Share): number => {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  return Number(textOf(a)) - Number(textOf(b))
}

const moneyIn =
  ({ currency, digits }: Figuring) =>
  (units: bigint): Money => ({ amount: textOf({ units, digits }), currency })
