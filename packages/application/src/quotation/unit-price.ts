/**
 * What one costs: as it was typed, or as the product says for the quantity, converted where its
 * prices are in other money.
 *
 * @module
 */
import { type Currency, type Money, times } from '@forsat/domain'
import * as E from 'fp-ts/lib/Either.js'
import type { StateOf } from '../aggregate.ts'
import { exactPrice, finest, isCurrency, tidy } from '../input.ts'
import { invalid, type Refusal } from '../refusal.ts'
import type { Setting } from '../use-case.ts'

export type Product = Extract<StateOf<'product'>, { readonly fields: unknown }>['fields']
type Price = NonNullable<Product['prices']>[number]

/** The money that an offer is made in, and the digits that it keeps it with. */
export interface Tender {
  readonly currency: Currency
  readonly digits: number
}

/** A price as it was typed: in the offer's own money. */
export const typedPrice = (
  price: Money,
  { currency, digits }: Tender,
  pointer: string,
): E.Either<Refusal, Money> =>
  isCurrency(price.currency) && price.currency !== currency
    ? E.left({ type: 'CurrencyMismatch', expected: currency, given: price.currency })
    : exactPrice(`${pointer}/unitPrice`, price, { digitsOf: () => digits })

/** How much of a product is asked for, and in which unit. */
export interface Wanted {
  readonly quantity: string
  readonly unit?: string | null | undefined
}

/** The product's price for the quantity: in the currency asked for, else by the rate of the day. */
export const productPrice = async (
  product: Product,
  { quantity, unit }: Wanted,
  { currency, digits }: Tender,
  { company, facts, when }: Setting,
  pointer: string,
): Promise<E.Either<Refusal, Money>> => {
  const factor = factorOf(unit ?? undefined, product)
  if (factor === undefined) {
    return invalid(`${pointer}/unit`, 'is no unit that the product has a price for')
  }
  const priced = (price: Price['unitPrice'], rate = '1') =>
    tidy(times({ ...price, currency }, [factor, rate], finest(digits)), digits)
  const reached = reachedBy(quantity, factor, product.prices ?? [])
  const own = reached.find(({ unitPrice }) => unitPrice.currency === currency)
  if (own !== undefined) return E.right(priced(own.unitPrice))

  const date = when.occurredOn
  // Prices in the company's own money first: those are the rates that it keeps.
  const foreign = reached.toSorted(
    (a, b) =>
      Number(b.unitPrice.currency === company.currency) -
      Number(a.unitPrice.currency === company.currency),
  )
  for (const { unitPrice } of foreign) {
    const pair = { base: unitPrice.currency, quote: currency, date }
    const known = await facts.exchangeRate(pair, company.id)
    if (known !== undefined) return E.right(priced(unitPrice, known.rate))
  }
  const [first] = foreign
  return first === undefined
    ? invalid(`${pointer}/unitPrice`, 'is required: the product has no price for this quantity')
    : E.left({ type: 'RateMissing', base: first.unitPrice.currency, quote: currency, date })
}

/** How much of the product's own unit one of a unit is. */
const factorOf = (unit: string | undefined, product: Product): string | undefined =>
  unit === undefined || unit === product.unit
    ? '1'
    : product.units?.find((each) => each.unit === unit)?.factor

/** The prices that the quantity reaches, those that ask for most first. */
const reachedBy = (quantity: string, factor: string, prices: readonly Price[]) => {
  const wanted = tenBillionths(quantity) * tenBillionths(factor)
  return prices
    .map((price) => ({ ...price, from: tenBillionths(price.minQuantity ?? '0') }))
    .filter(({ from }) => from * tenBillionths('1') <= wanted)
    .toSorted((a, b) => Number(b.from - a.from))
}

/** Decimal text as a whole number: no quantity and no factor has more than ten digits. */
const tenBillionths = (decimal: string): bigint => {
  const [whole = '0', fraction = ''] = decimal.split('.')
  return BigInt(whole + fraction.padEnd(10, '0'))
}
