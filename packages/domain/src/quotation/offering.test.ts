import { describe, expect, test } from 'vitest'
import { ask, fact, on } from './examples.ts'
import {
  drafting,
  foreignOption,
  given,
  machineLine,
  rials,
  sending,
  sentOn,
  standing,
  support,
  supportOption,
  take,
  told,
  training,
  trainingOption,
} from './option.examples.ts'
import { mostOptions } from './option.ts'

const vatRounding = 'total' as const
const revise = (optionId: string, changes: object, position?: number) =>
  ask('ReviseOption', { optionId, changes, position, vatRounding, ...sentOn })
const relist = (options: readonly object[]) =>
  ask('ReviseQuotation', {
    changes: { options: options as never },
    digits: 0,
    vatRounding,
    ...sentOn,
  })
const begun = told(drafting())

describe('an option of a draft', () => {
  test('is offered without counting', () => {
    given(...told(drafting([])))
      .when(ask('OfferOption', { option: training, vatRounding, ...sentOn }))
      .thenEvents(
        fact('OptionOffered', {
          option: { ...training, discount: rials('0'), amount: rials('1000000') },
          position: 0,
        }),
      )
  })

  test('is revised, moved and withdrawn', () => {
    given(...begun)
      .when(revise(trainingOption, { quantity: '3', maxQuantity: null, discountPercent: '10' }, 0))
      .thenEvents(
        fact('OptionRevised', {
          optionId: trainingOption,
          quantity: '3',
          discountPercent: '10',
          discount: rials('150000'),
          amount: rials('1350000'),
          maxQuantity: null,
          position: 0,
        }),
      )
    given(...begun)
      .when(ask('WithdrawOption', { optionId: supportOption, vatRounding, ...sentOn }))
      .thenEvents(fact('OptionWithdrawn', { optionId: supportOption }))
    given(...begun)
      .when(revise(trainingOption, { quantity: '2' }))
      .thenNothing()
    for (const optionId of [foreignOption, machineLine]) {
      given(...begun)
        .when(revise(optionId, { quantity: '2' }))
        .thenFails({ type: 'OptionUnknown', optionId })
      given(...begun)
        .when(ask('WithdrawOption', { optionId, vatRounding, ...sentOn }))
        .thenFails({ type: 'OptionUnknown', optionId })
    }
  })

  test('is part of a list that becomes another', () => {
    given(...begun)
      .when(relist([training]))
      .thenEvents(fact('OptionWithdrawn', { optionId: supportOption }))
    given(...begun)
      .when(relist([training, support]))
      .thenEvents(fact('OptionRevised', { optionId: trainingOption, position: 0 }))
    given(...begun)
      .when(relist([support, training]))
      .thenNothing()
  })

  test('does not keep an offer from being empty', () => {
    given(...begun, fact('QuotationLineRemoved', { lineId: machineLine }))
      .when(sending)
      .thenFails({ type: 'QuotationEmpty' })
  })

  test('is one of so many, and listed once', () => {
    const many = Array.from({ length: mostOptions + 1 }, (_, index) => ({
      ...support,
      id: String(index).padStart(26, '0'),
    }))
    given(...begun)
      .when(relist(many))
      .thenFails({ type: 'TooManyOptions', most: mostOptions })
    given().when(drafting(many)).thenFails({ type: 'TooManyOptions', most: mostOptions })
    given(...begun)
      .when(ask('OfferOption', { option: support, vatRounding, ...sentOn }))
      .thenFails({ type: 'AlreadyExists' })
  })

  test('is withdrawn from an offer that was sent only by its next version (O15 a)', () => {
    given(...told(drafting(), sending))
      .when(ask('WithdrawOption', { optionId: supportOption, vatRounding, ...sentOn }))
      .thenFails({ type: 'QuotationNotDraft', status: 'sent' })
  })
})

describe('the answer to an option', () => {
  const open = ask('OpenQuotationVersion', on('2026-06-06'))
  const later = on('2026-06-07')
  const taken = [take(trainingOption, '3'), open] as const
  const history = told(drafting(), sending, ...taken)
  const reviseLater = (changes: object) =>
    ask('ReviseOption', { optionId: trainingOption, changes, vatRounding, ...later })

  test('is worked out anew at another price', () => {
    const { draft } = standing(...taken, reviseLater({ unitPrice: rials('600000') }))
    expect(draft?.content).toMatchObject({
      options: [{}, { taken: { quantity: '3', amount: rials('1800000') } }],
      totals: { net: rials('11800000') },
    })
  })

  test('is void where so much is not offered any more', () => {
    const { draft } = standing(...taken, reviseLater({ maxQuantity: '2' }))
    expect(draft?.content.options[1]).not.toHaveProperty('taken')
    expect(draft?.content.totals.net).toEqual(rials('10000000'))
  })

  test('goes with the option', () => {
    const withdrawal = ask('WithdrawOption', { optionId: trainingOption, vatRounding, ...later })
    given(...history)
      .when(withdrawal)
      .thenEvents(
        fact('OptionWithdrawn', {
          optionId: trainingOption,
          totals: standing().current.content.totals,
        }),
      )
  })

  test('stays with one that stays in a list', () => {
    given(...history)
      .when(
        ask('ReviseQuotation', {
          changes: { options: [training] },
          digits: 0,
          vatRounding,
          ...later,
        }),
      )
      .thenEvents(fact('OptionWithdrawn', { optionId: supportOption }))
  })
})
