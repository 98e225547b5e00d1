/**
 * O18: two companies on one server, one who works for both and one who works for one of them only.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Company, keyOf, nothing, twoCompanies } from './testing/company-records.ts'
import { item, type Quotation, rials } from './testing/offers.ts'
import { expectSameAfterReplay } from './testing/replay.ts'
import { type Served, serve } from './testing/served.ts'

let server: Served
let a: Company
let b: Company
/** Works for both. */
let u: string
/** Works for B only. */
let v: string
beforeAll(async () => {
  server = await serve({ auth: 'keys' })
  const companies = await twoCompanies(server)
  a = companies.here
  b = companies.there
  u = companies.founder
  v = b.keys.manager
})
afterAll(async () => {
  await expectSameAfterReplay(server, { authorization: `Bearer ${u}` })
  await server[Symbol.asyncDispose]()
})

const as = (key: string, company?: string) => ({
  authorization: `Bearer ${key}`,
  ...(company === undefined ? {} : { 'forsat-company': company }),
})
const get = <Body = unknown>(path: string, headers: Record<string, string>) =>
  server.call<Body>('GET', `/v1${path}`, undefined, headers)

test('a company that began before its founder was known has its founder all the same', async () => {
  const body = { name: 'Pars', occurredAt: '2020-01-01T08:00:00Z' }
  const { id } = await server.done('POST', '/v1/companies', body, as(u))
  expect(await get(`/companies/${id}`, as(u, id))).toMatchObject({ status: 200, body: { id } })
})

describe('O18 two companies', () => {
  test('a quotation is made in the company of its opportunity, whichever is acted for', async () => {
    const path = `/v1/opportunities/${a.named.opportunityId}/quotations`
    const { taxRate: _usual, ...desk } = item(rials('5'))
    const made = await server.call<Quotation>(
      'POST',
      path,
      { lines: [desk] },
      as(u, b.named.companyId),
    )
    expect(made).toMatchObject({
      status: 201,
      body: {
        company: a.named.companyId,
        currency: 'IRR',
        language: 'fa',
        totals: { taxes: [{ rate: '10' }] },
      },
    })
    const send = `/v1/quotations/${made.body.id}/send`
    const sent = await server.done<Quotation>('POST', send, {}, as(u))
    expect(sent.number).toMatch(/^Alborz-Q-/)
    expect(await server.call('POST', path, {}, as(v))).toMatchObject({ status: 404 })
  })

  test('who works for one of them finds nothing of the other, and no sign of it', async () => {
    const { opportunityId, quotationId } = a.named
    for (const path of [
      `/opportunities/${opportunityId}`,
      `/opportunities/${opportunityId}/history`,
      `/opportunities/${opportunityId}/duplicates`,
      `/quotations/${quotationId}`,
      `/quotations/${quotationId}/history`,
      `/streams/opportunity-${opportunityId}/events`,
    ]) {
      const unknown = path.replace(/[0-7][0-9A-Z]{25}/, nothing.opportunityId)
      const [theirs, nobodys] = [await get(path, as(v)), await get(unknown, as(v))]
      expect(theirs.status).toBe(404)
      expect(theirs.body).toEqual(nobodys.body)
    }
  })

  test('reports, searches and tables are each of one company', async () => {
    for (let loss = 0; loss < 3; loss += 1) await a.make.lost()
    const losses = async (key: string, company: string) => {
      const path = '/reports/lost-reasons'
      const { body } = await get<{ totals: { count: number } }>(path, as(key, company))
      return body.totals.count
    }
    expect(await losses(v, b.named.companyId)).toBe(1)
    expect(await losses(u, a.named.companyId)).toBe(4)
    for (const list of ['opportunities', 'contacts', 'quotations', 'products', 'users']) {
      const found = await get(`/${list}?q=Alborz&count=true`, as(v))
      expect(found.body, list).toMatchObject({ items: [], total: 0 })
    }
    const table = '/reports/quotations?groupBy=company&format=csv'
    expect((await get<string>(table, as(v))).body).not.toMatch(/Alborz/)
  })

  test('what one of them loses moves no chance of the other', async () => {
    const path = `/opportunities/${b.named.opportunityId}`
    const chance = async () => (await get<{ probability: object }>(path, as(v))).body.probability
    const before = await chance()
    for (let loss = 0; loss < 4; loss += 1) await a.make.lost()
    expect(await chance()).toEqual(before)
  })
})

describe('a delegate', () => {
  test('acts in each company with no more than both may do there', async () => {
    const { userId, companyId, contactId, quotationId } = b.named
    const delegate = await keyOf(server, server.userId, companyId, { delegate: true })
    const headers = { ...as(delegate), 'forsat-on-behalf-of': userId }
    const made = await server.done('POST', '/v1/quotations', { contactId }, headers)
    expect(await get(`/streams/quotation-${made.id}/events`, headers)).toMatchObject({
      body: { items: [{ onBehalfOf: `user:${userId}` }] },
    })
    const path = `/v1/quotations/${quotationId}/correct`
    const mended = { reason: 'Misread', customerReference: 'PO-2' }
    expect(await server.call('POST', path, mended, headers)).toMatchObject({ status: 403 })
    const foreign = { ...headers, 'forsat-on-behalf-of': a.named.userId }
    expect(await get(`/quotations/${quotationId}`, foreign)).toMatchObject({ status: 403 })
  })
})
