/**
 * The reports on offers and on the pipeline over HTTP: one total in every place, and each quotation
 * once.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { address, euros, item, rials } from './testing/offers.ts'
import { expectSameAfterReplay } from './testing/replay.ts'
import { type Made, type Served, serve } from './testing/served.ts'

interface Money {
  readonly amount: string
  readonly currency: string
}
interface Quotation extends Made {
  readonly version: number
  readonly totals: { readonly net: Money; readonly total: Money }
  readonly order?: { readonly number: string }
}
interface Report {
  readonly rows: readonly Readonly<Record<string, unknown>>[]
  readonly totals: Readonly<Record<string, unknown>>
}

let server: Served
let contactId: string
beforeEach(async () => {
  server = await serve({ language: 'en' })
  const aftab = { name: 'Studio Aftab', isCompany: true }
  contactId = (await server.done('POST', '/v1/contacts', aftab)).id
  await server.done('POST', `/v1/contacts/${contactId}/addresses`, address)
})
afterEach(async () => {
  await expectSameAfterReplay(server)
  await server[Symbol.asyncDispose]()
})

const open = (fields: object = {}) =>
  server.done('POST', '/v1/opportunities', { title: 'Twelve desks', contactId, ...fields })
const draft = (opportunity: string, lines: readonly object[], more: object = {}) =>
  server.done<Quotation>('POST', `/v1/opportunities/${opportunity}/quotations`, { lines, ...more })
const act = (id: string, command: string, body: object) =>
  server.done<Quotation>('POST', `/v1/quotations/${id}/${command}`, body)
const send = (id: string) => act(id, 'send', { by: 'hand' })
const confirm = ({ id, version, totals: { total } }: Quotation) =>
  act(id, 'confirm', { version, total })
const report = (name: string, query = '') => server.read<Report>(`/v1/reports/${name}?${query}`)

test('what many sales are worth may have more digits than any one of them', async () => {
  const most = rials('9'.repeat(40))
  await open({ expectedRevenue: most })
  await open({ expectedRevenue: most })
  const both = [rials(`1${'9'.repeat(39)}8`)]
  expect((await report('pipeline')).totals).toMatchObject({ expectedRevenue: both })
  expect((await report('win-rate')).totals).toMatchObject({ openRevenue: both })
})

describe('O08 a confirmed quotation that is cancelled', () => {
  test('takes exactly what it was worth out of the report', async () => {
    const { id } = await open()
    const qa = await draft(id, [item(rials('250000000'))])
    const qb = await draft(id, [item(rials('280000000'))])
    for (const each of [qa, qb]) await send(each.id)
    await confirm(qa)
    const before = await report('quotations')
    expect(before.totals).toMatchObject({ confirmed: 1, confirmedTotal: [rials('250000000')] })

    await act(qa.id, 'cancel', { reason: 'The customer stepped back' })
    const after = await report('quotations', 'sort=status')
    expect(after.totals).toMatchObject({ count: 2, confirmed: 0, confirmedTotal: [] })
    expect(after.rows).toMatchObject([
      { status: 'cancelled', count: 1 },
      { status: 'sent', count: 1 },
    ])

    await confirm(qb)
    const later = await report('quotations')
    expect(later.totals).toMatchObject({ confirmed: 1, confirmedTotal: [rials('280000000')] })
  })
})

describe('O19 one total', () => {
  const taxed = (amount: string, quantity = '1', taxRate = '10') =>
    item(euros(amount), { quantity, taxRate })
  const offers = {
    '0.33': [taxed('0.13'), taxed('0.16', '1', '20')],
    '315.06': [
      taxed('19.99', '3'),
      taxed('4.35', '7'),
      taxed('0.35', '11'),
      taxed('129.90'),
      taxed('12.45', '5'),
    ],
    '0.30': [item(euros('0.10')), item(euros('0.20'))],
    '1.01': [item(euros('1.005'))],
    '29.66': [item(euros('34.90'), { discountPercent: '15' })],
  }

  test.for(Object.entries(offers))('of %s is the same in all places', async ([amount, lines]) => {
    const total = euros(amount)
    const { id: sale } = await open()
    const { id } = await draft(sale, lines, { currency: 'EUR' })
    const sent = await send(id)
    const listed = await server.read<{ items: readonly Quotation[] }>('/v1/quotations')
    expect(sent.totals.total).toEqual(total)
    expect(listed.items.map(({ totals }) => totals)).toEqual([sent.totals])
    expect((await report('pipeline')).totals).toMatchObject({ quotedTotal: [total] })
    expect((await report('quotations')).totals).toMatchObject({ total: [total] })

    const { order } = await confirm(sent)
    expect(await server.read(`/v1/orders/${order?.number}`)).toMatchObject({ total })
    expect((await report('quotations')).totals).toMatchObject({
      confirmedTotal: [total],
      confirmedNet: [sent.totals.net],
    })
  })
})

describe('a report on offers', () => {
  test('counts what has expired the moment it does, and not before', async () => {
    const { id } = await open()
    const { id: offer } = await draft(id, [item(rials('1000'))], { validUntil: '2026-03-10' })
    await send(offer)
    const query = 'status=expired'
    await server.at('2026-03-10T20:29:59.999Z')
    expect((await report('quotations', query)).totals).toMatchObject({ count: 0 })
    await server.at('2026-03-10T20:30:00.000Z')
    expect((await report('quotations', query)).totals).toMatchObject({ count: 1, expired: 1 })
    const then = `${query}&asOf=2026-03-10T20:29:59.999Z`
    expect((await report('quotations', then)).totals).toMatchObject({ count: 0 })
    expect((await report('pipeline')).totals).toMatchObject({ count: 1, quotedTotal: [] })
  })

  test('is a table for spreadsheets too', async () => {
    const { id } = await open({ expectedRevenue: rials('5000') })
    const { id: offer } = await draft(id, [item(rials('1000'))])
    await send(offer)
    const offers = 'groupBy=status,currency&measures=count,total&format=csv'
    expect(await server.read(`/v1/reports/quotations?${offers}`)).toBe(
      'status,currency,count,total IRR\r\nsent,IRR,1,1000\r\n',
    )
    const sales = 'groupBy=quoted&measures=count,expectedRevenue,quotedTotal&format=csv'
    expect(await server.read(`/v1/reports/pipeline?${sales}`)).toBe(
      'quoted,count,expectedRevenue IRR,quotedTotal IRR\r\ntrue,1,5000,1000\r\n',
    )
  })

  test('follows the stages of the company in their order', async () => {
    const { items } = await server.read<{
      readonly items: readonly { readonly id: string; readonly won: boolean }[]
    }>('/v1/stages')
    const stages = items.filter(({ won }) => !won).map((stage) => stage.id)
    for (const stageId of stages.toReversed()) await open({ stageId })
    const { rows } = await report('pipeline', 'measures=count')
    expect(rows).toEqual(stages.map((id) => ({ stage: expect.objectContaining({ id }), count: 1 })))
  })

  test('goes by the day of the first offer, for what ends too', async () => {
    const { id } = await open()
    await server.at('2026-03-05T08:00:00.000Z')
    const { id: offer } = await draft(id, [item(rials('1000'))])
    await send(offer)
    const query = 'dateBasis=sent&from=2026-03-05&to=2026-03-05'
    for (const [name, figure] of [
      ['quotations', 'count'],
      ['pipeline', 'count'],
      ['win-rate', 'open'],
    ] as const) {
      expect((await report(name, query)).totals).toMatchObject({ [figure]: 1 })
      expect((await report(name, query.replaceAll('03-05', '03-04'))).totals[figure]).toBe(0)
    }
  })

  test('is refused by what it is not told apart by, and what it does not measure', async () => {
    const wrong = {
      'quotations?groupBy=kind': '/groupBy/0',
      'quotations?quoted=true': '/quoted',
      'quotations?status=superseded': '/status/0',
      'quotations?measures=winRate': '/measures/0',
      'quotations?reopened=include': '/reopened',
      'pipeline?groupBy=reason': '/groupBy/0',
      'pipeline?status=sent': '/status',
      'pipeline?dateBasis=won': '/dateBasis',
      'pipeline?sort=total': '/sort',
    }
    for (const [asked, pointer] of Object.entries(wrong)) {
      expect.soft(await server.call('GET', `/v1/reports/${asked}`), asked).toMatchObject({
        status: 400,
        body: { code: 'InvalidRequest', errors: [{ pointer }] },
      })
    }
  })
})
