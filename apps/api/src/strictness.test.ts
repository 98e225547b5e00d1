/**
 * What a request must be. Nothing is guessed at: whatever is unknown, doubled or of another type is
 * refused, by name, and leaves no trace.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Made, type Served, serve } from './testing/served.ts'

const unknownId = '01KDQ1A0M0TEAM000000000007'

let server: Served
let made: Made
let head: number
beforeAll(async () => {
  server = await serve()
  made = await server.done('POST', '/v1/opportunities', { title: 'Twelve desks' })
})
afterAll(() => server[Symbol.asyncDispose]())
beforeEach(async () => {
  head = await server.forsat.store.head()
})
afterEach(async () => {
  expect(await server.forsat.store.head()).toBe(head)
})

const refused = (status: number, code: string, pointer?: string) => ({
  status,
  body: {
    type: `urn:forsat:problem:${code}`,
    status,
    code,
    ...(pointer === undefined ? {} : { errors: [{ pointer }] }),
  },
})
const invalid = (pointer: string) => refused(400, 'InvalidRequest', pointer)
const post = (body: unknown, headers?: Record<string, string>) =>
  server.call('POST', '/v1/opportunities', body, headers)

describe('a body', () => {
  test.each([
    [{ title: 'Desks', nope: 1 }, '/nope'],
    [{}, '/title'],
    [{ title: null }, '/title'],
    [{ title: 35 }, '/title'],
    [{ title: ['Desks'] }, '/title'],
    [{ title: 'Desks', priority: '1' }, '/priority'],
    [{ title: 'Desks', priority: true }, '/priority'],
    [{ title: 'Desks', priority: 1.5 }, '/priority'],
    [{ title: 'Desks', tags: 'a,b' }, '/tags'],
    [{ title: 'Desks', tags: { 0: 'a' } }, '/tags'],
    [{ title: 'Desks', kind: 'Lead' }, '/kind'],
    [{ title: 'Desks', teamId: unknownId.toLowerCase() }, '/teamId'],
    [{ title: 'Desks', teamId: '81KDQ1A0M0TEAM000000000007' }, '/teamId'],
    [{ title: 'Desks', id: unknownId }, '/id'],
    [{ title: 'Desks', expectedCloseOn: '20260105' }, '/expectedCloseOn'],
    [{ title: 'Desks', expectedCloseOn: '2026-02-30' }, '/expectedCloseOn'],
    [{ title: 'Desks', expectedCloseOn: '2026-01-05T00:00:00Z' }, '/expectedCloseOn'],
    [{ title: 'Desks', expectedCloseOn: '1404-10-15' }, '/expectedCloseOn'],
    [
      { title: 'Desks', expectedRevenue: { amount: 5, currency: 'EUR' } },
      '/expectedRevenue/amount',
    ],
    [
      { title: 'Desks', expectedRevenue: { amount: '5.005', currency: 'EUR' } },
      '/expectedRevenue/amount',
    ],
    [
      { title: 'Desks', expectedRevenue: { amount: '5', currency: 'EUR', tax: 1 } },
      '/expectedRevenue/tax',
    ],
    [{ title: 'Desks', occurredAt: '2026-01-10' }, '/occurredAt'],
    [{ title: 'Desks', occurredAt: '2026-01-10T10:00:00' }, '/occurredAt'],
    [{ title: 'Desks', occurredAt: '1404-10-20T10:00:00Z' }, '/occurredAt'],
    [{ title: 'Desks', email: 'nobody' }, '/email'],
    [{ title: 'Desks', attributes: { 'a-b': 1 } }, '/attributes/a-b'],
    [{ title: 'De\tsks' }, '/title'],
    [{ title: '   ' }, '/title'],
    [{ title: 'x'.repeat(201) }, '/title'],
    ['{"title":"Desks","title":"Desks"}', '/title'],
    ['{"title":"Desks","attributes":{"a":1,"\\u0061":2}}', '/attributes/a'],
    ['{"title":"Desks","__proto__":{"kind":"lead"}}', '/__proto__'],
    ['{"title":"\\ud83d"}', '/title'],
    ['{"title":"De\\u0000sks"}', '/title'],
    ['{"title":"Desks"', ''],
    ['null', ''],
    ['[]', ''],
    ['"Desks"', ''],
    [Buffer.concat([Buffer.from('{"title":"'), Uint8Array.of(0xc3, 0x28), Buffer.from('"}')]), ''],
  ])('like %j is refused, pointing at %s', async (body, pointer) => {
    const answer = await post(body)
    expect(answer).toMatchObject(invalid(pointer))
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/)
  })

  test('before 1700 is taken for Jalali', async () => {
    const { body } = await post({ title: 'Desks', expectedCloseOn: '1404-10-15' })
    expect(JSON.stringify(body)).toMatch(/Jalali\? Send Gregorian/)
  })

  test.each([
    ['text/plain'],
    ['application/x-www-form-urlencoded'],
    ['application/json; charset=latin1'],
    ['multipart/form-data; boundary=x'],
  ])('of type %s is not taken', async (type) => {
    expect(await post('{"title":"Desks"}', { 'content-type': type })).toMatchObject(
      refused(415, 'UnsupportedMediaType'),
    )
  })

  test('that is compressed is not taken', async () => {
    expect(await post('{"title":"Desks"}', { 'content-encoding': 'gzip' })).toMatchObject(
      refused(415, 'UnsupportedMediaType'),
    )
  })

  test('has an end', async () => {
    expect(await post({ title: 'x'.repeat(300_000) })).toMatchObject({
      ...refused(413, 'PayloadTooLarge'),
      body: { limit: 262_144 },
    })
  })

  test('that is wrong in many ways is told some of them', async () => {
    const unknown = Array.from({ length: 5_000 }, (_, index) => [`key${index}`, 1] as const)
    const answer = await post({ title: 'Desks', ...Object.fromEntries(unknown) })
    expect(answer).toMatchObject(refused(400, 'InvalidRequest'))
    expect(answer.body).toHaveProperty('errors.length', 100)
  })

  test('clears only what may be empty', async () => {
    const path = `/v1/opportunities/${made.id}`
    expect(await server.call('PATCH', path, { title: null })).toMatchObject(invalid('/title'))
  })
})

describe('a list', () => {
  test.each(['1000000', '0', '-1', 'abc', '', '1e2', '0x10', '5.0'])(
    'is not read by limit=%s',
    async (limit) => {
      expect(await server.call('GET', `/v1/opportunities?limit=${limit}`)).toMatchObject({
        status: 400,
        body: { code: 'InvalidRequest', errors: [{ in: 'query', pointer: '/limit' }] },
      })
    },
  )

  test.each([
    ['sort=createdAt:asc,(CASE WHEN 1=1 THEN 1 ELSE abs(-9223372036854775808) END)', '/sort'],
    ['order=desc;DROP TABLE x', '/order'],
    ['filter[stage][$ne]=1', '/filter[stage][$ne]'],
    ['filter[__proto__][x]=1', '/filter[__proto__][x]'],
    ['__proto__=1', '/__proto__'],
    ['attributes.__proto__=1', '/attributes.__proto__'],
    ['nope=1', '/nope'],
    ['kind=lead&kind=opportunity', '/kind'],
    ['q=%ff', '/q'],
  ])('%s is refused', async (query, pointer) => {
    const answer = await server.call(
      'GET',
      `/v1/opportunities?${encodeURI(query).replace('%25ff', '%ff')}`,
    )
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ in: 'query', pointer }] } })
    expect(JSON.stringify(answer.body)).not.toMatch(/SELECT|sqlite/i)
  })
})

describe('an address', () => {
  test.each(['1', unknownId.toLowerCase(), 'undefined', `${unknownId}0`, '%00', "'"])(
    'with the id %s is refused',
    async (id) => {
      expect(await server.call('GET', `/v1/opportunities/${id}`)).toMatchObject({
        ...invalid('/id'),
        body: { errors: [{ in: 'path' }] },
      })
    },
  )

  test('of nothing is not found', async () => {
    expect(await server.call('GET', `/v1/opportunities/${unknownId}`)).toMatchObject(
      refused(404, 'NotFound'),
    )
    expect(await server.call('GET', '/v1/nowhere')).toMatchObject(refused(404, 'NotFound'))
    expect(await server.call('GET', '/nowhere?email=a@b.example')).toMatchObject(
      refused(404, 'NotFound'),
    )
  })

  test('that is no text is refused', async () => {
    expect(await server.call('GET', '/v1/opportunities/%ff')).toMatchObject({ status: 400 })
  })

  test('tells the methods it takes', async () => {
    const answer = await server.call('PUT', `/v1/opportunities/${made.id}`)
    expect(answer).toMatchObject(refused(405, 'MethodNotAllowed'))
    expect(answer.headers.get('allow')).toBe('DELETE, GET, HEAD, PATCH')
  })
})

describe('a header', () => {
  const path = () => `/v1/opportunities/${made.id}/notes`
  test.each([
    ['if-match', '3', '/if-match'],
    ['if-match', 'W/"3"', '/if-match'],
    ['if-match', '"three"', '/if-match'],
    ['idempotency-key', '', '/idempotency-key'],
    ['idempotency-key', 'x'.repeat(201), '/idempotency-key'],
    ['idempotency-key', 'a b', '/idempotency-key'],
    ['forsat-company', 'mine', '/forsat-company'],
    ['forsat-on-behalf-of', 'me', '/forsat-on-behalf-of'],
  ])('%s: %s is refused', async (name, value, pointer) => {
    const answer = await server.call('POST', path(), { text: 'Called' }, { [name]: value })
    expect(answer).toMatchObject({ ...invalid(pointer), body: { errors: [{ in: 'header' }] } })
  })

  test('that names a company nobody knows finds nothing', async () => {
    const headers = { 'forsat-company': unknownId }
    expect(await server.call('GET', '/v1/opportunities', undefined, headers)).toMatchObject(
      refused(404, 'NotFound'),
    )
  })
})

describe('a time', () => {
  test('to come has not happened', async () => {
    const occurredAt = '2026-03-01T08:00:00.001Z'
    expect(await post({ title: 'Desks', occurredAt })).toMatchObject(
      refused(400, 'OccurredInFuture'),
    )
  })
})

test('a problem speaks Persian to those who ask for it, and its code stays', async () => {
  const path = `/v1/opportunities/${made.id}/lose`
  const headers = { 'accept-language': 'fa-IR, en;q=0.5' }
  expect(await server.call('POST', path, {}, headers)).toMatchObject({
    body: { code: 'LostReasonMissing', detail: 'باخت باید دلیل داشته باشد.' },
  })
})
