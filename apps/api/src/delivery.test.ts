/**
 * How an offer reaches its customer, and what the customer does with it, over HTTP.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { keyOf } from './testing/company-records.ts'
import { letterBox } from './testing/letter-box.ts'
import { item, offersOn, type Quotation, rials, seen } from './testing/offers.ts'
import { type Made, type Served, serve, until } from './testing/served.ts'

const start = '2026-03-01T08:00:00.000Z'
const nextDay = '2026-03-02T08:00:00.000Z'
const log: string[] = []
const box = letterBox()
let server: Served
const { draft, act, offer, shown, attempt, asCustomer, answerOption } = offersOn(() => server)
beforeAll(async () => {
  const stream = { write: (line: string) => log.push(line) }
  server = await serve({
    start,
    language: 'en',
    mailer: box,
    publicUrl: 'https://offers.example.com',
    logging: { level: 'trace', stream },
  })
})
afterAll(() => server[Symbol.asyncDispose]())

const desk = [item(rials('1000'))]
const to = 'sara@example.com'
const settled = (id: string, state: string) =>
  until(
    () => shown(id),
    ({ delivery }) => delivery.state === state,
  )
const mailed = async () => {
  const { id } = await draft(desk)
  await act(id, 'send', { by: 'mail', to })
  return settled(id, 'delivered')
}
const listed = async (query: string) =>
  (await server.read<{ items: readonly Made[] }>(`/v1/quotations?${query}`)).items.map(
    ({ id }) => id,
  )
interface Told {
  readonly type: string
  readonly stream: string
  readonly note?: string
  readonly reason?: string
  readonly actor: { readonly kind: string }
}
const history = async (id: string) =>
  (await server.read<{ items: readonly Told[] }>(`/v1/quotations/${id}/history`)).items

describe('an offer by mail', () => {
  test('carries the document as it is by then, with the options that were taken', async () => {
    const { id, options } = await draft(desk, { options: [item(rials('200'))] })
    const sent = await act(id, 'send', { by: 'mail', to })
    await settled(id, 'delivered')
    const printed = async () => {
      const answered = await fetch(`${server.base}/v1/quotations/${id}/document?format=pdf`)
      return Buffer.from(await answered.arrayBuffer())
    }
    const attached = () => Buffer.from(box.mails.at(-1)?.attachments[0]?.content ?? '')
    const first = attached()
    expect(first.equals(await printed())).toBe(true)

    const token = sent.customerUrl?.split('/').at(-1) ?? ''
    await answerOption(token, options[0]?.id ?? '', 'accept')
    const before = box.mails.length
    await act(id, 'resend')
    await until(
      async () => box.mails.length,
      (count) => count > before,
    )
    expect(attached().equals(await printed())).toBe(true)
    expect(attached().equals(first)).toBe(false)
  })

  test('is answered with its link at once, and with how it went once that is known', async () => {
    const { id } = await draft(desk)
    const before = box.mails.length
    const sent = await act(id, 'send', { by: 'mail', to: ['sara@example.com'] })
    expect(sent).toMatchObject({ status: 'sent', delivery: { by: 'mail', to: [to] } })
    const view = await settled(id, 'delivered')
    expect(view.revision).toBe(sent.revision)
    expect(view.delivery).toMatchObject({ by: 'mail', to: [to], attempts: 1 })
    expect(box.mails).toHaveLength(before + 1)
    expect(box.mails.at(-1)).toMatchObject({ to: [to], from: { address: 'offers@example.com' } })
    expect(box.mails.at(-1)?.text).toContain(sent.customerUrl)
    expect(await listed('delivery=delivered')).toContain(id)
    expect(await listed('delivery=queued,failed,unknown,none')).not.toContain(id)
    expect((await history(id)).slice(-3)).toMatchObject([
      { type: 'QuotationSent' },
      { type: 'DeliveryAttempted', stream: `delivery-${id}`, actor: { kind: 'system' } },
      { type: 'QuotationDelivered' },
    ])
  })

  test('goes when its time has come, as the clock of the server tells', async () => {
    const { id } = await draft(desk)
    await act(id, 'send', { by: 'mail', to, sendAt: '2026-03-01T12:00:00Z' })
    expect((await shown(id)).delivery).toMatchObject({
      state: 'queued',
      nextAt: '2026-03-01T12:00:00.000Z',
    })
    await server.at('2026-03-01T12:00:00.000Z')
    await settled(id, 'delivered')
    await server.at(start)
  })

  test('is sent in bulk, each on its own', async () => {
    const [first, second] = [await draft(desk), await draft(desk)]
    const ids = [first.id, second.id]
    const answer = await server.done<{ items: readonly object[] }>('POST', '/v1/quotations/send', {
      ids,
      by: 'mail',
      to,
    })
    expect(answer.items).toMatchObject([{ ok: true }, { ok: true }])
    for (const id of ids) await settled(id, 'delivered')
  })

  test('without an address, or without a server of mail, is refused with a way on', async () => {
    const { id } = await draft(desk)
    const nobody = { status: 409, body: { code: 'RecipientMissing' } }
    expect(await attempt(id, 'send', { by: 'mail' })).toMatchObject(nobody)
    await using postless = await serve({ language: 'en' })
    const there = offersOn(() => postless)
    const offered = await there.draft(desk)
    const refused = await there.attempt(offered.id, 'send', { by: 'mail', to })
    expect(refused).toMatchObject({ status: 409, body: { code: 'MailNotSet', instead: 'hand' } })
    const sent = await there.send(offered.id)
    expect(sent.delivery).toMatchObject({ state: 'sent', by: 'hand' })
    expect(sent.token).not.toBe('')
    const again = await there.attempt(offered.id, 'resend', { to })
    expect(again).toMatchObject({ status: 409, body: { code: 'MailNotSet' } })
  })

  test.each([
    [['sara@example.com', 5], '/to/1'],
    [['nobody'], '/to/0'],
    [[], '/to'],
    [5, '/to'],
  ])('to %j is refused at %s', async (addresses, pointer) => {
    const { id } = await draft(desk)
    expect(await attempt(id, 'send', { by: 'mail', to: addresses })).toMatchObject({
      status: 400,
      body: { code: 'InvalidRequest', errors: [{ in: 'body', pointer }] },
    })
  })

  test('is sent once more, and told to have come back, by who has seen it as it is', async () => {
    const { id, revision } = await mailed()
    const stale = { 'if-match': `"${revision - 1}"` }
    const conflict = { status: 412, body: { code: 'RevisionConflict', current: revision } }
    expect(await attempt(id, 'resend', {}, stale)).toMatchObject(conflict)
    const current = { 'if-match': `"${revision}"` }
    const before = box.mails.length
    const again = await attempt(id, 'resend', {}, current)
    expect(again).toMatchObject({ status: 200, body: { revision, delivery: { attempts: 2 } } })
    await settled(id, 'delivered')
    expect(box.mails).toHaveLength(before + 1)
    const bounced = await attempt(id, 'delivery/bounce', { detail: 'Mailbox full' }, current)
    expect(bounced.body.delivery).toMatchObject({ state: 'bounced', detail: 'Mailbox full' })
    expect(await listed('delivery=bounced')).toEqual([id])
    expect((await history(id)).at(-1)).toMatchObject({
      type: 'DeliveryBounced',
      note: 'Mailbox full',
      actor: { kind: 'user' },
    })
    const twice = await attempt(id, 'delivery/bounce')
    expect(twice).toMatchObject({ status: 409, body: { code: 'QuotationNotDelivered' } })
  })

  test('says what the company has it say', async () => {
    const path = `/v1/companies/${server.companyId}/mail-texts`
    const usual = await server.read<object>(path)
    expect(usual).toMatchObject({ fa: { subject: expect.stringContaining('{number}') } })
    const en = { subject: 'For you: {number}', text: 'Here: {link}' }
    expect(await server.done('PATCH', path, { en })).toEqual({ ...usual, en })
    const { id } = await draft(desk, { language: 'en' })
    await act(id, 'send', { by: 'mail', to })
    const { number } = await settled(id, 'delivered')
    expect(box.mails.at(-1)).toMatchObject({
      subject: `For you: ${number}`,
      text: expect.stringMatching(/^Here: https:\/\/offers\.example\.com\/q\/[\w-]{43}$/),
    })
    expect(await server.done('PATCH', path, { en: null })).toEqual(usual)
    const wrong = await server.call('PATCH', path, { fa: { subject: 'x', text: 'no link' } })
    expect(wrong).toMatchObject({ status: 400, body: { errors: [{ pointer: '/fa/text' }] } })
  })
})

describe('whoever has the link', () => {
  const look = (token: string, headers?: Record<string, string>) =>
    server.call<Quotation>('GET', `/v1/public/quotations/${token}`, undefined, headers)
  const looks = async (id: string) =>
    (await history(id)).filter(({ type }) => type === 'QuotationViewed')

  test('is told to have looked once a day, and staff never', async () => {
    const { id, token } = await offer(desk)
    const key = await keyOf(server, server.userId, server.companyId)
    expect((await look(token, { authorization: `Bearer ${key}` })).status).toBe(200)
    expect(await looks(id)).toEqual([])
    for (let times = 0; times < 3; times += 1) await look(token)
    await look(token, { authorization: 'Bearer forsat_nothing' })
    expect(await looks(id)).toMatchObject([{ actor: { kind: 'customer' } }])
    expect((await shown(id)).delivery).toMatchObject({ state: 'sent', viewedAt: start })
    await server.at(nextDay)
    await look(token)
    await server.at(start)
    expect(await looks(id)).toHaveLength(2)
    expect((await shown(id)).delivery).toMatchObject({ viewedAt: nextDay })
  })

  test('asks, and the people of the company read it', async () => {
    const { id, token, revision } = await offer(desk)
    const text = 'Do the desks come assembled?'
    const key = { 'idempotency-key': 'ask-once' }
    const path = `/v1/public/quotations/${token}/questions`
    for (let times = 0; times < 2; times += 1) {
      const answer = await server.call('POST', path, { text }, key)
      expect(answer).toMatchObject({ status: 200, body: { status: 'sent', open: true } })
      expect(JSON.stringify(answer.body)).not.toContain(text)
    }
    expect(await shown(id)).toMatchObject({ revision, questions: [{ version: 1, text }] })
    expect((await history(id)).at(-1)).toMatchObject({ type: 'CustomerAsked', note: text })
    for (const wrong of [{}, { text: '' }, { text: 'x'.repeat(4001) }, { text, name: 'Sara' }]) {
      expect(await server.call('POST', path, wrong)).toMatchObject({ status: 400 })
    }
  })

  test('asks nothing any more once it is finished, and strangers nothing at all', async () => {
    const [confirmed, declined, expired] = [await offer(desk), await offer(desk), await offer(desk)]
    await act(confirmed.id, 'confirm', seen(confirmed))
    await asCustomer(declined.token, 'decline', { reason: 'Too dear' })
    const ask = (token: string) => asCustomer(token, 'questions', { text: 'Why?' })
    const refused = (code: string) => ({ status: 409, body: { code } })
    expect(await ask(confirmed.token)).toMatchObject(refused('QuotationAlreadyConfirmed'))
    expect(await ask(declined.token)).toMatchObject(refused('QuotationDeclined'))
    await server.at('2026-05-01T08:00:00.000Z')
    expect(await ask(expired.token)).toMatchObject(refused('QuotationExpired'))
    await server.at(start)
    for (const token of [expired.token.slice(1), expired.id, 'x'.repeat(43)]) {
      expect(await ask(token)).toMatchObject({ status: 404, body: { code: 'NotFound' } })
    }
  })
})

test('no list, no record, no event and no line of the log tells a link that went by mail', async () => {
  const { id } = await mailed()
  const token = String(await server.forsat.customerToken(id))
  await server.call('GET', `/v1/public/quotations/${token}`)
  await asCustomer(token, 'questions', { text: 'Why?' })
  await act(id, 'resend')
  await settled(id, 'delivered')
  const said = await Promise.all(
    [
      `/v1/quotations/${id}`,
      '/v1/quotations?limit=200',
      `/v1/quotations/${id}/history`,
      `/v1/streams/quotation-${id}/events`,
      `/v1/streams/delivery-${id}/events`,
      '/v1/events?limit=200',
    ].map((path) => server.read(path)),
  )
  const texts = [...said.map((each) => JSON.stringify(each)), ...log]
  expect(box.mails.at(-1)?.text).toContain(token)
  expect(texts.filter((text) => text.includes(token))).toEqual([])
})
