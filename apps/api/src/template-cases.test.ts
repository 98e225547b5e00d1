/**
 * What went wrong elsewhere when the template or the customer of an offer changed, over HTTP; it ends
 * with rule R1: after a replay from the log every answer is the same.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { euros, item, offersOn, type Quotation } from './testing/offers.ts'
import { expectSameAfterReplay } from './testing/replay.ts'
import { type Made, type Served, serve } from './testing/served.ts'

interface Drafted extends Quotation {
  readonly revision: number
  readonly validUntil?: string
  readonly template?: { readonly name: string }
  readonly lines: readonly (Made & { readonly description: string; readonly unitPrice: unknown })[]
}

let server: Served
const { contact, act } = offersOn(() => server)
beforeAll(async () => {
  server = await serve({ language: 'en' })
})
afterAll(async () => {
  await expectSameAfterReplay(server)
  await server[Symbol.asyncDispose]()
})

const call = (method: string, path: string, body?: object) =>
  server.call<Drafted>(method, `/v1${path}`, body)
const template = async (name: string, lines: number, more: object = {}) =>
  (
    await server.done('POST', '/v1/templates', {
      name,
      lines: Array.from({ length: lines }, (_, n) =>
        item(euros('100.00'), { description: `${name} ${n}` }),
      ),
      ...more,
    })
  ).id
const words = ({ lines }: Drafted) => lines.map(({ description }) => description)
const historyOf = async (id: string) =>
  (
    await server.read<{
      items: readonly { type: string; changes: readonly { field: string }[] }[]
    }>(`/v1/quotations/${id}/history`)
  ).items

/** Three lines of T1, one of them repriced, two lines of the seller's own, a date typed by hand. */
const begun = async () => {
  const templateId = await template('T1', 3)
  const contactId = await contact()
  const draft = await server.done<Drafted>('POST', '/v1/quotations', {
    contactId,
    currency: 'EUR',
    templateId,
  })
  const path = `/v1/quotations/${draft.id}`
  const [, second] = draft.lines
  await server.done('PATCH', `${path}/lines/${second?.id}`, { unitPrice: euros('90.00') })
  for (const description of ['Own 1', 'Own 2']) {
    await server.done('POST', `${path}/lines`, item(euros('7.00'), { description }))
  }
  const validUntil = '2026-05-31'
  const now = await server.done<Drafted>('PATCH', path, { validUntil })
  expect(words(now)).toEqual(['T1 0', 'T1 1', 'T1 2', 'Own 1', 'Own 2'])
  return { ...now, path: `/quotations/${draft.id}`, edited: second?.id ?? '' }
}
const t2 = () => template('T2', 4, { validityDays: 15 })

describe('O13 a change of template', () => {
  test('another customer keeps lines and price (a)', async () => {
    const { path } = await begun()
    const { body } = await call('PATCH', path, { contactId: await contact() })
    expect(body.lines).toHaveLength(5)
    expect(body.lines[1]).toMatchObject({ unitPrice: euros('90.00') })
  })

  test('no template any more keeps lines (b)', async () => {
    const { path } = await begun()
    const { status, body } = await call('DELETE', `${path}/template`)
    expect(status).toBe(200)
    expect(body.lines).toHaveLength(5)
    expect(body).not.toHaveProperty('template')
    expect(await call('DELETE', `${path}/template`)).toMatchObject({
      status: 409,
      body: { code: 'NoTemplateApplied' },
    })
  })

  test('another template replaces untouched lines alone, and keeps the date (c, d, f)', async () => {
    const { id, path, edited, revision } = await begun()
    const body = { templateId: await t2(), mode: 'replace' }
    const before = await server.forsat.store.head()
    const preview = await call('POST', `${path}/template`, { ...body, dryRun: true })
    expect(preview).toMatchObject({
      status: 200,
      body: {
        removed: [{ description: 'T1 0' }, { description: 'T1 2' }],
        kept: [
          { id: edited, description: 'T1 1', edited: true },
          { description: 'Own 1' },
          { description: 'Own 2' },
        ],
        added: [0, 1, 2, 3].map((n) => ({ description: `T2 ${n}` })),
        options: { removed: [], kept: [], added: [] },
        validUntil: '2026-05-31',
        totals: { net: euros('504.00') },
      },
    })
    expect(await server.forsat.store.head()).toBe(before)

    const applied = await call('POST', `${path}/template`, body)
    expect(applied).toMatchObject({
      status: 200,
      body: {
        template: { name: 'T2', validityDays: 15 },
        validUntil: '2026-05-31',
        totals: { net: euros('504.00') },
      },
    })
    expect(words(applied.body)).toEqual(['T2 0', 'T2 1', 'T2 2', 'T2 3', 'T1 1', 'Own 1', 'Own 2'])
    const told = (await historyOf(id)).slice(revision + 1)
    expect(told.map(({ type }) => type)).toEqual([
      'QuotationTemplateApplied',
      'QuotationLineRemoved',
      'QuotationLineRemoved',
      ...Array.from({ length: 4 }, () => 'QuotationLineAdded'),
    ])
    for (const { changes } of told.slice(1)) {
      expect(changes.filter(({ field }) => field.startsWith('lines/'))).toHaveLength(1)
    }
  })

  test('drops the edited line only where that is named (c)', async () => {
    const { path, edited, lines } = await begun()
    const body = { templateId: await t2(), mode: 'replace' }
    const own = lines[3]?.id
    expect(await call('POST', `${path}/template`, { ...body, dropEdited: [own] })).toMatchObject({
      status: 404,
      body: { code: 'LineUnknown', lineId: own },
    })
    const dropped = await call('POST', `${path}/template`, { ...body, dropEdited: [edited] })
    expect(words(dropped.body)).toEqual(['T2 0', 'T2 1', 'T2 2', 'T2 3', 'Own 1', 'Own 2'])
  })

  test('is appended where that is asked, and needs to be told which', async () => {
    const { path } = await begun()
    const templateId = await t2()
    expect(await call('POST', `${path}/template`, { templateId })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/mode' }] },
    })
    const { body } = await call('POST', `${path}/template`, { templateId, mode: 'append' })
    expect(body.lines).toHaveLength(9)
  })

  test('of a sent offer is refused: it changes by its next version (e)', async () => {
    const { id, path } = await begun()
    await act(id, 'send')
    const body = { templateId: await t2(), mode: 'replace' }
    const before = await server.forsat.store.head()
    for (const asked of [body, { ...body, dryRun: true }]) {
      expect(await call('POST', `${path}/template`, asked)).toMatchObject({
        status: 409,
        body: { code: 'QuotationNotDraft', state: 'sent' },
      })
    }
    expect(await call('DELETE', `${path}/template`)).toMatchObject({
      status: 409,
      body: { code: 'QuotationNotDraft' },
    })
    expect(await server.forsat.store.head()).toBe(before)
    await act(id, 'revise')
    const { body: next } = await call('POST', `${path}/template`, body)
    expect(next).toMatchObject({ version: 2, live: { status: 'sent' } })
    expect(next.lines).toHaveLength(7)
  })
})

describe('the days of a template', () => {
  test('go before the company’s and behind a date that was typed', async () => {
    const contactId = await contact()
    const sent = async (fields: object) => {
      const draft = { contactId, currency: 'EUR', ...fields }
      const { id } = await server.done('POST', '/v1/quotations', draft)
      return act(id, 'send')
    }
    const templateId = await t2()
    expect(await sent({ templateId })).toMatchObject({ validUntil: '2026-03-16' })
    expect(await sent({ templateId, validUntil: '2026-03-09' })).toMatchObject({
      validUntil: '2026-03-09',
    })
    const never = await template('Never', 1, { validityDays: 0 })
    expect(await sent({ templateId: never })).not.toHaveProperty('validUntil')
    const silent = await template('Silent', 1)
    expect(await sent({ templateId: silent })).toMatchObject({ validUntil: '2026-03-31' })
  })
})
