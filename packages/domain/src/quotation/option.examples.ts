/**
 * The offer that the tests of options speak of: one machine, and beside it support and training.
 *
 * @module
 */
import * as E from 'fp-ts/lib/Either.js'
import { fold } from '../decider.ts'
import { specification } from '../specification.ts'
import type { QuotationCommand } from './command.ts'
import type { QuotationEvent } from './events.ts'
import { accept, ask, confirm, draft, link, on, send } from './examples.ts'
import type { PricedItem } from './line.ts'
import type { PricedOption } from './option.ts'
import { quotation } from './quotation.ts'
import type { Begun } from './state.ts'

export const { given } = specification(quotation)

const ulid = (last: string) => last.padStart(26, '0')
export const rials = (amount: string) => ({ amount, currency: 'IRR' })

export const machineLine = ulid('21')
export const supportOption = ulid('22')
export const trainingOption = ulid('23')
export const foreignOption = ulid('29')

const machine: PricedItem = {
  id: machineLine,
  kind: 'item',
  description: 'Machine',
  quantity: '1',
  unitPrice: rials('10000000'),
  taxRate: '10',
}
export const support: PricedOption = {
  ...machine,
  id: supportOption,
  description: 'Support',
  unitPrice: rials('2000000'),
  quantityEditable: false,
}
/** For some people of the customer's. */
export const training: PricedOption = {
  ...support,
  id: trainingOption,
  description: 'Training',
  quantity: '2',
  unitPrice: rials('500000'),
  quantityEditable: true,
  minQuantity: '1',
  maxQuantity: '5',
}

/** Sent on the first of June, valid through the eleventh. */
export const sentOn = on('2026-06-01')
export const lastDay = '2026-06-11'
const inTime = on('2026-06-05')
export const tooLate = on('2026-06-12')

const inRials = { currency: 'IRR', digits: 0 } as const

export const drafting = (options: readonly PricedOption[] = [support, training]) =>
  draft({ ...inRials, ...sentOn, lines: [{ line: machine }], options })

export const sending = send({
  ...sentOn,
  validUntil: lastDay,
  expiresAt: '2026-06-11T20:30:00.000Z',
  link,
})

export const take = (optionId: string, quantity?: string, data: object = {}) =>
  ask('AcceptOption', { version: 1, optionId, quantity, ...inTime, ...data })
export const decline = (optionId: string, data: object = {}) =>
  ask('DeclineOption', { version: 1, optionId, ...inTime, ...data })

const seen = { version: 1, total: rials('11000000') }
export const acceptWhole = (total = seen.total) =>
  accept({ ...inTime, seen: { ...seen, total }, opportunity: undefined })
export const confirmWhole = (total = seen.total) =>
  confirm({ ...inTime, seen: { ...seen, total }, opportunity: undefined })

/** All events that the questions lead to, one after the other; each has to be answered. */
export const told = (...questions: readonly QuotationCommand[]): readonly QuotationEvent[] => {
  const log: QuotationEvent[] = []
  for (const question of questions) {
    const decided = quotation.decide(question, fold(quotation, log))
    if (E.isLeft(decided)) throw new Error(`${question.type}: ${decided.left.type}`)
    log.push(...decided.right)
  }
  return log
}

export const standing = (...questions: readonly QuotationCommand[]): Begun =>
  fold(quotation, told(drafting(), sending, ...questions)) as Begun

/** Net, tax and total, as text. */
export const sumsOf = ({ current }: Begun) => {
  const { net, taxes, total } = current.content.totals
  return [net.amount, taxes[0]?.tax.amount, total.amount]
}
