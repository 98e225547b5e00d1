/**
 * What went wrong elsewhere, over HTTP and under the test clock; each is named by its case, and each
 * ends with rule R1: after a replay from the log every answer is the same.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { expectSameAfterReplay } from './testing/replay.ts'
import { type Made, type Served, serve } from './testing/served.ts'

interface Opportunity extends Made {
  readonly outcome: string
  readonly archived: boolean
  readonly closedAt?: string
  readonly lost?: { readonly reasonId: string }
  readonly probability: { readonly value: number | null; readonly mode: string }
}
interface Items<Item> {
  readonly items: readonly Item[]
  readonly next?: string
  readonly total?: number
}
interface Report {
  readonly rows: readonly Readonly<Record<string, unknown>>[]
  readonly totals: Readonly<Record<string, unknown>>
}

let server: Served
beforeEach(async () => {
  server = await serve()
})
afterEach(async () => {
  await expectSameAfterReplay(server)
  await server[Symbol.asyncDispose]()
})

const open = (fields: object = {}) =>
  server.done<Opportunity>('POST', '/v1/opportunities', { title: 'دوازده میز', ...fields })
const reasonNamed = (name: string) => server.done('POST', '/v1/lost-reasons', { name })
const act = (id: string, command: string, body?: object) =>
  server.done<Opportunity>('POST', `/v1/opportunities/${id}/${command}`, body)
const shown = (id: string) => server.read<Opportunity>(`/v1/opportunities/${id}`)
const rials = (amount: string) => ({ amount, currency: 'IRR' })
const losses = (query = '') =>
  server.read<Report>(`/v1/reports/lost-reasons?groupBy=reason${query}`)

describe('O05 restoring a lost opportunity', () => {
  test('gives back what the loss took, and forgets nothing', async () => {
    const alike = { source: 'exhibition', region: 'Fars' }
    const price = await reasonNamed('Price')
    for (const outcome of ['win', 'win', 'win', 'lose']) {
      const { id } = await open(alike)
      await act(id, outcome, outcome === 'lose' ? { reasonId: price.id } : {})
    }
    const x = await open(alike)
    const rate = () =>
      server.read<Report>('/v1/reports/win-rate?source=exhibition&region=Fars&from=2026-03-01')

    await server.at('2026-03-02T08:00:00.000Z')
    const lost = await act(x.id, 'lose', { reasonId: price.id })
    expect(lost).toMatchObject({
      outcome: 'lost',
      archived: true,
      closedAt: '2026-03-02T08:00:00.000Z',
      probability: { value: 0 },
      lost: { reasonId: price.id, reason: 'Price' },
    })
    expect((await rate()).totals).toMatchObject({ won: 3, lost: 2 })

    const path = `/v1/opportunities/${x.id}/probability`
    expect(await server.call('DELETE', path)).toMatchObject({
      status: 409,
      body: { code: 'OpportunityLost' },
    })

    const restored = await act(x.id, 'reopen')
    expect(restored).toMatchObject({ outcome: 'open', archived: false })
    expect(restored).not.toHaveProperty('closedAt')
    expect(restored).not.toHaveProperty('lost')
    expect(restored.probability).toEqual(x.probability)
    expect((await rate()).totals).toMatchObject({ won: 3, lost: 1 })
    expect((await losses()).totals).toMatchObject({ count: 1 })
    expect((await losses('&reopened=include')).totals).toMatchObject({ count: 2 })

    const history = await server.read<Items<object>>(`/v1/opportunities/${x.id}/history`)
    expect(history.items).toMatchObject([
      { type: 'OpportunityOpened' },
      { type: 'OpportunityLost', reason: 'Price' },
      { type: 'OpportunityReopened' },
    ])
  })
})

describe('O06 no loss without a reason', () => {
  test('on any path', async () => {
    const price = await reasonNamed('Price')
    const ids: string[] = []
    for (let count = 0; count < 6; count += 1) ids.push((await open()).id)
    const [one = '', two = '', three = '', four = '', five = '', six = ''] = ids

    const lose = (id: string, body: object) =>
      server.call('POST', `/v1/opportunities/${id}/lose`, body)
    expect(await lose(one, {})).toMatchObject({ status: 409, body: { code: 'LostReasonMissing' } })
    expect(await lose(two, { reasonId: 'too far' })).toMatchObject({
      status: 400,
      body: { code: 'InvalidRequest', errors: [{ pointer: '/reasonId' }] },
    })
    const unknown = { reasonId: '01KDQ1A0M0REAS0N0000000004' }
    expect(await lose(two, unknown)).toMatchObject({
      status: 409,
      body: { code: 'LostReasonUnknown' },
    })
    expect(
      await server.call('PATCH', `/v1/opportunities/${six}`, { outcome: 'lost' }),
    ).toMatchObject({ status: 400, body: { errors: [{ pointer: '/outcome' }] } })
    const nothing = await server.call('POST', '/v1/opportunities/lose', { ids: [three, four] })
    expect(nothing).toMatchObject({
      status: 200,
      body: { items: [{ ok: false, code: 'LostReasonMissing' }, { ok: false }] },
    })

    const body = { ids: [three, four, five, unknown.reasonId], reasonId: price.id }
    expect(await server.call('POST', '/v1/opportunities/lose', body)).toMatchObject({
      status: 200,
      body: {
        items: [
          { id: three, ok: true, revision: 1 },
          { id: four, ok: true, revision: 1 },
          { id: five, ok: true, revision: 1 },
          { id: unknown.reasonId, ok: false, code: 'NotFound' },
        ],
      },
    })

    for (const id of [one, two, six]) expect(await shown(id)).toMatchObject({ outcome: 'open' })
    for (const id of [three, four, five]) {
      expect(await shown(id)).toMatchObject({ outcome: 'lost', lost: { reasonId: price.id } })
      const events = await server.read<Items<object>>(`/v1/streams/opportunity-${id}/events`)
      expect(events.items.at(-1)).toMatchObject({ type: 'OpportunityLost' })
    }
    const report = await losses()
    expect(report.rows).toMatchObject([{ reason: { id: price.id, name: 'Price' }, count: 3 }])
    expect(report.totals).toMatchObject({ count: 3 })
  })
})

describe('O07 a lost reason', () => {
  test('renamed, archived and named anew stays what it was', async () => {
    const first = await reasonNamed('قیمت خاص')
    const amounts = ['1000000000', '1500000000', '2000000000']
    for (const amount of amounts) {
      const { id } = await open({ expectedRevenue: rials(amount) })
      await act(id, 'lose', { reasonId: first.id })
    }
    await server.done('PATCH', `/v1/lost-reasons/${first.id}`, { name: 'قیمت بالا' })
    await server.done('POST', `/v1/lost-reasons/${first.id}/archive`)
    const second = await reasonNamed('قیمت خاص')
    const other = await open({ expectedRevenue: rials('500000000') })
    await act(other.id, 'lose', { reasonId: second.id })

    const report = await losses('&sort=-count')
    expect(report.rows).toMatchObject([
      {
        reason: { id: first.id, name: 'قیمت بالا', archived: true },
        count: 3,
        lostRevenue: [rials('4500000000')],
      },
      {
        reason: { id: second.id, name: 'قیمت خاص', archived: false },
        count: 1,
        lostRevenue: [rials('500000000')],
      },
    ])
    expect(report.totals).toMatchObject({ count: 4, lostRevenue: [rials('5000000000')] })

    const late = await open()
    const chosen = { reasonId: first.id }
    const archived = { status: 409, body: { code: 'LostReasonArchived', reason: 'قیمت بالا' } }
    const path = `/v1/opportunities/${late.id}/lose`
    expect(await server.call('POST', path, chosen)).toMatchObject(archived)
    const bulk = { ids: [late.id], ...chosen }
    expect(await server.call('POST', '/v1/opportunities/lose', bulk)).toMatchObject({
      body: { items: [{ ok: false, code: 'LostReasonArchived' }] },
    })
    expect(await server.call('DELETE', `/v1/lost-reasons/${first.id}`)).toMatchObject({
      status: 409,
      body: { code: 'LostReasonInUse', count: 3 },
    })
    const filtered = await server.read<Items<unknown>>(
      `/v1/opportunities?reason=${first.id}&count=true`,
    )
    expect(filtered.total).toBe(3)
  })
})

describe('O23 a projection', () => {
  test('counts what parallel writers lost, and tells how far it is', async () => {
    const { id: reasonId } = await reasonNamed('Price')
    const opened = await Promise.all(Array.from({ length: 5 }, () => open()))
    await Promise.all(opened.map(({ id }) => act(id, 'lose', { reasonId })))
    expect((await losses()).totals).toMatchObject({ count: 5 })
    const { items } = await server.read<Items<object>>('/v1/projections')
    const head = String(await server.forsat.store.head())
    expect(items.length).toBeGreaterThan(0)
    for (const item of items) {
      expect(item).toMatchObject({ position: head, lag: 0, state: 'live' })
    }
    for (const { id } of opened) {
      const events = await server.read<Items<{ revision: number }>>(
        `/v1/streams/opportunity-${id}/events`,
      )
      expect(events.items.map(({ revision }) => revision)).toEqual([0, 1])
    }
  })
})

describe('O24 a rebuild next to live traffic', () => {
  test('shows the old copy until the new one is complete, and keeps nobody waiting', async () => {
    await Promise.all(Array.from({ length: 100 }, () => open()))
    const rebuild = () => server.call('POST', '/v1/projections/opportunities/rebuild')
    const going = { on: true }
    const rebuilding = Promise.all([rebuild(), rebuild()]).finally(() => {
      going.on = false
    })
    const count = async () =>
      (await server.read<Items<unknown>>('/v1/opportunities?count=true&limit=1')).total ?? 0
    const seen: number[] = []
    const waits: number[] = []
    while (going.on || seen.length < 20) {
      const began = performance.now()
      await open()
      waits.push(performance.now() - began)
      seen.push(await count())
    }
    // The second rebuild has joined the first.
    expect((await rebuilding).map(({ status }) => status)).toEqual([200, 200])
    expect(seen).toEqual(seen.toSorted((a, b) => a - b))
    expect(seen[0]).toBe(101)
    expect(Math.max(...waits)).toBeLessThan(1000)
    expect(await count()).toBe(100 + seen.length)
  })
})

describe('O27 paging', () => {
  test('shows each row once, whatever comes and goes between pages', async () => {
    const made = await Promise.all(Array.from({ length: 200 }, () => open()))
    const seen: string[] = []
    let cursor = ''
    for (let page = 0; ; page += 1) {
      const list = await server.read<Items<Made>>(
        `/v1/opportunities?sort=createdAt&limit=50${cursor}`,
      )
      seen.push(...list.items.map(({ id }) => id))
      if (page === 0) {
        const unread = made.filter(({ id }) => !seen.includes(id)).slice(0, 5)
        for (const { id } of unread) {
          await server.done('DELETE', `/v1/opportunities/${id}`, { reason: 'doubled' })
        }
        for (let more = 0; more < 10; more += 1) await open()
      }
      if (list.next === undefined) break
      cursor = `&cursor=${encodeURIComponent(list.next)}`
      expect(page).toBeLessThan(6)
    }
    expect(new Set(seen).size).toBe(seen.length)
    const old = made.map(({ id }) => id).filter((id) => seen.includes(id))
    expect(old).toHaveLength(195)

    await server.at('2026-03-01T07:59:58.000Z')
    const later = await Promise.all(Array.from({ length: 100 }, () => open()))
    const ids = [...made, ...later].map(({ id }) => id)
    expect(new Set(ids).size).toBe(300)
    expect(Math.min(...later.map(({ id }) => Number(id > (made[0]?.id ?? ''))))).toBe(1)
  })

  test('refuses a cursor that is forged or of another list', async () => {
    await Promise.all([open(), open()])
    const { next = '' } = await server.read<Items<Made>>('/v1/opportunities?limit=1')
    const cursor = encodeURIComponent(next)
    for (const path of [
      `/v1/contacts?cursor=${cursor}`,
      `/v1/opportunities?sort=title&cursor=${cursor}`,
      `/v1/opportunities?cursor=${cursor.slice(0, -2)}AA`,
      '/v1/opportunities?cursor=eyJpZCI6MX0',
    ]) {
      expect(await server.call('GET', path)).toMatchObject({
        status: 400,
        body: { errors: [{ pointer: '/cursor' }] },
      })
    }
  })
})
