import { test } from '@fast-check/vitest'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect } from 'vitest'
import { ask, on } from './examples.ts'
import {
  acceptWhole,
  confirmWhole,
  decline,
  drafting,
  foreignOption,
  given,
  lastDay,
  machineLine,
  rials,
  sending,
  sentOn,
  standing,
  sumsOf,
  support,
  supportOption,
  take,
  told,
  tooLate,
  training,
  trainingOption,
} from './option.examples.ts'
import { quotation } from './quotation.ts'

const offered = told(drafting(), sending)
const typesOf = (events: readonly { readonly type: string }[]) => events.map(({ type }) => type)

describe('taking an option', () => {
  test('counts once, however often it is taken (O14 a, d)', () => {
    expect(sumsOf(standing())).toEqual(['10000000', '1000000', '11000000'])
    const once = standing(take(supportOption))
    expect(sumsOf(once)).toEqual(['12000000', '1200000', '13200000'])
    expect(standing(take(supportOption), take(supportOption))).toEqual(once)
    given(...offered, ...told(drafting(), sending, take(supportOption)).slice(offered.length))
      .when(take(supportOption))
      .thenNothing()
  })

  test('is taken back, and taken again (O14 b, c, e)', () => {
    const back = standing(take(supportOption), decline(supportOption))
    expect(sumsOf(back)).toEqual(['10000000', '1000000', '11000000'])
    const again = [take(supportOption), decline(supportOption), take(supportOption)]
    expect(sumsOf(standing(...again))).toEqual(['12000000', '1200000', '13200000'])
    const answers = told(drafting(), sending, ...again).slice(offered.length)
    expect(typesOf(answers)).toEqual(['OptionAccepted', 'OptionDeclined', 'OptionAccepted'])
  })

  test('tells what so much of it comes to, and what the whole does then', () => {
    given(...offered)
      .when(take(trainingOption, '3'))
      .thenEvents({
        type: 'OptionAccepted',
        data: {
          version: 1,
          optionId: trainingOption,
          quantity: '3',
          discount: rials('0'),
          amount: rials('1500000'),
          totals: {
            net: rials('11500000'),
            discount: rials('0'),
            taxes: [{ rate: '10', base: rials('11500000'), tax: rials('1150000') }],
            total: rials('12650000'),
            roundingDifference: rials('0'),
          },
        },
      })
  })

  test('changes its quantity where that was offered, within the bounds', () => {
    const two = standing(take(trainingOption))
    expect(two.current.content.options[1]?.taken).toMatchObject({ quantity: '2' })
    const five = standing(take(trainingOption), take(trainingOption, '5'))
    expect(five.current.content.options[1]?.taken).toMatchObject({ quantity: '5' })
    for (const quantity of ['0.5', '6']) {
      given(...offered)
        .when(take(trainingOption, quantity))
        .thenFails({
          type: 'OptionQuantityRefused',
          optionId: trainingOption,
          quantityEditable: true,
          minQuantity: '1',
          maxQuantity: '5',
        })
    }
    given(...offered)
      .when(take(supportOption, '2'))
      .thenFails({
        type: 'OptionQuantityRefused',
        optionId: supportOption,
        quantityEditable: false,
      })
  })

  test('knows one quantity by another way of writing it', () => {
    expect(typesOf(told(drafting(), sending, take(supportOption, '1.000')))).toContain(
      'OptionAccepted',
    )
    given(...told(drafting(), sending, take(trainingOption, '3')))
      .when(take(trainingOption, '3.0'))
      .thenNothing()
  })

  test('of nothing is declining it', () => {
    expect(typesOf(told(drafting(), sending, take(trainingOption, '0')))).toContain(
      'OptionDeclined',
    )
  })

  test('is refused where it would bring the total below zero', () => {
    const rebate = { ...support, unitPrice: rials('-20000000') }
    given(...told(drafting([rebate]), sending))
      .when(take(supportOption))
      .thenFails({ type: 'TotalNegative', total: rials('-11000000') })
  })

  test('is bound to the version and the total: who accepts has seen what was taken', () => {
    const taken = told(drafting(), sending, take(supportOption))
    given(...taken)
      .when(acceptWhole())
      .thenFails({ type: 'QuotationChanged', version: 1, total: rials('13200000') })
    const decided = quotation.decide(acceptWhole(rials('13200000')), standing(take(supportOption)))
    expect(decided).toMatchObject(
      E.right([
        { type: 'QuotationAccepted', data: { total: rials('13200000') } },
        {
          type: 'QuotationConfirmed',
          data: { net: rials('12000000'), total: rials('13200000') },
        },
      ]),
    )
  })
})

describe('declining an option', () => {
  test('is recorded once, also where nothing was taken', () => {
    const answers = told(drafting(), sending, decline(supportOption))
    expect(typesOf(answers.slice(offered.length))).toEqual(['OptionDeclined'])
    given(...answers)
      .when(decline(supportOption))
      .thenNothing()
  })
})

describe('options', () => {
  const both = [supportOption, trainingOption]
  const answers = [take(supportOption), take(trainingOption), decline(supportOption)]

  test('of another offer, and lines, are no options of this one (O15 c, e)', () => {
    for (const optionId of [foreignOption, machineLine]) {
      for (const answer of [take(optionId), decline(optionId)]) {
        given(...offered)
          .when(answer)
          .thenFails({ type: 'OptionUnknown', optionId })
      }
    }
  })

  test('are not answered once the offer was confirmed (O15 b)', () => {
    const confirmed = told(
      drafting(),
      sending,
      take(supportOption),
      confirmWhole(rials('13200000')),
    )
    for (const answer of [
      decline(supportOption),
      take(trainingOption),
      decline(machineLine),
      take(supportOption),
    ]) {
      given(...confirmed)
        .when(answer)
        .thenFails({ type: 'QuotationAlreadyConfirmed', orderNumber: 'S-1' })
    }
  })

  test('are not answered once it is over, declined, cancelled or superseded (O15 d)', () => {
    const over = { type: 'QuotationExpired', validUntil: lastDay } as const
    for (const optionId of both) {
      given(...offered)
        .when(take(optionId, undefined, tooLate))
        .thenFails(over)
      given(...offered)
        .when(decline(optionId, tooLate))
        .thenFails(over)
    }
    const june = on('2026-06-02')
    const ends = [
      [ask('DeclineQuotation', june), 'QuotationDeclined'],
      [
        ask('CancelQuotation', { cause: 'person', reason: 'No longer sold', ...june }),
        'QuotationCancelled',
      ],
    ] as const
    for (const [end, type] of ends) {
      for (const answer of answers) {
        given(...told(drafting(), sending, end))
          .when(answer)
          .thenFails({ type })
      }
    }
    const next = told(drafting(), sending, ask('OpenQuotationVersion', june), {
      ...sending,
      data: { ...sending.data, ...june },
    } as typeof sending)
    for (const answer of answers) {
      given(...next)
        .when(answer)
        .thenFails({ type: 'QuotationSuperseded', version: 2 })
    }
  })

  test('are not answered after the customer accepted, nor before it was sent', () => {
    const recorded = { ...acceptWhole(), data: { ...acceptWhole().data, onAccept: 'record' } }
    const waiting = told(drafting(), sending, recorded as ReturnType<typeof acceptWhole>)
    for (const answer of answers) {
      given(...waiting)
        .when(answer)
        .thenFails({ type: 'QuotationAlreadyAccepted' })
      given(...told(drafting()))
        .when(answer)
        .thenFails({ type: 'QuotationNotSent' })
    }
  })

  test('of a version that nobody sent yet are not answered', () => {
    given(...offered)
      .when(take(supportOption, undefined, { version: 2 }))
      .thenFails({ type: 'QuotationChanged', version: 1, total: rials('11000000') })
  })

  test('are taken over by the next version, with the answers to them', () => {
    const opened = standing(take(trainingOption, '3'), ask('OpenQuotationVersion', sentOn))
    expect(opened.draft?.content.options).toEqual(opened.current.content.options)
    expect(opened.draft?.content.totals.total).toEqual(rials('12650000'))
  })
})

interface Answer {
  readonly optionId: string
  /** `undefined` declines. */
  readonly quantity: string | undefined
}
const answer: fc.Arbitrary<Answer> = fc.oneof(
  fc.record({
    optionId: fc.constant(trainingOption),
    quantity: fc.constantFrom('1', '2', '2.5', '5', undefined),
  }),
  fc.record({
    optionId: fc.constant(supportOption),
    quantity: fc.constantFrom('1', undefined),
  }),
)
const questionOf = ({ optionId, quantity }: Answer) =>
  quantity === undefined ? decline(optionId) : take(optionId, quantity)

test.prop([fc.array(answer, { maxLength: 12 })])(
  'whatever is answered in whatever order, the last answer to each option holds',
  (given_) => {
    const { options, totals } = standing(...given_.map(questionOf)).current.content
    for (const { id, taken, declined } of options) {
      const last = given_.findLast(({ optionId }) => optionId === id)
      expect(taken?.quantity).toBe(last?.quantity)
      expect(declined).toBe(last === undefined || last.quantity !== undefined ? undefined : true)
    }
    const latest = options.flatMap(({ id }) => {
      const last = given_.findLast(({ optionId }) => optionId === id)
      return last === undefined ? [] : [questionOf(last)]
    })
    expect(standing(...latest).current.content.totals).toEqual(totals)
  },
)

test.prop([fc.array(answer, { maxLength: 12 })])(
  'whatever is answered, asking it once more is nothing new',
  (asked) => {
    const log = told(drafting(), sending, ...asked.map(questionOf))
    const last = asked.at(-1)
    if (last === undefined) return
    given(...log)
      .when(questionOf(last))
      .thenNothing()
  },
)

test('what was offered at one price is taken at it (O15 a)', () => {
  const { options } = standing(take(supportOption)).current.content
  expect(options[0]).toMatchObject({
    unitPrice: rials('2000000'),
    taken: { quantity: '1', amount: rials('2000000') },
  })
  expect(training.quantity).toBe('2')
})
