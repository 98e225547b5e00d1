/**
 * Who may do what: keys, roles, companies that must not learn of each other, and acting for others.
 */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { hashOfKey, issueApiKey, openForsat } from '@forsat/application'
import { placeForTests } from '@forsat/event-store/eventstoredb/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Made, type Served, serve } from './testing/served.ts'

type Role = 'admin' | 'manager' | 'sales' | 'analyst' | 'auditor'

let server: Served
let admin: string
/** A key of each role in the first company. */
const keys = new Map<Role, string>()
let abroad: { readonly id: string; readonly key: string }

const bearer = (key: string, more: Record<string, string> = {}) => ({
  authorization: `Bearer ${key}`,
  ...more,
})
const issue = async (userId: string, options: { readonly delegate?: boolean } = {}) => {
  const context = { company: server.companyId, actor: 'system:test' }
  const issued = await issueApiKey(server.forsat, { userId, name: 'Test', ...options }, context)
  if (issued._tag === 'Left') throw new Error(issued.left.type)
  await server.forsat.settle()
  return issued.right
}
const registered = (role: Role, companyId: string, headers: Record<string, string>) =>
  server.done('POST', '/v1/users', { name: `A ${role}`, roles: [{ companyId, role }] }, headers)
const get = (path: string, headers?: Record<string, string>) =>
  server.call('GET', path, undefined, headers)

beforeAll(async () => {
  server = await serve({ auth: 'keys', language: 'en' })
  admin = (await issue(server.userId)).key
  keys.set('admin', admin)
  for (const role of ['manager', 'sales', 'analyst', 'auditor'] as const) {
    const user = await registered(role, server.companyId, bearer(admin))
    keys.set(role, (await issue(user.id)).key)
  }
  const company = await server.done('POST', '/v1/companies', { name: 'Abroad' }, bearer(admin))
  const there = bearer(admin, { 'forsat-company': company.id })
  const seller = await registered('sales', company.id, there)
  abroad = { id: company.id, key: (await issue(seller.id)).key }
})
afterAll(() => server[Symbol.asyncDispose]())

describe('a caller', () => {
  test.each([
    [undefined],
    ['Bearer'],
    ['Bearer forsat_unknown'],
    ['Basic Zm9vOmJhcg=='],
    ['Bearer a b'],
  ])('with %s is nobody', async (authorization) => {
    const answer = await get('/v1/opportunities', authorization ? { authorization } : {})
    expect(answer).toMatchObject({ status: 401, body: { code: 'Unauthenticated' } })
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/)
  })

  test('is nobody before anything else is wrong', async () => {
    expect(await get('/v1/opportunities/nonsense?nope=1')).toMatchObject({ status: 401 })
  })

  test('is nobody any more once the key is revoked', async () => {
    const { id, key } = await issue(server.userId)
    expect((await get('/v1/stages', bearer(key))).status).toBe(200)
    const context = { company: server.companyId, actor: 'system:test' }
    await server.forsat.execute({ type: 'RevokeApiKey', data: { id } }, context)
    await server.forsat.settle()
    expect((await get('/v1/stages', bearer(key))).status).toBe(401)
  })

  test('is nobody at once, also where another process has revoked the key or sent the user away', async () => {
    const { clock } = server.forsat
    const place = await placeForTests(server.folder, clock)
    await using elsewhere = await openForsat({ ...place, clock })
    const context = { company: server.companyId, actor: 'system:test' }
    const { id, key } = await issue(server.userId)
    const seller = await registered('sales', server.companyId, bearer(admin))
    const [first, second] = [await issue(seller.id), await issue(seller.id)]
    const ask = (secret: string, method = 'GET') =>
      server.call(
        method,
        '/v1/contacts',
        method === 'GET' ? undefined : { name: 'A' },
        bearer(secret),
      )
    for (const each of [key, first.key, second.key]) expect((await ask(each)).status).toBe(200)

    const revoke = { type: 'RevokeApiKey', data: { id } } as const
    await elsewhere.execute(revoke, context)
    expect((await ask(key)).status).toBe(401)
    const role = { id: seller.id, companyId: server.companyId, role: 'sales' } as const
    await elsewhere.execute({ type: 'GrantRole', data: { ...role, role: 'analyst' } }, context)
    await elsewhere.execute({ type: 'RevokeRole', data: role }, context)
    expect((await ask(first.key, 'POST')).status).toBe(403)
    await elsewhere.execute({ type: 'DeactivateUser', data: { id: seller.id } }, context)
    expect((await ask(second.key)).status).toBe(401)
  })

  test('has a key of which the store keeps nothing but the hash', async () => {
    const { key } = await issue(server.userId)
    const secret = key.slice('forsat_'.length)
    const files = await readdir(server.folder, { recursive: true, withFileTypes: true })
    const kept = await Promise.all(
      files
        .filter((file) => file.isFile())
        .map((file) => readFile(join(file.parentPath, file.name))),
    )
    expect(kept.some((bytes) => bytes.includes(hashOfKey(key)))).toBe(true)
    expect(kept.some((bytes) => bytes.includes(secret))).toBe(false)
    const told = await get('/v1/events?type=ApiKeyIssued&limit=200', bearer(admin))
    expect(JSON.stringify(told.body)).not.toContain(secret)
  })

  test('is recorded as the user whose key it is', async () => {
    const headers = bearer(keys.get('sales') ?? '')
    const { id } = await server.done('POST', '/v1/opportunities', { title: 'Desks' }, headers)
    expect(await get(`/v1/streams/opportunity-${id}/events`, headers)).toMatchObject({
      body: { items: [{ actor: { kind: 'user', name: 'A sales' } }] },
    })
  })
})

describe('a role', () => {
  const works = async (role: Role, method: string, path: string, body: object) => {
    const { status } = await server.call(method, path, body, bearer(keys.get(role) ?? ''))
    return status !== 403
  }
  test.each([
    ['POST', '/v1/opportunities', { title: 'Desks' }, ['admin', 'manager', 'sales']],
    ['POST', '/v1/contacts', { name: 'Aftab' }, ['admin', 'manager', 'sales']],
    ['POST', '/v1/lost-reasons', { name: 'Too late' }, ['admin', 'manager']],
    ['POST', '/v1/products', { name: 'Desk' }, ['admin', 'manager']],
    ['POST', '/v1/templates', { name: 'Office' }, ['admin', 'manager']],
    ['POST', '/v1/users', { name: 'Someone' }, ['admin']],
    ['POST', '/v1/projections/nothing/rebuild', {}, ['admin']],
  ] as const)('may %s %s as far as it goes', async (method, path, body, may) => {
    const roles = ['admin', 'manager', 'sales', 'analyst', 'auditor'] as const
    const allowed: Role[] = []
    for (const role of roles) if (await works(role, method, path, body)) allowed.push(role)
    expect(allowed).toEqual(may)
  })

  test('of any kind may read', async () => {
    for (const key of keys.values()) {
      expect((await get('/v1/reports/win-rate', bearer(key))).status).toBe(200)
    }
  })

  test('can only be given by those who have it to give', async () => {
    const { id } = await registered('sales', server.companyId, bearer(admin))
    const roles = [{ companyId: '01KDQ1A0M0C0MPANY000000006', role: 'admin' }]
    expect(await server.call('PATCH', `/v1/users/${id}`, { roles }, bearer(admin))).toMatchObject({
      status: 403,
    })
    const manager = [{ companyId: server.companyId, role: 'manager' }]
    expect(
      await server.done('PATCH', `/v1/users/${id}`, { roles: manager }, bearer(admin)),
    ).toMatchObject({ roles: manager })
  })
})

describe('two companies', () => {
  test('do not learn of each other', async () => {
    const there = bearer(abroad.key)
    const here = bearer(keys.get('sales') ?? '')
    const { id } = await server.done('POST', '/v1/opportunities', { title: 'Secret' }, here)
    const paths = [`/v1/opportunities/${id}`, `/v1/opportunities/${id}/history`]
    for (const path of paths) {
      expect(await get(path, here)).toMatchObject({ status: 200 })
      expect(await get(path, there)).toMatchObject({ status: 404, body: { code: 'NotFound' } })
    }
    expect(await server.call('POST', `/v1/opportunities/${id}/win`, {}, there)).toMatchObject({
      status: 404,
    })
    expect(await get('/v1/opportunities?q=Secret', there)).toMatchObject({ body: { items: [] } })
    const stream = `/v1/streams/opportunity-${id}/events`
    expect(await get(stream, there)).toMatchObject({ status: 404, body: { code: 'NotFound' } })
    expect(await get(`${stream}?after=999999999`, here)).toMatchObject({ body: { items: [] } })
    expect(await get(`/v1/companies/${server.companyId}`, there)).toMatchObject({ status: 404 })
    const borrowed = bearer(abroad.key, { 'forsat-company': server.companyId })
    expect(await get('/v1/opportunities', borrowed)).toMatchObject({ status: 404 })
  })

  test('are both at hand to who has a role in both', async () => {
    const there = bearer(admin, { 'forsat-company': abroad.id })
    const made = await server.done<Made & { company: string }>(
      'POST',
      '/v1/opportunities',
      { title: 'Abroad' },
      there,
    )
    expect(made.company).toBe(abroad.id)
    expect((await get(`/v1/opportunities/${made.id}`, bearer(admin))).status).toBe(200)
    const here = bearer(admin, { 'forsat-company': server.companyId })
    expect((await get(`/v1/opportunities/${made.id}`, here)).status).toBe(404)
  })

  test('lend no role to each other', async () => {
    const user = await registered('admin', server.companyId, bearer(admin))
    const roles = [{ companyId: abroad.id, role: 'sales' }]
    const context = { company: server.companyId, actor: 'system:test' }
    await server.forsat.executeUnchecked(
      { type: 'GrantRole', data: { id: user.id, ...roles[0] } },
      context,
    )
    const { key } = await issue(user.id)
    const path = `/v1/companies/${abroad.id}`
    expect((await get(path, bearer(key))).status).toBe(200)
    expect(await server.call('PATCH', path, { name: 'Taken' }, bearer(key))).toMatchObject({
      status: 404,
    })
  })
})

describe('a delegate', () => {
  test('acts for a user, with no more than both may do', async () => {
    const delegate = await issue(server.userId, { delegate: true })
    const seller = await registered('sales', server.companyId, bearer(admin))
    const headers = bearer(delegate.key, { 'forsat-on-behalf-of': seller.id })
    const { id } = await server.done('POST', '/v1/opportunities', { title: 'Desks' }, headers)
    expect(await get(`/v1/streams/opportunity-${id}/events`, headers)).toMatchObject({
      body: { items: [{ onBehalfOf: `user:${seller.id}` }] },
    })
    expect(await server.call('POST', '/v1/stages', { name: 'New' }, headers)).toMatchObject({
      status: 403,
    })
  })

  test('acts for nobody of another company, and for nobody who has left', async () => {
    const delegate = await issue(server.userId, { delegate: true })
    const company = await server.done('POST', '/v1/companies', { name: 'Far' }, bearer(admin))
    const there = bearer(admin, { 'forsat-company': company.id })
    const stranger = await registered('sales', company.id, there)
    const left = await registered('sales', server.companyId, bearer(admin))
    await server.done('POST', `/v1/users/${left.id}/archive`, {}, bearer(admin))
    const here = { 'forsat-company': server.companyId }
    for (const other of [stranger.id, left.id, '01KDQ1A0M0ASEER00000000002']) {
      const headers = bearer(delegate.key, { ...here, 'forsat-on-behalf-of': other })
      expect(await get('/v1/opportunities', headers)).toMatchObject({
        status: 403,
        body: { code: 'Forbidden' },
      })
    }
  })

  test('must be named one', async () => {
    const headers = bearer(admin, { 'forsat-on-behalf-of': server.userId })
    expect(await get('/v1/opportunities', headers)).toMatchObject({ status: 403 })
  })
})

test('each key has its own measure of requests, however its scheme is written', async () => {
  const busy = await serve({ requestsPerMinute: 4, auth: 'keys' })
  const keyOf = async () => {
    const context = { company: busy.companyId, actor: 'system:test' }
    const issued = await issueApiKey(busy.forsat, { userId: busy.userId, name: 'Busy' }, context)
    await busy.forsat.settle()
    return issued._tag === 'Right' ? issued.right.key : ''
  }
  const [one, other] = [await keyOf(), await keyOf()]
  const ask = async (authorization: string) =>
    (await busy.call('GET', '/v1/stages', undefined, { authorization })).status
  const schemes = ['Bearer', 'bearer', 'BEARER', 'bEARER', 'beARER']
  const asked: number[] = []
  for (const scheme of schemes) asked.push(await ask(`${scheme} ${one}`))
  expect(asked).toEqual([200, 200, 200, 200, 429])
  expect(await ask(`Bearer ${other}`)).toBe(200)
  await busy[Symbol.asyncDispose]()
})

test('whoever asks too often is told to wait', async () => {
  const busy = await serve({ requestsPerMinute: 5 })
  for (let asked = 0; asked < 5; asked += 1) await busy.call('GET', '/v1/stages')
  const answer = await busy.call('GET', '/v1/stages')
  expect(answer).toMatchObject({ status: 429, body: { code: 'TooManyRequests' } })
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  await busy[Symbol.asyncDispose]()
})
