/**
 * What changes of one line: the fields named, and what another product brings with it.
 *
 * @module
 */
import { Line, type Money, type QuotationLine } from '@forsat/domain'
import * as E from 'fp-ts/lib/Either.js'
import { invalid, type Refusal } from '../refusal.ts'
import type { Setting } from '../use-case.ts'
import { carried } from './carried.ts'
import { newProduct, priceOf, usualTaxRate } from './pricing.ts'
import type { Tender } from './unit-price.ts'

interface LineRevision {
  readonly productId?: string | null | undefined
  readonly description?: string | undefined
  readonly quantity?: string | undefined
  readonly unit?: string | null | undefined
  readonly unitPrice?: Money | undefined
  readonly discountPercent?: string | null | undefined
  readonly taxRate?: string | null | undefined
}

type Changes = { -readonly [Name in keyof LineRevision]: Exclude<LineRevision[Name], undefined> }

interface Revised {
  readonly changes: Changes
  /** Of a note. */
  readonly text?: string | undefined
}

export const revisedLine = async (
  line: QuotationLine,
  { description, ...asked }: LineRevision,
  tender: Tender,
  setting: Setting,
): Promise<E.Either<Refusal, Revised>> => {
  const said = present(asked)
  const [foreign] = Object.keys(said)
  if (line.kind !== 'item' && foreign !== undefined) {
    return invalid(`/${foreign}`, `has no place in a ${line.kind}`)
  }
  if (line.kind === 'note') return E.right({ changes: {}, text: description })
  if (line.kind === 'section') {
    return Line.safeParse(description ?? line.description).success
      ? E.right({ changes: present({ description }) })
      : invalid('/description', 'must be one line of at most 200 characters')
  }

  const found = await newProduct(asked.productId, line.productId, setting, '')
  if (E.isLeft(found)) return found
  const product = found.right
  const wanted = { quantity: asked.quantity ?? line.quantity, unit: asked.unit ?? product?.unit }
  const isPriced = product !== undefined || asked.unitPrice !== undefined
  const price = isPriced
    ? await priceOf(asked.unitPrice, product, wanted, tender, setting, '')
    : undefined
  if (price && E.isLeft(price)) return price
  const brought =
    product === undefined
      ? {}
      : {
          description: product.name,
          unit: product.unit ?? null,
          taxRate: usualTaxRate(product, setting),
        }
  const changes = { ...brought, ...said, ...present({ description, unitPrice: price?.right }) }
  return E.map((carriable: Changes) => ({ changes: carriable }))(carried('', changes))
}

/** The fields that say something. */
const present = (fields: LineRevision): Changes =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
