import { memoryKeys, memoryStore } from '@forsat/event-store/memory'
import type { QuotationView } from '@forsat/projections'
import * as E from 'fp-ts/lib/Either.js'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { testClock } from '../clock.ts'
import type { Context, Outcome } from '../context.ts'
import { createForsat, type Forsat } from '../forsat.ts'
import { mintedIds } from '../ids.ts'
import { setUp } from '../set-up.ts'
import type { Command } from '../use-cases.ts'

const clock = testClock('2026-02-01T08:00:00.000Z')
let forsat: Forsat
let staff: Context
let company: string
let alborz: string

beforeEach(async () => {
  const store = memoryStore({ clock })
  forsat = await createForsat({ store, keys: memoryKeys(), clock, ids: mintedIds(clock) })
  const begun = await setUp(forsat, { language: 'en', currency: 'EUR', zone: 'Asia/Tehran' })
  company = begun.companyId
  staff = { company, actor: `user:${begun.userId}` }
  const identifiers = [{ kind: 'vat' as const, value: 'DE136695976' }]
  alborz = await contact('Alborz', { isCompany: true, identifiers })
  await address(alborz, 'office')
})
afterEach(() => forsat[Symbol.asyncDispose]())

const done = async (command: Command): Promise<Outcome> => {
  const outcome = await forsat.execute(command, staff)
  if (E.isLeft(outcome)) throw new Error(JSON.stringify(outcome.left))
  return outcome.right
}
const contact = async (name: string, more: object = {}) =>
  (await done({ type: 'RegisterContact', data: { name, ...more } })).id
type Kind = 'contact' | 'invoice' | 'delivery'
const address = async (id: string, street: string, kind: Kind = 'contact') => {
  await done({ type: 'AddAddress', data: { id, kind, street, city: 'Tehran' } })
  await forsat.settle()
  return (await forsat.query.contacts.get(id, { company }))?.addresses.at(-1)?.id ?? ''
}
const lines = [
  { description: 'Desk', quantity: '3', unitPrice: { amount: '400.00', currency: 'EUR' } },
]
const draft = async (contactId: string, more: object = {}) =>
  (await done({ type: 'DraftQuotation', data: { contactId, lines, ...more } })).id
const send = (id: string) => done({ type: 'SendQuotation', data: { id } })
const shown = async (id: string): Promise<QuotationView> => {
  await forsat.settle()
  const view = await forsat.query.quotations.get(id, { company })
  if (view === undefined) throw new Error(`there is no quotation ${id}`)
  return view
}
const written = async (id: string) => {
  const { invoiceAddress, deliveryAddress } = await shown(id)
  return { invoice: invoiceAddress, delivery: deliveryAddress }
}
const at = (street: string) => ({ street, city: 'Tehran' })
const both = (street: string) => ({ invoice: at(street), delivery: at(street) })

describe('who works for a company (O16 b)', () => {
  test('is written to there, under the numbers of the company', async () => {
    const parvin = await contact('Parvin', { parentId: alborz, email: 'parvin@alborz.example' })
    const id = await draft(parvin)
    expect(await written(id)).toEqual(both('office'))
    await send(id)
    expect((await shown(id)).customer).toEqual({
      name: 'Parvin',
      email: 'parvin@alborz.example',
      identifiers: [{ kind: 'vat', value: 'DE136695976' }],
    })
  })

  test('is written to at home, where that is known', async () => {
    const parvin = await contact('Parvin', { parentId: alborz })
    await address(parvin, 'home')
    await address(alborz, 'depot', 'delivery')
    expect(await written(await draft(parvin))).toEqual({
      invoice: at('home'),
      delivery: at('depot'),
    })
  })
})

describe('a place below a company', () => {
  test('is where it is delivered to, however young the contact is', async () => {
    const depot = await contact('Depot', { parentId: alborz })
    await done({
      type: 'AddAddress',
      data: { id: depot, kind: 'delivery', street: 'yard', city: 'Tehran' },
    })
    expect(await written(await draft(alborz))).toEqual({
      invoice: at('office'),
      delivery: at('yard'),
    })
    await done({ type: 'ArchiveContact', data: { id: depot } })
    expect(await written(await draft(alborz))).toEqual(both('office'))
  })

  test('has no say for a sub-company, nor has the company above (O16 c)', async () => {
    await address(alborz, 'D2', 'delivery')
    const north = await contact('Alborz North', { isCompany: true, parentId: alborz })
    await address(north, 'north')
    expect(await written(await draft(north))).toEqual(both('north'))
    expect(await written(await draft(alborz))).toEqual({
      invoice: at('office'),
      delivery: at('D2'),
    })
  })
})

describe('an offer without an address (O16 f)', () => {
  test('is not sent, and takes no number', async () => {
    const id = await draft(await contact('Stranger'))
    const refused = await forsat.execute({ type: 'SendQuotation', data: { id } }, staff)
    expect(refused).toEqual(E.left({ type: 'AddressMissing', kind: 'invoice' }))
    const other = await draft(alborz)
    await send(other)
    expect((await shown(other)).number).toBe('Q-2026-0001')
  })

  test('from a sale without a customer has whom it is for once somebody says so', async () => {
    const sale = await done({ type: 'OpenOpportunity', data: { title: 'Desks' } })
    const { id } = await done({ type: 'DraftQuotation', data: { opportunityId: sale.id, lines } })
    expect(await written(id)).toEqual({})
    await done({ type: 'ReviseQuotation', data: { id, contactId: alborz } })
    expect(await written(id)).toEqual(both('office'))
    await send(id)
  })
})

describe('an offer whose customer has moved (O17)', () => {
  const move = async () => {
    const { addresses = [] } = (await forsat.query.contacts.get(alborz, { company })) ?? {}
    const addressId = addresses[0]?.id ?? ''
    await done({ type: 'ReviseAddress', data: { id: alborz, addressId, street: 'new office' } })
    await done({ type: 'ReviseContact', data: { id: alborz, name: 'Alborz & Sons' } })
  }

  test('stays as it was sent; a copy of it and its next version are told of the move', async () => {
    const id = await draft(alborz)
    await send(id)
    await move()
    expect(await written(id)).toEqual(both('office'))
    const copy = await done({ type: 'DuplicateQuotation', data: { from: id } })
    expect(await written(copy.id)).toEqual(both('new office'))
    await done({ type: 'OpenQuotationVersion', data: { id } })
    expect(await shown(id)).toMatchObject({
      invoiceAddress: at('office'),
      addresses: { invoice: at('new office'), customer: { name: 'Alborz & Sons' }, changed: true },
    })
    const refreshed = await done({ type: 'RefreshQuotationAddresses', data: { id } })
    expect(refreshed.events).toMatchObject([{ type: 'QuotationAddressed' }])
    await done({ type: 'DiscardQuotationVersion', data: { id } })
    expect(await shown(id)).toMatchObject({
      customer: { name: 'Alborz' },
      invoiceAddress: at('office'),
    })
  })

  test('takes nothing over without being asked, nor twice', async () => {
    const id = await draft(alborz)
    await move()
    await done({ type: 'ReviseQuotation', data: { id, terms: 'Net 30' } })
    expect(await written(id)).toEqual(both('office'))
    await done({ type: 'RefreshQuotationAddresses', data: { id } })
    expect(await written(id)).toEqual(both('new office'))
    const again = await done({ type: 'RefreshQuotationAddresses', data: { id } })
    expect(again.events).toEqual([])
  })

  test('is corrected in the version that stands, whatever is drafted beside it', async () => {
    const id = await draft(alborz)
    await send(id)
    await done({ type: 'OpenQuotationVersion', data: { id } })
    const mended = { id, reason: 'Misread', invoiceAddress: at('office 2') }
    await done({ type: 'CorrectQuotation', data: mended })
    expect((await done({ type: 'CorrectQuotation', data: mended })).events).toEqual([])
    expect((await shown(id)).invoiceAddress).toEqual(at('office'))
    await done({ type: 'DiscardQuotationVersion', data: { id } })
    expect((await shown(id)).invoiceAddress).toEqual(at('office 2'))
    await done({ type: 'OpenQuotationVersion', data: { id } })
    await send(id)
    expect((await shown(id)).invoiceAddress).toEqual(at('office 2'))
  })
})
