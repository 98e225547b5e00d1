/**
 * What went wrong elsewhere with quotations, over HTTP and under the test clock; each is named by its
 * case, and each ends with rule R1: after a replay from the log every answer is the same.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { euros, item, offersOn, type Quotation, rials, seen } from './testing/offers.ts'
import { expectSameAfterReplay } from './testing/replay.ts'
import { type Made, type Served, serve } from './testing/served.ts'

interface Items<Item> {
  readonly items: readonly Item[]
  readonly total?: number
}
interface Opportunity extends Made {
  readonly outcome: string
  readonly mergedInto?: string
  readonly probability: { readonly value: number | null; readonly mode: string }
  readonly quotations: readonly { readonly id: string; readonly status: string }[]
}
interface Event extends Made {
  readonly type: string
  readonly stream: string
  readonly position: string
  readonly causationId?: string
  readonly data: Readonly<Record<string, unknown>>
}

let server: Served
const { contact, draft, act, send, offer, offerFor, shown, attempt, asCustomer } = offersOn(
  () => server,
)
beforeEach(async () => {
  server = await serve({ start: '2026-01-10T22:00:00.000Z' })
})
afterEach(async () => {
  await expectSameAfterReplay(server)
  await server[Symbol.asyncDispose]()
})

const head = () => server.forsat.store.head()
const policies = (change: object) =>
  server.done('PATCH', `/v1/companies/${server.companyId}/policies`, change)
const sweep = async () =>
  (await server.done<{ expired: readonly string[] }>('POST', '/v1/quotations/expire-due')).expired
const eventsOf = async (stream: string) =>
  (await server.read<Items<Event>>(`/v1/streams/${stream}/events?limit=200`)).items
const open = (fields: object = {}) =>
  server.done<Opportunity>('POST', '/v1/opportunities', { title: 'دوازده میز', ...fields })
const opportunity = (id: string) => server.read<Opportunity>(`/v1/opportunities/${id}`)
const historyOf = async (id: string) =>
  (await server.read<Items<Event>>(`/v1/opportunities/${id}/history`)).items
const confirm = (quotation: Quotation) => act(quotation.id, 'confirm', seen(quotation))
const desk = [item(rials('1000'))]

describe('O01 the sweep', () => {
  test('expires what is over, once, and nothing that is finished', async () => {
    await server.at('2026-02-20T08:00:00.000Z')
    const until = (validUntil: string) => offer(desk, { validUntil })
    const a = await until('2026-03-19')
    const b = await until('2026-03-20')
    const twin = await until('2026-03-20')
    const c = await confirm(await until('2026-03-10'))
    const d = await act((await until('2026-03-01')).id, 'decline')
    const e = await act((await until('2026-03-01')).id, 'cancel', { reason: 'Sold the house' })
    const f = await draft(desk, { validUntil: '2026-03-01' })
    await policies({ validityDays: 0 })
    const g = await offer(desk)
    expect(g).not.toHaveProperty('validUntil')

    await server.at('2026-03-20T12:00:00+03:30')
    expect(await sweep()).toEqual([a.id])
    await server.at('2026-03-20T23:59:59+03:30')
    expect(await sweep()).toEqual([])
    expect(await shown(b.id)).toMatchObject({ status: 'sent', daysLeft: 0 })
    expect(await confirm(twin)).toMatchObject({ status: 'confirmed' })
    await server.at('2026-03-21T00:00:00+03:30')
    expect(await shown(b.id)).toMatchObject({ status: 'expired' })
    expect(await sweep()).toEqual([b.id])
    const quiet = await head()
    await server.at('2026-03-21T00:05:00+03:30')
    expect(await sweep()).toEqual([])
    expect(await head()).toBe(quiet)

    const ended = { [c.id]: 'confirmed', [d.id]: 'declined', [e.id]: 'cancelled' }
    for (const [id, status] of Object.entries({ ...ended, [f.id]: 'draft', [g.id]: 'sent' })) {
      expect(await shown(id)).toMatchObject({ status })
    }
    const expired = await server.read<Items<Event>>('/v1/events?type=QuotationExpired')
    expect(expired.items).toMatchObject([
      { occurredAt: '2026-03-19T20:30:00.000Z', data: { validUntil: '2026-03-19' } },
      { occurredAt: '2026-03-20T20:30:00.000Z', data: { validUntil: '2026-03-20' } },
    ])
    expect(await attempt(f.id, 'send')).toMatchObject({
      status: 409,
      body: { code: 'ExpiryInPast', validUntil: '2026-03-01' },
    })
  })
})

describe('O02 the last day of an offer', () => {
  const own = process.env['TZ']
  afterEach(() => {
    if (own === undefined) delete process.env['TZ']
    else process.env['TZ'] = own
  })

  test.each([
    ['Asia/Tehran', 3],
    ['UTC', 0],
    ['America/Los_Angeles', 16],
  ])('is the company’s, whichever zone the server is in: %s', async (zone, hour) => {
    process.env['TZ'] = zone
    expect(new Date('2026-01-01T00:00:00.000Z').getHours()).toBe(hour)
    await server.restart()

    await policies({ validityDays: 7 })
    const first = await offer(desk)
    expect(first).toMatchObject({
      validUntil: '2026-01-18',
      expiresAt: '2026-01-18T20:30:00.000Z',
      daysLeft: 7,
    })
    await server.at('2026-01-17T21:00:00.000Z')
    expect(await shown(first.id)).toMatchObject({ status: 'sent', daysLeft: 0 })
    expect(await server.read(`/v1/public/quotations/${first.token}`)).toMatchObject({
      validUntil: '2026-01-18',
      zone: 'Asia/Tehran',
      daysLeft: 0,
      open: true,
    })
    await server.at('2026-01-18T20:29:59.999Z')
    expect(await confirm(first)).toMatchObject({ status: 'confirmed' })

    await server.at('2026-06-30T20:15:00.000Z')
    await policies({ validityDays: 10 })
    expect(await offer(desk)).toMatchObject({ validUntil: '2026-07-10' })
  })
})

describe('O03 confirming on the last day and after it', () => {
  test('is possible to its end, and then only by a manager who says why', async () => {
    await server.at('2026-05-01T08:00:00.000Z')
    const until = { validUntil: '2026-05-10' }
    const [one, two, three] = [
      await offer(desk, until),
      await offer(desk, until),
      await offer(desk, until),
    ]
    const accept = (offered: typeof one) =>
      asCustomer(offered.token, 'accept', { name: 'Sara', ...seen(offered) })
    await server.at('2026-05-10T23:59:30+03:30')
    expect(await accept(one)).toMatchObject({ status: 200, body: { status: 'confirmed' } })

    await server.at('2026-05-11T00:00:00+03:30')
    const before = await head()
    const late = { status: 409, body: { code: 'QuotationExpired', validUntil: '2026-05-10' } }
    expect(await accept(two)).toMatchObject(late)
    await server.at('2026-05-13T10:00:00+03:30')
    expect(await attempt(two.id, 'confirm', seen(two))).toMatchObject(late)
    const override = { ...seen(two), override: true }
    expect(await attempt(two.id, 'confirm', override)).toMatchObject({
      status: 409,
      body: { code: 'OverrideNoteMissing' },
    })
    expect(await head()).toBe(before)

    const note = 'The order was in the post'
    expect(await act(two.id, 'confirm', { ...override, note })).toMatchObject({
      status: 'confirmed',
      confirmed: {
        at: '2026-05-13T06:30:00.000Z',
        by: { kind: 'user', id: 'local' },
        basis: 'override',
        overrideNote: note,
        missedDate: '2026-05-10',
      },
    })
    expect(await sweep()).toEqual([three.id])
    expect(await shown(two.id)).toMatchObject({ status: 'confirmed' })

    await policies({ lateConfirm: 'refuse' })
    const refused = { ...seen(three), override: true, note }
    expect(await attempt(three.id, 'confirm', refused)).toMatchObject(late)
  })
})

describe('O04 revise and resend', () => {
  const priced = (amount: string) => [item(euros(amount))]
  const opens = (token: string) => server.call('GET', `/v1/public/quotations/${token}`)
  const openTotals = async (id: string) =>
    (await server.read<{ quotationTotals: { open: unknown } }>(`/v1/opportunities/${id}`))
      .quotationTotals.open

  test('lets one link live at a time, in the same moment', async () => {
    await server.at('2026-02-01T08:00:00.000Z')
    await policies({ validityDays: 10 })
    const sale = await open({ contactId: await contact() })
    const first = await offerFor(sale.id, priced('1200.00'), { currency: 'EUR' })
    expect(first).toMatchObject({ validUntil: '2026-02-11' })

    await server.at('2026-02-05T08:00:00.000Z')
    await act(first.id, 'revise')
    await server.done('PATCH', `/v1/quotations/${first.id}`, { lines: priced('1740.00') })
    expect(await opens(first.token)).toMatchObject({ status: 200, body: { open: true } })
    expect(await openTotals(sale.id)).toEqual([euros('1200.00')])
    const second = await send(first.id)
    expect(second).toMatchObject({ version: 2, number: `${first.number}-v2` })
    expect(second.token).not.toBe(first.token)
    expect(await openTotals(sale.id)).toEqual([euros('1740.00')])
    const sent = (await eventsOf(`quotation-${first.id}`)).filter(
      ({ type }) => type === 'QuotationSent',
    )
    expect(sent.at(-1)?.data).toMatchObject({ version: 2, supersedes: 1 })

    await server.at('2026-02-06T08:00:00.000Z')
    expect(await opens(first.token)).toMatchObject({
      status: 200,
      body: { version: 1, status: 'superseded', open: false, totals: { total: euros('1200.00') } },
    })
    const superseded = { status: 409, body: { code: 'QuotationSuperseded', version: 2 } }
    for (const offered of [first, second]) {
      const acceptance = { name: 'Sara', ...seen(offered) }
      expect(await asCustomer(first.token, 'accept', acceptance)).toMatchObject(superseded)
    }
    expect(await asCustomer(first.token, 'decline', { reason: 'Old' })).toMatchObject(superseded)

    await server.at('2026-02-12T08:00:00.000Z')
    expect(await sweep()).toEqual([])
    expect(await shown(first.id)).toMatchObject({ status: 'sent', validUntil: '2026-02-15' })
    const acceptance = { name: 'Sara', ...seen(second) }
    expect(await asCustomer(second.token, 'accept', acceptance)).toMatchObject({
      status: 200,
      body: { status: 'confirmed' },
    })
    expect(await server.read('/v1/orders')).toMatchObject({
      items: [{ total: euros('1740.00'), version: 2 }],
    })
    expect((await shown(first.id)).versions).toMatchObject([
      { version: 1, status: 'superseded', totals: { total: euros('1200.00') } },
      { version: 2, status: 'confirmed', totals: { total: euros('1740.00') } },
    ])
  })

  test('leaves the first one live where the second is thrown away', async () => {
    const first = await offer(priced('1200.00'), { currency: 'EUR' })
    await act(first.id, 'revise')
    await act(first.id, 'discard-version')
    expect(await opens(first.token)).toMatchObject({ status: 200, body: { open: true } })
    const acceptance = { name: 'Sara', ...seen(first) }
    expect(await asCustomer(first.token, 'accept', acceptance)).toMatchObject({
      status: 200,
      body: { status: 'confirmed', version: 1 },
    })
  })
})

describe('O08 won, and then the quotation is cancelled', () => {
  test('leaves no money behind, and no sale without a state', async () => {
    const w = await open({ contactId: await contact() })
    const qa = await offerFor(w.id, [item(rials('250000000'))])
    const qb = await offerFor(w.id, [item(rials('280000000'))])
    const confirmed = async () => {
      const path = '/v1/reports/quotations?measures=confirmedTotal'
      const report = await server.read<{ totals: { confirmedTotal: unknown } }>(path)
      return report.totals.confirmedTotal
    }
    await confirm(qa)
    expect(await opportunity(w.id)).toMatchObject({ outcome: 'won' })
    expect(await confirmed()).toEqual([rials('250000000')])

    expect(await act(qa.id, 'cancel', { reason: 'The building was sold' })).toMatchObject({
      status: 'cancelled',
      order: { status: 'cancelled' },
    })
    expect(await attempt(qa.id, 'confirm', seen(qa))).toMatchObject({
      status: 409,
      body: { code: 'QuotationCancelled' },
    })
    expect(await opportunity(w.id)).toMatchObject({
      outcome: 'open',
      quotationTotals: { confirmed: [] },
    })
    expect(await confirmed()).toEqual([])
    const cancelled = (await eventsOf(`quotation-${qa.id}`)).at(-1)
    expect((await eventsOf(`opportunity-${w.id}`)).at(-1)).toMatchObject({
      type: 'OpportunityReopened',
      causationId: cancelled?.id,
      data: { quotationId: qa.id },
    })
    expect(await server.read('/v1/reports/win-rate')).toMatchObject({ totals: { won: 0, open: 1 } })

    await confirm(qb)
    expect(await confirmed()).toEqual([rials('280000000')])
    expect(await opportunity(w.id)).toMatchObject({
      outcome: 'won',
      quotationTotals: { confirmed: [rials('280000000')] },
    })
  })
})

describe('O09 merging duplicates', () => {
  const noted = async (id: string, times: number) => {
    for (let count = 0; count < times; count += 1) {
      await server.done('POST', `/v1/opportunities/${id}/notes`, { text: `Call ${count}` })
    }
  }
  const figures = async () =>
    (await server.read<{ totals: Record<string, number> }>('/v1/reports/win-rate')).totals

  test('keeps every history, every offer, and the survivor’s own probability', async () => {
    await policies({ onConfirm: 'leave' })
    const contactId = await contact()
    const [a, b] = [await open({ contactId }), await open({ contactId })]
    await noted(a.id, 11)
    await server.done('PUT', `/v1/opportunities/${b.id}/probability`, { value: 80 })
    await noted(b.id, 258)
    for (const id of [a.id, a.id, b.id, b.id]) await offerFor(id, desk)
    const order = await confirm(await offerFor(b.id, [item(rials('7000'))]))
    const [ofA, ofB] = [await historyOf(a.id), await historyOf(b.id)]
    const own = (id: string, history: readonly Event[]) =>
      history.filter(({ stream }) => stream === `opportunity-${id}`)
    expect([own(a.id, ofA).length, own(b.id, ofB).length]).toEqual([12, 260])
    const before = await figures()
    const { probability } = await opportunity(a.id)

    const path = (id: string) => `/v1/opportunities/${id}/merge`
    const merged = await server.done<Opportunity>('POST', path(a.id), { from: [b.id] })
    expect(merged.quotations).toHaveLength(5)
    expect(merged.quotations.find(({ id }) => id === order.id)).toMatchObject({
      status: 'confirmed',
    })
    expect(merged.probability).toMatchObject({ mode: 'automatic', value: probability.value })
    expect(await opportunity(b.id)).toMatchObject({ outcome: 'merged', mergedInto: a.id })

    const whole = await historyOf(a.id)
    const known = new Set(whole.map(({ id }) => id))
    for (const { id } of [...ofA, ...ofB]) expect(known.has(id)).toBe(true)
    const positions = whole.map(({ position }) => Number(position))
    expect(positions).toEqual(positions.toSorted((x, y) => x - y))
    expect(whole.map(({ type }) => type)).toContain('OpportunityAbsorbed')

    expect(await figures()).toMatchObject({
      won: before['won'],
      lost: before['lost'],
      open: (before['open'] ?? 0) - 1,
    })
    for (const [into, from] of [
      [a.id, b.id],
      [b.id, a.id],
    ] as const) {
      expect(await server.call('POST', path(into), { from: [from] })).toMatchObject({
        status: 409,
        body: { code: 'OpportunityMerged' },
      })
    }
    expect(
      await server.read(`/v1/quotations?opportunityId=${a.id}&count=true&limit=1`),
    ).toMatchObject({ total: 5 })
  })
})
