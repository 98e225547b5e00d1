/**
 * What changes of one line: the fields named, and what another product brings with it.
 *
 * @module
 */
import type { Money, QuotationLine } from '@forsat/domain'
import * as E from 'fp-ts/lib/Either.js'
import { invalid, type Refusal } from '../refusal.ts'
import type { Setting } from '../use-case.ts'
import { ownPrice, productOf, productPrice } from './pricing.ts'

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
  currency: string,
  setting: Setting,
): Promise<E.Either<Refusal, Revised>> => {
  const said = present(asked)
  const [foreign] = Object.keys(said)
  if (line.kind !== 'item' && foreign !== undefined) {
    return invalid(`/${foreign}`, `has no place in a ${line.kind}`)
  }
  if (line.kind === 'note') return E.right({ changes: {}, text: description })
  if (line.kind === 'section') return E.right({ changes: present({ description }) })

  const product = await productOf(asked.productId ?? undefined, setting, '')
  if (E.isLeft(product)) return product
  const { right: found } = product
  const brought =
    found === undefined
      ? {}
      : present({
          description: found.name,
          unit: found.unit,
          taxRate: found.taxRate ?? setting.company.defaultTaxRate ?? null,
        })
  const quantity = asked.quantity ?? line.quantity
  const price =
    asked.unitPrice !== undefined
      ? ownPrice(asked.unitPrice, currency, setting, '')
      : found && (await productPrice(found, currency, quantity, setting, ''))
  if (price && E.isLeft(price)) return price
  return E.right({
    changes: { ...brought, ...said, ...present({ description, unitPrice: price?.right }) },
  })
}

/** The fields that say something. */
const present = (fields: LineRevision): Changes =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
