/**
 * Lines with their prices: a product brings its description, unit, price and tax where the line does
 * not say its own.
 *
 * @module
 */
import { type Item, type Money, type PricedLine, type QuotationLine, times } from '@forsat/domain'
import * as E from 'fp-ts/lib/Either.js'
import type { StateOf } from '../aggregate.ts'
import { exactPrice, isCurrency } from '../input.ts'
import { invalid, type Refusal } from '../refusal.ts'
import type { Setting } from '../use-case.ts'
import type { LineInput } from './line-input.ts'

export interface LineWithText {
  readonly line: PricedLine
  readonly text?: string | undefined
}

type Product = Extract<StateOf<'product'>, { readonly fields: unknown }>['fields']

type Asked = LineInput & { readonly id?: string | undefined }

/** The lines in their order; those that name a position stand there. */
export const pricedLines = async (
  asked: readonly Asked[],
  currency: string,
  setting: Setting,
  known: readonly QuotationLine[] = [],
): Promise<E.Either<Refusal, readonly LineWithText[]>> => {
  const lines: LineWithText[] = []
  for (const [index, line] of asked.entries()) {
    const before = known.find(({ id, kind }) => id === line.id && kind === line.kind)
    const priced = await pricedLine(line, currency, setting, `/lines/${index}`, before)
    if (E.isLeft(priced)) return priced
    lines.splice(line.position ?? lines.length, 0, priced.right)
  }
  return E.right(lines)
}

export const pricedLine = async (
  asked: Asked,
  currency: string,
  setting: Setting,
  pointer = '',
  before?: QuotationLine,
): Promise<E.Either<Refusal, LineWithText>> => {
  const id = before?.id ?? asked.id ?? setting.ids.next()
  const { kind, description = '' } = asked
  if (kind === 'note') return E.right({ line: { id, kind }, text: description })
  if (kind === 'section') return E.right({ line: { id, kind, description } })
  const item = await itemOf(
    asked,
    currency,
    setting,
    pointer,
    before?.kind === 'item' ? before : undefined,
  )
  return E.map((fields: Omit<PricedItem, 'id' | 'kind'>) => ({
    line: { id, kind: 'item' as const, ...fields },
  }))(item)
}

type PricedItem = Extract<PricedLine, { readonly kind: 'item' }>

const itemOf = async (
  asked: Asked,
  currency: string,
  setting: Setting,
  pointer: string,
  before: Item | undefined,
): Promise<E.Either<Refusal, Omit<PricedItem, 'id' | 'kind'>>> => {
  const { company } = setting
  const productId = asked.productId ?? before?.productId
  const product = await productOf(asked.productId, setting, pointer)
  if (E.isLeft(product)) return product
  const quantity = asked.quantity ?? before?.quantity ?? '1'
  const price = await priceOf(asked, currency, setting, pointer, product.right, before, quantity)
  if (E.isLeft(price)) return price
  const description = asked.description ?? before?.description ?? product.right?.name
  if (description === undefined) return invalid(`${pointer}/description`, 'is required')
  const unit = asked.unit ?? (asked.productId === undefined ? before?.unit : product.right?.unit)
  const usualRate = product.right?.taxRate ?? company.defaultTaxRate ?? null
  const keptRate =
    asked.productId === undefined && before !== undefined ? before.taxRate : usualRate
  return E.right({
    ...(productId === undefined ? {} : { productId }),
    description,
    quantity,
    ...(unit === undefined ? {} : { unit }),
    unitPrice: price.right,
    ...(asked.discountPercent === undefined ? {} : { discountPercent: asked.discountPercent }),
    taxRate: asked.taxRate === undefined ? keptRate : asked.taxRate,
  })
}

export const productOf = async (
  productId: string | undefined,
  { company, facts }: Setting,
  pointer: string,
): Promise<E.Either<Refusal, Product | undefined>> => {
  if (productId === undefined) return E.right(undefined)
  const product = await facts.productFacts(productId, company.id)
  if (product === undefined || product.status === 'absent') {
    return invalid(`${pointer}/productId`, 'is no product of this company')
  }
  if (product.status === 'archived' || !product.fields.saleable) {
    return invalid(`${pointer}/productId`, 'is not sold any more')
  }
  return E.right(product.fields)
}

const priceOf = async (
  { unitPrice, productId }: Asked,
  currency: string,
  setting: Setting,
  pointer: string,
  product: Product | undefined,
  before: Item | undefined,
  quantity: string,
): Promise<E.Either<Refusal, Money>> => {
  if (unitPrice !== undefined) return ownPrice(unitPrice, currency, setting, pointer)
  // A price that was typed is kept, whatever else changes.
  if (before !== undefined && productId === undefined) return E.right(before.unitPrice)
  return productPrice(product, currency, quantity, setting, pointer)
}

/** A price as money is written, in the offer's own currency. */
export const ownPrice = (
  price: Money,
  currency: string,
  { company }: Pick<Setting, 'company'>,
  pointer: string,
): E.Either<Refusal, Money> => {
  const exact = exactPrice(`${pointer}/unitPrice`, price, company)
  return isCurrency(price.currency) && price.currency !== currency
    ? E.left({ type: 'CurrencyMismatch', expected: currency, given: price.currency })
    : exact
}

/** The price for the quantity: in the currency asked for, else converted by the rate of the day. */
export const productPrice = async (
  product: Product | undefined,
  currency: string,
  quantity: string,
  { company, facts, when }: Setting,
  pointer: string,
): Promise<E.Either<Refusal, Money>> => {
  const prices = (product?.prices ?? [])
    .filter(({ minQuantity = '0' }) => Number(minQuantity) <= Number(quantity))
    .toSorted((a, b) => Number(b.minQuantity ?? '0') - Number(a.minQuantity ?? '0'))
  const own = prices.find(({ unitPrice }) => unitPrice.currency === currency)
  if (own !== undefined) return ownPrice(own.unitPrice, currency, { company }, pointer)
  const [other] = prices
  if (other === undefined) {
    return invalid(`${pointer}/unitPrice`, 'is required: the product has no price')
  }
  const date = when.occurredOn
  for (const { unitPrice } of prices) {
    const pair = { base: unitPrice.currency, quote: currency, date }
    const known = await facts.exchangeRate(pair, company.id)
    if (known === undefined) continue
    const { amount } = times(unitPrice, [known.rate], company.digitsOf(currency))
    return E.right({ amount, currency })
  }
  return E.left({ type: 'RateMissing', base: other.unitPrice.currency, quote: currency, date })
}
