import { erased } from '@forsat/domain'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Lines, type Selling, selling } from '../quotation/examples.ts'

let house: Selling
beforeEach(async () => {
  house = await selling()
})
afterEach(() => house[Symbol.asyncDispose]())

const desks: Lines = [
  {
    kind: 'item',
    description: 'Desk',
    quantity: '3',
    unitPrice: { amount: '400.00', currency: 'EUR' },
  },
  { kind: 'note', description: 'Any colour' },
]
const fields = { subject: 'Desks', customerReference: 'PO-1', internalNote: 'Could go lower' }

const sent = async (): Promise<string> => {
  const { id } = await house.drafted(desks, fields)
  await house.done({ type: 'SendQuotation', data: { id } })
  return id
}
const rename = (name: string) =>
  house.done({ type: 'ReviseCompany', data: { id: house.company, name } })
const facts = async (id: string, version?: number, company = house.company) =>
  house.forsat.documentOf(id, { company, version })

describe('the facts of a document', () => {
  test('are those of its version, and nothing that is the seller’s own', async () => {
    const id = await sent()
    const { number, totals, lines } = await house.shown(id)
    const document = await facts(id)
    expect(document).toMatchObject({
      number,
      totals,
      standing: 'offered',
      version: 1,
      subject: 'Desks',
    })
    expect(document?.customer).toEqual({ name: 'Pars' })
    expect(document?.lines).toEqual(lines.map(({ position: _position, ...line }) => line))
    expect(JSON.stringify(document)).not.toContain('lower')
  })

  test('name the seller as it was called at the sending', async () => {
    await rename('Before')
    const id = await sent()
    await rename('After')
    await house.done({ type: 'OpenQuotationVersion', data: { id } })
    const names = async () => {
      const both = await Promise.all([facts(id, 1), facts(id, 2)])
      return both.map((each) => each?.seller.name)
    }
    expect(await names()).toEqual(['Before', 'After'])
    await rename('Later')
    expect(await names()).toEqual(['Before', 'Later'])
    await house.done({ type: 'SendQuotation', data: { id } })
    await rename('Last')
    expect(await names()).toEqual(['Before', 'Later'])
  })

  test('of a draft name the customer as the draft knows it, until that takes over what changed', async () => {
    const { id } = await house.drafted(desks)
    const data = { id: house.contactId, name: 'Pars Trading' }
    await house.done({ type: 'ReviseContact', data })
    expect(await facts(id)).toMatchObject({ standing: 'draft', customer: { name: 'Pars' } })
    await house.done({ type: 'RefreshQuotationAddresses', data: { id } })
    expect(await facts(id)).toMatchObject({ customer: { name: 'Pars Trading' } })
  })

  test('hold what was offered beside the lines, with what the customer took of it', async () => {
    const offered = ['Lamp', 'Rug', 'Hook'].map((description) => ({
      description,
      unitPrice: { amount: '10.00', currency: 'EUR' },
      quantityEditable: true,
      maxQuantity: '9',
    }))
    const { id, options } = await house.drafted(desks, { ...fields, options: offered })
    await house.done({ type: 'SendQuotation', data: { id } })
    const [lamp = '', , hook = ''] = options.map((each) => each.id)
    const data = { id, version: 1, optionId: lamp, quantity: '3' }
    await house.done({ type: 'AcceptOption', data })
    await house.done({ type: 'DeclineOption', data: { id, version: 1, optionId: hook } })
    const document = await facts(id)
    const { totals } = await house.shown(id)
    expect(document?.totals).toEqual(totals)
    const money = (amount: string) => ({ amount, currency: 'EUR' })
    const plain = { quantity: '1', unitPrice: money('10.00'), taxRate: '10' }
    const said = { ...plain, discount: money('0.00'), amount: money('10.00') }
    const taken = { quantity: '3', discount: money('0.00'), amount: money('30.00') }
    expect(document?.options.map(({ id: _id, ...option }) => option)).toEqual([
      { ...said, description: 'Lamp', taken },
      { ...said, description: 'Rug' },
      { ...said, description: 'Hook', declined: true },
    ])
  })

  test('are mended by a correction, whose reason they do not tell', async () => {
    const id = await sent()
    const data = { id, reason: 'A slip of the pen', customerReference: 'PO-2' }
    await house.done({ type: 'CorrectQuotation', data })
    const document = await facts(id)
    expect(document?.customerReference).toBe('PO-2')
    expect(JSON.stringify(document)).not.toContain('slip')
  })

  test('say of what was erased that it was there', async () => {
    const id = await sent()
    const names = [{ subject: house.contactId, purpose: 'document' }]
    const ids = (await house.keys.standing(names)).map(({ keyId }) => keyId)
    await house.keys.destroy(names, ids)
    const document = await facts(id)
    expect(document).toMatchObject({ customer: erased, subject: erased, customerReference: erased })
    expect(document?.lines[1]).toMatchObject({ kind: 'note', description: erased })
    expect(document?.lines[0]).toMatchObject({ description: 'Desk' })
  })

  test('are no other company’s, nor those of what was deleted', async () => {
    const id = await sent()
    const { id: other } = await house.done({
      type: 'CreateCompany',
      data: {
        name: 'Other',
        currency: 'EUR',
        zone: 'UTC',
        language: 'en',
        calendar: 'gregorian',
        weekStartsOn: 'monday',
        moneyUnit: 'rial',
      },
    })
    expect(await facts(id, undefined, other)).toBeUndefined()
    const { id: draft } = await house.drafted(desks)
    await house.done({ type: 'DeleteQuotation', data: { id: draft } })
    expect(await facts(draft)).toBeUndefined()
    expect(await facts(house.contactId)).toBeUndefined()
  })
})
