/**
 * Quotations over HTTP: what each command answers, how they are found, and what needs a manager.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { keyOf } from './testing/company-records.ts'
import {
  address,
  item,
  type Offered,
  offersOn,
  type Quotation,
  rials,
  seen,
} from './testing/offers.ts'
import { type Made, type Served, serve } from './testing/served.ts'

let server: Served
const { contact, draft, act, send, offer, offerFor, shown, attempt } = offersOn(() => server)
beforeAll(async () => {
  server = await serve({ language: 'en' })
})
afterAll(() => server[Symbol.asyncDispose]())

const call = <Body = Made>(method: string, path: string, body?: object) =>
  server.call<Body>(method, `/v1${path}`, body)
const open = async (fields: object) =>
  server.done('POST', '/v1/opportunities', { title: 'Desks', ...fields })
const desk = [item(rials('1000'))]

describe('a quotation', () => {
  test('is made from an opportunity with all that is known of it', async () => {
    const known = { source: 'fair', medium: 'stand', campaign: 'Spring', tags: ['oak'] }
    const whose = { contactId: await contact(), salespersonId: server.userId }
    const sale = await open({ ...whose, ...known })
    const made = await call('POST', `/opportunities/${sale.id}/quotations`, {})
    expect(made).toMatchObject({
      status: 201,
      body: { ...whose, opportunityId: sale.id, currency: 'IRR', status: 'draft', ...known },
    })
    expect(made.headers.get('location')).toBe(`/v1/quotations/${made.body.id}`)
    expect(made.headers.get('etag')).toBe('"0"')
    expect(await server.read(`/v1/opportunities/${sale.id}`)).toMatchObject({
      quotations: [{ id: made.body.id, status: 'draft' }],
      quotationTotals: { quotations: 1, counts: { draft: 1 } },
    })
  })

  test('needs somebody to be for, where there is no opportunity', async () => {
    expect(await call('POST', '/quotations', {})).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/contactId' }] },
    })
  })

  test('says as much as a log keeps of one act, and is told what is too long of it', async () => {
    const long = '一'.repeat(4000)
    const texts = { terms: long, paymentTerms: long, deliveryTerms: long }
    const own = Array.from({ length: 50 }, (_, index) => [`own${index}`, '一'.repeat(200)])
    const attributes = Object.fromEntries(own)
    const contactId = await contact()
    expect(await call('POST', '/quotations', { contactId, ...texts })).toMatchObject({
      status: 201,
    })
    const whole = { contactId, ...texts, attributes }
    expect(await call('POST', '/quotations', whole)).toMatchObject({
      status: 400,
      body: { code: 'InvalidRequest', errors: [{ pointer: '/attributes' }] },
    })
  })

  test('names each of its lines once where it lists them anew', async () => {
    const { id, lines } = await draft(desk)
    const own = { id: lines[0]?.id }
    expect(await call('PATCH', `/quotations/${id}`, { lines: [own, own] })).toMatchObject({
      status: 400,
      body: { code: 'InvalidRequest', errors: [{ pointer: '/lines/1/id' }] },
    })
  })

  test('has lines with addresses of their own', async () => {
    const { id } = await draft(desk)
    const added = await call('POST', `/quotations/${id}/lines`, item(rials('500'), { position: 0 }))
    expect(added).toMatchObject({ status: 201, body: { id, totals: { total: rials('1500') } } })
    const at = added.headers.get('location') ?? ''
    expect(await server.read(at)).toMatchObject({ position: 0, unitPrice: rials('500') })
    expect(await server.done('PATCH', at, { quantity: '3', discountPercent: '10' })).toMatchObject({
      totals: { total: rials('2350'), discount: rials('150') },
    })
    expect(await server.done('DELETE', at)).toMatchObject({ totals: { total: rials('1000') } })
    const gone = { status: 404, body: { code: 'LineUnknown' } }
    expect(await server.call('GET', at)).toMatchObject(gone)
    expect(await server.call('DELETE', at)).toMatchObject(gone)
  })

  test('is deleted while nobody outside has seen it', async () => {
    const { id } = await draft(desk)
    expect(await call('DELETE', `/quotations/${id}`)).toMatchObject({ status: 204, body: '' })
    expect(await call('GET', `/quotations/${id}`)).toMatchObject({ status: 404 })
    const sent = await offer(desk)
    expect(await call('DELETE', `/quotations/${sent.id}`)).toMatchObject({
      status: 409,
      body: { status: 409, code: 'QuotationNotDraft', state: 'sent' },
    })
  })

  test('keeps its opportunity from being withdrawn once it was sent', async () => {
    const sale = await open({ contactId: await contact() })
    const path = `/v1/opportunities/${sale.id}`
    const { id } = await server.done('POST', `${path}/quotations`, { lines: desk })
    await send(id)
    expect(await server.call('DELETE', path, { reason: 'Doubled' })).toMatchObject({
      status: 409,
      body: { code: 'QuotationNotDraft', quotationId: id },
    })
  })

  test('is confirmed by somebody who says what they have seen', async () => {
    const sent = await offer(desk)
    for (const body of [{}, { version: 1 }, { total: rials('1000') }, { note: 'Yes' }]) {
      expect(await attempt(sent.id, 'confirm', body)).toMatchObject({
        status: 428,
        body: { code: 'VersionRequired' },
      })
    }
    const changed = { version: 1, total: rials('999') }
    expect(await attempt(sent.id, 'confirm', changed)).toMatchObject({
      status: 409,
      body: { code: 'QuotationChanged', total: rials('1000') },
    })
    const confirmed = await attempt(sent.id, 'confirm', {}, { 'if-match': '"1"' })
    expect(confirmed).toMatchObject({ status: 200, body: { order: { status: 'confirmed' } } })
    const number = confirmed.body.order?.number ?? ''
    expect(await server.read(`/v1/orders/${number}`)).toMatchObject({
      number,
      quotationId: sent.id,
      total: rials('1000'),
    })
    expect(await call('GET', '/orders/S-1-1')).toMatchObject({ status: 404 })
  })

  test('is copied, and the copy is a draft of its own', async () => {
    const sent = await offer(desk, { customerReference: 'PO-1', subject: 'Desks' })
    const copy = await call<Quotation>('POST', `/quotations/${sent.id}/duplicate`)
    expect(copy).toMatchObject({
      status: 201,
      body: { status: 'draft', copiedFrom: sent.id, totals: sent.totals, subject: 'Desks' },
    })
    expect(copy.body).not.toHaveProperty('customerReference')
    expect(copy.body).not.toHaveProperty('number')
  })

  test('holds for longer, and goes back to being written', async () => {
    const sent = await offer(desk)
    const extend = (validUntil: string) =>
      attempt(sent.id, 'extend', { validUntil, note: 'The board meets late' })
    expect(await extend('2026-06-01')).toMatchObject({ body: { validUntil: '2026-06-01' } })
    expect(await extend('9999-12-31')).toMatchObject({ body: { validUntil: '9999-12-31' } })
    expect(await extend('2026-05-01')).toMatchObject({
      status: 409,
      body: { code: 'ExtensionTooShort' },
    })
    expect(await act(sent.id, 'return-to-draft')).toMatchObject({ status: 'draft', version: 2 })
    expect(await call('GET', `/public/quotations/${sent.token}`)).toMatchObject({ status: 404 })
  })

  test('is found by what it is told apart by', async () => {
    const externalIds = [{ system: 'erp', id: 'Q-77' }]
    const attributes = { channel: 'web' }
    const { id } = await offer(desk, { subject: 'Walnut wardrobe', externalIds, attributes })
    const { number = '' } = await shown(id)
    const found = async (query: string) =>
      (await server.read<{ items: readonly Made[] }>(`/v1/quotations?${query}`)).items.map(
        (each) => each.id,
      )
    for (const query of [
      `number=${number}`,
      'q=WALNUT',
      'externalId=erp:Q-77',
      'attributes.channel=web&status=sent&delivery=sent',
    ]) {
      expect(await found(query), query).toEqual([id])
    }
    expect(await found('q=walnut&status=draft')).toEqual([])
    expect(await found('q=walnut&validUntilFrom=2027-01-01')).toEqual([])
    expect(await call('GET', '/quotations?status=open')).toMatchObject({ status: 400 })
    expect(await call('GET', '/quotations?delivery=mail')).toMatchObject({ status: 400 })
  })

  test('is sent with others, each telling what became of it', async () => {
    const drafts = [await draft(desk), await draft([]), await draft(desk)]
    const ids = drafts.map(({ id }) => id)
    const sent = await call('POST', '/quotations/send', { ids })
    expect(sent.body).toMatchObject({
      items: [
        { id: ids[0], ok: true, revision: 1 },
        { id: ids[1], ok: false, code: 'QuotationEmpty' },
        { id: ids[2], ok: true, revision: 1 },
      ],
    })
    expect(JSON.stringify(sent.body)).not.toMatch(/customerUrl|\/q\//)
  })

  test('is told with each that is sent where the request is wrong for it', async () => {
    const ids = [(await draft(desk)).id, (await draft(desk)).id]
    const errors = [{ pointer: '/to', detail: 'is for what goes by mail' }]
    const wrong = { errors, code: 'InvalidRequest', ok: false }
    expect((await call('POST', '/quotations/send', { ids, to: 'sara@example.com' })).body).toEqual({
      items: ids.map((id) => expect.objectContaining({ id, ...wrong })),
    })
  })
})

describe('a copy of an offer whose sale is lost', () => {
  test('is refused until the sale is opened again', async () => {
    const { id: opportunityId } = await open({ contactId: await contact() })
    const { id } = await offerFor(opportunityId, desk)
    const { items } = (
      await call<{ items: readonly { id: string; requiresNote: boolean }[] }>(
        'GET',
        '/lost-reasons',
      )
    ).body
    const reasonId = items.find(({ requiresNote }) => !requiresNote)?.id
    await call('POST', `/opportunities/${opportunityId}/lose`, { reasonId })
    expect(await attempt(id, 'duplicate')).toMatchObject({
      status: 409,
      body: { code: 'OpportunityLost', opportunityId },
    })
    await call('POST', `/opportunities/${opportunityId}/reopen`, {})
    expect(await attempt(id, 'duplicate')).toMatchObject({ status: 201, body: { status: 'draft' } })
  })
})

describe('the history of an offer', () => {
  const lastOf = async (path: string) =>
    (await server.read<{ items: readonly object[] }>(`/v1${path}/history`)).items.at(-1)

  test('says why it ended and came back where nobody did that by hand', async () => {
    const { body: policies } = await call('PATCH', `/companies/${server.companyId}/policies`, {
      requireLostReason: false,
      onConfirmSiblings: 'cancel',
    })
    expect(policies).toMatchObject({ onConfirmSiblings: 'cancel' })
    const { id: opportunityId } = await open({ contactId: await contact() })
    const [one, two] = [await offerFor(opportunityId, desk), await offerFor(opportunityId, desk)]
    const sale = `/opportunities/${opportunityId}`
    const offerPath = `/quotations/${one.id}`
    await call('POST', `${sale}/lose`, {})
    expect(await lastOf(offerPath)).toMatchObject({
      type: 'QuotationCancelled',
      cause: { code: 'opportunityLost', opportunityId, causedBy: expect.any(String) },
    })
    await call('POST', `${sale}/reopen`, {})
    expect(await lastOf(offerPath)).toMatchObject({
      type: 'QuotationReinstated',
      cause: { code: 'opportunityReopened' },
    })
    await act(two.id, 'confirm', seen(two))
    expect(await lastOf(offerPath)).toMatchObject({ cause: { code: 'siblingConfirmed' } })
    expect(await lastOf(sale)).toMatchObject({
      type: 'OpportunityWon',
      cause: { code: 'quotationConfirmed', quotationId: two.id },
    })
    await act(two.id, 'cancel', { reason: 'House sold' })
    expect(await lastOf(`/quotations/${two.id}`)).not.toHaveProperty('cause')
    expect(await lastOf(sale)).toMatchObject({
      type: 'OpportunityReopened',
      cause: { code: 'quotationCancelled', quotationId: two.id },
    })
  })

  test('tells of a correction of the version that stands, whatever is drafted beside it', async () => {
    const { id } = await offer(desk, { subject: 'Desks' })
    await act(id, 'revise')
    await act(id, 'correct', { reason: 'Misread', subject: 'Oak desks' })
    expect(await lastOf(`/quotations/${id}`)).toMatchObject({
      type: 'QuotationCorrected',
      reason: 'Misread',
      changes: [{ field: 'subject', from: 'Desks', to: 'Oak desks' }],
    })
  })
})

describe('an exchange rate', () => {
  const path = '/exchange-rates/EUR/IRR'

  test('holds on its day and after it, until there is another', async () => {
    expect(await call('PUT', `${path}/2026-02-01`, { rate: '1120000' })).toMatchObject({
      status: 200,
      body: { base: 'EUR', quote: 'IRR', date: '2026-02-01', rate: '1120000' },
    })
    await call('PUT', `${path}/2026-02-10`, { rate: '1135000.5' })
    const on = (day: string) => call('GET', `${path}/${day}`)
    expect(await on('2026-02-09')).toMatchObject({ body: { date: '2026-02-01', rate: '1120000' } })
    expect(await on('2026-03-09')).toMatchObject({ body: { rate: '1135000.5' } })
    expect(await on('2026-01-31')).toMatchObject({ status: 404 })
    expect(await call('GET', '/exchange-rates?base=EUR&sort=-date&count=true')).toMatchObject({
      body: { items: [{ date: '2026-02-10' }, { date: '2026-02-01' }], total: 2 },
    })
  })

  test.each([
    ['EUR/IRR/1404-11-12', '1'],
    ['EUR/IRR/2026-02-30', '1'],
    ['eur/IRR/2026-02-01', '1'],
    ['EUR/IRR/2026-02-01', '0'],
    ['EUR/IRR/2026-02-01', '1,5'],
  ])('is refused at %s as %s', async (at, rate) => {
    expect(await call('PUT', `/exchange-rates/${at}`, { rate })).toMatchObject({
      status: 400,
      body: { code: 'InvalidRequest' },
    })
  })

  test.each(['0', '0.000', '-1', '1e3', '01', '1'.repeat(19), `1.${'1'.repeat(13)}`, 2])(
    'is no number that could be multiplied by: %s',
    async (rate) => {
      expect(await call('PUT', `${path}/2026-02-01`, { rate })).toMatchObject({
        status: 400,
        body: { code: 'InvalidRequest', errors: [{ pointer: '/rate' }] },
      })
    },
  )

  test.each([
    ['0.000000000001', { status: 201 }],
    [
      '999999999999999999',
      { status: 400, body: { errors: [{ pointer: '/lines/0/unitPrice/amount' }] } },
    ],
  ])('may be %s, and makes no price that cannot be offered', async (rate, answer) => {
    await call('PUT', '/exchange-rates/KWD/IRR/2026-02-01', { rate })
    const prices = [{ unitPrice: { amount: '999999999999.999', currency: 'KWD' } }]
    const { id: productId } = await server.done('POST', '/v1/products', { name: 'Gold', prices })
    const body = { contactId: await contact(), lines: [{ kind: 'item', productId, quantity: '1' }] }
    expect(await call('POST', '/quotations', body)).toMatchObject(answer)
  })

  test('of a currency in itself is refused', async () => {
    expect(await call('PUT', '/exchange-rates/EUR/EUR/2026-02-01', { rate: '2' })).toMatchObject({
      status: 409,
      body: { code: 'RateOfItself' },
    })
  })

  test('is missed where a price has to be worked out without it', async () => {
    const prices = [{ unitPrice: { amount: '100', currency: 'JPY' } }]
    const { id: productId } = await server.done('POST', '/v1/products', { name: 'Lamp', prices })
    const body = {
      contactId: await contact(),
      currency: 'USD',
      lines: [{ kind: 'item', productId, quantity: '1' }],
    }
    expect(await call('POST', '/quotations', body)).toMatchObject({
      status: 409,
      body: { code: 'RateMissing', base: 'JPY', quote: 'USD', date: '2026-03-01' },
    })
  })
})

describe('a percentage', () => {
  const percentages = ['100.01', '101', '-1', '1e1', '10%', '۱۰', '1.00001', '010', 10]

  test.each(percentages)('of an offer is never %s', async (percent) => {
    const contactId = await contact()
    for (const field of ['taxRate', 'discountPercent']) {
      const lines = [item(rials('1000'), { [field]: percent })]
      expect(await call('POST', '/quotations', { contactId, lines })).toMatchObject({
        status: 400,
        body: { code: 'InvalidRequest', errors: [{ pointer: `/lines/0/${field}` }] },
      })
    }
  })

  test.each(percentages)('that a company settles is never %s', async (percent) => {
    const company = `/companies/${server.companyId}`
    const approval = { discountPercentAbove: percent }
    for (const [path, body, pointer] of [
      [company, { defaultTaxRate: percent }, '/defaultTaxRate'],
      [`${company}/policies`, { approval }, '/approval/discountPercentAbove'],
    ] as const) {
      expect(await call('PATCH', path, body)).toMatchObject({
        status: 400,
        body: { code: 'InvalidRequest', errors: [{ pointer }] },
      })
    }
  })

  test.each([-1, 100.01, 50.123, '50', null])('of a probability is never %s', async (value) => {
    const { id } = await open({})
    expect(await call('PUT', `/opportunities/${id}/probability`, { value })).toMatchObject({
      status: 400,
      body: { code: 'InvalidRequest', errors: [{ pointer: '/value' }] },
    })
  })
})

describe('the number of a document', () => {
  const path = () => `/companies/${server.companyId}`

  test.each(['Q-{year}', 'Q-{seq}-{seq}', 'Q-{month}-{seq}'])(
    'has no pattern like "%s"',
    async (quotation) => {
      expect(await call('PATCH', path(), { numberPatterns: { quotation } })).toMatchObject({
        status: 400,
        body: { errors: [{ pointer: '/numberPatterns/quotation' }] },
      })
    },
  )

  test('follows the pattern of its company', async () => {
    await call('PATCH', path(), { numberPatterns: { quotation: 'AT/{year}/{seq:3}' } })
    expect((await offer(desk)).number).toMatch(/^AT\/2026\/\d{3}$/)
    // A patch is merged: the one pattern stays while the other is set, and goes alone.
    const both = await call('PATCH', path(), { numberPatterns: { order: 'B{seq}' } })
    expect(both).toMatchObject({
      body: { numberPatterns: { quotation: 'AT/{year}/{seq:3}', order: 'B{seq}' } },
    })
    await call('PATCH', path(), { digits: { EUR: 3 } })
    expect(await call('PATCH', path(), { digits: { KWD: 2, EUR: null } })).toMatchObject({
      body: { digits: { KWD: 2 } },
    })
    await call('PATCH', path(), { digits: { KWD: null } })
    const one = await call('PATCH', path(), { numberPatterns: { quotation: null } })
    expect(one).toHaveProperty('body.numberPatterns', { order: 'B{seq}' })
    expect(one).not.toHaveProperty('body.digits')
    expect((await offer(desk)).number).toMatch(/^Q-\d{4}-\d{4}$/)
  })
})

describe('what needs a manager', () => {
  test('is refused to anybody else', async () => {
    await using own = await serve({ auth: 'keys' })
    const bearer = async (userId: string) => ({
      authorization: `Bearer ${await keyOf(own, userId, own.companyId)}`,
    })
    const admin = await bearer(own.userId)
    const roles = [{ companyId: own.companyId, role: 'sales' }]
    const sara = await own.done('POST', '/v1/users', { name: 'Sara', roles }, admin)
    const seller = await bearer(sara.id)
    const { id: contactId } = await own.done('POST', '/v1/contacts', { name: 'Aftab' }, seller)
    await own.done('POST', `/v1/contacts/${contactId}/addresses`, address, seller)
    const body = { contactId, lines: desk, validUntil: '2026-03-05' }
    const { id } = await own.done('POST', '/v1/quotations', body, seller)
    const path = `/v1/quotations/${id}`
    const sent = await own.done<Offered>('POST', `${path}/send`, {}, seller)
    await own.done('PUT', '/v1/test/clock', { now: '2026-03-09T08:00:00.000Z' }, admin)

    const forbidden = { status: 403, body: { code: 'Forbidden' } }
    const late = { ...seen(sent), override: true, note: 'It was in the post' }
    expect(await own.call('POST', `${path}/confirm`, late, seller)).toMatchObject(forbidden)
    const mended = { reason: 'Misread', customerReference: 'PO-2' }
    expect(await own.call('POST', `${path}/correct`, mended, seller)).toMatchObject(forbidden)
    const later = { validUntil: '2026-04-01', note: 'They asked' }
    expect(await own.call('POST', `${path}/extend`, later, seller)).toMatchObject({
      status: 409,
      body: { code: 'QuotationExpired' },
    })
    expect(await own.call('POST', `${path}/confirm`, late, admin)).toMatchObject({
      status: 200,
      body: { status: 'confirmed' },
    })
  })
})
