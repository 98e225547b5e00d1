/**
 * Every command of the server, sent again with its idempotency key: at once, after a restart, and as
 * something else.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Company, twoCompanies } from './testing/company-records.ts'
import { letterBox } from './testing/letter-box.ts'
import { item, rials } from './testing/offers.ts'
import { bodyFor, filled, pathFor, rows } from './testing/route-rows.ts'
import { type KnownRoute, type Made, type Served, serve } from './testing/served.ts'

interface Sent {
  readonly route: string
  readonly method: string
  readonly url: string
  readonly body: object
  readonly headers: Readonly<Record<string, string>>
}
interface Heard {
  readonly status: number
  readonly location: string | null
  readonly body: unknown
}

let server: Served
let company: Company
beforeAll(async () => {
  server = await serve({ auth: 'keys', mailer: letterBox() })
  company = (await twoCompanies(server)).here
})
afterAll(() => server[Symbol.asyncDispose]())

const head = () => server.forsat.store.head()
const rowOf = ({ method, url }: Pick<KnownRoute, 'method' | 'url'>) => {
  const row = rows[`${method} ${url}`]
  if (row === undefined) throw new Error(`${method} ${url} has no row`)
  return row
}

/** All commands that there are, those last that leave nothing behind them. */
const commands = () =>
  server.routes
    .filter(({ method }) => method !== 'GET' && method !== 'HEAD')
    .filter((route) => rowOf(route).unremembered === undefined)
    .toSorted((a, b) => Number(rowOf(a).endsAll ?? 0) - Number(rowOf(b).endsAll ?? 0))

const sentFor = async ({ method, url }: KnownRoute): Promise<Sent> => {
  const row = rowOf({ method, url })
  const route = `${method} ${url}`
  return {
    route,
    method,
    url: filled(url, await pathFor(row, company)),
    body: (await bodyFor(row, company)) ?? {},
    headers: {
      authorization: `Bearer ${company.keys.admin}`,
      'idempotency-key': route.replaceAll(' ', '-'),
    },
  }
}

const send = async ({ method, url, body, headers }: Sent): Promise<Heard> => {
  const answer = await server.call(method, url, body, headers)
  return { status: answer.status, location: answer.headers.get('location'), body: answer.body }
}

/** What makes another request of it. Customers do not say when: they say something else. */
const otherwise = ({ url }: Sent): object | undefined => {
  if (/\/options\/\w+\/accept$/.test(url)) return { quantity: '4' }
  if (url.endsWith('/accept')) return { name: 'Somebody else' }
  if (url.endsWith('/questions')) return { text: 'Something else' }
  // Nothing is said there but what the address says.
  if (/^\/v1\/public\/.*\/options\/\w+\/decline$/.test(url)) return undefined
  if (url.startsWith('/v1/public/')) return { reason: 'Something else' }
  return { occurredAt: '2026-03-01T07:59:59.000Z' }
}

test('every command is carried out once, however often it is sent with its key', async () => {
  const first: (readonly [Sent, Heard])[] = []
  for (const route of commands()) {
    const sent = await sentFor(route)
    const heard = await send(sent)
    expect.soft(heard.status, `${sent.route}: ${JSON.stringify(heard.body)}`).toBeLessThan(300)
    const before = await head()
    expect.soft(await send(sent), `${sent.route} again`).toEqual(heard)
    expect.soft(await head(), `${sent.route} again`).toBe(before)
    first.push([sent, heard])
  }
  expect(first.length).toBeGreaterThan(50)

  await server.restart()
  const before = await head()
  for (const [sent, { status, location, body }] of first) {
    const again = await send(sent)
    const { id } = body as Partial<Made>
    expect
      .soft({ ...again, body: { id: (again.body as Partial<Made>).id } }, sent.route)
      .toEqual({ status, location, body: { id } })
  }
  for (const [sent] of first) {
    const other = otherwise(sent)
    if (other === undefined) continue
    const misused = await send({ ...sent, body: { ...sent.body, ...other } })
    expect
      .soft(misused, `${sent.route} with another body`)
      .toMatchObject({ status: 422, body: { code: 'IdempotencyKeyReused' } })
  }
  expect(await head()).toBe(before)
})

describe('a key', () => {
  const post = (path: string, body: object, key?: string, bearer = company.keys.admin) =>
    server.call<Made>('POST', `/v1${path}`, body, {
      authorization: `Bearer ${bearer}`,
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    })
  const lines = [item(rials('5'))]
  const misused = { status: 422, body: { code: 'IdempotencyKeyReused' } }

  test('is not used up by a refusal', async () => {
    const { contactId } = company.named
    const { body } = await post('/quotations', { contactId })
    const path = `/quotations/${body.id}`
    const refused = await post(`${path}/send`, {}, 'once')
    expect(refused).toMatchObject({ status: 409, body: { code: 'QuotationEmpty' } })
    await post(`${path}/lines`, item(rials('5')))
    const sent = await post(`${path}/send`, {}, 'once')
    expect(sent).toMatchObject({ status: 200, body: { status: 'sent' } })
    expect(await post(`${path}/send`, {}, 'once')).toMatchObject({ status: 200, body: sent.body })
  })

  test('of a lead stands for its contact too, which is made once', async () => {
    const lead = { title: 'Desks', kind: 'lead', contactName: 'Sara', email: 's@lead.example' }
    const { body } = await post('/opportunities', lead)
    const path = `/opportunities/${body.id}/qualify`
    const qualified = await post(path, { createContact: true }, 'qualify')
    const before = await head()
    expect(await post(path, { createContact: true }, 'qualify')).toMatchObject({
      status: 200,
      body: qualified.body,
    })
    expect(await head()).toBe(before)
  })

  test('of several records is misused by one record more, and nothing comes of that', async () => {
    const { contactId } = company.named
    const one = await post('/quotations', { contactId, lines })
    const two = await post('/quotations', { contactId, lines })
    const [first, second] = [one.body.id, two.body.id]
    expect(await post('/quotations/send', { ids: [first] }, 'send')).toMatchObject({ status: 200 })
    const before = await head()
    expect(await post('/quotations/send', { ids: [first, second] }, 'send')).toMatchObject(misused)
    expect(await head()).toBe(before)
  })

  test('of a merge is misused by another opportunity', async () => {
    const [into, one, two] = [
      await company.make.opportunity(),
      await company.make.opportunity(),
      await company.make.opportunity(),
    ]
    const path = `/opportunities/${into['id']}/merge`
    expect(await post(path, { from: [one['id']] }, 'merge')).toMatchObject({ status: 200 })
    const before = await head()
    const more = { from: [one['id'], two['id']] }
    expect(await post(path, more, 'merge')).toMatchObject(misused)
    expect(await head()).toBe(before)
  })

  test('belongs to the caller who made it up', async () => {
    const { contactId } = company.named
    const mine = await post('/quotations', { contactId }, 'shared')
    const theirs = await post('/quotations', { contactId }, 'shared', company.keys.sales)
    expect(theirs.status).toBe(201)
    expect(theirs.body.id).not.toBe(mine.body.id)
  })
})
