/**
 * Templates over HTTP: what they hold, whose they are, and that a company may do without them.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Made, type Served, serve } from './testing/served.ts'

interface Template extends Made {
  readonly company?: string
  readonly lines: readonly { readonly id: string; readonly kind: string }[]
  readonly options: readonly { readonly id: string }[]
}

const rials = (amount: string) => ({ amount, currency: 'IRR' })
const desk = { kind: 'item', description: 'Desk', quantity: '12', unitPrice: rials('120000000') }
const cover = { description: 'Cover', unitPrice: rials('900000') }

let server: Served
beforeAll(async () => {
  server = await serve({ language: 'en' })
})
afterAll(() => server[Symbol.asyncDispose]())

const make = <Body = Template>(path: string, body: unknown, headers?: Record<string, string>) =>
  server.done<Body>('POST', `/v1${path}`, body, headers)
const patch = (id: string, body: unknown) =>
  server.call<Template>('PATCH', `/v1/templates/${id}`, body)
const wrongAt = (pointer: string) => ({
  status: 400,
  body: { code: 'InvalidRequest', errors: [{ pointer }] },
})

describe('a template', () => {
  test('begins offers: with lines, options, words and days of validity', async () => {
    const { id: productId } = await make('/products', { name: 'Chair' })
    const template = await make('/templates', {
      name: 'Whole office',
      validityDays: 15,
      terms: 'Without delivery.',
      lines: [{ kind: 'section', description: 'Furniture' }, desk, { productId, taxRate: null }],
      options: [{ ...cover, quantityEditable: true, minQuantity: '1', maxQuantity: '12' }],
    })
    expect(template).toMatchObject({
      company: server.companyId,
      validityDays: 15,
      lines: [{ kind: 'section' }, desk, { kind: 'item', productId, taxRate: null }],
      options: [{ kind: 'item', ...cover, quantityEditable: true, maxQuantity: '12' }],
    })
    expect(await server.read(`/v1/templates/${template.id}`)).toEqual(template)
  })

  test('keeps the ids of lines that stay, whatever becomes of the others', async () => {
    const { id, lines } = await make('/templates', { name: 'Two desks', lines: [desk, desk] })
    const [first, second] = lines
    const changed = await patch(id, {
      lines: [
        { ...desk, quantity: '3' },
        { ...desk, id: first?.id, quantity: '1' },
      ],
    })
    expect(changed).toMatchObject({
      status: 200,
      body: { revision: 1, lines: [{ quantity: '3' }, { id: first?.id, quantity: '1' }] },
    })
    const added = changed.body.lines[0]?.id
    expect([first?.id, second?.id]).not.toContain(added)
    const again = await patch(id, { lines: [{ ...desk, id: second?.id }] })
    expect(again).toMatchObject(wrongAt('/lines/0/id'))
    const twice = await patch(id, {
      lines: [
        { ...desk, id: first?.id },
        { ...desk, id: first?.id },
      ],
    })
    expect(twice).toMatchObject(wrongAt('/lines/1/id'))
  })

  test('goes on offering what is not sold any more where it stands, and nowhere else', async () => {
    const { id: productId } = await make('/products', { name: 'Lamp' })
    const { id, lines } = await make('/templates', { name: 'Lamps', lines: [{ productId }] })
    await make(`/products/${productId}/archive`, {})
    const stays = { id: lines[0]?.id, productId, quantity: '2' }
    expect(await patch(id, { lines: [stays] })).toMatchObject({ status: 200 })
    expect(await patch(id, { lines: [stays, { productId }] })).toMatchObject(
      wrongAt('/lines/1/productId'),
    )
  })

  test.each([
    [{ lines: [{ description: 'Desk' }] }, '/lines/0/unitPrice'],
    [{ lines: [{ unitPrice: rials('1') }] }, '/lines/0/description'],
    [{ lines: [{ ...desk, unitPrice: rials('1.5') }] }, '/lines/0/unitPrice/amount'],
    [{ lines: [{ productId: '01KDQ1A0M0PR0D00000000000A' }] }, '/lines/0/productId'],
    [{ lines: [{ kind: 'section', description: 'A', quantity: '1' }] }, '/lines/0/quantity'],
    [{ options: [{ ...cover, minQuantity: '1' }] }, '/options/0/minQuantity'],
    [
      { options: [{ ...cover, quantityEditable: true, minQuantity: '3', maxQuantity: '2.5' }] },
      '/options/0/maxQuantity',
    ],
    [
      { options: [{ ...cover, quantityEditable: true, quantity: '9', maxQuantity: '8' }] },
      '/options/0/quantity',
    ],
    [{ options: [{ kind: 'note', description: 'A' }] }, '/options/0/kind'],
    [{ validityDays: -1 }, '/validityDays'],
    [{ companyId: '01KDQ1A0M0C0MPANY000000006' }, '/companyId'],
  ])('with %j is refused', async (fields, pointer) => {
    const answer = await server.call('POST', '/v1/templates', { name: 'Wrong', ...fields })
    expect(answer).toMatchObject(wrongAt(pointer))
  })

  test('is known to another system by one id', async () => {
    const externalIds = [{ system: 'odoo', id: '17' }]
    const { id } = await make('/templates', { name: 'From there', externalIds })
    expect(await server.read('/v1/templates?externalId=odoo:17')).toMatchObject({ items: [{ id }] })
    expect(
      await server.call('POST', '/v1/templates', { name: 'Again', externalIds }),
    ).toMatchObject({ status: 409, body: { code: 'ExternalIdTaken', by: id } })
  })
})

describe('the usual template of a company', () => {
  const settle = (defaultTemplateId: string | null) =>
    server.call('PATCH', `/v1/companies/${server.companyId}`, { defaultTemplateId })

  test('is one that it may use, and is in use', async () => {
    const { id } = await make('/templates', { name: 'Usual' })
    expect(await settle(id)).toMatchObject({ status: 200, body: { defaultTemplateId: id } })
    expect(await settle('01KDQ1A0M0TEMP00000000000A')).toMatchObject(wrongAt('/defaultTemplateId'))
    const cleared = await settle(null)
    expect(cleared.body).not.toHaveProperty('defaultTemplateId')
    await make(`/templates/${id}/archive`, {})
    expect(await settle(id)).toMatchObject({ status: 409, body: { code: 'TemplateArchived' } })
  })
})

describe('a company without templates', () => {
  test('says of every route that they are off, and forgets none', async () => {
    const { id } = await make('/templates', { name: 'Kept' })
    const policies = `/v1/companies/${server.companyId}/policies`
    const off = { status: 409, body: { code: 'FeatureOff', feature: 'templates' } }
    await server.done('PATCH', policies, { features: { templates: false } })
    for (const [method, path, body] of [
      ['GET', '/templates', undefined],
      ['GET', `/templates/${id}`, undefined],
      ['POST', '/templates', { name: 'New' }],
      ['PATCH', `/templates/${id}`, { name: 'Other' }],
      ['POST', `/templates/${id}/archive`, {}],
      ['DELETE', `/templates/${id}`, {}],
    ] as const) {
      expect(await server.call(method, `/v1${path}`, body)).toMatchObject(off)
    }
    await server.done('PATCH', policies, { features: { templates: true } })
    expect(await server.read(`/v1/templates/${id}`)).toMatchObject({ id, revision: 0 })
  })
})

describe('templates of two companies (O18)', () => {
  let other: string
  const inB = () => ({ 'forsat-company': other })
  const inA = () => ({ 'forsat-company': server.companyId })
  const namesIn = async (headers: Record<string, string>) => {
    const { body } = await server.call<{ items: { name: string }[] }>(
      'GET',
      '/v1/templates?q=O18&archived=false',
      undefined,
      headers,
    )
    return body.items.map(({ name }) => name)
  }
  beforeAll(async () => {
    other = (await make('/companies', { name: 'Aftab Europe', currency: 'EUR' })).id
  })

  test('are its own and the shared ones (b)', async () => {
    const ofA = await make('/templates', { name: 'O18 of A', companyId: server.companyId })
    const shared = await make('/templates', { name: 'O18 shared', companyId: null })
    expect(ofA).toMatchObject({ company: server.companyId })
    expect(shared).not.toHaveProperty('company')
    expect(await namesIn(inA())).toEqual(['O18 of A', 'O18 shared'])
    expect(await namesIn(inB())).toEqual(['O18 shared'])
    const foreign = await server.call('GET', `/v1/templates/${ofA.id}`, undefined, inB())
    expect(foreign).toMatchObject({ status: 404, body: { code: 'NotFound' } })
    const revised = await server.call('PATCH', `/v1/templates/${ofA.id}`, { name: 'B' }, inB())
    expect(revised).toMatchObject({ status: 404, body: { code: 'NotFound' } })
    const company = `/v1/companies/${other}`
    expect(await server.call('PATCH', company, { defaultTemplateId: ofA.id })).toMatchObject(
      wrongAt('/defaultTemplateId'),
    )
    expect(await server.done('PATCH', company, { defaultTemplateId: shared.id })).toMatchObject({
      defaultTemplateId: shared.id,
    })
  })

  test('belong to the company that is acted for, to all where none is named', async () => {
    expect(await make('/templates', { name: 'Here' }, inB())).toMatchObject({ company: other })
    expect(await make('/templates', { name: 'Everywhere' })).not.toHaveProperty('company')
    const { id: productId } = await make('/products', { name: 'Shelf' })
    const lines = [{ productId }]
    expect(await make('/templates', { name: 'Shelves', lines })).toMatchObject({
      company: server.companyId,
    })
    expect(
      await server.call('POST', '/v1/templates', { name: 'Shelves', lines, companyId: null }),
    ).toMatchObject(wrongAt('/lines/0/productId'))
  })

  test('that are shared are changed by those who manage all companies', async () => {
    const { id } = await make('/templates', { name: 'O18 of all', companyId: null })
    const actor = 'user:01KDQ1A0M0VSER00000000000A'
    const manages = { company: other, companies: [other], manages: [other], actor }
    const revise = { type: 'ReviseTemplate', data: { id, name: 'Mine' } } as const
    expect(await server.forsat.execute(revise, manages)).toMatchObject({
      left: { type: 'Forbidden' },
    })
    const create = { type: 'CreateTemplate', data: { name: 'All', companyId: null } } as const
    expect(await server.forsat.execute(create, manages)).toMatchObject({
      left: { type: 'Forbidden' },
    })
    const both = [server.companyId, other]
    const everywhere = { ...manages, companies: both, manages: both }
    expect(await server.forsat.execute(revise, everywhere)).toMatchObject({ right: { id } })
  })
})
