import { test } from '@fast-check/vitest'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect } from 'vitest'
import type { QuotationEvent } from './events.ts'
import {
  after,
  ask,
  chairs,
  deskLine,
  desks,
  drafted,
  eur,
  fact,
  firstDay,
  given,
  oneOffer,
  opened,
  send,
  sent,
  worth,
} from './examples.ts'
import { quotation } from './quotation.ts'
import type { Begun } from './state.ts'

const [seller, manager, other] = ['user:S', 'user:M', 'user:O']
const vatRounding = 'total' as const

const decide = (decision: 'request' | 'grant' | 'refuse', by: string, note?: string) =>
  ask('DecideQuotationApproval', { decision, by, note })
const told = { version: 1, total: oneOffer.totals.total }
const requested = fact('QuotationApprovalRequested', { ...told, by: seller })
const granted = fact('QuotationApprovalGranted', { ...told, by: manager })
const refusedBefore = fact('QuotationApprovalRefused', { ...told, by: manager })

/** 1,200.00 and 10 % of it. */
const belowTotal = { totalAbove: eur('1319.99') }
const sendWithin = (limits: object, sender = seller) => send({ limits, sender })
const discounted = (percent: string): QuotationEvent => {
  const { lines, totals } = worth({ ...desks, discountPercent: percent })
  const [line] = lines
  if (line?.kind !== 'item') throw new Error('no desk')
  const { discount, amount } = line
  return fact('QuotationLineRevised', {
    lineId: deskLine,
    discountPercent: percent,
    discount,
    amount,
    totals,
  })
}

describe('sending', () => {
  test('needs nobody up to the limits, and where there are none', () => {
    for (const limits of [{}, { totalAbove: eur('1320.00'), discountPercentAbove: '0' }]) {
      given(drafted).when(sendWithin(limits)).thenEvents(sent)
    }
  })

  test('of a higher total needs somebody’s approval', () => {
    given(drafted)
      .when(sendWithin(belowTotal))
      .thenFails({ type: 'ApprovalRequired', limit: belowTotal, approval: undefined })
    given(drafted, requested)
      .when(sendWithin(belowTotal))
      .thenFails({ type: 'ApprovalRequired', limit: belowTotal, approval: 'requested' })
    given(drafted, requested, refusedBefore)
      .when(sendWithin(belowTotal))
      .thenFails({ type: 'ApprovalRequired', limit: belowTotal, approval: 'refused' })
    given(drafted, requested, granted).when(sendWithin(belowTotal)).thenEvents(sent)
  })

  test('of a higher discount does, of a line or of an option', () => {
    const limits = { discountPercentAbove: '10', totalAbove: eur('9000.00') }
    given(drafted, discounted('10.0001'))
      .when(sendWithin(limits))
      .thenFails({
        type: 'ApprovalRequired',
        limit: { discountPercentAbove: '10' },
        approval: undefined,
      })
    expect(after(drafted, discounted('10'))).toBeDefined()
    const option = {
      ...chairs,
      discountPercent: '50',
      discount: eur('270.00'),
      amount: eur('270.00'),
      quantityEditable: false,
    }
    given(drafted, fact('OptionOffered', { option, position: 0 }))
      .when(sendWithin(limits))
      .thenFails({
        type: 'ApprovalRequired',
        limit: { discountPercentAbove: '10' },
        approval: undefined,
      })
  })

  test('is not approved by who sends', () => {
    given(drafted, granted)
      .when(sendWithin(belowTotal, manager))
      .thenFails({ type: 'ApprovalRequired', limit: belowTotal, approval: 'granted' })
    given(drafted, granted).when(sendWithin(belowTotal, seller)).thenEvents(sent)
  })

  test('in other money is measured by the rate of the day, and without one needs approval', () => {
    const limits = { totalAbove: { amount: '1000000000', currency: 'IRR' } }
    given(drafted)
      .when(sendWithin(limits))
      .thenFails({ type: 'ApprovalRequired', limit: limits, approval: undefined })
    const rates = (rate: string) => [{ base: 'EUR', quote: 'IRR', rate, date: firstDay }]
    const low = send({ limits, sender: seller, rates: rates('700000') })
    given(drafted)
      .when(low)
      .thenEvents({ ...sent, data: { ...sent.data, rates: rates('700000') } } as QuotationEvent)
    given(drafted)
      .when(send({ limits, sender: seller, rates: rates('760000') }))
      .thenFails({ type: 'ApprovalRequired', limit: limits, approval: undefined })
  })
})

describe('an approval', () => {
  test('is asked for and given by two', () => {
    given(drafted).when(decide('request', seller)).thenEvents(requested)
    given(drafted, requested).when(decide('grant', seller)).thenFails({ type: 'ApprovalOwn' })
    given(drafted, requested).when(decide('grant', manager)).thenEvents(granted)
    given(drafted, requested, refusedBefore)
      .when(decide('grant', seller))
      .thenFails({ type: 'ApprovalOwn' })
  })

  test('is refused with a note, and given after all', () => {
    given(drafted, requested)
      .when(decide('refuse', manager, 'Ten per cent at most'))
      .thenEvents(
        fact('QuotationApprovalRefused', { ...told, by: manager, note: 'Ten per cent at most' }),
      )
    given(drafted, requested, refusedBefore)
      .when(decide('grant', other))
      .thenEvents(fact('QuotationApprovalGranted', { ...told, by: other }))
  })

  test('is told once', () => {
    given(drafted, requested)
      .when(decide('request', other))
      .thenFails({ type: 'ApprovalUnchanged', state: 'requested' })
    for (const decision of ['request', 'grant'] as const) {
      given(drafted, requested, granted)
        .when(decide(decision, other))
        .thenFails({ type: 'ApprovalUnchanged', state: 'granted' })
    }
  })

  test('is of a draft alone', () => {
    given(drafted, sent)
      .when(decide('request', seller))
      .thenFails({ type: 'QuotationNotDraft', status: 'sent' })
    given(drafted, sent, opened)
      .when(decide('request', seller))
      .thenEvents(fact('QuotationApprovalRequested', { ...told, version: 2, by: seller }))
  })

  test('is not taken over by the next version', () => {
    const history = [drafted, requested, granted, sent, opened]
    expect((after(...history) as Begun).draft).not.toHaveProperty('approval')
  })
})

const edits = fc.constantFrom<readonly [string, object]>(
  ['AddQuotationLine', { line: chairs, vatRounding }],
  ['ReviseQuotationLine', { lineId: deskLine, changes: { quantity: '4' }, vatRounding }],
  ['ReviseQuotationLine', { lineId: deskLine, changes: { discountPercent: '1' }, vatRounding }],
  ['RemoveQuotationLine', { lineId: deskLine, vatRounding }],
  ['OfferOption', { option: { ...chairs, quantityEditable: false }, vatRounding }],
  ['ReviseQuotation', { changes: { pricesIncludeTax: true }, digits: 2, vatRounding }],
  ['ReviseQuotation', { changes: { terms: 'Net 30' }, digits: 2, vatRounding }],
  ['ReviseQuotation', { changes: { validUntil: '2026-03-01' }, digits: 2, vatRounding }],
)

test.prop([edits])(
  'an approval is void after any change of what is offered, and no other',
  ([type, data]) => {
    const command = ask(type as 'OpenQuotationVersion', data)
    const before = after(drafted, requested, granted)
    const decided = quotation.decide(command, before)
    if (E.isLeft(decided)) throw new Error(decided.left.type)
    const state = decided.right.reduce(quotation.evolve, before) as Begun
    const isOfWords = JSON.stringify(data).match(/terms|validUntil/) !== null
    expect(state.current.approval !== undefined).toBe(isOfWords)
  },
)
