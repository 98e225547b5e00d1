import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { right, type SampleCompany, sampleCompany, scope } from '../sample-company.ts'
import { idOf, on, rials, rival } from '../sample-log.ts'
import { ali, foundsAcme, type Offers, offersIn, quotationId } from '../sample-offers.ts'
import { OrderView, QuotationView } from '../views/quotation.ts'

let company: SampleCompany
let offers: Offers
beforeEach(async () => {
  company = await sampleCompany()
  offers = offersIn(company.log)
  await foundsAcme(company.log)
})
afterEach(() => company[Symbol.asyncDispose]())

const read = async (n: number) =>
  QuotationView.parse(await company.projections.query.quotations.get(quotationId(n), scope))

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
