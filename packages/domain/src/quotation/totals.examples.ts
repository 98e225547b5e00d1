/**
 * The offers that the tests of totals speak of, and their figures as text.
 *
 * @module
 */
import * as E from 'fp-ts/lib/Either.js'
import { sumByCurrency, times } from '../money/arithmetic.ts'
import { usualDigits } from '../money/money.ts'
import type { PricedItem, PricedLine } from './line.ts'
import { type Figured, type Figuring, figured } from './totals.ts'

export const inCurrency = (currency: string, others: Partial<Figuring> = {}): Figuring => ({
  currency,
  digits: usualDigits(currency),
  pricesIncludeTax: false,
  vatRounding: 'total',
  ...others,
})
export const inEuro = inCurrency('EUR')

/** One table at 10 %, unless told otherwise. */
export const item = (
  amount: string,
  { currency = 'EUR', ...told }: Partial<PricedItem> & { readonly currency?: string } = {},
): PricedItem => ({
  id: '000000000000000000000000A1',
  kind: 'item',
  description: 'Table',
  quantity: '1',
  unitPrice: { amount, currency },
  taxRate: '10',
  ...told,
})

export const figures = (lines: readonly PricedLine[], by = inEuro): Figured => {
  const outcome = figured(lines, by)
  if (E.isLeft(outcome)) throw new Error(outcome.left.type)
  return outcome.right
}

/** All of it in one currency, as text. */
export const inShort = (lines: readonly PricedLine[], by = inEuro) => {
  const { lines: shown, totals } = figures(lines, by)
  const taxes = [times({ amount: '0', currency: by.currency }, [], by.digits)]
  return {
    amounts: shown.flatMap((line) => (line.kind === 'item' ? [line.amount.amount] : [])),
    net: totals.net.amount,
    tax: sumByCurrency([...taxes, ...totals.taxes.map(({ tax }) => tax)])[0]?.amount,
    total: totals.total.amount,
  }
}
