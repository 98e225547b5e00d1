/**
 * The customer's link: made once, opened by whoever has it, and nowhere else to be found.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { euros, item, offersOn, rials, seen } from './testing/offers.ts'
import { type Served, serve } from './testing/served.ts'

const log: string[] = []
let server: Served
const { draft, act, offer, shown, attempt, asCustomer } = offersOn(() => server)
beforeAll(async () => {
  const stream = { write: (line: string) => log.push(line) }
  server = await serve({ language: 'en', logging: { level: 'trace', stream } })
})
afterAll(() => server[Symbol.asyncDispose]())

const page = (token: string) => server.call<object>('GET', `/v1/public/quotations/${token}`)
const tokenIn = (url = ''): string => url.split('/').at(-1) ?? ''
const desk = [item(rials('1000'))]

describe('a link', () => {
  test('is answered to those who make it, alike however often they ask, and in no other answer', async () => {
    const { id } = await draft(desk)
    const key = { 'idempotency-key': 'send-once' }
    const url = (await attempt(id, 'send', {}, key)).body.customerUrl
    expect(url).toMatch(new RegExp(`^${server.base}/q/[A-Za-z0-9_-]{43}$`))
    expect((await attempt(id, 'send', {}, key)).body.customerUrl).toBe(url)
    for (const path of [
      `/v1/quotations/${id}`,
      '/v1/quotations',
      `/v1/quotations/${id}/history`,
      `/v1/streams/quotation-${id}/events`,
    ]) {
      expect(JSON.stringify(await server.read(path))).not.toContain(tokenIn(url))
    }
  })

  test('is dead once there is another, or once it was taken back', async () => {
    const { id, token } = await offer(desk)
    const second = tokenIn((await attempt(id, 'link')).body.customerUrl)
    expect(second).not.toBe(token)
    expect(await page(token)).toMatchObject({ status: 404 })
    expect(await page(second)).toMatchObject({ status: 200 })
    await server.done('DELETE', `/v1/quotations/${id}/link`)
    expect(await page(second)).toMatchObject({ status: 404 })
  })

  test('leads to where customers reach the server', async () => {
    await using elsewhere = await serve({ publicUrl: 'https://offers.example.com' })
    const { customerUrl, token } = await offersOn(() => elsewhere).offer(desk)
    expect(customerUrl).toBe(`https://offers.example.com/q/${token}`)
  })

  test('stands in no line of the log', async () => {
    const { token } = await offer(desk)
    await page(token)
    await page(`${token}x`)
    await asCustomer(token, 'decline', { reason: 'Too dear' })
    const text = log.join('')
    expect(text).toContain('/v1/public/quotations/:token/decline')
    expect(text).not.toContain(token)
    expect(text).not.toContain('Too dear')
  })
})

describe('whoever has a link', () => {
  test('sees one version, and nothing that is the seller’s own', async () => {
    const sent = await offer([item(euros('100.00'))], {
      currency: 'EUR',
      internalNote: 'They pay late',
      source: 'fair',
      attributes: { margin: 12 },
    })
    const answer = await page(sent.token)
    expect(answer).toMatchObject({
      status: 200,
      body: { number: sent.number, version: 1, status: 'sent', open: true, totals: sent.totals },
    })
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
    expect(JSON.stringify(answer.body)).not.toMatch(/late|fair|margin|opportunity|contactId/)
  })

  test('accepts once, with a key of their own', async () => {
    const { token, ...offered } = await offer(desk)
    const body = { name: 'Sara', customerReference: 'PO-9', ...seen(offered) }
    const accept = (asked: object, headers?: Record<string, string>) =>
      server.call('POST', `/v1/public/quotations/${token}/accept`, asked, headers)
    for (const wrong of [
      { ...body, name: '' },
      { ...body, version: undefined },
      { ...body, total: rials('999') },
      { ...body, occurredAt: '2026-02-28T08:00:00.000Z' },
    ]) {
      expect((await accept(wrong)).status).toBeOneOf([400, 409])
    }
    const key = { 'idempotency-key': 'accept-1' }
    const first = await accept(body, key)
    expect(first).toMatchObject({ status: 200, body: { acceptance: { name: 'Sara' } } })
    expect(await accept(body, key)).toMatchObject({ status: 200, body: first.body })
    expect(await accept(body)).toMatchObject({ status: 409 })
    const events = await server.read<{ items: readonly object[] }>(
      `/v1/streams/quotation-${offered.id}/events`,
    )
    expect(events.items.at(-1)).toMatchObject({
      type: 'QuotationConfirmed',
      actor: { kind: 'customer' },
    })
  })

  test('sees how it ended, and can do nothing about that any more', async () => {
    const confirmed = await offer(desk)
    const cancelled = await offer(desk)
    const declined = await offer(desk)
    await act(confirmed.id, 'confirm', seen(confirmed))
    await act(cancelled.id, 'cancel', { reason: 'Sold the house' })
    expect(await asCustomer(declined.token, 'decline', { reason: 'Too dear' })).toMatchObject({
      status: 200,
      body: { status: 'declined', open: false },
    })
    expect(await shown(declined.id)).toMatchObject({ declined: { note: 'Too dear' } })
    for (const [offered, status, code] of [
      [confirmed, 'confirmed', 'QuotationAlreadyConfirmed'],
      [cancelled, 'cancelled', 'QuotationCancelled'],
      [declined, 'declined', 'QuotationDeclined'],
    ] as const) {
      const { token } = offered
      expect(await page(token)).toMatchObject({ status: 200, body: { status, open: false } })
      const refused = { status: 409, body: { code } }
      const acceptance = { name: 'Sara', ...seen(offered) }
      expect(await asCustomer(token, 'accept', acceptance)).toMatchObject(refused)
      expect(await asCustomer(token, 'decline', { reason: 'No' })).toMatchObject(refused)
    }
  })
})

describe('whoever has none', () => {
  test('is answered alike, whatever is wrong with the token', async () => {
    const [sent, revoked] = [await offer(desk), await offer(desk)]
    await server.done('DELETE', `/v1/quotations/${revoked.id}/link`)
    const unknown = await page('nothing')
    expect(unknown.status).toBe(404)
    for (const wrong of [
      sent.token.slice(1),
      `${sent.token}A`,
      sent.id,
      revoked.token,
      'x'.repeat(43),
      'x'.repeat(500),
      '%00',
      encodeURIComponent('نامه'),
    ]) {
      const acceptance = { name: 'Sara', ...seen(sent) }
      for (const { status, body } of [
        await page(wrong),
        await asCustomer(wrong, 'accept', acceptance),
        await asCustomer(wrong, 'decline', { reason: 'No' }),
      ]) {
        expect({ status, body }, wrong).toEqual({ status: 404, body: unknown.body })
      }
    }
  })

  test('knocks only so often, by token and by address', async () => {
    await using busy = await serve({ visitorLimits: { perToken: 3, perAddress: 6 } })
    const knock = (token: string) => busy.call('GET', `/v1/public/quotations/${token}`)
    const statuses: number[] = []
    for (const token of ['one', 'one', 'one', 'one', 'two', 'three', 'four']) {
      statuses.push((await knock(token)).status)
    }
    expect(statuses).toEqual([404, 404, 404, 429, 404, 404, 429])
    const last = await knock('five')
    expect(last).toMatchObject({ status: 429, body: { code: 'TooManyRequests' } })
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await busy.call('GET', '/v1/stages')).toMatchObject({ status: 200 })
  })
})
