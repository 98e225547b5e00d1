import type { OpportunityCommand } from '@forsat/domain'
import type * as E from 'fp-ts/lib/Either.js'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { inMemory } from '../database.ts'
import { createProjections, type Projections } from '../projections.ts'
import {
  acme,
  idOf,
  north,
  on,
  rials,
  rival,
  type SampleLog,
  sampleLog,
  sara,
} from '../sample-log.ts'
import { SqlRefused } from '../sql.ts'
import { ContactView } from '../views/contact.ts'
import { EventView, HistoryEntry } from '../views/history.ts'
import { OpportunityView } from '../views/opportunity.ts'
import { LossReport, WinReport } from '../views/report.ts'
import type { ReportRequest } from './queries.ts'

const scope = { company: acme }
const price = { id: idOf('R', 1), name: 'قیمت', archived: false, requiresNote: false }
const proposal = { id: idOf('S', 1), name: 'Proposal', won: false as const }
const signed = { id: idOf('S', 2), name: 'Signed', won: true as const }

let log: SampleLog
let projections: Projections

beforeEach(async () => {
  log = sampleLog()
  projections = await createProjections({ ...log, path: inMemory })
})
afterEach(() => projections[Symbol.asyncDispose]())

const upToDate = async (): Promise<void> => {
  expect(await projections.waitFor(await log.store.head(), { timeoutMs: 5000 })).toBe(true)
}

const right = <Value>(answer: E.Either<unknown, Value>): Value => {
  if (answer._tag === 'Left') throw new Error(JSON.stringify(answer.left))
  return answer.right
}

type Fields = Partial<Extract<OpportunityCommand, { type: 'OpenOpportunity' }>['data']>

const opens = (n: number, fields: Fields = {}, day = '2026-01-10') =>
  log.ask(idOf('A', n), {
    type: 'OpenOpportunity',
    data: { title: `No ${n}`, emailPresent: false, phonePresent: false, ...fields, ...on(day) },
  })
const loses = (n: number, reason = price, day = '2026-01-20') =>
  log.ask(idOf('A', n), {
    type: 'LoseOpportunity',
    data: {
      reason,
      requireReason: true,
      quoted: [],
      quotationSent: false,
      cause: 'person',
      ...on(day),
    },
  })
const wins = (n: number, day = '2026-01-20') =>
  log.ask(idOf('A', n), {
    type: 'WinOpportunity',
    data: { stage: signed, cause: 'person', ...on(day) },
  })
const reopens = (n: number, day = '2026-01-25') =>
  log.ask(idOf('A', n), {
    type: 'ReopenOpportunity',
    data: { stage: proposal, cause: 'person', ...on(day) },
  })

const reasonCreated = (id: string, name: string) =>
  log.tell('lostreason', id, [
    { type: 'LostReasonCreated', data: { name, position: 1, requiresNote: false } },
  ])

const lostReasons = async (request: ReportRequest<never> = {}) =>
  LossReport.parse(right(await projections.query.reports.lostReasons(scope, request)))
const winRate = async (request: ReportRequest<never> = {}) =>
  WinReport.parse(right(await projections.query.reports.winRate(scope, request)))

describe('a lost opportunity that is reopened (O05)', () => {
  test('is put away while lost, and open again after, with its loss in the history', async () => {
    await reasonCreated(price.id, price.name)
    for (const n of [1, 2, 3]) await opens(n, { source: 'exhibition', region: 'Fars' })
    for (const n of [1, 2, 3]) await wins(n)
    for (const n of [4, 5]) await opens(n, { source: 'exhibition', region: 'Fars' })
    await loses(4)
    await loses(5)
    await upToDate()
    const x = idOf('A', 5)
    expect(
      OpportunityView.parse(await projections.query.opportunities.get(x, scope)),
    ).toMatchObject({
      outcome: 'lost',
      archived: true,
      probability: { value: 0 },
      closedOn: '2026-01-20',
      lost: { reasonId: price.id, reason: 'قیمت' },
    })
    expect((await winRate()).totals).toMatchObject({ won: 3, lost: 2, open: 0, winRate: 60 })

    await reopens(5)
    await upToDate()
    const after = await projections.query.opportunities.get(x, scope)
    expect(after).toMatchObject({ outcome: 'open', archived: false })
    expect(after).not.toHaveProperty('closedAt')
    expect(after).not.toHaveProperty('lost')
    expect((await winRate()).totals).toMatchObject({ won: 3, lost: 1, open: 1, winRate: 75 })
    expect((await lostReasons()).totals).toMatchObject({ count: 1 })
    expect((await lostReasons({ reopened: 'include' })).totals).toMatchObject({ count: 2 })

    const history = await projections.query.opportunities.history(x, scope)
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
    await reasonCreated(expensive, 'قیمت')
    for (const [index, million] of [1000, 1500, 2000].entries()) {
      await opens(index, { expectedRevenue: rials(million * 1_000_000) })
      await loses(index)
    }
    await log.tell('lostreason', expensive, [
      { type: 'LostReasonRevised', data: { name: 'قیمت بالا' } },
      { type: 'LostReasonArchived', data: {} },
    ])
    await reasonCreated(anew, 'قیمت')
    await opens(9, { expectedRevenue: rials(500_000_000) })
    await loses(9, { ...price, id: anew })
    await upToDate()
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
    expect(await projections.query.lostReasons.get(expensive, scope)).toMatchObject({
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
      await projections.query.opportunities.list(scope, {
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

describe('what belongs to another company', () => {
  test('is not seen, counted, listed or told (O18)', async () => {
    await opens(1)
    await loses(1)
    await upToDate()
    const elsewhere = { company: rival }
    const { query } = projections
    expect(await query.opportunities.get(idOf('A', 1), elsewhere)).toBeUndefined()
    expect(await query.opportunities.get(idOf('A', 1), elsewhere, { position: 1 })).toBeUndefined()
    expect(await query.opportunities.history(idOf('A', 1), elsewhere)).toBeUndefined()
    expect(right(await query.opportunities.list(elsewhere, { count: true })).total).toBe(0)
    expect(right(await query.events(elsewhere)).items).toEqual([])
    expect(right(await query.reports.lostReasons(elsewhere)).totals).toMatchObject({ count: 0 })
  })
})

describe('reading page by page (O27)', () => {
  test('shows each row that stays exactly once, whatever comes and goes', async () => {
    for (let n = 0; n < 200; n += 1) await opens(n)
    await upToDate()
    const { list } = projections.query.opportunities
    const request = { sort: 'createdAt', limit: 50 } as const
    const seen: string[] = []
    let next: string | undefined
    for (let page = 0; page < 10; page += 1) {
      const answer = right(await list(scope, { ...request, ...(next && { cursor: next }) }))
      seen.push(...answer.items.map(({ id }) => id))
      next = answer.next
      if (next === undefined) break
      if (page === 0) {
        for (let n = 200; n < 210; n += 1) await opens(n)
        for (let n = 195; n < 200; n += 1) {
          await log.ask(idOf('A', n), {
            type: 'WithdrawOpportunity',
            data: { reason: 'twice', ...on('2026-01-11') },
          })
        }
        await upToDate()
      }
    }
    expect(next).toBeUndefined()
    expect(new Set(seen).size).toBe(seen.length)
    const old = Array.from({ length: 195 }, (_, n) => idOf('A', n))
    expect(seen.filter((id) => old.includes(id))).toEqual(old)
  })

  test('is refused beyond the largest page, and below the smallest', async () => {
    const { list } = projections.query.opportunities
    for (const limit of [1_000_000, 0, -1, 1.5, Number.NaN]) {
      expect(await list(scope, { limit })).toMatchObject({
        left: { type: 'InvalidRequest', errors: [{ pointer: '/limit' }] },
      })
    }
  })

  test('takes no cursor that is forged, of another list or of another company', async () => {
    for (let n = 0; n < 3; n += 1) await opens(n)
    await upToDate()
    const { opportunities, contacts } = projections.query
    const { next: cursor = '' } = right(await opportunities.list(scope, { limit: 1 }))
    const refused = { left: { errors: [{ pointer: '/cursor' }] } }
    const forged = Buffer.from('["opportunity",null,1]').toString('base64url')
    expect(await opportunities.list(scope, { cursor: forged })).toMatchObject(refused)
    expect(await opportunities.list(scope, { cursor: `${cursor}A` })).toMatchObject(refused)
    expect(await opportunities.list(scope, { cursor, sort: 'title' })).toMatchObject(refused)
    expect(await opportunities.list({ company: rival }, { cursor })).toMatchObject(refused)
    expect(await contacts.list(scope, { cursor })).toMatchObject(refused)
    expect(right(await opportunities.list(scope, { cursor })).items).toHaveLength(2)
  })

  test('ends with the rows that have nothing to be sorted by, either way round', async () => {
    await opens(1, { expectedRevenue: rials(5) })
    await opens(2)
    await opens(3, { expectedRevenue: rials(7) })
    await opens(4)
    await upToDate()
    const all = async (sort: 'expectedRevenue' | '-expectedRevenue') => {
      const seen: string[] = []
      let next: string | undefined
      do {
        const answer = right(
          await projections.query.opportunities.list(scope, {
            sort,
            limit: 1,
            ...(next && { cursor: next }),
          }),
        )
        seen.push(...answer.items.map(({ id }) => id))
        next = answer.next
      } while (next !== undefined)
      return seen
    }
    expect(await all('expectedRevenue')).toEqual([1, 3, 2, 4].map((n) => idOf('A', n)))
    expect(await all('-expectedRevenue')).toEqual([3, 1, 4, 2].map((n) => idOf('A', n)))
  })
})

describe('finding', () => {
  test('goes by what was meant, not by how it was typed', async () => {
    await opens(1, { companyName: 'شرکت یکتا', source: 'Web', phone: '+98 21 1234 5678' })
    await opens(2, { companyName: 'Other', source: 'fair' })
    await upToDate()
    const found = async (filters: object) =>
      right(await projections.query.opportunities.list(scope, { filters })).items.map(
        ({ id }) => id,
      )
    expect(await found({ q: 'شركت‌يكتا' })).toEqual([idOf('A', 1)])
    expect(await found({ q: '۰۲۱۱۲۳۴' })).toEqual([idOf('A', 1)])
    expect(await found({ source: 'WEB' })).toEqual([idOf('A', 1)])
    expect(await found({ source: ['web', 'Fair'] })).toHaveLength(2)
    expect(await found({ medium: null })).toHaveLength(2)
    expect(await found({ q: `'; DROP VIEW opportunity; --` })).toEqual([])
  })

  test('goes by tags, products, own fields and ids of other systems', async () => {
    const externalIds = [{ system: 'maven', id: 'X 1' }]
    const product = idOf('P', 1)
    await opens(1, { tags: ['new', 'Large'], attributes: { size: 12, vip: true }, externalIds })
    await opens(2, { tags: ['old'], productIds: [product], attributes: { size: 'big' } })
    await upToDate()
    const found = async (filters: object) =>
      right(await projections.query.opportunities.list(scope, { filters })).items.map(
        ({ id }) => id,
      )
    expect(await found({ tag: 'large' })).toEqual([idOf('A', 1)])
    expect(await found({ product })).toEqual([idOf('A', 2)])
    expect(await found({ attributes: { size: '12' } })).toEqual([idOf('A', 1)])
    expect(await found({ attributes: { size: 'BIG' } })).toEqual([idOf('A', 2)])
    expect(await found({ attributes: { vip: 'true' } })).toEqual([idOf('A', 1)])
    expect(await found({ attributes: { vip: null } })).toEqual([idOf('A', 2)])
    expect(await found({ externalId: externalIds[0] })).toEqual([idOf('A', 1)])
  })
})

describe('a contact', () => {
  test('is answered with its addresses, and found by mail and phone', async () => {
    const id = idOf('B', 1)
    const address = {
      addressId: idOf('D', 1),
      kind: 'invoice',
      street: 'Valiasr 1',
      city: 'Tehran',
    }
    await log.tell('contact', id, [
      {
        type: 'ContactRegistered',
        data: {
          name: 'Ali Reza',
          isCompany: false,
          email: 'Ali@Example.com',
          mobile: '0912 345 6789',
          identifiers: [{ kind: 'nationalId', value: '1234567890' }],
        },
      },
      { type: 'AddressAdded', data: address },
      { type: 'AddressPreferred', data: { addressId: address.addressId } },
    ])
    await upToDate()
    const { contacts } = projections.query
    expect(ContactView.parse(await contacts.get(id, scope))).toMatchObject({
      name: 'Ali Reza',
      addresses: [{ id: address.addressId, city: 'Tehran', preferred: true, archived: false }],
      warnings: [{ code: 'CheckDigitWrong', field: 'identifiers/0' }],
    })
    for (const filters of [
      { email: 'ali@example.COM' },
      { phone: '+989123456789' },
      { q: 'alireza' },
    ]) {
      expect(right(await contacts.list(scope, { filters })).items).toHaveLength(1)
    }
  })
})

describe('reports', () => {
  test('count by any bucket of time, in the calendar asked for', async () => {
    for (const [n, day] of ['2026-03-19', '2026-03-20', '2026-03-21'].entries()) {
      await opens(n)
      await wins(n, day)
    }
    await upToDate()
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
      await opens(n, {}, '2026-01-01')
      await wins(n, day)
    }
    await upToDate()
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
    await opens(1, { tags: ['new', 'large'] })
    await opens(2, { tags: ['New'] })
    await opens(3)
    for (const n of [1, 2, 3]) await loses(n)
    await upToDate()
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
    await opens(1, { expectedRevenue: money('0.10', 'EUR') })
    await opens(2, { expectedRevenue: money('0.20', 'EUR') })
    await opens(3, { expectedRevenue: money('900719925474099312345', 'IRR') })
    await opens(4, { expectedRevenue: money('1', 'IRR') })
    await upToDate()
    expect((await winRate()).totals.openRevenue).toEqual([
      money('0.30', 'EUR'),
      money('900719925474099312346', 'IRR'),
    ])
    expect((await winRate({ currency: 'EUR' })).totals.openRevenue).toEqual([money('0.30', 'EUR')])
  })

  test('show the first rows as sorted, and say how many are left', async () => {
    for (const [n, source] of ['a', 'a', 'b', 'c'].entries()) {
      await opens(n, { source })
      await loses(n)
    }
    await upToDate()
    const answer = await lostReasons({ groupBy: ['source'], top: 1 })
    expect(answer.rows).toMatchObject([{ source: 'a', count: 2 }])
    expect(answer.omitted).toBe(2)
    expect(await lostReasons({ groupBy: ['source'], minCount: 2 })).toMatchObject({
      rows: [{ source: 'a' }],
      omitted: 2,
    })
  })

  test('follow what describes a loss for as long as it stands', async () => {
    await opens(1, { source: 'web' })
    await loses(1)
    const revises = (source: string) =>
      log.ask(idOf('A', 1), {
        type: 'ReviseOpportunity',
        data: { changes: { source }, ...on('2026-01-26') },
      })
    await revises('fair')
    await reopens(1)
    await revises('phone')
    await upToDate()
    const { rows } = await lostReasons({ groupBy: ['source'], reopened: 'include' })
    expect(rows).toMatchObject([{ source: 'fair', count: 1 }])
  })

  test('tell of a time by what had happened, and by what was known', async () => {
    await opens(1)
    await opens(2)
    await wins(1, '2026-01-20')
    const known = log.now
    log.now = '2026-02-01T08:00:00.000Z'
    await wins(2, '2026-01-15')
    await upToDate()
    const won = async (at: object) => (await winRate({ at })).totals.won
    expect(await won({ effectiveAt: '2026-01-16T00:00:00.000Z' })).toBe(1)
    expect(await won({ effectiveAt: '2026-01-16T00:00:00.000Z', asOf: known })).toBe(0)
    expect(await won({ asOf: known })).toBe(1)
    expect(await won({ position: 2 })).toBe(0)
    expect(await won({})).toBe(2)
  })

  test('refuse what nothing is grouped, measured or sorted by', async () => {
    const { lostReasons: ask } = projections.query.reports
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

describe('the timeline of a survivor', () => {
  test('has what it took over from the other, in the order of the log', async () => {
    await opens(1, { source: 'web' })
    await opens(2)
    await log.tell('opportunity', idOf('A', 1), [
      { type: 'OpportunityMerged', data: { into: idOf('A', 2), occurredOn: '2026-01-12' } },
    ])
    await log.tell('opportunity', idOf('A', 2), [
      { type: 'OpportunityAbsorbed', data: { from: idOf('A', 1), source: 'web' } },
    ])
    await log.tell('user', sara, [{ type: 'UserRegistered', data: { name: 'Sara' } }])
    await upToDate()
    const history = await projections.query.opportunities.history(idOf('A', 2), scope)
    expect(history?.map((entry) => HistoryEntry.parse(entry).type)).toEqual([
      'OpportunityOpened',
      'OpportunityOpened',
      'OpportunityMerged',
      'OpportunityAbsorbed',
    ])
    expect(history?.at(-1)).toMatchObject({
      actor: { id: sara, kind: 'user', name: 'Sara' },
      changes: [{ field: 'source', to: 'web' }],
    })
    expect(await projections.query.opportunities.get(idOf('A', 1), scope)).toMatchObject({
      outcome: 'merged',
      mergedInto: idOf('A', 2),
      probability: { value: null },
    })
  })
})

describe('raw events', () => {
  test('are read behind a position, by stream, type and actor', async () => {
    await opens(1)
    await opens(2)
    await loses(2)
    await upToDate()
    const events = async (request: object) => {
      const page = right(await projections.query.events(scope, request))
      return { ...page, items: page.items.map((event) => EventView.parse(event)) }
    }
    const first = await events({ limit: 2 })
    expect(first.items.map(({ position }) => position)).toEqual(['1', '2'])
    expect(first.next).toBe('2')
    expect(await events({ after: 2 })).toMatchObject({ items: [{ type: 'OpportunityLost' }] })
    expect((await events({ stream: `opportunity-${idOf('A', 1)}` })).items).toHaveLength(1)
    expect((await events({ type: 'OpportunityOpened' })).items).toHaveLength(2)
    expect((await events({ actor: 'user:nobody' })).items).toEqual([])
  })
})

describe('the catalogue', () => {
  test('is listed by position, then by age', async () => {
    const stageCreated = (n: number, position: number) =>
      log.tell('stage', idOf('S', n), [
        { type: 'StageCreated', data: { name: `Stage ${n}`, position, won: false, folded: false } },
      ])
    await stageCreated(1, 2)
    await stageCreated(2, 1)
    await stageCreated(3, 1)
    await upToDate()
    const { items } = right(await projections.query.stages.list(scope))
    expect(items.map(({ id }) => id)).toEqual([2, 3, 1].map((n) => idOf('S', n)))
  })

  test('shows a team with those who are in it', async () => {
    await log.tell('team', north, [
      { type: 'TeamCreated', data: { name: 'North', position: 1 } },
      { type: 'MemberJoined', data: { userId: sara, capacityPerDay: 5 } },
      { type: 'MemberRevised', data: { userId: sara, capacityPerDay: null, paused: true } },
    ])
    await upToDate()
    expect(await projections.query.teams.get(north, scope)).toMatchObject({
      name: 'North',
      members: [{ userId: sara, paused: true }],
    })
  })

  test('shows the policies in force, those that were never set too', async () => {
    await log.tell('company', acme, [
      {
        type: 'CompanyCreated',
        data: {
          name: 'Acme',
          currency: 'IRR',
          zone: 'Asia/Tehran',
          language: 'fa',
          calendar: 'jalali',
          weekStartsOn: 'saturday',
          moneyUnit: 'rial',
        },
      },
      { type: 'PoliciesSet', data: { features: { leads: false }, validityDays: 14 } },
    ])
    await upToDate()
    expect(await projections.query.companies.get(acme, scope)).toMatchObject({
      calendar: 'jalali',
      policies: {
        features: { leads: false, scoring: true },
        validityDays: 14,
        requireLostReason: true,
      },
    })
    expect(await projections.query.companies.get(acme, { company: rival })).toBeUndefined()
  })

  test('knows an API key by its hash, and never shows it', async () => {
    const id = idOf('F', 1)
    const hash = 'a'.repeat(64)
    await log.tell('apikey', id, [
      {
        type: 'ApiKeyIssued',
        data: { name: 'Desk', hash, userId: sara, companyIds: [acme], delegate: false },
      },
    ])
    await upToDate()
    const key = await projections.query.apiKeys.byHash(hash)
    expect(key).toMatchObject({ id, userId: sara, archived: false })
    expect(key).not.toHaveProperty('hash')
    expect(right(await projections.query.apiKeys.list({ company: rival })).items).toEqual([])
  })

  test('shows of a user the roles in this company alone', async () => {
    await log.tell('user', sara, [
      { type: 'UserRegistered', data: { name: 'Sara' } },
      { type: 'RoleGranted', data: { companyId: acme, role: 'manager' } },
      { type: 'RoleGranted', data: { companyId: rival, role: 'auditor' } },
    ])
    await upToDate()
    const { users } = projections.query
    expect((await users.get(sara, scope))?.roles).toEqual([{ companyId: acme, role: 'manager' }])
    expect((await users.get(sara, { ...scope, everywhere: true }))?.roles).toHaveLength(2)
    expect(await users.get(sara, { company: idOf('C', 3) })).toBeUndefined()
  })
})

describe('SQL over the read models', () => {
  test('answers questions and changes nothing', async () => {
    await opens(1)
    await upToDate()
    expect(projections.sql('SELECT outcome, count(*) AS n FROM opportunity GROUP BY 1')).toEqual({
      columns: ['outcome', 'n'],
      rows: [['open', 1]],
    })
    for (const query of [
      'DELETE FROM opportunity_g1',
      'PRAGMA user_version = 7',
      `ATTACH 'x' AS y`,
      'WITH gone AS (SELECT 1) DELETE FROM opportunity_g1',
      'SELECT nothing FROM nowhere',
    ]) {
      expect(() => projections.sql(query)).toThrow(SqlRefused)
    }
    expect(projections.sql('SELECT count(*) FROM opportunity').rows).toEqual([[1]])
  })
})
