/**
 * Lines with their prices: a product brings its description, unit, price and tax where the line does
 * not say its own.
 *
 * @module
 */
import type { Item, Money, PricedLine, QuotationLine } from '@forsat/domain'
import * as E from 'fp-ts/lib/Either.js'
import { invalid, type Refusal } from '../refusal.ts'
import type { Setting } from '../use-case.ts'
import { carried } from './carried.ts'
import type { LineInput } from './line-input.ts'
import { type Product, productPrice, type Tender, typedPrice, type Wanted } from './unit-price.ts'

export interface LineWithText {
  readonly line: PricedLine
  readonly text?: string | undefined
}

type Asked = LineInput & { readonly id?: string | undefined }

/** The lines in their order; those that name a position stand there. */
export const pricedLines = async (
  asked: readonly Asked[],
  tender: Tender,
  setting: Setting,
  known: readonly QuotationLine[] = [],
): Promise<E.Either<Refusal, readonly LineWithText[]>> => {
  const lines: LineWithText[] = []
  for (const [index, line] of asked.entries()) {
    const pointer = `/lines/${index}`
    const before = known.find(({ id }) => id === line.id)
    if (line.id !== undefined) {
      if (before === undefined) return E.left({ type: 'LineUnknown', lineId: line.id })
      if (before.kind !== line.kind) return invalid(`${pointer}/kind`, `must stay ${before.kind}`)
      if (lines.some((each) => each.line.id === line.id)) {
        return invalid(`${pointer}/id`, 'must name each line once')
      }
    }
    const priced = await pricedLine(line, tender, setting, pointer, before)
    if (E.isLeft(priced)) return priced
    lines.splice(line.position ?? lines.length, 0, priced.right)
  }
  return E.right(lines)
}

export const pricedLine = async (
  asked: LineInput,
  tender: Tender,
  setting: Setting,
  pointer = '',
  before?: QuotationLine,
): Promise<E.Either<Refusal, LineWithText>> => {
  const id = before?.id ?? setting.ids.next()
  const { kind, description = '' } = asked
  if (kind === 'note') return E.right({ line: { id, kind }, text: description })
  if (kind === 'section') return E.right({ line: { id, kind, description } })
  const known = before?.kind === 'item' ? before : undefined
  const item = await itemOf(asked, tender, setting, pointer, known)
  return E.map((fields: Omit<PricedItem, 'id' | 'kind'>) => ({ line: { id, kind, ...fields } }))(
    item,
  )
}

type PricedItem = Extract<PricedLine, { readonly kind: 'item' }>

/** What an item does not say, its product does; one that was there before says it as it did then. */
const itemOf = async (
  asked: LineInput,
  tender: Tender,
  setting: Setting,
  pointer: string,
  before: Item | undefined,
): Promise<E.Either<Refusal, Omit<PricedItem, 'id' | 'kind'>>> => {
  const { productId = before?.productId, discountPercent = before?.discountPercent } = asked
  const found = await newProduct(asked.productId, before?.productId, setting, pointer)
  if (E.isLeft(found)) return found
  const product = found.right
  const kept = product === undefined ? before : undefined
  const description = asked.description ?? kept?.description ?? product?.name
  if (description === undefined) return invalid(`${pointer}/description`, 'is required')
  const quantity = asked.quantity ?? before?.quantity ?? '1'
  const unit = asked.unit ?? kept?.unit ?? product?.unit
  const typed = asked.unitPrice ?? kept?.unitPrice
  const price = await priceOf(typed, product, { quantity, unit }, tender, setting, pointer)
  if (E.isLeft(price)) return price
  const taxRate = kept === undefined ? usualTaxRate(product, setting) : kept.taxRate
  return carried(pointer, {
    ...(productId === undefined ? {} : { productId }),
    description,
    quantity,
    ...(unit === undefined ? {} : { unit }),
    unitPrice: price.right,
    ...(discountPercent === undefined ? {} : { discountPercent }),
    taxRate: asked.taxRate === undefined ? taxRate : asked.taxRate,
  })
}

/** The product that a line is given, unless that is the one it had: that stays, sold or not. */
export const newProduct = async (
  productId: string | null | undefined,
  before: string | undefined,
  { company, facts }: Setting,
  pointer: string,
): Promise<E.Either<Refusal, Product | undefined>> => {
  if (typeof productId !== 'string' || productId === before) return E.right(undefined)
  const product = await facts.productFacts(productId, company.id)
  if (product === undefined || product.status === 'absent') {
    return invalid(`${pointer}/productId`, 'is no product of this company')
  }
  if (product.status === 'archived' || !product.fields.saleable) {
    return invalid(`${pointer}/productId`, 'is not sold any more')
  }
  return E.right(product.fields)
}

/** A price that was typed goes before that of the product. */
export const priceOf = async (
  typed: Money | undefined,
  product: Product | undefined,
  wanted: Wanted,
  tender: Tender,
  setting: Setting,
  pointer: string,
): Promise<E.Either<Refusal, Money>> => {
  if (typed !== undefined) return typedPrice(typed, tender, pointer)
  return product === undefined
    ? invalid(`${pointer}/unitPrice`, 'is required where no product is named')
    : productPrice(product, wanted, tender, setting, pointer)
}

/** The product's, else the company's, else none: exempt. */
export const usualTaxRate = (
  product: Product | undefined,
  { company }: Pick<Setting, 'company'>,
): string | null => product?.taxRate ?? company.defaultTaxRate ?? null
