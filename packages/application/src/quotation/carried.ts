/**
 * What an item can carry. What was typed has been checked by the time it is priced; but a product or a
 * company may say more, from before it was held to this, and a conversion may end anywhere.
 *
 * @module
 */
import { clearable, itemFields, optional } from '@forsat/domain'
import * as E from 'fp-ts/lib/Either.js'
import * as z from 'zod'
import { invalid, type Refusal } from '../refusal.ts'

const { productId, unit, discountPercent, ...always } = itemFields
const Carried = z.strictObject({
  ...optional(always),
  ...clearable({
    productId: productId.unwrap(),
    unit: unit.unwrap(),
    discountPercent: discountPercent.unwrap(),
  }),
})

/** What an item says, or what changes of it, where an offer can carry that. */
export const carried = <Fields extends z.input<typeof Carried>>(
  pointer: string,
  fields: Fields,
): E.Either<Refusal, Fields> => {
  const [issue] = Carried.safeParse(fields).error?.issues ?? []
  return issue === undefined
    ? E.right(fields)
    : invalid(`${pointer}/${issue.path.join('/')}`, issue.message)
}
