/**
 * Offers beyond the limits of a company: who asks, who decides, and who sends.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { keyOf } from './testing/company-records.ts'
import { address, item, type Quotation, rials } from './testing/offers.ts'
import { expectSameAfterReplay } from './testing/replay.ts'
import { type Served, serve } from './testing/served.ts'

interface Approved extends Quotation {
  readonly approval?: { readonly state: string }
}

let server: Served
let contactId: string
const people = { admin: '', boss: '', seller: '', colleague: '' }
type Person = keyof typeof people
const bearer = (person: Person) => ({ authorization: `Bearer ${people[person]}` })
const call = (person: Person, path: string, body: object = {}, method = 'POST') =>
  server.call<Approved>(method, `/v1${path}`, body, bearer(person))

beforeAll(async () => {
  server = await serve({ auth: 'keys' })
  const { companyId, userId } = server
  people.admin = await keyOf(server, userId, companyId)
  const hired = async (name: string, role: string) => {
    const body = { name, roles: [{ companyId, role }] }
    const { id } = await server.done('POST', '/v1/users', body, bearer('admin'))
    return keyOf(server, id, companyId)
  }
  people.boss = await hired('Nasrin', 'manager')
  people.seller = await hired('Sara', 'sales')
  people.colleague = await hired('Ali', 'sales')
  contactId = (await server.done('POST', '/v1/contacts', { name: 'Aftab' }, bearer('seller'))).id
  await call('seller', `/contacts/${contactId}/addresses`, address)
  const approval = { discountPercentAbove: '10', totalAbove: '1000000' }
  const path = `/companies/${companyId}/policies`
  expect(await call('admin', path, { approval }, 'PATCH')).toMatchObject({ status: 200 })
})
afterAll(async () => {
  await expectSameAfterReplay(server, bearer('admin'))
  await server[Symbol.asyncDispose]()
})

const drafted = async (...lines: readonly object[]) => {
  const { body } = await call('seller', '/quotations', { contactId, lines })
  return `/quotations/${body.id}`
}
const large = () => drafted(item(rials('1000001')))
const approve = (person: Person, path: string, decision: string, more: object = {}) =>
  call(person, `${path}/approval`, { decision, ...more })
const required = (limit: object) => ({ status: 409, body: { code: 'ApprovalRequired', limit } })
const tooLarge = required({ totalAbove: rials('1000000') })

describe('an offer', () => {
  test('within the limits is sent by anybody who sells', async () => {
    const path = await drafted(item(rials('1000000'), { discountPercent: '10' }))
    expect(await call('seller', `${path}/send`)).toMatchObject({ status: 200 })
  })

  test('beyond them is sent once somebody else has granted exactly that', async () => {
    const path = await large()
    expect(await call('seller', `${path}/send`)).toMatchObject(tooLarge)
    const note = 'An old customer'
    expect(await approve('seller', path, 'request', { note })).toMatchObject({
      status: 200,
      body: { approval: { state: 'requested', note, by: { kind: 'user', name: 'Sara' } } },
    })
    expect(await call('seller', `${path}/send`)).toMatchObject(tooLarge)
    const forbidden = { status: 403, body: { code: 'Forbidden' } }
    expect(await approve('seller', path, 'grant')).toMatchObject(forbidden)
    expect(await approve('colleague', path, 'refuse')).toMatchObject(forbidden)
    expect(await approve('boss', path, 'grant')).toMatchObject({
      status: 200,
      body: {
        approval: { state: 'granted', by: { name: 'Nasrin' }, requestedBy: { name: 'Sara' } },
      },
    })
    expect(await call('seller', `${path}/send`)).toMatchObject({
      status: 200,
      body: { status: 'sent' },
    })
  })

  test('is not approved by whoever asked, nor by whoever sends', async () => {
    const path = await large()
    await approve('boss', path, 'request')
    expect(await approve('boss', path, 'grant')).toMatchObject({
      status: 409,
      body: { code: 'ApprovalOwn' },
    })
    const other = await large()
    await approve('boss', other, 'grant')
    expect(await call('boss', `${other}/send`)).toMatchObject(tooLarge)
    expect(await call('colleague', `${other}/send`)).toMatchObject({ status: 200 })
  })

  test('that was changed since needs to be approved again', async () => {
    const path = await large()
    const { body } = await approve('boss', path, 'grant')
    const line = `${path}/lines/${body.lines[0]?.id}`
    expect(await call('seller', path, { terms: 'Net 30' }, 'PATCH')).toMatchObject({
      body: { approval: { state: 'granted' } },
    })
    const dearer = await call('seller', line, { discountPercent: '1' }, 'PATCH')
    expect(dearer.body).not.toHaveProperty('approval')
    await call('seller', line, { discountPercent: null }, 'PATCH')
    expect(await call('seller', `${path}/send`)).toMatchObject(tooLarge)
  })

  test('with a higher discount needs it too, also of an option', async () => {
    const path = await drafted(item(rials('500')))
    const option = item(rials('100'), { discountPercent: '10.5' })
    await call('seller', `${path}/options`, option)
    expect(await call('seller', `${path}/send`)).toMatchObject(
      required({ discountPercentAbove: '10' }),
    )
  })

  test('among several that are sent together is told alone', async () => {
    const [small, big] = [await drafted(item(rials('5'))), await large()]
    const ids = [small, big].map((path) => path.split('/').at(-1))
    expect(await call('seller', '/quotations/send', { ids })).toMatchObject({
      status: 200,
      body: { items: [{ ok: true }, { ok: false, code: 'ApprovalRequired' }] },
    })
  })

  test('is refused with a reason, which stands in its history', async () => {
    const path = await large()
    await approve('seller', path, 'request')
    await approve('boss', path, 'refuse', { note: 'Ten per cent at most' })
    expect(await approve('boss', path, 'refuse')).toMatchObject({
      status: 409,
      body: { code: 'ApprovalUnchanged', state: 'refused' },
    })
    const { items } = await server.done<{ items: readonly object[] }>(
      'GET',
      `/v1${path}/history`,
      undefined,
      bearer('seller'),
    )
    expect(items.slice(-2)).toMatchObject([
      { type: 'QuotationApprovalRequested', actor: { name: 'Sara' } },
      {
        type: 'QuotationApprovalRefused',
        actor: { name: 'Nasrin' },
        note: 'Ten per cent at most',
      },
    ])
  })
})
