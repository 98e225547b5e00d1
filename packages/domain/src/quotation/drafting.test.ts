import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import {
  after,
  ask,
  chairLine,
  chairs,
  confirmed,
  customer,
  deskLine,
  desks,
  draft,
  drafted,
  eur,
  fact,
  given,
  noteLine,
  oneOffer,
  opened,
  otherCustomer,
  sent,
  worth,
} from './examples.ts'
import { mostLines } from './line.ts'
import { quotation } from './quotation.ts'

const vatRounding = 'total' as const
const revise = (changes: object) => ask('ReviseQuotation', { changes, digits: 2, vatRounding })
const bothOffered = worth(desks, chairs)

describe('drafting', () => {
  test('records the lines with what they come to, and the totals', () => {
    given()
      .when(draft())
      .thenEvents(
        fact('QuotationDrafted', {
          contactId: customer,
          language: 'en',
          currency: 'EUR',
          digits: 2,
          pricesIncludeTax: false,
          vatRounding,
          lines: [...oneOffer.lines],
          totals: oneOffer.totals,
          occurredOn: '2026-02-01',
        }),
      )
  })

  test('keeps the words of notes apart from the lines', () => {
    const lines = [{ line: { id: noteLine, kind: 'note' as const }, text: 'As agreed' }]
    const decided = quotation.decide(draft({ lines }), quotation.initialState)
    expect(decided).toMatchObject(
      E.right([
        {
          type: 'QuotationDrafted',
          data: { lines: [{ id: noteLine, kind: 'note' }], words: { [noteLine]: 'As agreed' } },
        },
      ]),
    )
  })

  test('puts what does not fit into one event into the ones behind it, with the totals of all', () => {
    const lines = Array.from({ length: 200 }, (_, index) => ({
      line: { ...desks, id: String(index).padStart(26, '0'), description: 'میز '.repeat(60) },
    }))
    const decided = quotation.decide(draft({ lines }), quotation.initialState)
    if (E.isLeft(decided)) throw new Error('refused')
    const [first, ...others] = decided.right
    expect(JSON.stringify(first).length).toBeLessThan(64 * 1024)
    expect(others.length).toBeGreaterThan(0)
    const state = after(...decided.right)
    expect(state).toMatchObject({
      current: {
        content: {
          lines: lines.map(({ line }) => ({ id: line.id })),
          totals: worth(...lines.map(({ line }) => line)).totals,
        },
      },
    })
  })

  test('takes no more lines than an offer has, and none in another currency', () => {
    const many = Array.from({ length: mostLines + 1 }, () => ({ line: desks }))
    given()
      .when(draft({ lines: many }))
      .thenFails({ type: 'TooManyLines', most: mostLines })
    given()
      .when(draft({ lines: [{ line: { ...desks, unitPrice: { amount: '1', currency: 'IRR' } } }] }))
      .thenFails({ type: 'CurrencyMismatch', expected: 'EUR', given: 'IRR' })
  })
})

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
  })

  test('leaves the currency of priced lines alone', () => {
    given(drafted)
      .when(revise({ currency: 'IRR' }))
      .thenFails({
        type: 'CurrencyFixed',
        currency: 'EUR',
      })
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

  test('ends with a deletion that leaves nothing to ask', () => {
    given(drafted).when(ask('DeleteQuotation', {})).thenEvents(fact('QuotationDeleted', {}))
    given(drafted, fact('QuotationDeleted', {})).when(revise({})).thenFails({ type: 'NotFound' })
    given(drafted, sent)
      .when(ask('DeleteQuotation', {}))
      .thenFails({ type: 'QuotationNotDraft', status: 'sent' })
  })
})
