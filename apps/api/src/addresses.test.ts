/**
 * Where an offer is written to, over HTTP: found by one rule (O16), fixed once it was sent (O17), and
 * after a replay from the log every answer is the same.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { expectSameAfterReplay } from './testing/replay.ts'
import { type Made, type Served, serve } from './testing/served.ts'

interface Text {
  readonly street: string
  readonly city: string
}
interface Quotation extends Made {
  readonly number: string
  readonly status: string
  readonly lines: readonly { readonly id: string }[]
  readonly totals: { readonly total: object }
  readonly customer?: { readonly name: string; readonly identifiers?: readonly object[] }
  readonly invoiceAddress?: Text
  readonly deliveryAddress?: Text
  readonly addresses?: { readonly changed: boolean; readonly invoice?: Text }
}
interface Change {
  readonly field: string
  readonly from?: unknown
  readonly to?: unknown
}

let server: Served
beforeAll(async () => {
  server = await serve()
})
afterAll(async () => {
  await expectSameAfterReplay(server)
  await server[Symbol.asyncDispose]()
})

const post = <Body = Quotation>(path: string, body: object = {}) =>
  server.done<Body>('POST', `/v1${path}`, body)
const patch = <Body = Quotation>(path: string, body: object) =>
  server.done<Body>('PATCH', `/v1${path}`, body)
const contact = async (name: string, more: object = {}) =>
  (await post('/contacts', { name, ...more })).id
const address = async (contactId: string, street: string, more: object = {}) =>
  (await post(`/contacts/${contactId}/addresses`, { street, city: 'تهران', ...more })).id
const put = (contactId: string, addressId: string) =>
  server.done('DELETE', `/v1/contacts/${contactId}/addresses/${addressId}`)

const desk = { description: 'میز', quantity: '2', unitPrice: { amount: '400', currency: 'IRR' } }
const drafted = (contactId: string, more: object = {}) =>
  post('/quotations', { contactId, lines: [desk], ...more })
const sent = async (contactId: string, more: object = {}) => {
  const { id } = await drafted(contactId, more)
  return post(`/quotations/${id}/send`)
}
const confirmed = async (contactId: string) => {
  const { id, totals } = await sent(contactId)
  return post(`/quotations/${id}/confirm`, { version: 1, total: totals.total })
}
const shown = (id: string, query = '') => server.read<Quotation>(`/v1/quotations/${id}${query}`)
const written = ({ invoiceAddress, deliveryAddress }: Quotation) => [
  invoiceAddress?.street,
  deliveryAddress?.street,
]

describe('O16 where an offer is written to', () => {
  let alborz: string
  let d2: string
  beforeEach(async () => {
    alborz = await contact('البرز', {
      isCompany: true,
      identifiers: [{ kind: 'economicCode', value: '411111111111' }],
    })
    await address(alborz, 'office')
    await put(alborz, await address(alborz, 'D1', { kind: 'delivery' }))
    d2 = await address(alborz, 'D2', { kind: 'delivery' })
  })

  test('a, b) the company and whoever works there without an address of their own', async () => {
    const parvin = await contact('پروین', { parentId: alborz })
    for (const customer of [alborz, parvin]) {
      expect(written(await drafted(customer))).toEqual(['office', 'D2'])
      expect(written(await sent(customer))).toEqual(['office', 'D2'])
    }
    const [ofCompany, ofPerson] = [await sent(alborz), await sent(parvin)]
    expect(ofPerson.customer).toMatchObject({ name: 'پروین' })
    expect(ofPerson.customer?.identifiers).toEqual(ofCompany.customer?.identifiers)
  })

  test('c) a sub-company is a customer of its own', async () => {
    const north = await contact('البرز شمال', { isCompany: true, parentId: alborz })
    await address(north, 'north office')
    await address(north, 'north invoices', { kind: 'invoice' })
    expect(written(await sent(north))).toEqual(['north invoices', 'north office'])
    expect(written(await sent(alborz))).toEqual(['office', 'D2'])
    expect((await sent(north)).customer).toEqual({ name: 'البرز شمال' })
  })

  test('d, e) an archived address is neither found nor chosen', async () => {
    await put(alborz, d2)
    expect(written(await sent(alborz))).toEqual(['office', 'office'])
    const chosen = { contactId: alborz, lines: [desk], deliveryAddressId: d2 }
    expect(await server.call('POST', '/v1/quotations', chosen)).toMatchObject({
      status: 400,
      body: { code: 'InvalidRequest', errors: [{ pointer: '/deliveryAddressId' }] },
    })
  })

  test('f) without one a draft is written but not sent, and the kind is named', async () => {
    const stranger = await contact('رهگذر')
    const { id } = await drafted(stranger)
    const send = () => server.call('POST', `/v1/quotations/${id}/send`, {})
    const missing = (kind: string) => ({ status: 409, body: { code: 'AddressMissing', kind } })
    expect(await send()).toMatchObject(missing('invoice'))
    await address(stranger, 'till', { kind: 'invoice' })
    expect(await send()).toMatchObject(missing('delivery'))
    await address(stranger, 'yard', { kind: 'delivery' })
    expect(await send()).toMatchObject({ status: 200, body: { status: 'sent' } })
  })

  test('g) of two the marked one, else the older one', async () => {
    const d3 = await address(alborz, 'D3', { kind: 'delivery' })
    expect(written(await sent(alborz))).toEqual(['office', 'D2'])
    await server.done('PUT', `/v1/contacts/${alborz}/addresses/${d3}/preferred`, {})
    expect(written(await sent(alborz))).toEqual(['office', 'D3'])
    await put(alborz, d3)
    expect(written(await sent(alborz))).toEqual(['office', 'D2'])
  })

  test('may be chosen among all of the customer, and of nobody else', async () => {
    const depot = await contact('انبار', { parentId: alborz })
    const yard = await address(depot, 'yard', { kind: 'other' })
    expect(written(await sent(alborz, { deliveryAddressId: yard }))).toEqual(['office', 'yard'])
    const north = await contact('البرز شمال', { isCompany: true, parentId: alborz })
    const foreign = await address(north, 'north')
    const { id } = await drafted(alborz)
    const choose = { invoiceAddressId: foreign }
    expect(await server.call('PATCH', `/v1/quotations/${id}`, choose)).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/invoiceAddressId' }] },
    })
    expect(written(await patch(`/quotations/${id}`, { deliveryAddressId: yard }))).toEqual([
      'office',
      'yard',
    ])
    expect(written(await patch(`/quotations/${id}`, { deliveryAddressId: null }))).toEqual([
      'office',
      'D2',
    ])
  })

  test('another customer has others, and the answer lists what changed', async () => {
    const reza = await contact('رضا')
    await address(reza, 'home')
    const { id, lines, totals } = await drafted(alborz)
    const changed = await patch<Quotation & { readonly changes: readonly Change[] }>(
      `/quotations/${id}`,
      { contactId: reza },
    )
    expect(changed).toMatchObject({ customer: { name: 'رضا' }, lines, totals })
    expect(written(changed)).toEqual(['home', 'home'])
    expect(changed.changes).toMatchObject([
      { field: 'contactId', from: alborz, to: reza },
      { field: 'customer', from: { name: 'البرز' }, to: { name: 'رضا' } },
      { field: 'deliveryAddress', from: { street: 'D2' }, to: { street: 'home' } },
      { field: 'invoiceAddress', from: { street: 'office' }, to: { street: 'home' } },
    ])
    expect(await shown(id)).not.toHaveProperty('changes')
    const nobody = await contact('هیچ‌کس')
    expect(written(await patch(`/quotations/${id}`, { contactId: nobody }))).toEqual([
      undefined,
      undefined,
    ])
  })
})

describe('O17 an address that is changed afterwards', () => {
  const tehran = { street: 'خیابان ولیعصر ۳۰۰', city: 'تهران' }
  const shiraz = { street: 'بلوار چمران ۱۵۰', city: 'شیراز' }
  const taxed = (value: string) => ({ identifiers: [{ kind: 'economicCode', value }] })
  let customer: string
  let invoices: string
  beforeEach(async () => {
    customer = await contact('آفتاب', { isCompany: true, ...taxed('411111111111') })
    await address(customer, 'انبار', { kind: 'delivery' })
    invoices = await address(customer, tehran.street, { kind: 'invoice' })
  })
  const move = () => patch(`/contacts/${customer}/addresses/${invoices}`, shiraz)
  const rename = () =>
    patch(`/contacts/${customer}`, { name: 'آفتاب شرق', ...taxed('422222222222') })

  test('a, b, e) leaves what was sent as it was, and is on what is new', async () => {
    const order = await confirmed(customer)
    const offer = await sent(customer)
    const head = await server.forsat.store.head()
    await move()
    await rename()
    for (const { id } of [order, offer]) {
      const now = await shown(id)
      expect(now.invoiceAddress).toEqual(tehran)
      expect(now.customer).toEqual({ name: 'آفتاب', ...taxed('411111111111') })
      expect((await shown(id, `?atPosition=${head}`)).invoiceAddress).toEqual(tehran)
    }
    for (const { id } of [order, offer]) {
      const page = await (await fetch(`${server.base}/v1/quotations/${id}/document`)).text()
      expect(page).toContain(tehran.street)
      expect(page).toContain('411111111111')
      expect(page).not.toContain(shiraz.street)
    }
    const fresh = await drafted(customer)
    expect(fresh.invoiceAddress).toEqual(shiraz)
    expect(fresh.customer).toEqual({ name: 'آفتاب شرق', ...taxed('422222222222') })
    expect(fresh.addresses).toMatchObject({ invoice: shiraz, changed: false })
  })

  test('c) is offered to a draft, which takes it over by an act of its own', async () => {
    const { id } = await drafted(customer)
    const other = await drafted(customer)
    await move()
    const before = await shown(id)
    expect(before.invoiceAddress).toEqual(tehran)
    expect(before.addresses).toMatchObject({ invoice: shiraz, changed: true })
    const after = await post(`/quotations/${id}/refresh-addresses`)
    expect(after.invoiceAddress).toEqual(shiraz)
    expect(after.addresses).toMatchObject({ changed: false })
    const { items } = await server.read<{
      items: readonly { readonly type: string; readonly changes: readonly Change[] }[]
    }>(`/v1/quotations/${id}/history`)
    expect(items.at(-1)).toMatchObject({
      type: 'QuotationAddressed',
      changes: [{ field: 'invoiceAddress', from: tehran, to: shiraz }],
    })
    const again = await post(`/quotations/${id}/refresh-addresses`)
    expect(again.revision).toBe(after.revision)

    // What nobody took over is sent as it was seen.
    expect((await post(`/quotations/${other.id}/send`)).invoiceAddress).toEqual(tehran)
    const refresh = `/v1/quotations/${other.id}/refresh-addresses`
    expect(await server.call('POST', refresh, {})).toMatchObject({
      status: 409,
      body: { code: 'QuotationNotDraft' },
    })
  })

  test('c) is offered to the next version, which begins as the last one was sent', async () => {
    const { id } = await sent(customer)
    await move()
    const next = await post(`/quotations/${id}/revise`)
    expect(next.invoiceAddress).toEqual(tehran)
    expect(next.addresses).toMatchObject({ invoice: shiraz, changed: true })
    await post(`/quotations/${id}/refresh-addresses`)
    expect((await post(`/quotations/${id}/send`)).invoiceAddress).toEqual(shiraz)
  })

  test('d) is corrected on the document for a reason, and the log keeps both', async () => {
    const { id } = await confirmed(customer)
    const reason = 'The number of the house was misread'
    const mended = { ...tehran, street: 'خیابان ولیعصر ۳۰۱' }
    const corrected = await post(`/quotations/${id}/correct`, { reason, invoiceAddress: mended })
    expect(corrected).toMatchObject({ status: 'confirmed', invoiceAddress: mended })
    const { items } = await server.read<{ items: readonly object[] }>(
      `/v1/quotations/${id}/history`,
    )
    expect(items.at(-1)).toMatchObject({
      type: 'QuotationCorrected',
      reason,
      changes: [{ field: 'invoiceAddress', from: tehran, to: mended }],
    })
  })
})
