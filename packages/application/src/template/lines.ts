/**
 * Lines and options of a template as it keeps them: each with an id of its own, products looked up and
 * prices as exact as they may be.
 *
 * @module
 */
import type { TemplateLine, TemplateOption } from '@forsat/domain'
import * as E from 'fp-ts/lib/Either.js'
import { exactPrice } from '../input.ts'
import { newProduct } from '../quotation/pricing.ts'
import { invalid, type Refusal } from '../refusal.ts'
import type { Setting } from '../use-case.ts'
import type { LineInput, OptionInput } from './line-input.ts'

type Kept = TemplateLine | TemplateOption
type KeptAs<Input> = Input extends OptionInput ? TemplateOption : TemplateLine

/** The list that is kept instead of `known`; `owner` is the template's company, if it has one. */
export const listed = async <Input extends LineInput | OptionInput>(
  list: 'lines' | 'options',
  asked: readonly Input[],
  known: readonly Kept[],
  owner: string | undefined,
  setting: Setting,
): Promise<E.Either<Refusal, KeptAs<Input>[]>> => {
  const kept: Kept[] = []
  for (const [index, input] of asked.entries()) {
    const pointer = `/${list}/${index}`
    const before = known.find(({ id }) => id === input.id)
    if (input.id !== undefined && before === undefined) {
      return invalid(`${pointer}/id`, 'is none of this template')
    }
    if (kept.some(({ id }) => id === input.id)) {
      return invalid(`${pointer}/id`, 'stands in the list twice')
    }
    const checked = await checkedItem(input, before, owner, setting, pointer)
    if (E.isLeft(checked)) return checked
    kept.push({ ...checked.right, id: before?.id ?? setting.ids.next() } as Kept)
  }
  return E.right(kept as KeptAs<Input>[])
}

/** One that is not sold any more stays where it stands, and is not put anywhere else. */
const checkedItem = async <Input extends LineInput | OptionInput>(
  input: Input,
  before: Kept | undefined,
  owner: string | undefined,
  setting: Setting,
  pointer: string,
): Promise<E.Either<Refusal, Input>> => {
  const { productId, unitPrice } = input
  const stays = before?.kind === 'item' && before.productId === productId
  if (productId !== undefined && !stays) {
    if (owner === undefined) {
      return invalid(`${pointer}/productId`, "is one company's, and the template is shared by all")
    }
    const product = await newProduct(productId, undefined, setting, pointer)
    if (E.isLeft(product)) return product
  }
  if (unitPrice === undefined) return E.right(input)
  const price = exactPrice(`${pointer}/unitPrice`, unitPrice, setting.company)
  return E.isLeft(price) ? price : E.right({ ...input, unitPrice: price.right })
}
