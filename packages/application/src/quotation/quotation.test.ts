import { memoryKeys, memoryStore } from '@forsat/event-store/memory'
import type { QuotationView } from '@forsat/projections'
import * as E from 'fp-ts/lib/Either.js'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { testClock } from '../clock.ts'
import type { Context, Outcome } from '../context.ts'
import { createForsat, type Forsat } from '../forsat.ts'
import { mintedIds } from '../ids.ts'
import type { Refusal } from '../refusal.ts'
import { setUp } from '../set-up.ts'
import type { Command } from '../use-cases.ts'

const clock = testClock('2026-02-01T08:00:00.000Z')
let forsat: Forsat
let staff: Context
let company: string
let customer: string
let sale: string

beforeEach(async () => {
  clock.set('2026-02-01T08:00:00.000Z')
  const store = memoryStore({ clock })
  forsat = await createForsat({ store, keys: memoryKeys(), clock, ids: mintedIds(clock) })
  const begun = await setUp(forsat, { language: 'en', currency: 'EUR', zone: 'Asia/Tehran' })
  company = begun.companyId
  staff = { company, actor: `user:${begun.userId}` }
  await done({ type: 'ReviseCompany', data: { id: company, defaultTaxRate: '10' } })
  customer = (await done({ type: 'RegisterContact', data: { name: 'Pars', isCompany: true } })).id
  await done({ type: 'AddAddress', data: { id: customer, ...valiasr } })
  sale = (await open()).id
})
afterEach(() => forsat[Symbol.asyncDispose]())

const done = async (command: Command, context: Partial<Context> = {}): Promise<Outcome> => {
  const outcome = await forsat.execute(command, { ...staff, ...context })
  if (E.isLeft(outcome)) throw new Error(JSON.stringify(outcome.left))
  return outcome.right
}
const refusal = async (command: Command, context: Partial<Context> = {}): Promise<Refusal> => {
  const before = await forsat.store.head()
  const outcome = await forsat.execute(command, { ...staff, ...context })
  if (E.isRight(outcome)) throw new Error(`${command.type} was not refused`)
  expect(await forsat.store.head()).toBe(before)
  return outcome.left
}

const valiasr = { street: 'Valiasr St. 300', city: 'Tehran' }
const eur = (amount: string) => ({ amount, currency: 'EUR' })
const open = (data: object = {}) =>
  done({ type: 'OpenOpportunity', data: { title: 'Desks', contactId: customer, ...data } })
const desk = { description: 'Desk', quantity: '3', unitPrice: eur('400.00') }
const draft = (data: object = {}) =>
  done({ type: 'DraftQuotation', data: { opportunityId: sale, lines: [desk], ...data } })
const send = (id: string) => done({ type: 'SendQuotation', data: { id } })
const sent = async (data: object = {}) => {
  const { id } = await draft(data)
  await send(id)
  return id
}
const shown = async (id: string, scope = company): Promise<QuotationView> => {
  await forsat.settle()
  const view = await forsat.query.quotations.get(id, { company: scope })
  if (view === undefined) throw new Error(`there is no quotation ${id}`)
  return view
}
const confirming = async (id: string, more: object = {}): Promise<Command> => {
  const { live, version, totals } = await shown(id)
  const standing = live ?? { version, total: totals.total }
  return {
    type: 'ConfirmQuotation',
    data: { id, version: standing.version, total: standing.total, ...more },
  }
}
const saleNow = async (id = sale) => {
  await forsat.settle()
  const view = await forsat.query.opportunities.get(id, { company })
  if (view === undefined) throw new Error(`there is no opportunity ${id}`)
  return view
}
const lose = async (id = sale) => {
  const reasons = await forsat.query.lostReasons.list({ company })
  if (E.isLeft(reasons)) throw new Error('refused')
  const reasonId = reasons.right.items.find(({ requiresNote }) => !requiresNote)?.id ?? ''
  return done({ type: 'LoseOpportunity', data: { id, reasonId } })
}
const policies = (data: object) => done({ type: 'SetPolicies', data: { id: company, ...data } })

describe('a quotation from an opportunity', () => {
  test('knows customer, team, salesperson, source and tags without being told', async () => {
    const team = await done({ type: 'CreateTeam', data: { name: 'South' } })
    const { id: salespersonId } = await done({ type: 'RegisterUser', data: { name: 'Sara' } })
    const facts = { source: 'fair', campaign: 'spring', tags: ['office'], language: 'fa' }
    const { id } = await open({ ...facts, teamId: team.id, salespersonId })
    const quotation = await draft({ opportunityId: id })
    expect(await shown(quotation.id)).toMatchObject({
      opportunityId: id,
      contactId: customer,
      teamId: team.id,
      salespersonId,
      ...facts,
      currency: 'EUR',
      status: 'draft',
      version: 1,
      totals: { net: eur('1200.00'), total: eur('1320.00') },
    })
  })

  test('is refused where the sale is lost, merged, a lead or not there', async () => {
    const offered = (opportunityId: string): Command => ({
      type: 'DraftQuotation',
      data: { opportunityId },
    })
    const lead = await done({ type: 'CaptureLead', data: { title: 'Maybe' } })
    expect(await refusal(offered(lead.id))).toEqual({ type: 'LeadNotQualified' })
    const other = await open()
    await done({ type: 'MergeOpportunities', data: { id: sale, from: [other.id] } })
    expect(await refusal(offered(other.id))).toEqual({ type: 'OpportunityMerged', into: sale })
    await lose()
    expect(await refusal(offered(sale))).toEqual({ type: 'OpportunityLost', opportunityId: sale })
    expect(await refusal(offered(customer))).toEqual({ type: 'NotFound' })
  })

  test('is moved only to an opportunity that its company has', async () => {
    const { id } = await draft()
    const other = await done({ type: 'CreateCompany', data: { name: 'Other', currency: 'EUR' } })
    const elsewhere = await done(
      { type: 'OpenOpportunity', data: { title: 'Theirs' } },
      { company: other.id },
    )
    for (const opportunityId of [elsewhere.id, customer]) {
      const move: Command = { type: 'ReviseQuotation', data: { id, opportunityId } }
      expect(await refusal(move)).toMatchObject({
        type: 'InvalidRequest',
        errors: [{ pointer: '/opportunityId' }],
      })
    }
  })

  test('may wait for its customer until it is sent', async () => {
    const { id } = await done({ type: 'OpenOpportunity', data: { title: 'Nobody yet' } })
    const quotation = await draft({ opportunityId: id })
    const sending: Command = { type: 'SendQuotation', data: { id: quotation.id } }
    expect(await refusal(sending)).toEqual({ type: 'ContactMissing' })
    await done({ type: 'ReviseQuotation', data: { id: quotation.id, contactId: customer } })
    await done(sending)
  })
})

describe('prices', () => {
  const product = (data: object) =>
    done({ type: 'CreateProduct', data: { name: 'Desk', unit: 'piece', ...data } })

  test('come from the product, by quantity, with its words and its tax', async () => {
    const prices = [{ unitPrice: eur('400.00') }, { unitPrice: eur('350.00'), minQuantity: '10' }]
    const { id: productId } = await product({ prices, taxRate: '20' })
    const few = await draft({ lines: [{ productId, quantity: '9.5' }] })
    const many = await draft({ lines: [{ productId, quantity: '10' }] })
    expect((await shown(few.id)).lines).toMatchObject([
      { description: 'Desk', unit: 'piece', unitPrice: eur('400.00'), taxRate: '20' },
    ])
    expect((await shown(many.id)).lines).toMatchObject([{ unitPrice: eur('350.00') }])
  })

  test('of another currency are converted by the rate of the day, or refused', async () => {
    const irr = { amount: '1150000', currency: 'IRR' }
    const { id: productId } = await product({ prices: [{ unitPrice: irr }] })
    const asked: Command = {
      type: 'DraftQuotation',
      data: { opportunityId: sale, lines: [{ productId }] },
    }
    expect(await refusal(asked)).toEqual({
      type: 'RateMissing',
      base: 'IRR',
      quote: 'EUR',
      date: '2026-02-01',
    })
    await done({
      type: 'SetExchangeRate',
      data: { id: company, base: 'IRR', quote: 'EUR', date: '2026-01-20', rate: '0.000001' },
    })
    await forsat.settle()
    const { id } = await done(asked)
    expect((await shown(id)).lines).toMatchObject([{ unitPrice: eur('1.15') }])
  })

  test('may have two digits more than the currency, where it has any (O19 d, O20 e)', async () => {
    const { id } = await draft({ lines: [{ ...desk, quantity: '1', unitPrice: eur('1.005') }] })
    expect((await shown(id)).totals.net).toEqual(eur('1.01'))
    const yen: Command = {
      type: 'DraftQuotation',
      data: {
        opportunityId: sale,
        currency: 'JPY',
        lines: [{ ...desk, unitPrice: { amount: '10.5', currency: 'JPY' } }],
      },
    }
    expect(await refusal(yen)).toMatchObject({
      type: 'InvalidRequest',
      errors: [{ pointer: '/lines/0/unitPrice/amount' }],
    })
  })

  test('are not touched by a later change of quantity', async () => {
    const { id } = await draft()
    const [line] = (await shown(id)).lines
    await done({
      type: 'ReviseQuotationLine',
      data: { id, lineId: line?.id ?? '', quantity: '5' },
    })
    expect((await shown(id)).lines).toMatchObject([{ quantity: '5', unitPrice: eur('400.00') }])
  })

  test('are fixed at sending, whatever rule of rounding comes later (O19 g)', async () => {
    const nets = ['0.05', '0.05'].map((amount) => ({
      ...desk,
      quantity: '1',
      unitPrice: eur(amount),
    }))
    const id = await sent({ lines: nets })
    const before = (await shown(id)).totals
    await policies({ vatRounding: 'line' })
    expect((await shown(id)).totals).toEqual(before)
    expect(before.total).toEqual(eur('0.11'))
    const later = await sent({ lines: nets })
    expect((await shown(later)).totals.total).toEqual(eur('0.12'))
  })
})

describe('validity', () => {
  test('is counted from the day of sending in the zone of the company (O02)', async () => {
    await policies({ validityDays: 7 })
    clock.set('2026-01-10T22:00:00.000Z')
    const early = await open()
    clock.set('2026-02-10T22:00:00.000Z')
    const id = await sent({ opportunityId: early.id })
    expect(await shown(id)).toMatchObject({
      validUntil: '2026-02-18',
      expiresAt: '2026-02-18T20:30:00.000Z',
      daysLeft: 7,
    })
    clock.set('2026-02-17T21:00:00.000Z')
    expect(await shown(id)).toMatchObject({ status: 'sent', daysLeft: 0 })
  })

  test('ends by the clock alone, and the sweep only records it', async () => {
    const id = await sent({ validUntil: '2026-02-11' })
    clock.set('2026-02-11T20:29:59.999Z')
    expect(await shown(id)).toMatchObject({ status: 'sent' })
    expect(await forsat.expireDue(staff)).toEqual({ expired: [] })
    clock.set('2026-02-11T20:30:00.000Z')
    expect(await shown(id)).toMatchObject({ status: 'expired' })
    expect(await forsat.expireDue(staff)).toEqual({ expired: [id] })
    expect(await forsat.expireDue(staff)).toEqual({ expired: [] })
    expect(await shown(id)).toMatchObject({ status: 'expired' })
    expect(await refusal(await confirming(id))).toEqual({
      type: 'QuotationExpired',
      validUntil: '2026-02-11',
    })
  })

  test('may be overruled by a manager with a note, where the policy lets managers', async () => {
    const id = await sent({ validUntil: '2026-02-11' })
    clock.set('2026-02-13T08:00:00.000Z')
    const late = await confirming(id, { override: true, note: 'Signed on the phone' })
    expect(await refusal(late, { manages: [] })).toEqual({ type: 'Forbidden' })
    await policies({ lateConfirm: 'refuse' })
    expect(await refusal(late)).toMatchObject({ type: 'QuotationExpired' })
    await policies({ lateConfirm: 'manager' })
    await done(late)
    expect(await shown(id)).toMatchObject({
      status: 'confirmed',
      confirmed: {
        basis: 'override',
        overrideNote: 'Signed on the phone',
        missedDate: '2026-02-11',
      },
    })
    expect(await forsat.expireDue(staff)).toEqual({ expired: [] })
  })
})

describe('numbers', () => {
  test('are given at sending and at confirming, one after the other, by year', async () => {
    const [one, two] = [await sent(), await sent()]
    expect((await shown(one)).number).toBe('Q-2026-0001')
    expect((await shown(two)).number).toBe('Q-2026-0002')
    await done(await confirming(two))
    expect((await shown(two)).order).toMatchObject({ number: 'S-2026-0001' })
    clock.set('2027-01-01T08:00:00.000Z')
    const three = await sent()
    expect((await shown(three)).number).toBe('Q-2027-0001')
  })

  test('follow the pattern of the company, by the Jalali year of its day', async () => {
    const numberPatterns = { quotation: 'پ-{jyear}-{seq:3}' }
    await done({ type: 'ReviseCompany', data: { id: company, numberPatterns } })
    expect((await shown(await sent())).number).toBe('پ-1404-001')
    const wrong: Command = {
      type: 'ReviseCompany',
      data: { id: company, numberPatterns: { quotation: 'Q-{year}' } },
    }
    expect(await refusal(wrong)).toMatchObject({
      type: 'InvalidRequest',
      errors: [{ pointer: '/numberPatterns/quotation' }],
    })
  })

  test('are never doubled, and never taken by what is refused', async () => {
    const drafts = await Promise.all(Array.from({ length: 12 }, () => draft()))
    await Promise.all(drafts.map(({ id }) => send(id)))
    const numbers = await Promise.all(drafts.map(async ({ id }) => (await shown(id)).number))
    expect(new Set(numbers).size).toBe(12)
    const { id } = await draft({ lines: [] })
    await refusal({ type: 'SendQuotation', data: { id } })
    expect((await shown(await sent())).number).toBe('Q-2026-0013')
  })
})

describe('versions', () => {
  test('the old one holds until the new one is sent, and not a moment longer (O04)', async () => {
    const id = await sent({ validUntil: '2026-02-11' })
    const link = await forsat.customerToken(id)
    clock.set('2026-02-05T08:00:00.000Z')
    await done({ type: 'OpenQuotationVersion', data: { id } })
    const [line] = (await shown(id)).lines
    await done({
      type: 'ReviseQuotationLine',
      data: { id, lineId: line?.id ?? '', unitPrice: eur('500.00') },
    })
    expect((await saleNow()).quotationTotals.open).toEqual([eur('1320.00')])
    expect(await forsat.byToken(link ?? '')).toMatchObject({ id, version: 1 })
    await send(id)
    expect((await saleNow()).quotationTotals.open).toEqual([eur('1650.00')])
    const acceptOld: Command = {
      type: 'AcceptQuotation',
      data: { id, version: 1, total: eur('1320.00'), name: 'Leila' },
    }
    const customerOf = { actor: 'customer:link' }
    expect(await refusal(acceptOld, customerOf)).toEqual({
      type: 'QuotationSuperseded',
      version: 2,
    })
    const fresh = await forsat.customerToken(id)
    expect(fresh).not.toBe(link)
    await done(
      { type: 'AcceptQuotation', data: { id, version: 2, total: eur('1650.00'), name: 'Leila' } },
      customerOf,
    )
    expect(await shown(id)).toMatchObject({
      status: 'confirmed',
      number: 'Q-2026-0001-v2',
      acceptance: { version: 2, name: 'Leila' },
      versions: [
        { version: 1, status: 'superseded', totals: { total: eur('1320.00') } },
        { version: 2, status: 'confirmed' },
      ],
    })
  })

  test('a discarded draft leaves no trace in what is compared later', async () => {
    const id = await sent({ subject: 'Desks' })
    await done({ type: 'OpenQuotationVersion', data: { id } })
    await done({ type: 'ReviseQuotation', data: { id, subject: 'Chairs' } })
    await done({ type: 'DiscardQuotationVersion', data: { id } })
    expect(await shown(id)).toMatchObject({ subject: 'Desks', version: 1, status: 'sent' })
    await done({ type: 'OpenQuotationVersion', data: { id } })
    await done({ type: 'ReviseQuotation', data: { id, subject: 'Chairs' } })
    expect(await shown(id)).toMatchObject({ subject: 'Chairs', version: 3 })
  })
})

describe('what follows in the sale', () => {
  test('a confirmation wins it with its net, and a cancellation opens it again (O08)', async () => {
    const [one, two] = [await sent(), await sent({ lines: [{ ...desk, quantity: '4' }] })]
    await done(await confirming(one))
    expect(await saleNow()).toMatchObject({
      outcome: 'won',
      won: { revenue: eur('1200.00'), basis: 'quotations', quotationId: one },
      quotationTotals: { confirmedNet: [eur('1200.00')] },
    })
    expect((await shown(one)).openQuotations).toMatchObject([{ id: two }])
    await done({ type: 'CancelQuotation', data: { id: one, reason: 'Not delivered' } })
    expect(await saleNow()).toMatchObject({ outcome: 'open', quotationTotals: { confirmed: [] } })
    await done(await confirming(two))
    expect(await saleNow()).toMatchObject({
      outcome: 'won',
      won: { revenue: eur('1600.00') },
      quotationTotals: { confirmedNet: [eur('1600.00')] },
    })
  })

  test('a win by hand stays when a quotation is cancelled, and is found', async () => {
    const id = await sent()
    await done({ type: 'WinOpportunity', data: { id: sale } })
    await done(await confirming(id))
    await done({ type: 'CancelQuotation', data: { id, reason: 'Not delivered' } })
    expect(await saleNow()).toMatchObject({ outcome: 'won' })
    const filters = { outcome: 'won', confirmed: false } as const
    const found = await forsat.query.opportunities.list({ company }, { filters })
    expect(found).toMatchObject(E.right({ items: [{ id: sale }] }))
  })

  test('a confirmation leaves it alone, or ends its siblings, as the policies say', async () => {
    await policies({ onConfirm: 'leave', onConfirmSiblings: 'cancel' })
    const [one, two, drafted] = [await sent(), await sent(), await draft()]
    await done(await confirming(one))
    expect(await saleNow()).toMatchObject({ outcome: 'open' })
    expect(await shown(two)).toMatchObject({
      status: 'cancelled',
      cancelled: { cause: 'siblingConfirmed' },
    })
    expect(await shown(drafted.id)).toMatchObject({ status: 'cancelled' })
  })

  test('a loss ends what is on offer, and is told what was; a reopening takes it back', async () => {
    const standing = await sent()
    const drafted = await draft()
    const expiring = await sent({ validUntil: '2026-02-02' })
    const withdrawn = await sent()
    await done({ type: 'CancelQuotation', data: { id: withdrawn, reason: 'Wrong' } })
    clock.set('2026-02-05T08:00:00.000Z')
    const link = await forsat.customerToken(standing)
    await lose()
    expect(await saleNow()).toMatchObject({
      outcome: 'lost',
      lost: { quoted: [eur('2640.00')], quotationSent: true },
    })
    const statuses = () =>
      Promise.all(
        [standing, drafted.id, expiring, withdrawn].map(async (id) => (await shown(id)).status),
      )
    expect(await statuses()).toEqual(['cancelled', 'cancelled', 'expired', 'cancelled'])
    expect(await refusal(await confirming(standing))).toEqual({ type: 'QuotationCancelled' })
    await done({ type: 'ReopenOpportunity', data: { id: sale } })
    expect(await statuses()).toEqual(['sent', 'draft', 'expired', 'cancelled'])
    expect(await forsat.customerToken(standing)).toBe(link)
  })

  test('a loss is told of the largest offers there can be, all added up', async () => {
    const unitPrice = eur('9'.repeat(18))
    const largest = { description: 'Gold', quantity: '9'.repeat(15), unitPrice, taxRate: '100' }
    const lines = Array.from({ length: 500 }, () => largest)
    await sent({ lines })
    await sent({ lines })
    await lose()
    const [sum] = (await saleNow()).lost?.quoted ?? []
    expect(sum?.amount).toMatch(/^19{2}\d{34}\.00$/)
  })

  test('a merge takes quotations along, and a confirmation then wins the survivor (O09)', async () => {
    const duplicate = await open()
    const id = await sent({ opportunityId: duplicate.id })
    await done({ type: 'MergeOpportunities', data: { id: sale, from: [duplicate.id] } })
    expect((await saleNow()).quotations).toMatchObject([{ id }])
    await done(await confirming(id))
    expect(await saleNow()).toMatchObject({ outcome: 'won', won: { quotationId: id } })
  })

  test('a cancellation opens again what it had won, also by way of a merge (O08, O09)', async () => {
    const [first, second] = [await open(), await open()]
    const one = await sent({ opportunityId: first.id })
    const two = await sent({ opportunityId: second.id })
    await done({ type: 'MergeOpportunities', data: { id: second.id, from: [first.id] } })
    await done({ type: 'MergeOpportunities', data: { id: sale, from: [second.id] } })
    const cancel = (id: string) =>
      done({ type: 'CancelQuotation', data: { id, reason: 'Not delivered' } })
    await done(await confirming(one))
    await done(await confirming(two))
    await cancel(two)
    expect(await saleNow()).toMatchObject({ outcome: 'won', won: { quotationId: one } })
    await cancel(one)
    expect(await saleNow()).toMatchObject({ outcome: 'open' })
  })

  test('a lost sale takes no confirmation; where both met, it is said until it is settled', async () => {
    await policies({ onLose: 'leave' })
    const id = await sent()
    await lose()
    expect(await refusal(await confirming(id))).toEqual({
      type: 'OpportunityLost',
      opportunityId: sale,
    })
    await done({ type: 'ReopenOpportunity', data: { id: sale } })
    await policies({ onConfirm: 'leave' })
    await done(await confirming(id))
    await lose()
    expect((await saleNow()).conflicts).toEqual([{ code: 'ConfirmedWhileLost', quotationId: id }])
    const listed = await forsat.query.opportunities.list(
      { company },
      { filters: { conflict: true } },
    )
    expect(listed).toMatchObject(E.right({ items: [{ id: sale }] }))
    await done({ type: 'ReopenOpportunity', data: { id: sale } })
    expect((await saleNow()).conflicts).toEqual([])
  })

  test('a sale with an offer in somebody’s hands is not withdrawn', async () => {
    const id = await sent()
    const withdraw: Command = { type: 'WithdrawOpportunity', data: { id: sale, reason: 'A test' } }
    expect(await refusal(withdraw)).toEqual({ type: 'QuotationNotDraft', quotationId: id })
    await done(await confirming(id))
    expect(await refusal(withdraw)).toEqual({ type: 'QuotationAlreadyConfirmed', quotationId: id })
  })
})

describe('reports', () => {
  const totals = async (report: 'quotations' | 'pipeline') => {
    await forsat.settle()
    const answer = await forsat.query.reports[report]({ company })
    if (E.isLeft(answer)) throw new Error(JSON.stringify(answer.left))
    return answer.right
  }

  test('count each quotation once, and a cancelled order for nothing (O08 c)', async () => {
    const one = await sent()
    await sent({ lines: [{ ...desk, quantity: '4' }] })
    await done(await confirming(one))
    await done({ type: 'OpenQuotationVersion', data: { id: await sent() } })
    expect((await totals('quotations')).totals).toMatchObject({
      count: 3,
      confirmed: 1,
      confirmedNet: [eur('1200.00')],
      confirmedTotal: [eur('1320.00')],
      total: [eur('4400.00')],
    })
    await done({ type: 'CancelQuotation', data: { id: one, reason: 'Not delivered' } })
    expect((await totals('quotations')).totals).toMatchObject({ confirmed: 0, confirmedNet: [] })
  })

  test('say of what is open what was offered, to the last digit of each quotation (O19 f)', async () => {
    const lines = ['0.13', '0.16'].map((amount, index) => ({
      description: 'Screw',
      unitPrice: eur(amount),
      taxRate: ['10', '20'][index] ?? null,
    }))
    const id = await sent({ lines })
    const { totals: own } = await shown(id)
    expect(own.total).toEqual(eur('0.33'))
    const { rows, totals: all } = await totals('pipeline')
    expect(all).toMatchObject({ count: 1, quotedTotal: [own.total] })
    expect(rows).toMatchObject([{ quotedTotal: [own.total] }])
    expect((await saleNow()).quotations).toMatchObject([{ total: own.total }])
    await done(await confirming(id))
    const orders = await forsat.query.orders.list({ company })
    expect(orders).toMatchObject(E.right({ items: [{ total: own.total, net: own.net }] }))
    expect((await totals('quotations')).totals).toMatchObject({ confirmedTotal: [own.total] })
  })
})

describe('a copy', () => {
  test('takes over what is offered, and nothing that belongs to the first document', async () => {
    const lines = [desk, { kind: 'note', description: 'As agreed' }]
    const id = await sent({
      lines,
      validUntil: '2026-02-11',
      customerReference: 'PO 7',
      subject: 'Desks',
      externalIds: [{ system: 'erp', id: '1' }],
    })
    const copy = await done({ type: 'DuplicateQuotation', data: { from: id } })
    const view = await shown(copy.id)
    expect(view).toMatchObject({
      status: 'draft',
      version: 1,
      subject: 'Desks',
      opportunityId: sale,
      copiedFrom: id,
      externalIds: [],
      lines: [{ description: 'Desk' }, { kind: 'note', description: 'As agreed' }],
    })
    expect(view).not.toHaveProperty('number')
    expect(view).not.toHaveProperty('validUntil')
    expect(view).not.toHaveProperty('customerReference')
  })
})

describe('several companies', () => {
  test('a quotation is its opportunity’s company’s, whatever company is acted in (O18)', async () => {
    const other = await done({
      type: 'CreateCompany',
      data: { name: 'Other', currency: 'IRR', language: 'fa' },
    })
    const both = { companies: [other.id, company], company: other.id }
    const asked: Command = {
      type: 'DraftQuotation',
      data: { opportunityId: sale, lines: [desk] },
    }
    const { id } = await done(asked, both)
    expect(await shown(id)).toMatchObject({ company, currency: 'EUR' })
    const foreign = { company: other.id, companies: [other.id] }
    expect(await refusal(asked, foreign)).toEqual({ type: 'NotFound' })
    expect(await refusal({ type: 'SendQuotation', data: { id } }, foreign)).toEqual({
      type: 'NotFound',
    })
  })
})

describe('racing', () => {
  test('of many who confirm and cancel exactly one is heard (O21)', async () => {
    const id = await sent()
    const { revision } = await shown(id)
    const confirm = await confirming(id)
    const cancel: Command = { type: 'CancelQuotation', data: { id, reason: 'Race' } }
    const asked = Array.from({ length: 50 }, (_, index) =>
      forsat.execute(index % 2 === 0 ? confirm : cancel, { ...staff, expectedRevision: revision }),
    )
    const outcomes = await Promise.all(asked)
    expect(outcomes.filter(E.isRight)).toHaveLength(1)
    expect((await shown(id)).revision).toBe(revision + 1)
  })

  test('who names no revision is heard where nobody else was, and told so where one was (O21 e)', async () => {
    for (let time = 0; time < 10; time += 1) {
      const id = await sent()
      const { revision } = await shown(id)
      const confirm = await confirming(id)
      const cancel: Command = { type: 'CancelQuotation', data: { id, reason: 'Race' } }
      const asked = Array.from({ length: 10 }, (_, index) =>
        forsat.execute(index % 2 === time % 2 ? confirm : cancel, staff),
      )
      const outcomes = await Promise.all(asked)
      expect(outcomes.filter(E.isRight)).toHaveLength(1)
      const refusals = outcomes.flatMap((outcome) => (E.isLeft(outcome) ? [outcome.left] : []))
      const { status, revision: after } = await shown(id)
      expect(after).toBe(revision + 1)
      const told = status === 'confirmed' ? 'QuotationAlreadyConfirmed' : 'QuotationCancelled'
      expect(new Set(refusals.map(({ type }) => type))).toEqual(
        new Set(status === 'confirmed' ? [told, 'RevisionConflict'] : [told]),
      )
    }
  })

  test('an act that another one has not touched is decided again (O21 e)', async () => {
    const id = await sent()
    const noting: Command = { type: 'NoteOpportunity', data: { id: sale, text: 'They called' } }
    const linking: Command = { type: 'IssueQuotationLink', data: { id } }
    const cancel: Command = { type: 'CancelQuotation', data: { id, reason: 'Wrong' } }
    await Promise.all([done(linking), done(cancel), done(linking)])
    expect(await shown(id)).toMatchObject({ status: 'cancelled' })
    const win: Command = { type: 'WinOpportunity', data: { id: sale } }
    await Promise.all([done(win), done(noting), done(noting)])
    expect(await saleNow()).toMatchObject({ outcome: 'won' })
  })

  test('a repeat is answered as the first time, with the same order (O22)', async () => {
    const id = await sent()
    const confirm = await confirming(id)
    const key = { idempotencyKey: 'confirm-1' }
    const answers = await Promise.all([done(confirm, key), done(confirm, key), done(confirm, key)])
    expect(new Set(answers.map(({ revision }) => revision)).size).toBe(1)
    const orders = await forsat.query.orders.list({ company })
    expect(orders).toMatchObject(E.right({ items: [{ number: 'S-2026-0001' }] }))
    expect(await refusal(confirm)).toMatchObject({ type: 'QuotationAlreadyConfirmed' })
  })
})
