import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import type { When } from './command.ts'
import {
  after,
  ask,
  at,
  chairLine,
  chairs,
  chamran,
  confirmed,
  deskLine,
  desks,
  drafted,
  eur,
  fact,
  firstDay,
  given,
  noteLine,
  on,
  oneOffer,
  opened,
  otherCustomer,
  sale,
  sent,
  worth,
} from './examples.ts'
import { mostLines } from './line.ts'
import { support } from './option.examples.ts'
import { quotation } from './quotation.ts'

const vatRounding = 'total' as const
const revise = (changes: object) => ask('ReviseQuotation', { changes, digits: 2, vatRounding })
const bothOffered = worth(desks, chairs)

describe('changing a draft', () => {
  test('adds a line with what the whole then comes to', () => {
    given(drafted)
      .when(ask('AddQuotationLine', { line: chairs, vatRounding }))
      .thenEvents(
        fact('QuotationLineAdded', {
          line: { ...chairs, discount: eur('0.00'), amount: eur('540.00') },
          position: 1,
          totals: bothOffered.totals,
        }),
      )
  })

  test('names only what changed of a line', () => {
    given(drafted)
      .when(
        ask('ReviseQuotationLine', {
          lineId: deskLine,
          changes: { quantity: '4', description: 'Desk' },
          vatRounding,
        }),
      )
      .thenEvents(
        fact('QuotationLineRevised', {
          lineId: deskLine,
          quantity: '4',
          amount: eur('1600.00'),
          totals: worth({ ...desks, quantity: '4' }).totals,
        }),
      )
  })

  test('knows exempt from not taxed: null is a rate', () => {
    given(drafted)
      .when(
        ask('ReviseQuotationLine', { lineId: deskLine, changes: { taxRate: null }, vatRounding }),
      )
      .thenEvents(
        fact('QuotationLineRevised', {
          lineId: deskLine,
          taxRate: null,
          totals: worth({ ...desks, taxRate: null }).totals,
        }),
      )
  })

  test('removes a line, and knows none that is not there', () => {
    given(drafted)
      .when(ask('RemoveQuotationLine', { lineId: deskLine, vatRounding }))
      .thenEvents(fact('QuotationLineRemoved', { lineId: deskLine, totals: worth().totals }))
    given(drafted)
      .when(ask('RemoveQuotationLine', { lineId: chairLine, vatRounding }))
      .thenFails({ type: 'LineUnknown', lineId: chairLine })
  })

  test('turns one list of lines into another, a line that stays being the same line', () => {
    const lines = [{ line: chairs }, { line: { ...desks, quantity: '2' } }]
    const last = worth(chairs, { ...desks, quantity: '2' })
    given(drafted)
      .when(revise({ lines }))
      .thenEvents(
        fact('QuotationLineAdded', {
          line: { ...chairs, discount: eur('0.00'), amount: eur('540.00') },
          position: 0,
        }),
        fact('QuotationLineRevised', {
          lineId: deskLine,
          quantity: '2',
          amount: eur('800.00'),
          totals: last.totals,
        }),
      )
  })

  test('moves a line without pricing it anew', () => {
    const both = fact('QuotationLineAdded', {
      line: { ...chairs, discount: eur('0.00'), amount: eur('540.00') },
      position: 1,
      totals: bothOffered.totals,
    })
    given(drafted, both)
      .when(revise({ lines: [{ line: chairs }, { line: desks }] }))
      .thenEvents(fact('QuotationLineRevised', { lineId: chairLine, position: 0 }))
  })

  test('keeps lines and prices when the customer changes (O13 a)', () => {
    given(drafted)
      .when(revise({ contactId: otherCustomer }))
      .thenEvents(fact('QuotationCustomerChanged', { contactId: otherCustomer }))
  })

  test('says by which rule the figures are rounded once that has changed', () => {
    given(drafted)
      .when(ask('AddQuotationLine', { line: chairs, vatRounding: 'line' }))
      .thenEvents(
        fact('QuotationRevised', { vatRounding: 'line' }),
        fact('QuotationLineAdded', {
          line: { ...chairs, discount: eur('0.00'), amount: eur('540.00') },
          position: 1,
          totals: bothOffered.totals,
        }),
      )
  })

  test('adds nothing where nothing changes', () => {
    given(drafted)
      .when(revise({ language: 'en', lines: [{ line: desks }] }))
      .thenNothing()
    given(drafted)
      .when(revise({ terms: null, subject: null, tags: [] }))
      .thenNothing()
    const changes = { lines: [{ line: desks }], pricesIncludeTax: false }
    given(drafted)
      .when(ask('ReviseQuotation', { changes, digits: 4, vatRounding: 'line' }))
      .thenNothing()
  })

  test('leaves the currency of priced lines alone', () => {
    given(drafted)
      .when(revise({ currency: 'IRR' }))
      .thenFails({
        type: 'CurrencyFixed',
        currency: 'EUR',
      })
  })

  test('takes a list in another currency as a whole', () => {
    const inRials = { ...desks, id: chairLine, unitPrice: { amount: '9000000', currency: 'IRR' } }
    const decided = quotation.decide(
      ask('ReviseQuotation', {
        changes: { currency: 'IRR', lines: [{ line: inRials }] },
        digits: 0,
        vatRounding,
      }),
      after(drafted),
    )
    expect(decided).toMatchObject(
      E.right([
        { type: 'QuotationRevised', data: { currency: 'IRR', digits: 0 } },
        { type: 'QuotationLineRemoved', data: { lineId: deskLine } },
        {
          type: 'QuotationLineAdded',
          data: { totals: { net: { amount: '27000000', currency: 'IRR' } } },
        },
      ]),
    )
    given(drafted)
      .when(revise({ currency: 'IRR', lines: [{ line: desks }] }))
      .thenFails({ type: 'CurrencyMismatch', expected: 'IRR', given: 'EUR' })
  })

  test('keeps to the digits it began with, whatever the company has settled since', () => {
    given(drafted)
      .when(ask('ReviseQuotation', { changes: { pricesIncludeTax: true }, digits: 4, vatRounding }))
      .thenEvents(
        fact('QuotationRevised', {
          pricesIncludeTax: true,
          totals: {
            net: eur('1090.91'),
            discount: eur('0.00'),
            taxes: [{ rate: '10', base: eur('1090.91'), tax: eur('109.09') }],
            total: eur('1200.00'),
            roundingDifference: eur('0.00'),
          },
        }),
      )
  })

  test('takes over where its customer is now, while it is a draft (O17 c)', () => {
    const refresh = ask('AddressQuotation', { invoiceAddress: chamran })
    const addressed = fact('QuotationAddressed', { invoiceAddress: chamran })
    given(drafted).when(refresh).thenEvents(addressed)
    given(drafted).when(ask('AddressQuotation', {})).thenNothing()
    given(drafted, sent, opened).when(refresh).thenEvents(addressed)
    given(drafted, sent).when(refresh).thenFails({ type: 'QuotationNotDraft', status: 'sent' })
    given(drafted, sent, confirmed)
      .when(refresh)
      .thenFails({ type: 'QuotationAlreadyConfirmed', orderNumber: 'S-1' })
  })

  test('chooses addresses anew with another customer, be they the same', () => {
    const chosen = fact('QuotationRevised', { invoiceAddressId: sale, deliveryAddressId: sale })
    given(drafted, chosen)
      .when(revise({ contactId: otherCustomer, invoiceAddressId: sale, deliveryAddressId: null }))
      .thenEvents(
        fact('QuotationCustomerChanged', { contactId: otherCustomer }),
        fact('QuotationRevised', { invoiceAddressId: sale }),
      )
  })

  test('with another customer is for that one, addresses and all, and says what differs', () => {
    const addressing = {
      customer: { name: 'Aras' },
      invoiceAddress: chamran,
      deliveryAddress: null,
    }
    const data = { changes: { contactId: otherCustomer }, addressing, digits: 2, vatRounding }
    given(drafted)
      .when(ask('ReviseQuotation', data))
      .thenEvents(
        fact('QuotationCustomerChanged', { contactId: otherCustomer }),
        fact('QuotationAddressed', addressing),
      )
  })

  test('keeps its lines and their prices, whoever it is for (O13 a)', () => {
    const pricesIncludeTax = true
    const changes = { contactId: otherCustomer, pricesIncludeTax }
    const result = quotation.decide(
      ask('ReviseQuotation', { changes, addressing: { customer: null }, digits: 2, vatRounding }),
      after(drafted),
    )
    expect(result).toMatchObject({
      right: [
        { type: 'QuotationCustomerChanged' },
        { type: 'QuotationAddressed', data: { customer: null } },
        { type: 'QuotationRevised', data: { pricesIncludeTax, totals: expect.anything() } },
      ],
    })
  })

  test('may be told late, but of no moment before it began', () => {
    const rename = (when: When) =>
      ask('ReviseQuotation', { changes: { subject: 'Desks' }, digits: 2, vatRounding, ...when })
    const began = at('2026-02-01T10:00:00.000Z', drafted)
    const back = [
      at('2026-02-05T10:00:00.000Z', sent),
      at('2026-02-06T10:00:00.000Z', fact('QuotationReturnedToDraft', { version: 2 })),
    ]
    given(began, ...back)
      .when(rename(on('2026-02-03')))
      .thenEvents(fact('QuotationRevised', { subject: 'Desks' }))
    given(began)
      .when(rename(on(firstDay, '2026-02-01T09:59:59.999Z')))
      .thenFails({ type: 'OccurredTooEarly', last: '2026-02-01T10:00:00.000Z' })
    given(drafted)
      .when(rename(on('2026-01-31')))
      .thenFails({ type: 'OccurredTooEarly', last: firstDay })
  })

  test('is for drafts: an issued version is changed by the next one', () => {
    given(drafted, sent)
      .when(revise({ subject: 'Desks' }))
      .thenFails({
        type: 'QuotationNotDraft',
        status: 'sent',
      })
    given(drafted, sent, opened)
      .when(revise({ subject: 'Desks' }))
      .thenEvents(fact('QuotationRevised', { subject: 'Desks' }))
    given(drafted, sent, confirmed)
      .when(ask('RemoveQuotationLine', { lineId: deskLine, vatRounding }))
      .thenFails({ type: 'QuotationAlreadyConfirmed', orderNumber: 'S-1' })
  })
})

describe('the lines of a draft', () => {
  const ids = ['21', '22', '23', '24'].map((last) => last.padStart(26, '0'))
  const [first = '', second = '', third = '', fourth = ''] = ids
  const section = (id: string, description = id.slice(-2)) => ({
    id,
    kind: 'section' as const,
    description,
  })
  const listed = (...order: readonly string[]) => order.map((id) => ({ line: section(id) }))
  const added = ids.map((id, position) =>
    fact('QuotationLineAdded', { line: section(id), position }),
  )
  const empty = fact('QuotationLineRemoved', { lineId: deskLine, totals: worth().totals })
  const moved = (lineId: string, position: number) =>
    fact('QuotationLineRevised', { lineId, position })
  const history = [drafted, empty, ...added]

  test('move as few as can be', () => {
    given(...history)
      .when(revise({ lines: listed(second, third, fourth, first) }))
      .thenEvents(moved(first, 3))
    given(...history)
      .when(revise({ lines: listed(fourth, first, second, third) }))
      .thenEvents(moved(fourth, 0))
  })

  test('move one by one too, the last place being the end', () => {
    const move = (lineId: string, position: number) =>
      ask('ReviseQuotationLine', { lineId, changes: {}, position, vatRounding })
    given(...history)
      .when(move(first, 1))
      .thenEvents(moved(first, 1))
    given(...history)
      .when(move(first, 99))
      .thenEvents(moved(first, 3))
    given(...history)
      .when(move(third, 2))
      .thenNothing()
  })

  test('are told apart by kind: what was a heading and is a note is another line', () => {
    const lines = [{ line: { id: first, kind: 'note' as const }, text: 'As agreed' }]
    given(...history)
      .when(revise({ lines: [...lines, ...listed(second, third, fourth)] }))
      .thenEvents(
        fact('QuotationLineRemoved', { lineId: first }),
        fact('QuotationLineAdded', {
          line: { id: first, kind: 'note' },
          text: 'As agreed',
          position: 0,
        }),
      )
  })

  test('change in what their kind has: words, and no price', () => {
    const changes = { description: 'Garden', quantity: '3' }
    given(...history)
      .when(ask('ReviseQuotationLine', { lineId: first, changes, vatRounding }))
      .thenEvents(fact('QuotationLineRevised', { lineId: first, description: 'Garden' }))
    const line = { id: noteLine, kind: 'note' as const }
    given(drafted, fact('QuotationLineAdded', { line, text: 'As agreed', position: 1 }))
      .when(
        ask('ReviseQuotationLine', { lineId: noteLine, changes, text: 'Not agreed', vatRounding }),
      )
      .thenEvents(fact('QuotationLineRevised', { lineId: noteLine, text: 'Not agreed' }))
  })

  test('lose what is cleared', () => {
    const discounted = fact('QuotationLineRevised', {
      lineId: deskLine,
      discountPercent: '10',
      discount: eur('120.00'),
      amount: eur('1080.00'),
      totals: worth({ ...desks, discountPercent: '10' }).totals,
    })
    given(drafted, discounted)
      .when(
        ask('ReviseQuotationLine', {
          lineId: deskLine,
          changes: { discountPercent: null },
          vatRounding,
        }),
      )
      .thenEvents(
        fact('QuotationLineRevised', {
          lineId: deskLine,
          discountPercent: null,
          discount: eur('0.00'),
          amount: eur('1200.00'),
          totals: oneOffer.totals,
        }),
      )
  })

  test('are listed once each', () => {
    given(...history)
      .when(revise({ lines: listed(first, first) }))
      .thenFails({ type: 'AlreadyExists' })
    given(...history)
      .when(ask('AddQuotationLine', { line: section(first), vatRounding }))
      .thenFails({ type: 'AlreadyExists' })
  })

  test('are not more than an offer may have', () => {
    const many = Array.from({ length: mostLines + 1 }, (_, index) => ({
      line: section(String(index).padStart(26, '0')),
    }))
    given(...history)
      .when(revise({ lines: many }))
      .thenFails({ type: 'TooManyLines', most: mostLines })
  })
})

describe('an option of a draft', () => {
  test('is in the money of the offer, which it fixes', () => {
    given(drafted)
      .when(ask('OfferOption', { option: support, vatRounding }))
      .thenFails({ type: 'CurrencyMismatch', expected: 'EUR', given: 'IRR' })
    const without = fact('QuotationLineRemoved', { lineId: desks.id, totals: worth().totals })
    const { taken: _taken, ...option } = {
      ...support,
      taken: undefined,
      unitPrice: eur('20.00'),
      discount: eur('0.00'),
      amount: eur('20.00'),
    }
    given(drafted, without, fact('OptionOffered', { option, position: 0 }))
      .when(ask('ReviseQuotation', { changes: { currency: 'IRR' }, digits: 0, vatRounding }))
      .thenFails({ type: 'CurrencyFixed', currency: 'EUR' })
  })
})
