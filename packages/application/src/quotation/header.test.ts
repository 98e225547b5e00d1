import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Command } from '../use-cases.ts'
import { type Lines, type Selling, selling } from './examples.ts'

let at: Selling
beforeEach(async () => {
  at = await selling()
})
afterEach(() => at[Symbol.asyncDispose]())

const eur = (amount: string) => ({ amount, currency: 'EUR' })
const desk: Lines = [{ description: 'Desk', unitPrice: eur('100.00') }]
const open = (data: object = {}) =>
  at.done({ type: 'OpenOpportunity', data: { title: 'Desks', contactId: at.contactId, ...data } })
const drafting = (data: object): Command => ({ type: 'DraftQuotation', data })
const sent = async (more: object = {}) => {
  const { id } = await at.drafted(desk, more)
  await at.done({ type: 'SendQuotation', data: { id } })
  return id
}
/** The id of an address that is added. */
const address = async (contact: string, kind: 'invoice' | 'delivery', street: string) => {
  const data = { id: contact, kind, street, city: 'Tehran', country: 'Iran' }
  await at.done({ type: 'AddAddress', data })
  await at.forsat.settle()
  const view = await at.forsat.query.contacts.get(contact, { company: at.company })
  return view?.addresses.at(-1)?.id ?? ''
}

describe('a quotation', () => {
  test('is for somebody: a contact, or an opportunity whose customer may come later', async () => {
    expect(await at.refusal(drafting({ lines: desk }))).toMatchObject({
      type: 'InvalidRequest',
      errors: [{ pointer: '/contactId' }],
    })
    const { id } = await open()
    expect(await at.refusal(drafting({ contactId: id }))).toMatchObject({
      errors: [{ pointer: '/contactId' }],
    })
  })

  test('speaks the language of the sale, else of the customer, else of the company', async () => {
    expect(await at.drafted(desk)).toMatchObject({ language: 'en' })
    await at.done({ type: 'ReviseContact', data: { id: at.contactId, language: 'Persian' } })
    expect(await at.drafted(desk)).toMatchObject({ language: 'fa' })
    const { id: opportunityId } = await open({ language: 'ar' })
    expect(await at.drafted(desk, { opportunityId })).toMatchObject({ language: 'ar' })
    const asked = await at.drafted(desk, { opportunityId, language: 'de' })
    expect(asked).toMatchObject({ language: 'de' })
  })

  test('names what is there: team, salesperson, address, currency', async () => {
    const other = await at.done({ type: 'RegisterContact', data: { name: 'Other' } })
    const wrong = {
      teamId: other.id,
      salespersonId: other.id,
      invoiceAddressId: await address(other.id, 'invoice', 'Elsewhere 1'),
      currency: 'ABC',
    }
    for (const [name, value] of Object.entries(wrong)) {
      const asked = drafting({ contactId: at.contactId, [name]: value })
      expect(await at.refusal(asked)).toMatchObject({
        type: 'InvalidRequest',
        errors: [{ pointer: `/${name}` }],
      })
    }
  })

  test('has the ids of other systems for itself, each of them once', async () => {
    const erp = { system: 'erp', id: '7' }
    const { id: by, externalIds } = await at.drafted(desk, { externalIds: [erp, erp] })
    expect(externalIds).toEqual([erp])
    const again = drafting({ contactId: at.contactId, externalIds: [erp] })
    expect(await at.refusal(again)).toEqual({ type: 'ExternalIdTaken', ...erp, by })
    await at.done({ type: 'ReviseQuotation', data: { id: by, externalIds: [erp] } })
  })

  test('moves to another opportunity only where it could be made for it', async () => {
    const lead = await at.done({ type: 'CaptureLead', data: { title: 'Maybe' } })
    const sale = await open()
    const { id } = await at.drafted(desk)
    const moved = (opportunityId: string): Command => ({
      type: 'ReviseQuotation',
      data: { id, opportunityId },
    })
    expect(await at.refusal(moved(lead.id))).toEqual({ type: 'LeadNotQualified' })
    expect(await at.refusal(moved(at.contactId))).toMatchObject({
      errors: [{ pointer: '/opportunityId' }],
    })
    await at.done(moved(sale.id))
    expect(await at.shown(id)).toMatchObject({ opportunityId: sale.id })
  })

  test('is made once, however often it is asked for, and sent under one number (O22)', async () => {
    const asked = drafting({ contactId: at.contactId, lines: desk })
    const drafts = await Promise.all(
      Array.from({ length: 3 }, () => at.done(asked, { idempotencyKey: 'draft' })),
    )
    expect(new Set(drafts.map(({ id }) => id)).size).toBe(1)
    const id = drafts[0]?.id ?? ''
    const sending: Command = { type: 'SendQuotation', data: { id } }
    const first = await at.done(sending, { idempotencyKey: 'send' })
    const token = await at.forsat.customerToken(id)
    expect(await at.done(sending, { idempotencyKey: 'send' })).toEqual(first)
    expect(await at.forsat.customerToken(id)).toBe(token)
    expect(await at.shown(id)).toMatchObject({ number: 'Q-2026-0001' })
    expect(await at.shown(await sent())).toMatchObject({ number: 'Q-2026-0002' })
  })
})

describe('what is said of an offer', () => {
  const textsOf = (letter: string) => {
    const long = letter.repeat(4000)
    return { terms: long, paymentTerms: long, deliveryTerms: long, internalNote: long }
  }
  const attributesOf = (letter: string) =>
    Object.fromEntries(
      Array.from({ length: 50 }, (_, index) => [`own${index}`, letter.repeat(200)]),
    )
  const tooLong = { type: 'InvalidRequest', errors: [{ pointer: '/attributes' }] }

  test('fits into what a log keeps of one act, or the longest of it is named', async () => {
    const all = { ...textsOf('一'), attributes: attributesOf('一') }
    expect(await at.refusal(drafting({ contactId: at.contactId, ...all }))).toMatchObject(tooLong)
    const { id } = await at.drafted(desk, textsOf('一'))
    expect(await at.shown(id)).toMatchObject(textsOf('一'))
    const revising = (data: object): Command => ({ type: 'ReviseQuotation', data: { id, ...data } })
    await at.done(revising({ attributes: attributesOf('一') }))
    const others = { ...textsOf('二'), attributes: attributesOf('二') }
    expect(await at.refusal(revising(others))).toMatchObject(tooLong)
  })
})

describe('an issued document', () => {
  test('keeps the address that it was written to, until that is mended for a reason', async () => {
    await address(at.contactId, 'invoice', 'Valiasr St. 300')
    const deliveryAddressId = await address(at.contactId, 'delivery', 'Chamran Blvd. 150')
    const id = await sent({ deliveryAddressId })
    const invoiceAddress = { street: 'Valiasr St. 300', city: 'Tehran', country: 'IR' }
    expect(await at.shown(id)).toMatchObject({
      customer: { name: 'Pars' },
      invoiceAddress,
      deliveryAddress: { street: 'Chamran Blvd. 150' },
    })
    await at.done({ type: 'ReviseContact', data: { id: at.contactId, name: 'Pars Co.' } })
    expect(await at.shown(id)).toMatchObject({ customer: { name: 'Pars' } })
    const mended = { ...invoiceAddress, street: 'Valiasr St. 301' }
    const correcting: Command = {
      type: 'CorrectQuotation',
      data: { id, reason: 'Misread', invoiceAddress: mended },
    }
    const { revision } = await at.done(correcting)
    expect(await at.shown(id)).toMatchObject({ invoiceAddress: mended })
    expect((await at.done(correcting)).revision).toBe(revision)
  })

  test('is mended as it was issued, whatever the draft beside it says', async () => {
    const id = await sent({ subject: 'Desks' })
    await at.done({ type: 'OpenQuotationVersion', data: { id } })
    const { revision } = await at.done({
      type: 'ReviseQuotation',
      data: { id, subject: 'Chairs' },
    })
    const correct = (subject: string) =>
      at.done({ type: 'CorrectQuotation', data: { id, reason: 'Misread', subject } })
    expect((await correct('Desks')).revision).toBe(revision)
    expect((await correct('Chairs')).revision).toBe(revision + 1)
  })
})

describe('a draft beside an issued version', () => {
  const subjects = async (id: string) => {
    const { subject, live } = await at.shown(id)
    return { draft: subject, isBeside: live !== undefined }
  }
  const revise = (id: string, subject: string) =>
    at.done({ type: 'ReviseQuotation', data: { id, subject } })
  const correct = (id: string, subject: string) =>
    at.done({ type: 'CorrectQuotation', data: { id, reason: 'Misread', subject } })

  test('keeps its own words when the one that stands is mended', async () => {
    const id = await sent({ subject: 'Desks' })
    await at.done({ type: 'OpenQuotationVersion', data: { id } })
    const { revision } = await correct(id, 'Oak desks')
    expect(await subjects(id)).toEqual({ draft: 'Desks', isBeside: true })
    expect((await revise(id, 'Desks')).revision).toBe(revision)
    expect((await revise(id, 'Oak desks')).revision).toBe(revision + 1)
    expect(await subjects(id)).toEqual({ draft: 'Oak desks', isBeside: true })
  })

  test('leaves the mended words where it is thrown away, and its own where it is sent', async () => {
    const id = await sent({ subject: 'Desks' })
    const begun = async () => {
      await at.done({ type: 'OpenQuotationVersion', data: { id } })
      await revise(id, 'Chairs')
      return correct(id, 'Oak desks')
    }
    const { revision } = await begun()
    await at.done({ type: 'DiscardQuotationVersion', data: { id } })
    expect(await subjects(id)).toEqual({ draft: 'Oak desks', isBeside: false })
    expect((await correct(id, 'Oak desks')).revision).toBe(revision + 1)

    await begun()
    const { revision: after } = await at.done({ type: 'SendQuotation', data: { id } })
    expect((await correct(id, 'Chairs')).revision).toBe(after)
    expect((await correct(id, 'Oak desks')).revision).toBe(after + 1)
    expect(await subjects(id)).toEqual({ draft: 'Oak desks', isBeside: false })
  })
})

describe('the reference of the customer', () => {
  test('as they accepted with it is not that of the offer, which is mended on its own', async () => {
    await at.done({ type: 'SetPolicies', data: { id: at.company, onAccept: 'record' } })
    const id = await sent({ customerReference: 'RFQ 7' })
    const { version, totals } = await at.shown(id)
    const signed = { name: 'Mina', customerReference: 'PO 99' }
    const accepting = { id, version, total: totals.total, ...signed }
    const { revision } = await at.done({ type: 'AcceptQuotation', data: accepting })
    const correct = (customerReference: string) =>
      at.done({ type: 'CorrectQuotation', data: { id, reason: 'Misread', customerReference } })
    expect((await correct('RFQ 7')).revision).toBe(revision)
    expect((await correct('PO 99')).revision).toBe(revision + 1)
    expect(await at.shown(id)).toMatchObject({
      customerReference: 'PO 99',
      acceptance: { customerReference: 'PO 99' },
    })
    await correct('RFQ 8')
    expect(await at.shown(id)).toMatchObject({
      customerReference: 'RFQ 8',
      acceptance: { customerReference: 'PO 99' },
    })
  })
})

describe('a refusal by the customer', () => {
  const decline = (id: string, data: object = {}): Command => ({
    type: 'DeclineQuotation',
    data: { id, ...data },
  })

  test('names a reason that is still used, and says more where that says too little', async () => {
    const id = await sent()
    const reason = async (data: object) =>
      (await at.done({ type: 'CreateLostReason', data: { name: 'Price', ...data } })).id
    const [old, vague] = [await reason({}), await reason({ requiresNote: true })]
    await at.done({ type: 'ArchiveLostReason', data: { id: old } })
    const codes = [
      [id, 'LostReasonUnknown'],
      [old, 'LostReasonArchived'],
      [vague, 'LostNoteMissing'],
    ] as const
    for (const [reasonId, type] of codes) {
      expect(await at.refusal(decline(id, { reasonId }))).toMatchObject({ type })
    }
    await at.done(decline(id, { reasonId: vague, note: 'Too dear for a school' }))
    expect(await at.shown(id)).toMatchObject({ status: 'declined', declined: { reason: 'Price' } })
  })

  test('is of the version that the link was made for', async () => {
    const id = await sent()
    const customer = { actor: 'customer:link' }
    expect(await at.refusal(decline(id), customer)).toMatchObject({
      errors: [{ pointer: '/version' }],
    })
    await at.done({ type: 'OpenQuotationVersion', data: { id } })
    await at.done({ type: 'SendQuotation', data: { id } })
    expect(await at.refusal(decline(id, { version: 1 }), customer)).toMatchObject({
      type: 'QuotationSuperseded',
    })
    await at.done(decline(id, { version: 2 }), customer)
  })
})

describe('a company', () => {
  test.each([
    [{ defaultTaxRate: '120' }, '/defaultTaxRate'],
    [{ digits: { ABC: 2 } }, '/digits/ABC'],
    [{ numberPatterns: { order: '{seq}{seq}' } }, '/numberPatterns/order'],
  ])('does not settle %j', async (settled, pointer) => {
    const data = { id: at.company, ...settled }
    expect(await at.refusal({ type: 'ReviseCompany', data })).toMatchObject({
      type: 'InvalidRequest',
      errors: [{ pointer }],
    })
  })

  test('sets rates between two currencies', async () => {
    const data = { id: at.company, base: 'EUR', quote: 'EUR', date: '2026-02-01', rate: '1' }
    const refused = { type: 'RateOfItself', currency: 'EUR' }
    expect(await at.refusal({ type: 'SetExchangeRate', data })).toEqual(refused)
  })

  test('keeps a currency with its own digits, and what was begun otherwise as it is', async () => {
    const irr = (amount: string) => ({ amount, currency: 'IRR' })
    const line = { description: 'Desk', taxRate: null, unitPrice: irr('10.5') }
    const whole = [{ ...line, unitPrice: irr('1000') }]
    const { id } = await at.drafted(whole, { currency: 'IRR' })
    await at.done({ type: 'ReviseCompany', data: { id: at.company, digits: { IRR: 2 } } })
    const finer = await at.drafted([line], { currency: 'IRR' })
    expect(finer.totals.total).toEqual(irr('10.50'))
    const added: Command = { type: 'AddQuotationLine', data: { id, ...line } }
    expect(await at.refusal(added)).toMatchObject({ errors: [{ pointer: '/unitPrice/amount' }] })
  })
})
