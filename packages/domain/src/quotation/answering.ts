/**
 * How the options of an issued offer are answered: taken, in some quantity, or declined. The last
 * answer holds, and the same answer again is none.
 *
 * @module
 */
import * as E from 'fp-ts/lib/Either.js'
import { defined } from '../patch.ts'
import type { OptionAnswering, OptionTaking, When } from './command.ts'
import {
  type Decision,
  fact,
  happened,
  isOver,
  type Offer,
  offerOf,
  refused,
  superseded,
} from './decision.ts'
import { isAsMuch, isTakeable, type Option, type PricedOption, withAnswer } from './option.ts'
import { type Reckoned, reckoned } from './reckoning.ts'
import type { QuotationRefusal } from './refusal.ts'
import type { Begun } from './state.ts'

/** Without a quantity, as much as was offered; to take nothing of it is to decline it. */
export const optionAccepted = (asked: OptionTaking & When, state: Begun): Decision => {
  const found = answerable(asked, state)
  if (E.isLeft(found)) return found
  const { offer, option } = found.right
  const { optionId } = asked
  const { quantity = option.quantity } = asked
  if (isAsMuch(quantity, '0')) return optionDeclined(asked, state)
  if (!isTakeable(option, quantity)) {
    const { quantityEditable, minQuantity, maxQuantity } = option
    const bounds = defined({ minQuantity, maxQuantity })
    return refused({ type: 'OptionQuantityRefused', optionId, quantityEditable, ...bounds })
  }
  if (option.taken !== undefined && isAsMuch(option.taken.quantity, quantity)) return happened()
  const whole = answered(offer, { ...withAnswer(option, {}), taken: { quantity } })
  if (E.isLeft(whole)) return whole
  const { options, totals } = whole.right
  if (totals.total.amount.startsWith('-')) {
    return refused({ type: 'TotalNegative', total: totals.total })
  }
  return happened(
    ...options.flatMap(({ id, taken }) =>
      id === optionId && taken !== undefined
        ? [fact('OptionAccepted', { version: offer.version, optionId, ...taken, totals })]
        : [],
    ),
  )
}

export const optionDeclined = (asked: OptionAnswering & When, state: Begun): Decision => {
  const found = answerable(asked, state)
  if (E.isLeft(found)) return found
  const { offer, option } = found.right
  if (option.declined) return happened()
  const whole = answered(offer, withAnswer(option, { declined: true }))
  if (E.isLeft(whole)) return whole
  const { totals } = whole.right
  const { version } = offer
  return happened(fact('OptionDeclined', { version, optionId: option.id, totals }))
}

/** An option of the offer that stands, while it may still be answered. */
const answerable = (
  { version: seen, optionId, occurredAt }: OptionAnswering & When,
  state: Begun,
): E.Either<QuotationRefusal, { readonly offer: Offer; readonly option: Option }> => {
  const old = superseded(seen, state)
  if (old !== undefined) return refused(old)
  const offer = offerOf(state)
  if (E.isLeft(offer)) return offer
  const { version, issue, content } = offer.right
  if (seen !== version) {
    return refused({ type: 'QuotationChanged', version, total: content.totals.total })
  }
  if (isOver(state, occurredAt) && issue.validUntil !== undefined) {
    return refused({ type: 'QuotationExpired', validUntil: issue.validUntil })
  }
  if (state.accepted) return refused({ type: 'QuotationAlreadyAccepted' })
  const option = content.options.find(({ id }) => id === optionId)
  return option === undefined
    ? refused({ type: 'OptionUnknown', optionId })
    : E.right({ offer: offer.right, option })
}

/** What the offer comes to with one option answered so, by the rules that it was issued under. */
const answered = (
  { content }: Offer,
  option: PricedOption,
): E.Either<QuotationRefusal, Reckoned> => {
  const { lines } = content
  const options = content.options.map((each) => (each.id === option.id ? option : each))
  return reckoned({ lines, options }, content)
}
