import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import {
  after,
  ask,
  customer,
  desks,
  draft,
  drafted,
  fact,
  given,
  noteLine,
  oneOffer,
  sent,
  worth,
} from './examples.ts'
import { mostLines } from './line.ts'
import { quotation } from './quotation.ts'

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
          vatRounding: 'total',
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

  test('puts what does not fit into one event into those behind it, with the totals of all', () => {
    const lines = Array.from({ length: 200 }, (_, index) => ({
      line: { ...desks, id: String(index).padStart(26, '0'), description: 'میز '.repeat(60) },
    }))
    const decided = quotation.decide(draft({ lines }), quotation.initialState)
    if (E.isLeft(decided)) throw new Error('refused')
    const [first, ...others] = decided.right
    expect(JSON.stringify(first).length).toBeLessThan(24 * 1024)
    expect(others.length).toBeGreaterThan(0)
    expect(after(...decided.right)).toMatchObject({
      current: {
        content: {
          lines: lines.map(({ line }) => ({ id: line.id })),
          totals: worth(...lines.map(({ line }) => line)).totals,
        },
      },
    })
    const summed = others.map(({ data }) => 'totals' in data && data.totals !== undefined)
    expect(summed).toEqual(others.map((_, index) => index === others.length - 1))
  })

  test('leaves room for long terms: then all lines come behind', () => {
    const terms = '«به شرط»'.repeat(500)
    const long = { terms, paymentTerms: terms, deliveryTerms: terms, internalNote: terms }
    const decided = quotation.decide(draft(long), quotation.initialState)
    const events = E.isRight(decided) ? decided.right : []
    expect(events.map(({ type }) => type)).toEqual(['QuotationDrafted', 'QuotationLineAdded'])
    const totals = events.map(({ data }) => ('totals' in data ? data.totals : undefined))
    expect(totals).toEqual([worth().totals, oneOffer.totals])
  })

  test('happens once', () => {
    given(drafted).when(draft()).thenFails({ type: 'AlreadyExists' })
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

describe('deleting', () => {
  const remove = ask('DeleteQuotation', {})
  const deleted = fact('QuotationDeleted', {})

  test('leaves nothing to ask', () => {
    given(drafted).when(remove).thenEvents(deleted)
    given(drafted, deleted).when(remove).thenFails({ type: 'NotFound' })
    given(drafted, deleted).when(draft()).thenFails({ type: 'AlreadyExists' })
  })

  test('is for drafts that no customer has seen', () => {
    given(drafted, sent).when(remove).thenFails({ type: 'QuotationNotDraft', status: 'sent' })
    const back = fact('QuotationReturnedToDraft', { version: 2 })
    given(drafted, sent, back).when(remove).thenFails({
      type: 'QuotationNotDraft',
      status: 'draft',
    })
  })
})
