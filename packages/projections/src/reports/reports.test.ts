import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ReportRequest } from '../queries/report-request.ts'
import { price, right, type SampleCompany, sampleCompany, scope } from '../sample-company.ts'
import { idOf, on, rials } from '../sample-log.ts'
import { OpportunityView } from '../views/opportunity.ts'
import { LossReport, WinReport } from '../views/report.ts'

let company: SampleCompany
beforeEach(async () => {
  company = await sampleCompany()
})
afterEach(() => company[Symbol.asyncDispose]())

const lostReasons = async (request: ReportRequest<never> = {}) =>
  LossReport.parse(right(await company.projections.query.reports.lostReasons(scope, request)))
const winRate = async (request: ReportRequest<never> = {}) =>
  WinReport.parse(right(await company.projections.query.reports.winRate(scope, request)))

describe('a lost opportunity that is reopened (O05)', () => {
  test('is put away while lost, and open again after, with its loss in the history', async () => {
    await company.createsReason(price.id, price.name)
    for (const n of [1, 2, 3]) await company.opens(n, { source: 'exhibition', region: 'Fars' })
    for (const n of [1, 2, 3]) await company.wins(n)
    for (const n of [4, 5]) await company.opens(n, { source: 'exhibition', region: 'Fars' })
    await company.loses(4)
    await company.loses(5)
    await company.upToDate()
    const x = idOf('A', 5)
    expect(
      OpportunityView.parse(await company.projections.query.opportunities.get(x, scope)),
    ).toMatchObject({
      outcome: 'lost',
      archived: true,
      probability: { value: 0 },
      closedOn: '2026-01-20',
      lost: { reasonId: price.id, reason: 'قیمت' },
    })
    expect((await winRate()).totals).toMatchObject({ won: 3, lost: 2, open: 0, winRate: 60 })

    await company.reopens(5)
    await company.upToDate()
    const after = await company.projections.query.opportunities.get(x, scope)
    expect(after).toMatchObject({ outcome: 'open', archived: false })
    expect(after).not.toHaveProperty('closedAt')
    expect(after).not.toHaveProperty('lost')
    expect((await winRate()).totals).toMatchObject({ won: 3, lost: 1, open: 1, winRate: 75 })
    expect((await lostReasons()).totals).toMatchObject({ count: 1 })
    expect((await lostReasons({ reopened: 'include' })).totals).toMatchObject({ count: 2 })

    const history = await company.projections.query.opportunities.history(x, scope)
    expect(history?.map(({ type }) => type)).toEqual([
      'OpportunityOpened',
      'OpportunityLost',
      'OpportunityReopened',
    ])
    expect(history?.[1]).toMatchObject({
      reason: 'قیمت',
      changes: expect.arrayContaining([{ field: 'outcome', from: 'open', to: 'lost' }]),
    })
  })
})

describe('a lost reason that is renamed, archived and used anew (O07)', () => {
  const expensive = price.id
  const anew = idOf('R', 2)

  beforeEach(async () => {
    await company.createsReason(expensive, 'قیمت')
    for (const [index, million] of [1000, 1500, 2000].entries()) {
      await company.opens(index, { expectedRevenue: rials(million * 1_000_000) })
      await company.loses(index)
    }
    await company.log.tell('lostreason', expensive, [
      { type: 'LostReasonRevised', data: { name: 'قیمت بالا' } },
      { type: 'LostReasonArchived', data: {} },
    ])
    await company.createsReason(anew, 'قیمت')
    await company.opens(9, { expectedRevenue: rials(500_000_000) })
    await company.loses(9, { ...price, id: anew })
    await company.upToDate()
  })

  test('keeps its losses, under its name now, apart from those of its namesake', async () => {
    const { rows, totals } = await lostReasons()
    expect(rows).toEqual([
      expect.objectContaining({
        reason: { id: expensive, name: 'قیمت بالا', archived: true },
        count: 3,
        share: 75,
        lostRevenue: [rials(4_500_000_000)],
      }),
      expect.objectContaining({
        reason: { id: anew, name: 'قیمت', archived: false },
        count: 1,
        lostRevenue: [rials(500_000_000)],
      }),
    ])
    expect(totals).toMatchObject({ count: 4, lostRevenue: [rials(5_000_000_000)] })
  })

  test('says how often it was used', async () => {
    expect(await company.projections.query.lostReasons.get(expensive, scope)).toMatchObject({
      name: 'قیمت بالا',
      archived: true,
      count: 3,
    })
  })

  test('can be filtered by', async () => {
    expect((await lostReasons({ filters: { reason: expensive } })).totals).toMatchObject({
      count: 3,
    })
    const listed = right(
      await company.projections.query.opportunities.list(scope, {
        filters: { reason: expensive, outcome: 'lost' },
        count: true,
      }),
    )
    expect(listed.total).toBe(3)
  })

  test('has the name of that time in reports of the past', async () => {
    const { rows } = await lostReasons({ at: { position: 7 } })
    expect(rows).toEqual([
      expect.objectContaining({
        reason: { id: expensive, name: 'قیمت', archived: false },
        count: 3,
      }),
    ])
  })
})

describe('reports', () => {
  test('count by any bucket of time, in the calendar asked for', async () => {
    for (const [n, day] of ['2026-03-19', '2026-03-20', '2026-03-21'].entries()) {
      await company.opens(n)
      await company.wins(n, day)
    }
    await company.upToDate()
    const jalali = await winRate({ groupBy: ['month'], calendar: 'jalali' })
    expect(jalali.rows.map(({ month, won }) => [month?.key, won])).toEqual([
      ['1404-12', 2],
      ['1405-01', 1],
    ])
    const gregorian = await winRate({ groupBy: ['quarter'], calendar: 'gregorian' })
    expect(gregorian.rows).toMatchObject([{ quarter: { key: '2026-Q1' }, won: 3 }])
  })

  test('set each bucket beside the one before, and the whole beside the time before', async () => {
    for (const [n, day] of ['2026-01-05', '2026-02-05', '2026-02-06', '2026-03-05'].entries()) {
      await company.opens(n, {}, '2026-01-01')
      await company.wins(n, day)
    }
    await company.upToDate()
    const ages = { from: '1700-01-01', to: '9999-12-31', compare: 'previous' } as const
    for (const calendar of ['gregorian', 'jalali'] as const) {
      const before = { from: '0100-01-01', to: '1699-12-31' }
      expect((await winRate({ ...ages, calendar })).previous).toEqual(before)
    }
    const period = { from: '2026-02-01', to: '2026-03-31', compare: 'previous' } as const
    const { rows, totals, previous } = await winRate({
      ...period,
      groupBy: ['month'],
      calendar: 'gregorian',
    })
    expect(rows.map((row) => [row.month?.key, row.won, row.previous?.won])).toEqual([
      ['2026-02', 2, 1],
      ['2026-03', 1, 2],
    ])
    expect(previous).toEqual({ from: '2025-12-01', to: '2026-01-31' })
    expect([totals.won, totals.previous?.won]).toEqual([3, 1])
  })

  test('count what has several tags in the group of each, and once in the totals', async () => {
    await company.opens(1, { tags: ['new', 'large'] })
    await company.opens(2, { tags: ['New'] })
    await company.opens(3)
    for (const n of [1, 2, 3]) await company.loses(n)
    await company.upToDate()
    const { rows, totals } = await lostReasons({ groupBy: ['tag'], sort: '-count' })
    expect(rows.map(({ tag, count }) => [tag, count])).toEqual([
      ['New', 2],
      ['large', 1],
      [null, 1],
    ])
    expect(totals.count).toBe(3)
  })

  test('sum exactly, one amount a currency', async () => {
    const money = (amount: string, currency: string) => ({ amount, currency })
    await company.opens(1, { expectedRevenue: money('0.10', 'EUR') })
    await company.opens(2, { expectedRevenue: money('0.20', 'EUR') })
    await company.opens(3, { expectedRevenue: money('900719925474099312345', 'IRR') })
    await company.opens(4, { expectedRevenue: money('1', 'IRR') })
    await company.upToDate()
    expect((await winRate()).totals.openRevenue).toEqual([
      money('0.30', 'EUR'),
      money('900719925474099312346', 'IRR'),
    ])
    expect((await winRate({ currency: 'EUR' })).totals.openRevenue).toEqual([money('0.30', 'EUR')])
  })

  test('show the first rows as sorted, and say how many are left', async () => {
    for (const [n, source] of ['a', 'a', 'b', 'c'].entries()) {
      await company.opens(n, { source })
      await company.loses(n)
    }
    await company.upToDate()
    const answer = await lostReasons({ groupBy: ['source'], top: 1 })
    expect(answer.rows).toMatchObject([{ source: 'a', count: 2 }])
    expect(answer.omitted).toBe(2)
    expect(await lostReasons({ groupBy: ['source'], minCount: 2 })).toMatchObject({
      rows: [{ source: 'a' }],
      omitted: 2,
    })
  })

  test('follow what describes a loss for as long as it stands', async () => {
    await company.opens(1, { source: 'web' })
    await company.loses(1)
    const revises = (source: string) =>
      company.log.ask(idOf('A', 1), {
        type: 'ReviseOpportunity',
        data: { changes: { source }, ...on('2026-01-26') },
      })
    await revises('fair')
    await company.reopens(1)
    await revises('phone')
    await company.upToDate()
    const { rows } = await lostReasons({ groupBy: ['source'], reopened: 'include' })
    expect(rows).toMatchObject([{ source: 'fair', count: 1 }])
  })

  test('tell of a time by what had happened, and by what was known', async () => {
    await company.opens(1)
    await company.opens(2)
    await company.wins(1, '2026-01-20')
    const known = company.log.now
    company.log.now = '2026-02-01T08:00:00.000Z'
    await company.wins(2, '2026-01-15')
    await company.upToDate()
    const won = async (at: object) => (await winRate({ at })).totals.won
    expect(await won({ effectiveAt: '2026-01-16T00:00:00.000Z' })).toBe(1)
    expect(await won({ effectiveAt: '2026-01-16T00:00:00.000Z', asOf: known })).toBe(0)
    expect(await won({ asOf: known })).toBe(1)
    expect(await won({ position: 2 })).toBe(0)
    expect(await won({})).toBe(2)
    const { position } = await winRate({ at: { effectiveAt: '2026-01-16T00:00:00.000Z' } })
    expect(position).toBe((await winRate({})).position)
  })

  test('refuse what nothing is grouped, measured or sorted by', async () => {
    const { lostReasons: ask } = company.projections.query.reports
    const refusal = (pointer: string) => ({
      left: { type: 'InvalidRequest', errors: [{ pointer }] },
    })
    expect(await ask(scope, { groupBy: ['1; DROP TABLE loss'] })).toMatchObject(refusal('/groupBy'))
    expect(await ask(scope, { groupBy: ['team', 'team'] })).toMatchObject(refusal('/groupBy'))
    expect(await ask(scope, { sort: 'shoe size' })).toMatchObject(refusal('/sort'))
    expect(await ask(scope, { from: '2026-02-30' })).toMatchObject(refusal('/from'))
    expect(await ask(scope, { compare: 'previous' })).toMatchObject(refusal('/compare'))
  })
})
