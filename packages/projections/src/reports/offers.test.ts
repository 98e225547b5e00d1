import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { PipelineReportRequest, QuotationReportRequest } from '../queries/report-request.ts'
import { price, right, type SampleCompany, sampleCompany, scope } from '../sample-company.ts'
import { acme, idOf, on, rials, rival } from '../sample-log.ts'
import {
  ali,
  draftQuotation,
  foundsAcme,
  item,
  type Offers,
  offersIn,
  quotationId,
} from '../sample-offers.ts'
import { PipelineReport, QuotationReport } from '../views/report.ts'

let company: SampleCompany
let offers: Offers
beforeEach(async () => {
  company = await sampleCompany()
  offers = offersIn(company.log)
  await foundsAcme(company.log)
})
afterEach(() => company[Symbol.asyncDispose]())

const quotations = async (request: QuotationReportRequest = {}) =>
  QuotationReport.parse(right(await company.projections.query.reports.quotations(scope, request)))
const pipeline = async (request: PipelineReportRequest = {}) =>
  PipelineReport.parse(right(await company.projections.query.reports.pipeline(scope, request)))

const sale = (n: number) => idOf('A', n)
const euros = (amount: string) => ({ amount, currency: 'EUR' })
/** The n-th quotation: one line at that price, for the opportunity if one is given. */
const offered = (n: number, amount: number, opportunity?: number) =>
  offers.drafts(n, {
    lines: [{ line: item(1, amount) }],
    ...(opportunity !== undefined && { opportunityId: sale(opportunity) }),
  })
const declines = (n: number, day = '2026-01-12') =>
  offers.asks(n, { type: 'DeclineQuotation', data: { reason: price, ...on(day) } })
const cancels = (n: number, day = '2026-01-16') =>
  offers.asks(n, {
    type: 'CancelQuotation',
    data: { cause: 'person', reason: 'mistaken', ...on(day) },
  })
const merges = (n: number, into: number) =>
  company.log.ask(sale(n), {
    type: 'MergeOpportunity',
    data: { id: sale(n), into: sale(into), survivor: { outcome: 'open' }, ...on('2026-01-12') },
  })

describe('the report on offers', () => {
  /** One of each status; those that were sent are valid to January 20th. */
  const oneOfEach = async () => {
    for (const n of [1, 2, 3, 4, 5]) await offered(n, 10 ** n)
    for (const n of [2, 3, 4, 5]) await offers.sends(n)
    await offers.confirms(3, {}, '2026-01-13')
    await declines(4)
    await cancels(5)
    await company.upToDate()
  }

  test('counts each by its status, and what was taken of what was decided on', async () => {
    await oneOfEach()
    const { rows, totals } = await quotations({ sort: 'status' })
    expect(rows.map(({ status, count, total }) => [status, count, total])).toEqual([
      ['cancelled', 1, [rials(100_000)]],
      ['confirmed', 1, [rials(1000)]],
      ['declined', 1, [rials(10_000)]],
      ['draft', 1, [rials(10)]],
      ['sent', 1, [rials(100)]],
    ])
    expect(totals).toEqual({
      count: 5,
      net: [rials(111_110)],
      discount: [rials(0)],
      total: [rials(111_110)],
      confirmed: 1,
      confirmedNet: [rials(1000)],
      confirmedTotal: [rials(1000)],
      declined: 1,
      expired: 0,
      acceptanceRate: 50,
    })
  })

  test('tells by the clock what has expired, and a past by the clock of then', async () => {
    await oneOfEach()
    const ofStatus = async (status: 'sent' | 'expired', at = {}) =>
      (await quotations({ filters: { status }, at })).totals.count
    company.log.now = '2026-01-20T20:29:59.999Z'
    expect([await ofStatus('sent'), await ofStatus('expired')]).toEqual([1, 0])
    company.log.now = '2026-01-20T20:30:00.000Z'
    expect([await ofStatus('sent'), await ofStatus('expired')]).toEqual([0, 1])
    expect((await quotations()).totals).toMatchObject({ expired: 1, acceptanceRate: 33.33 })
    const before = '2026-01-20T20:29:59.999Z'
    for (const at of [{ asOf: before }, { effectiveAt: before }]) {
      expect([await ofStatus('sent', at), await ofStatus('expired', at)]).toEqual([1, 0])
    }
    const position = await company.log.store.head()
    expect(await ofStatus('sent', { position })).toBe(1)
  })

  test('says the same once the sweep has recorded it', async () => {
    await oneOfEach()
    company.log.now = '2026-02-01T08:00:00.000Z'
    const request = {
      groupBy: ['status', 'day'],
      dateBasis: 'closed',
      measures: ['count'],
    } as const
    const { rows } = await quotations(request)
    expect(rows).toContainEqual(
      expect.objectContaining({
        status: 'expired',
        day: expect.objectContaining({ from: '2026-01-21' }),
      }),
    )
    await offers.asks(2, {
      type: 'ExpireQuotation',
      data: { occurredAt: '2026-01-20T20:30:00.000Z', occurredOn: '2026-01-21' },
    })
    await company.upToDate()
    expect((await quotations(request)).rows).toEqual(rows)
  })

  test('drops by exactly what a cancelled order was worth (O08)', async () => {
    await company.opens(1)
    await offered(1, 250_000_000, 1)
    await offered(2, 280_000_000, 1)
    await offers.sends(1)
    await offers.sends(2)
    await offers.confirms(1)
    await company.upToDate()
    expect((await quotations()).totals).toMatchObject({
      confirmed: 1,
      confirmedNet: [rials(250_000_000)],
      confirmedTotal: [rials(250_000_000)],
    })
    const asked = await company.log.store.head()

    await cancels(1)
    await company.upToDate()
    const after = await quotations()
    expect(after.totals).toMatchObject({
      count: 2,
      confirmed: 0,
      confirmedNet: [],
      confirmedTotal: [],
    })
    expect(after.rows).toContainEqual(expect.objectContaining({ status: 'cancelled', count: 1 }))
    expect((await quotations({ at: { position: asked } })).totals).toMatchObject({
      confirmedTotal: [rials(250_000_000)],
    })

    await offers.confirms(2, {}, '2026-01-17')
    await company.upToDate()
    expect((await quotations()).totals.confirmedTotal).toEqual([rials(280_000_000)])
  })

  test('counts the version that stands, and never two of one quotation (O04)', async () => {
    await offered(1, 1200)
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
    expect((await quotations()).rows).toMatchObject([
      { status: 'sent', count: 1, total: [rials(1200)] },
    ])
    const then = await company.log.store.head()
    await offers.sends(1, {}, 2, '2026-01-12')
    await company.upToDate()
    expect((await quotations()).rows).toMatchObject([
      { status: 'sent', count: 1, total: [rials(1740)] },
    ])
    expect((await quotations({ at: { position: then } })).totals.total).toEqual([rials(1200)])
  })

  test('leaves out drafts that were deleted, and what belongs to another company', async () => {
    await offered(1, 100)
    await offers.asks(1, { type: 'DeleteQuotation', data: on('2026-01-11') })
    await company.log.offer(quotationId(2), draftQuotation(), { company: rival })
    await company.upToDate()
    expect(await quotations()).toMatchObject({ rows: [], totals: { count: 0, total: [] } })
    expect((await quotations()).totals.acceptanceRate).toBeNull()
  })

  test('never adds currencies up, and can keep to one', async () => {
    const priced = (unitPrice: { amount: string; currency: string }, discountPercent = '0') => ({
      line: { ...item(1), unitPrice, discountPercent },
    })
    await offered(1, 1000)
    await offers.drafts(2, {
      currency: 'EUR',
      digits: 2,
      lines: [priced(euros('34.90'), '15')],
    })
    await company.upToDate()
    const { rows, totals } = await quotations({ groupBy: ['currency'] })
    expect(rows.map(({ currency, total }) => [currency, total])).toEqual([
      ['EUR', [euros('29.66')]],
      ['IRR', [rials(1000)]],
    ])
    expect(totals).toMatchObject({
      net: [euros('29.66'), rials(1000)],
      discount: [euros('5.24'), rials(0)],
    })
    expect((await quotations({ currency: 'EUR' })).totals).toMatchObject({
      count: 1,
      total: [euros('29.66')],
    })
  })

  test('goes by the day of writing, of sending or of ending', async () => {
    await offers.drafts(1, {}, '2026-01-10')
    await offers.sends(1, {}, 1, '2026-01-12')
    await offers.confirms(1, {}, '2026-01-14')
    await offers.drafts(2, {}, '2026-01-10')
    await company.upToDate()
    const days = async (dateBasis?: 'created' | 'sent' | 'closed') =>
      (await quotations({ groupBy: ['day'], calendar: 'gregorian', dateBasis })).rows.map(
        ({ day, count }) => [day?.key, count],
      )
    expect(await days()).toEqual([['2026-01-10', 2]])
    expect(await days('sent')).toEqual([['2026-01-12', 1]])
    expect(await days('closed')).toEqual([['2026-01-14', 1]])
    const period = { from: '2026-01-14', to: '2026-01-14', compare: 'previous' } as const
    expect(await quotations({ ...period, dateBasis: 'closed' })).toMatchObject({
      totals: { confirmed: 1, previous: { confirmed: 0 } },
      previous: { from: '2026-01-13', to: '2026-01-13' },
    })
  })

  test('tells them apart by what they say, and by what their customer and opportunity say', async () => {
    await company.createsReason(price.id, price.name)
    await company.log.tell('contact', ali, [
      {
        type: 'ContactRegistered',
        data: { name: 'علی', isCompany: false, country: 'IR', region: 'Fars' },
      },
    ])
    await company.opens(1, { country: 'TR', industry: 'textile' })
    await offers.drafts(1, { source: 'fair', tags: ['new', 'large'] })
    await offers.drafts(2, { source: 'Fair', opportunityId: sale(1) })
    await offers.sends(2)
    await declines(2)
    await company.upToDate()
    const by = async (name: 'source' | 'country' | 'region' | 'industry' | 'tag' | 'reason') =>
      (await quotations({ groupBy: [name], sort: name })).rows.map((row) => [row[name], row.count])
    expect(await by('source')).toEqual([['Fair', 2]])
    expect(await by('country')).toEqual([
      ['IR', 1],
      ['TR', 1],
    ])
    expect(await by('region')).toEqual([['Fars', 2]])
    expect(await by('industry')).toEqual([
      ['textile', 1],
      [null, 1],
    ])
    expect(await by('tag')).toEqual([
      ['large', 1],
      ['new', 1],
      [null, 1],
    ])
    expect(await by('reason')).toEqual([
      [{ id: price.id, name: price.name, archived: false }, 1],
      [null, 1],
    ])
    const filters = { country: 'ir', product: idOf('P', 1) }
    expect((await quotations({ filters })).totals.count).toBe(1)
    expect(
      (await quotations({ filters, at: { position: await company.log.store.head() } })).totals
        .count,
    ).toBe(1)
  })

  test('is refused by what no offer is told apart by', async () => {
    const { quotations: ask } = company.projections.query.reports
    for (const name of ['kind', 'quoted', 'competitor']) {
      expect(await ask(scope, { groupBy: [name] })).toMatchObject({
        left: { type: 'InvalidRequest', errors: [{ pointer: '/groupBy' }] },
      })
    }
  })
})

describe('whether an opportunity was quoted', () => {
  test('is told of the won and the open as of the lost, by reports and by the list', async () => {
    await company.createsReason(price.id, price.name)
    for (const n of [1, 2, 3, 4, 5, 6]) await company.opens(n)
    // An open one, a won one and a lost one with an offer; a merged one's counts for its heir.
    for (const n of [1, 2, 3, 4]) {
      await offered(n, 10 ** n, n)
      await offers.sends(n)
    }
    await offered(5, 7, 6)
    await offers.confirms(2)
    await company.wins(2)
    await company.loses(3)
    await merges(4, 5)
    await company.upToDate()

    const { winRate } = company.projections.query.reports
    const rates = async (filters: object, at = {}) => {
      const { won, lost, open } = right(await winRate(scope, { filters, at })).totals
      return [won, lost, open]
    }
    expect(await rates({ quoted: 'true' })).toEqual([1, 1, 2])
    expect(await rates({ quoted: 'false' })).toEqual([0, 0, 1])
    const position = await company.log.store.head()
    expect(await rates({ quoted: 'true' }, { position })).toEqual([1, 1, 2])
    const { rows } = right(await winRate(scope, { groupBy: ['quoted'], sort: 'quoted' }))
    expect(rows.map(({ quoted, won, lost, open }) => [quoted, won, lost, open])).toEqual([
      [false, 0, 0, 1],
      [true, 1, 1, 2],
    ])
    const listed = async (quoted: string | readonly string[]) => {
      const asked = { filters: { quoted }, sort: 'createdAt' } as const
      const { items } = right(await company.projections.query.opportunities.list(scope, asked))
      return items.map(({ id }) => id).toSorted()
    }
    expect(await listed('true')).toEqual([1, 2, 3, 5].map(sale))
    expect(await listed('false')).toEqual([6].map(sale))
    expect(await listed(['true', 'false'])).toHaveLength(5)
  })
})

describe('the pipeline', () => {
  const stages = [
    { id: idOf('S', 1), name: 'Proposal', position: 2 },
    { id: idOf('S', 3), name: 'Zero contact', position: 1 },
  ]
  const stands = (n: number, { id, name }: { readonly id: string; readonly name: string }) =>
    company.log.ask(sale(n), {
      type: 'StageOpportunity',
      data: { stage: { id, name, won: false }, ...on('2026-01-11') },
    })
  const isLikely = (n: number, probability: number) =>
    company.log.ask(sale(n), {
      type: 'OverrideProbability',
      data: { probability, allowCertainty: false, ...on('2026-01-11') },
    })

  beforeEach(async () => {
    for (const { id, ...data } of stages) {
      await company.log.tell('stage', id, [
        { type: 'StageCreated', data: { ...data, won: false, folded: false } },
      ])
    }
  })

  test('follows the stages in their order, what has none comes last', async () => {
    for (const n of [1, 2, 3, 4]) await company.opens(n, { expectedRevenue: rials(n * 100) })
    for (const n of [1, 2]) await stands(n, { id: idOf('S', 1), name: 'Proposal' })
    await stands(3, { id: idOf('S', 3), name: 'Zero contact' })
    await company.upToDate()
    const { rows, totals } = await pipeline()
    expect(
      rows.map(({ stage, count, expectedRevenue }) => [stage?.name, count, expectedRevenue]),
    ).toEqual([
      ['Zero contact', 1, [rials(300)]],
      ['Proposal', 2, [rials(300)]],
      [undefined, 1, [rials(400)]],
    ])
    expect(totals).toMatchObject({ count: 4, expectedRevenue: [rials(1000)] })
  })

  test('holds what is open and no lead, but where leads are asked for', async () => {
    for (const n of [1, 2, 3]) await company.opens(n)
    await company.wins(2)
    await company.loses(3)
    await company.log.ask(sale(4), {
      type: 'CaptureLead',
      data: { title: 'A call', emailPresent: false, phonePresent: false, ...on('2026-01-10') },
    })
    await company.upToDate()
    expect((await pipeline()).totals.count).toBe(1)
    expect((await pipeline({ filters: { kind: 'lead' } })).totals.count).toBe(1)
    expect((await pipeline({ filters: { kind: ['lead', 'opportunity'] } })).totals.count).toBe(2)
  })

  test('weighs by the probability that is shown: as it was set by hand, else as the model says', async () => {
    await company.opens(1, { expectedRevenue: rials(1001) })
    await company.opens(2, { expectedRevenue: euros('0.05') })
    await company.opens(3, { expectedRevenue: rials(999) })
    await company.opens(4)
    await isLikely(1, 35.5)
    await isLikely(2, 50)
    await isLikely(4, 20)
    await company.upToDate()
    // 1001 at 35.5 % is 355.355; 0.05 at 50 % is 0.025; without a history every second is won.
    expect((await pipeline()).totals).toMatchObject({
      count: 4,
      unweighted: 0,
      weightedRevenue: [euros('0.03'), rials(355 + 500)],
    })
    await company.log.tell('company', acme, [
      { type: 'PoliciesSet', data: { features: { scoring: false } } },
    ])
    await company.upToDate()
    // Where a company does without scores, what nobody set weighs nothing, and is counted.
    expect((await pipeline()).totals).toMatchObject({
      unweighted: 1,
      weightedRevenue: [euros('0.03'), rials(355)],
    })
  })

  test('knows what is offered and still open, and what is confirmed', async () => {
    await company.opens(1)
    await company.opens(2)
    await offered(1, 1, 1)
    await offered(2, 10, 1)
    await offers.sends(2)
    await offered(3, 100, 1)
    await offers.sends(3)
    await offers.confirms(3)
    await offered(4, 1000, 1)
    await offers.sends(4)
    await declines(4)
    await offered(5, 10_000)
    await company.upToDate()
    expect((await pipeline()).totals).toMatchObject({
      quotedTotal: [rials(11)],
      confirmedTotal: [rials(100)],
    })
    const { rows } = await pipeline({ groupBy: ['quoted'], sort: 'quoted' })
    expect(rows.map(({ quoted, count }) => [quoted, count])).toEqual([
      [false, 1],
      [true, 1],
    ])
    expect((await pipeline({ filters: { quoted: 'true' } })).totals.count).toBe(1)
    expect((await pipeline({ currency: 'EUR' })).totals.quotedTotal).toEqual([])
    company.log.now = '2026-01-20T20:30:00.000Z'
    expect((await pipeline()).totals.quotedTotal).toEqual([rials(1)])
  })

  test('gives what was offered to a merged one to the one it went into (O09)', async () => {
    for (const n of [1, 2, 3]) await company.opens(n)
    await offered(1, 1, 1)
    await offered(2, 10, 2)
    await offered(3, 100, 3)
    await offers.sends(3)
    await merges(1, 2)
    await company.upToDate()
    const between = await company.log.store.head()
    await merges(2, 3)
    await company.upToDate()
    expect((await pipeline()).totals).toMatchObject({ count: 1, quotedTotal: [rials(111)] })
    expect((await pipeline({ dateBasis: 'sent', groupBy: ['day'] })).rows).toMatchObject([
      { day: { from: '2026-01-10' }, count: 1, quotedTotal: [rials(111)] },
    ])
    expect((await pipeline({ at: { position: between } })).totals).toMatchObject({
      count: 2,
      quotedTotal: [rials(111)],
    })
    expect(
      (await pipeline({ at: { position: between }, filters: { quoted: 'false' } })).totals,
    ).toMatchObject({
      count: 1,
      quotedTotal: [rials(11)],
    })
  })

  test('goes by the day of opening, of the first offer, or of the closing that is expected', async () => {
    await company.opens(1, { expectedCloseOn: '2026-03-01' })
    await company.opens(2)
    await offered(1, 100, 1)
    await offers.sends(1, {}, 1, '2026-01-12')
    await company.upToDate()
    const days = async (dateBasis?: 'created' | 'sent' | 'closed') =>
      (await pipeline({ groupBy: ['day'], calendar: 'gregorian', dateBasis })).rows.map(
        ({ day, count }) => [day?.key, count],
      )
    expect(await days()).toEqual([['2026-01-10', 2]])
    expect(await days('sent')).toEqual([['2026-01-12', 1]])
    expect(await days('closed')).toEqual([['2026-03-01', 1]])
    expect(await pipeline({ from: '2026-01-11' })).toMatchObject({ totals: { count: 0 } })
  })

  test('belongs to one company', async () => {
    await company.opens(1)
    await offered(1, 100, 1)
    await company.upToDate()
    const { pipeline: ask } = company.projections.query.reports
    const other = right(await ask({ company: rival }))
    expect(other).toMatchObject({ rows: [], totals: { count: 0, quotedTotal: [] } })
    expect(acme).not.toBe(rival)
  })
})

describe('losses and wins', () => {
  test('can be asked for by the day of the first offer', async () => {
    await company.createsReason(price.id, price.name)
    for (const n of [1, 2]) await company.opens(n)
    await offered(1, 100, 1)
    await offers.sends(1, {}, 1, '2026-01-12')
    for (const n of [1, 2]) await company.loses(n)
    await company.upToDate()
    const { lostReasons, winRate } = company.projections.query.reports
    const asked = { dateBasis: 'sent', from: '2026-01-12', to: '2026-01-12' } as const
    expect(right(await lostReasons(scope, asked)).totals.count).toBe(1)
    expect(right(await winRate(scope, asked)).totals).toMatchObject({ lost: 1, open: 0 })
  })
})
