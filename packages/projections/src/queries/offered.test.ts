import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { right, type SampleCompany, sampleCompany, scope } from '../sample-company.ts'
import { idOf, on, rials } from '../sample-log.ts'
import { foundsAcme, item, type Offers, offersIn, quotationId } from '../sample-offers.ts'
import { OpportunityView } from '../views/opportunity.ts'
import type { OpportunityFilters } from './queries.ts'

let company: SampleCompany
let offers: Offers
beforeEach(async () => {
  company = await sampleCompany()
  offers = offersIn(company.log)
  await foundsAcme(company.log)
})
afterEach(() => company[Symbol.asyncDispose]())

const sale = (n: number) => idOf('A', n)
const read = async (n: number, ...at: [] | [object]) =>
  OpportunityView.parse(await company.projections.query.opportunities.get(sale(n), scope, ...at))
const listed = async (filters: OpportunityFilters) => {
  const { list } = company.projections.query.opportunities
  return right(await list(scope, { filters, sort: 'createdAt' })).items.map((each) =>
    OpportunityView.parse(each),
  )
}
const idsOf = (found: readonly { readonly id: string }[]) => found.map(({ id }) => id)
const offered = (n: number, opportunity: number, price = 1000) =>
  offers.drafts(n, { opportunityId: sale(opportunity), lines: [{ line: item(1, price) }] })
const merges = (n: number, into: number) =>
  company.log.tell('opportunity', sale(n), [
    { type: 'OpportunityMerged', data: { into: sale(into), occurredOn: '2026-01-12' } },
  ])
const eur = (amount: string) => ({ amount, currency: 'EUR' })

describe('what an opportunity was offered', () => {
  test('is counted by status as the clock tells it, and summed by currency', async () => {
    await company.opens(1)
    await offered(1, 1, 100)
    await offered(2, 1, 200)
    await offers.sends(2, { validUntil: '2026-01-15' })
    await offered(3, 1, 400)
    await offers.sends(3, { validUntil: '2026-02-15' })
    await offered(4, 1, 800)
    await offers.sends(4)
    await offers.confirms(4, {}, '2026-01-11')
    await offers.drafts(5, { opportunityId: sale(1), currency: 'EUR', digits: 2, lines: [] })
    await offered(6, 1, 1600)
    await offers.asks(6, { type: 'DeleteQuotation', data: on('2026-01-10') })
    await company.upToDate()
    expect(await read(1)).toMatchObject({
      quotations: [1, 2, 3, 4, 5].map((n) => ({ id: quotationId(n) })),
      quotationTotals: {
        quotations: 4,
        orders: 1,
        counts: { draft: 2, sent: 2, expired: 0, confirmed: 1, declined: 0, cancelled: 0 },
        open: [eur('0.00'), rials(700)],
        confirmed: [rials(800)],
        confirmedNet: [rials(800)],
        confirmedConverted: { total: rials(800), net: rials(800), rates: [] },
      },
    })
    company.log.now = '2026-01-16T08:00:00.000Z'
    expect((await read(1)).quotationTotals).toMatchObject({
      quotations: 4,
      counts: { sent: 1, expired: 1 },
      open: [eur('0.00'), rials(500)],
    })
    expect(
      (await read(1, { asOf: '2026-01-15T20:29:59.999Z' })).quotationTotals.counts,
    ).toMatchObject({ sent: 2, expired: 0 })
  })

  test('is converted only where each confirmation knew a rate', async () => {
    await company.opens(1)
    const rate = { base: 'EUR', quote: 'IRR', rate: '600000.5', date: '2026-01-10' }
    const inEuro = async (n: number, rates: (typeof rate)[]) => {
      const line = item(1, 0, { unitPrice: eur('1.25') })
      const fields = { opportunityId: sale(1), currency: 'EUR', digits: 2, lines: [{ line }] }
      await offers.drafts(n, fields)
      await offers.sends(n)
      await offers.confirms(n, { rates })
    }
    await inEuro(1, [rate])
    await offered(2, 1, 10)
    await offers.sends(2)
    await offers.confirms(2)
    await company.upToDate()
    expect((await read(1)).quotationTotals).toMatchObject({
      confirmed: [eur('1.25'), rials(10)],
      confirmedConverted: { total: rials(750_011), net: rials(750_011), rates: [rate] },
    })
    await inEuro(3, [])
    await company.upToDate()
    expect((await read(1)).quotationTotals).not.toHaveProperty('confirmedConverted')
    expect((await read(1)).quotationTotals.confirmed).toEqual([eur('2.50'), rials(10)])
  })

  test('goes with it through merges, in lists, single answers and pasts alike (O09)', async () => {
    for (const n of [1, 2, 3, 4]) await company.opens(n)
    for (const n of [1, 2, 3, 4]) await offered(n, n)
    await offers.sends(2)
    await offers.confirms(2)
    await merges(2, 3)
    const beforeLast = await company.log.store.head()
    await merges(3, 1)
    await company.upToDate()
    const all = [1, 2, 3].map(quotationId)
    expect(idsOf((await read(1)).quotations)).toEqual(all)
    expect((await read(1)).quotationTotals).toMatchObject({ quotations: 2, orders: 1 })
    expect(idsOf((await read(1, {})).quotations)).toEqual(all)
    expect(idsOf((await read(1, { position: beforeLast })).quotations)).toEqual([quotationId(1)])
    expect(idsOf((await read(3, { position: beforeLast })).quotations)).toEqual(
      [2, 3].map(quotationId),
    )
    const found = await listed({})
    expect(found.map(({ quotations }) => idsOf(quotations))).toEqual([all, [quotationId(4)]])
    const { quotations } = company.projections.query
    expect(idsOf(await quotations.ofOpportunity(sale(1), scope))).toEqual(all)
    const filters = { opportunityId: sale(1) }
    expect(
      idsOf(right(await quotations.list(scope, { filters, sort: 'createdAt' })).items),
    ).toEqual(all)
    expect(await quotations.get(quotationId(2), scope)).toMatchObject({
      openQuotations: [{ id: quotationId(1) }, { id: quotationId(3) }],
    })
    expect(await quotations.get(quotationId(2), scope, { position: beforeLast })).toMatchObject({
      openQuotations: [{ id: quotationId(3) }],
    })
  })
})

describe('an opportunity that was lost while an offer of it was confirmed', () => {
  beforeEach(async () => {
    for (const n of [1, 2, 3]) await company.opens(n)
    for (const n of [1, 2]) {
      await offered(n, n)
      await offers.sends(n)
      await offers.confirms(n)
    }
    await company.loses(1)
    await merges(2, 3)
    await company.upToDate()
  })

  test('shows the conflict until somebody settles it', async () => {
    const conflicts = [{ code: 'ConfirmedWhileLost', quotationId: quotationId(1) }]
    expect(await read(1)).toMatchObject({ outcome: 'lost', conflicts })
    expect(idsOf(await listed({ conflict: true }))).toEqual([sale(1)])
    expect(idsOf(await listed({ conflict: false }))).toEqual([sale(3)])
    expect(idsOf(await listed({ confirmed: true }))).toEqual([sale(1), sale(3)])
    await offers.asks(1, {
      type: 'CancelQuotation',
      data: { cause: 'person', reason: 'too late', ...on('2026-01-21') },
    })
    await company.upToDate()
    expect(await read(1)).toMatchObject({ conflicts: [] })
    expect(await listed({ conflict: true })).toEqual([])
    expect(idsOf(await listed({ confirmed: false }))).toEqual([sale(1)])
  })

  test('is none any more once it is open again', async () => {
    await company.reopens(1)
    await company.upToDate()
    expect(await read(1)).toMatchObject({ outcome: 'open', conflicts: [] })
    expect(await listed({ conflict: true })).toEqual([])
  })
})
