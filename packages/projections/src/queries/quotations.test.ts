import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { right, type SampleCompany, sampleCompany, scope } from '../sample-company.ts'
import { idOf, on, rials, rival } from '../sample-log.ts'
import {
  ali,
  draftQuotation,
  foundsAcme,
  item,
  type Offers,
  offersIn,
  quotationId,
  tokenHashOf,
} from '../sample-offers.ts'
import { HistoryEntry } from '../views/history.ts'
import {
  ExchangeRateView,
  OrderView,
  PublicQuotationView,
  QuotationListItem,
  QuotationView,
} from '../views/quotation.ts'
import type { QuotationFilters, QuotationSort } from './queries.ts'

let company: SampleCompany
let offers: Offers
beforeEach(async () => {
  company = await sampleCompany()
  offers = offersIn(company.log)
  await foundsAcme(company.log)
})
afterEach(() => company[Symbol.asyncDispose]())

const read = async (n: number, ...at: [] | [object]) =>
  QuotationView.parse(await company.projections.query.quotations.get(quotationId(n), scope, ...at))
const listed = async (filters: QuotationFilters, sort: QuotationSort = 'createdAt') => {
  const { list } = company.projections.query.quotations
  const { items } = right(await list(scope, { filters, sort }))
  return items.map((each) => QuotationListItem.parse(each).id)
}
const ids = (...numbers: readonly number[]) => numbers.map(quotationId)

describe('a quotation by the clock', () => {
  beforeEach(async () => {
    await offers.drafts(1)
    await offers.sends(1, { validUntil: '2026-01-18' })
    await company.upToDate()
  })

  test.for([
    ['2026-01-17T20:29:59.999Z', 'sent', 1],
    ['2026-01-17T21:00:00.000Z', 'sent', 0],
    ['2026-01-18T20:29:59.999Z', 'sent', 0],
    ['2026-01-18T20:30:00.000Z', 'expired', undefined],
  ] as const)('is, at %s, %s with days left: %s (O02)', async ([now, status, daysLeft]) => {
    company.log.now = now
    const { query } = company.projections
    expect(await read(1)).toMatchObject({ status, validUntil: '2026-01-18' })
    expect((await read(1)).daysLeft).toBe(daysLeft)
    expect(await listed({ status })).toEqual(ids(1))
    expect(await listed({ status: status === 'sent' ? 'expired' : 'sent' })).toEqual([])
    expect(await query.quotations.due(scope, now)).toHaveLength(status === 'sent' ? 0 : 1)
  })

  test('is what it was at a past moment, and what the sweep recorded makes no difference', async () => {
    company.log.now = '2026-02-01T08:00:00.000Z'
    await offers.asks(1, {
      type: 'ExpireQuotation',
      data: { occurredAt: '2026-01-18T20:30:00.000Z', occurredOn: '2026-01-19' },
    })
    await company.upToDate()
    const { query } = company.projections
    expect(await query.quotations.due(scope, company.log.now)).toEqual([])
    expect(await read(1)).toMatchObject({ status: 'expired' })
    expect(await read(1, { asOf: '2026-01-18T20:29:59.999Z' })).toMatchObject({ status: 'sent' })
    expect(await read(1, { asOf: '2026-01-18T20:30:00.000Z' })).toMatchObject({ status: 'expired' })
    expect(await read(1, { effectiveAt: '2026-01-18T20:29:59.999Z' })).toMatchObject({
      status: 'sent',
      daysLeft: 0,
    })
  })

  test('goes on after an extension', async () => {
    company.log.now = '2026-01-18T20:30:00.000Z'
    await offers.asks(1, {
      type: 'ExtendQuotation',
      data: {
        validUntil: '2026-01-25',
        expiresAt: '2026-01-25T20:30:00.000Z',
        note: 'asked for',
        mayBeLate: true,
        ...on('2026-01-19'),
      },
    })
    await company.upToDate()
    expect(await read(1)).toMatchObject({ status: 'sent', validUntil: '2026-01-25', daysLeft: 6 })
  })
})

describe('a second version (O04)', () => {
  beforeEach(async () => {
    await company.opens(1)
    await offers.drafts(1, {
      opportunityId: idOf('A', 1),
      lines: [
        { line: item(1, 1200) },
        { line: { id: idOf('N', 2), kind: 'note' }, text: 'رنگ سفید' },
      ],
    })
    await offers.sends(1)
    await offers.asks(1, { type: 'OpenQuotationVersion', data: on('2026-01-11') })
    await offers.asks(1, {
      type: 'ReviseQuotationLine',
      data: {
        lineId: idOf('N', 1),
        changes: { unitPrice: rials(1740) },
        vatRounding: 'total',
        ...on('2026-01-11'),
      },
    })
    await company.upToDate()
  })

  const quoted = async () => {
    const { opportunities } = company.projections.query
    const { quotations, quotationTotals } = (await opportunities.get(idOf('A', 1), scope)) ?? {}
    return { totals: quotations?.map(({ total }) => total), open: quotationTotals?.open }
  }

  test('is shown while the first one stands, and is not counted beside it', async () => {
    expect(await read(1)).toMatchObject({
      status: 'draft',
      version: 2,
      totals: { total: rials(1740) },
      live: { status: 'sent', version: 1, number: 'Q-1404-0001', total: rials(1200) },
      versions: [
        { version: 1, status: 'sent', totals: { total: rials(1200) } },
        { version: 2, status: 'draft' },
      ],
    })
    expect(await quoted()).toEqual({ totals: [rials(1200)], open: [rials(1200)] })
    for (const status of ['sent', 'draft'] as const)
      expect(await listed({ status })).toEqual(ids(1))
    expect(await listed({ status: ['confirmed', 'expired'] })).toEqual([])
  })

  test('takes the place of the first one once it is sent, for the customer too', async () => {
    await offers.sends(1, {}, 2, '2026-01-12')
    await company.upToDate()
    const { byTokenHash, forCustomer } = company.projections.query.quotations
    expect(await quoted()).toEqual({ totals: [rials(1740)], open: [rials(1740)] })
    expect(await byTokenHash(tokenHashOf(1, 1))).toMatchObject({ id: quotationId(1), version: 1 })
    expect(await byTokenHash(tokenHashOf(1, 2))).toMatchObject({ id: quotationId(1), version: 2 })
    expect(PublicQuotationView.parse(await forCustomer(quotationId(1), 1, scope))).toMatchObject({
      status: 'superseded',
      open: false,
      totals: { total: rials(1200) },
    })
    expect(PublicQuotationView.parse(await forCustomer(quotationId(1), 2, scope))).toMatchObject({
      status: 'sent',
      open: true,
      number: 'Q-1404-0001-v2',
      seller: { name: 'شرکت آکمه' },
      lines: [
        { kind: 'item', position: 0 },
        { kind: 'note', description: 'رنگ سفید' },
      ],
    })
    expect(await forCustomer(quotationId(1), 3, scope)).toBeUndefined()
    expect(await forCustomer(quotationId(1), 2, { company: rival })).toBeUndefined()
    for (const number of ['Q-1404-0001', 'q-۱۴۰۴-۰۰۰۱', 'Q-1404-0001-v2']) {
      expect(await listed({ number })).toEqual(ids(1))
    }
    expect(await listed({ number: 'Q-1404-0001-v3' })).toEqual([])
  })

  test('leaves the first one as it was when it is discarded', async () => {
    await offers.asks(1, { type: 'DiscardQuotationVersion', data: on('2026-01-12') })
    await company.upToDate()
    const view = await read(1)
    expect(view).toMatchObject({
      status: 'sent',
      version: 1,
      totals: { total: rials(1200) },
      versions: [{ status: 'sent' }, { version: 2, status: 'discarded' }],
    })
    expect(view.live).toBeUndefined()
    expect(await company.projections.query.quotations.byTokenHash(tokenHashOf(1, 1))).toBeDefined()
  })

  test('is told of line by line', async () => {
    const entries = await company.projections.query.quotations.history(quotationId(1), scope)
    const told = entries?.map((entry) => HistoryEntry.parse(entry)) ?? []
    expect(told.at(0)?.changes.map(({ field }) => field)).toEqual(
      expect.arrayContaining(['status', `lines/${idOf('N', 1)}`, `lines/${idOf('N', 2)}`]),
    )
    expect(told.at(-2)).toMatchObject({ type: 'QuotationVersionOpened' })
    expect(told.at(-2)?.changes).toContainEqual({ field: 'version', from: 1, to: 2 })
    expect(told.at(-1)?.changes.map(({ field }) => field).toSorted()).toEqual([
      `lines/${idOf('N', 1)}/amount`,
      `lines/${idOf('N', 1)}/unitPrice`,
      'net',
      'total',
    ])
  })
})

describe('an order', () => {
  beforeEach(async () => {
    await offers.drafts(1)
    await offers.sends(1)
    await offers.confirms(1)
    await company.upToDate()
  })

  test('is what a confirmation made', async () => {
    const { orders } = company.projections.query
    const order = OrderView.parse(await orders.get('s-۱۴۰۴-۰۰۰۱', scope))
    expect(order).toMatchObject({
      number: 'S-1404-0001',
      status: 'confirmed',
      confirmedOn: '2026-01-15',
      total: rials(1000),
      quotationNumber: 'Q-1404-0001',
    })
    expect(await orders.get('S-1404-0001', { company: rival })).toBeUndefined()
    expect(await read(1)).toMatchObject({
      status: 'confirmed',
      confirmed: { basis: 'staff' },
      order: { number: 'S-1404-0001', status: 'confirmed' },
    })
  })

  test('is ended by a cancellation, and another one is made after it', async () => {
    await offers.asks(1, {
      type: 'CancelQuotation',
      data: { cause: 'person', reason: 'mistake', ...on('2026-01-16') },
    })
    await company.upToDate()
    const { orders } = company.projections.query
    expect(await orders.get('S-1404-0001', scope)).toMatchObject({ status: 'cancelled' })
    expect(await read(1)).toMatchObject({ status: 'cancelled', order: { status: 'cancelled' } })
    await offers.asks(1, { type: 'ReturnQuotationToDraft', data: on('2026-01-16') })
    await offers.sends(1, { validUntil: '2026-02-20' }, 2, '2026-01-17')
    await offers.confirms(1, { orderNumber: 'S-1404-0002' }, '2026-01-18')
    await company.upToDate()
    expect(await orders.get('S-1404-0001', scope)).toMatchObject({
      status: 'cancelled',
      version: 1,
    })
    expect(await orders.get('S-1404-0002', scope)).toMatchObject({
      status: 'confirmed',
      version: 2,
    })
    const found = async (filters: object) =>
      right(await orders.list(scope, { filters, sort: 'number' })).items.map(({ number }) => number)
    expect(await found({})).toEqual(['S-1404-0001', 'S-1404-0002'])
    expect(await found({ status: 'confirmed' })).toEqual(['S-1404-0002'])
    expect(await found({ from: '2026-01-16' })).toEqual(['S-1404-0002'])
    expect(await found({ quotationId: quotationId(1), contactId: ali })).toHaveLength(2)
    expect(await found({ opportunityId: idOf('A', 1) })).toEqual([])
  })
})

describe('the list of quotations', () => {
  beforeEach(async () => {
    await company.opens(1)
    await offers.drafts(1, {
      opportunityId: idOf('A', 1),
      subject: 'میز اداری',
      salespersonId: idOf('E', 1),
      teamId: idOf('T', 1),
      externalIds: [{ system: 'sap', id: '7' }],
      attributes: { size: 12 },
    })
    await offers.drafts(2, { lines: [{ line: item(1, 3000) }], customerReference: 'PO 99' })
    await offers.sends(2, { validUntil: '2026-01-15' })
    await offers.drafts(3, {
      lines: [{ line: { ...item(1), unitPrice: { amount: '20.50', currency: 'EUR' } } as never }],
      currency: 'EUR',
      digits: 2,
      contactId: idOf('B', 2),
    })
    await offers.sends(3, { validUntil: '2026-02-15' })
    await offers.drafts(4)
    await offers.asks(4, { type: 'DeleteQuotation', data: on('2026-01-10') })
    await company.upToDate()
  })

  test.for([
    [{}, [1, 2, 3]],
    [{ status: 'draft' }, [1]],
    [{ status: ['sent', 'draft'] }, [1, 2, 3]],
    [{ status: 'confirmed' }, []],
    [{ opportunityId: idOf('A', 1) }, [1]],
    [{ opportunityId: null }, [2, 3]],
    [{ opportunityId: [null, idOf('A', 1)] }, [1, 2, 3]],
    [{ contactId: idOf('B', 2) }, [3]],
    [{ salesperson: idOf('E', 1) }, [1]],
    [{ salesperson: null }, [2, 3]],
    [{ team: idOf('T', 1) }, [1]],
    [{ currency: 'EUR' }, [3]],
    [{ number: 'Q-1404-0003' }, [3]],
    [{ q: 'ميز‌اداري' }, [1]],
    [{ q: 'po99' }, [2]],
    [{ q: 'رضایی' }, [2, 3]],
    [{ q: '1404-0003' }, [3]],
    [{ validUntilFrom: '2026-01-16' }, [3]],
    [{ validUntilTo: '2026-01-16' }, [2]],
    [{ validUntilFrom: '2026-01-15', validUntilTo: '2026-01-15' }, [2]],
    [{ delivery: 'byHand' }, [2, 3]],
    [{ delivery: 'none' }, [1]],
    [{ externalId: { system: 'sap', id: '7' } }, [1]],
    [{ attributes: { size: '12' } }, [1]],
  ] as const)('answers %j', async ([filters, expected]) => {
    expect(await listed(filters as QuotationFilters)).toEqual(ids(...expected))
  })

  test('finds a draft by the name of its contact', async () => {
    await company.log.tell('contact', ali, [
      {
        type: 'ContactRegistered',
        data: { name: 'شرکت یکتا', isCompany: true },
      },
    ])
    await company.upToDate()
    expect(await listed({ q: 'یکتا' })).toEqual(ids(1, 2))
  })

  test.for([
    ['createdAt', [1, 2, 3]],
    ['updatedAt', [1, 2, 3]],
    ['number', [2, 3, 1]],
    ['-number', [3, 2, 1]],
    ['total', [3, 1, 2]],
    ['-total', [2, 1, 3]],
    ['validUntil', [2, 3, 1]],
    ['-sentAt', [3, 2, 1]],
  ] as const)('is read page by page in the order of %s', async ([sort, expected]) => {
    const { list } = company.projections.query.quotations
    const seen: string[] = []
    let next: string | undefined
    do {
      const page = right(
        await list(scope, { sort, limit: 1, count: true, ...(next && { cursor: next }) }),
      )
      expect(page.total).toBe(3)
      seen.push(...page.items.map(({ id }) => id))
      next = page.next
    } while (next !== undefined)
    expect(seen).toEqual(ids(...expected))
  })

  test('shows nothing to another company (O18)', async () => {
    const elsewhere = { company: rival }
    const { quotations, orders } = company.projections.query
    expect(right(await quotations.list(elsewhere, { count: true }))).toMatchObject({ total: 0 })
    expect(await quotations.get(quotationId(1), elsewhere)).toBeUndefined()
    expect(await quotations.get(quotationId(1), elsewhere, {})).toBeUndefined()
    expect(await quotations.history(quotationId(1), elsewhere)).toBeUndefined()
    expect(await quotations.ofOpportunity(idOf('A', 1), elsewhere)).toEqual([])
    expect(right(await orders.list(elsewhere)).items).toEqual([])
    expect(await quotations.get(quotationId(4), scope)).toBeUndefined()
  })

  test('does not take days that end before they begin', async () => {
    const { list } = company.projections.query.quotations
    const filters = { validUntilFrom: '2026-02-01', validUntilTo: '2026-01-01' }
    expect(await list(scope, { filters })).toMatchObject({ left: { type: 'InvalidRequest' } })
  })
})

describe('a link', () => {
  test('is dead once another was made, once it was revoked, and once the offer is a draft again', async () => {
    const { byTokenHash } = company.projections.query.quotations
    const link = (version: number) => ({
      nonce: 'B'.repeat(22),
      tokenHash: tokenHashOf(1, version),
    })
    await offers.drafts(1)
    await offers.sends(1)
    await offers.asks(1, {
      type: 'IssueQuotationLink',
      data: { link: link(7), ...on('2026-01-11') },
    })
    await company.upToDate()
    expect(await byTokenHash(tokenHashOf(1, 1))).toBeUndefined()
    expect(await byTokenHash(tokenHashOf(1, 7))).toMatchObject({ version: 1 })
    await offers.asks(1, { type: 'RevokeQuotationLink', data: on('2026-01-11') })
    await company.upToDate()
    expect(await byTokenHash(tokenHashOf(1, 7))).toBeUndefined()
    expect(await read(1)).toMatchObject({ linkActive: false })
    await offers.asks(1, {
      type: 'IssueQuotationLink',
      data: { link: link(8), ...on('2026-01-11') },
    })
    await offers.asks(1, { type: 'ReturnQuotationToDraft', data: on('2026-01-11') })
    await company.upToDate()
    expect(await byTokenHash(tokenHashOf(1, 8))).toBeUndefined()
  })
})

describe('an exchange rate', () => {
  const sets = (base: string, quote: string, date: string, rate: string) =>
    company.log.tell('company', scope.company, [
      { type: 'ExchangeRateSet', data: { base, quote, date, rate } },
    ])

  test('counts from its day on, also the other way round', async () => {
    await sets('EUR', 'IRR', '2026-01-10', '600000')
    await sets('EUR', 'IRR', '2026-01-20', '650000')
    await sets('EUR', 'IRR', '2026-01-20', '640000.5')
    await sets('IRR', 'USD', '2026-01-15', '0.000002')
    await company.upToDate()
    const { on: rateOn, list } = company.projections.query.exchangeRates
    const of = (base: string, quote: string, date: string) => rateOn({ base, quote, date }, scope)
    expect(await of('EUR', 'IRR', '2026-01-09')).toBeUndefined()
    expect(await of('EUR', 'IRR', '2026-01-19')).toEqual({ rate: '600000', date: '2026-01-10' })
    expect(await of('EUR', 'IRR', '2026-03-01')).toEqual({ rate: '640000.5', date: '2026-01-20' })
    expect(await of('IRR', 'EUR', '2026-01-10')).toEqual({
      rate: '0.000001666667',
      date: '2026-01-10',
    })
    expect(await of('USD', 'IRR', '2026-01-15')).toEqual({ rate: '500000', date: '2026-01-15' })
    expect(await of('EUR', 'EUR', '2026-01-15')).toEqual({ rate: '1', date: '2026-01-15' })
    expect(
      await rateOn({ base: 'EUR', quote: 'IRR', date: '2026-03-01' }, { company: rival }),
    ).toBeUndefined()
    const { items } = right(await list(scope, { filters: { base: 'EUR' } }))
    expect(items.map((rate) => ExchangeRateView.parse(rate))).toMatchObject([
      { date: '2026-01-20', rate: '640000.5' },
      { date: '2026-01-10', rate: '600000' },
    ])
  })
})

test('who drafts without a known company is told no days', async () => {
  const { log } = company
  await log.offer(quotationId(9), draftQuotation(), { company: rival })
  await company.upToDate()
  const view = await company.projections.query.quotations.get(quotationId(9), { company: rival })
  expect(view).not.toHaveProperty('daysLeft')
})
