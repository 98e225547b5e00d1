import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { right, type SampleCompany, sampleCompany, scope } from '../sample-company.ts'
import { idOf, on, rials, rival } from '../sample-log.ts'
import {
  draftQuotation,
  foundsAcme,
  item,
  type Offers,
  offersIn,
  policiesOfAct,
  quotationId,
  tokenHashOf,
} from '../sample-offers.ts'
import { HistoryEntry } from '../views/history.ts'
import { PublicQuotationView, QuotationListItem, QuotationView } from '../views/quotation.ts'
import type { QuotationFilters } from './queries.ts'

let company: SampleCompany
let offers: Offers
beforeEach(async () => {
  company = await sampleCompany()
  offers = offersIn(company.log)
  await foundsAcme(company.log)
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await company[Symbol.asyncDispose]()
})

const read = async (n: number, ...at: [] | [object]) =>
  QuotationView.parse(await company.projections.query.quotations.get(quotationId(n), scope, ...at))
const listed = async (filters: QuotationFilters) => {
  const { list } = company.projections.query.quotations
  const { items } = right(await list(scope, { filters }))
  return items.map((each) => QuotationListItem.parse(each).id)
}

describe('a quotation by the clock', () => {
  beforeEach(async () => {
    await offers.drafts(1)
    await offers.sends(1, { validUntil: '2026-01-18' })
    await company.upToDate()
  })

  const moments = [
    ['2026-01-17T20:29:59.999Z', 'sent', 1],
    ['2026-01-17T21:00:00.000Z', 'sent', 0],
    ['2026-01-18T20:29:59.999Z', 'sent', 0],
    ['2026-01-18T20:30:00.000Z', 'expired', undefined],
  ] as const
  const zones = ['UTC', 'Asia/Tehran', 'America/Los_Angeles']
  const anywhere = zones.flatMap((zone) => moments.map((moment) => [zone, ...moment] as const))

  test.for(anywhere)(
    'on a server in %s is, at %s, %s with days left: %s (O02)',
    async ([zone, now, status, daysLeft]) => {
      vi.stubEnv('TZ', zone)
      company.log.now = now
      const { query } = company.projections
      expect(await read(1)).toMatchObject({ status, validUntil: '2026-01-18' })
      expect((await read(1)).daysLeft).toBe(daysLeft)
      expect(await listed({ status })).toEqual([quotationId(1)])
      expect(await listed({ status: status === 'sent' ? 'expired' : 'sent' })).toEqual([])
      expect(await query.quotations.due(scope, now)).toHaveLength(status === 'sent' ? 0 : 1)
    },
  )

  test('is what it was at a past moment, and what the sweep recorded makes no difference', async () => {
    company.log.now = '2026-02-01T08:00:00.000Z'
    await offers.asks(1, {
      type: 'ExpireQuotation',
      data: { occurredAt: '2026-01-18T20:30:00.000Z', occurredOn: '2026-01-19' },
    })
    await company.upToDate()
    const { query } = company.projections
    expect(await query.quotations.due(scope, company.log.now)).toEqual([])
    expect(await read(1)).toMatchObject({ status: 'expired' })
    expect(await read(1, { asOf: '2026-01-18T20:29:59.999Z' })).toMatchObject({ status: 'sent' })
    expect(await read(1, { asOf: '2026-01-18T20:30:00.000Z' })).toMatchObject({ status: 'expired' })
    expect(await read(1, { effectiveAt: '2026-01-18T20:29:59.999Z' })).toMatchObject({
      status: 'sent',
      daysLeft: 0,
    })
  })

  test('goes on after an extension', async () => {
    company.log.now = '2026-01-18T20:30:00.000Z'
    await offers.asks(1, {
      type: 'ExtendQuotation',
      data: {
        validUntil: '2026-01-25',
        expiresAt: '2026-01-25T20:30:00.000Z',
        note: 'asked for',
        mayBeLate: true,
        ...on('2026-01-19'),
      },
    })
    await company.upToDate()
    expect(await read(1)).toMatchObject({ status: 'sent', validUntil: '2026-01-25', daysLeft: 6 })
  })
})

describe('a second version (O04)', () => {
  beforeEach(async () => {
    await company.opens(1)
    await offers.drafts(1, {
      opportunityId: idOf('A', 1),
      lines: [
        { line: item(1, 1200) },
        { line: { id: idOf('N', 2), kind: 'note' }, text: 'رنگ سفید' },
      ],
    })
    await offers.sends(1)
    await offers.asks(1, { type: 'OpenQuotationVersion', data: on('2026-01-11') })
    await offers.asks(1, {
      type: 'ReviseQuotationLine',
      data: {
        lineId: idOf('N', 1),
        changes: { unitPrice: rials(1740) },
        vatRounding: 'total',
        ...on('2026-01-11'),
      },
    })
    await company.upToDate()
  })

  const quoted = async () => {
    const { opportunities } = company.projections.query
    const { quotations, quotationTotals } = (await opportunities.get(idOf('A', 1), scope)) ?? {}
    return { totals: quotations?.map(({ total }) => total), open: quotationTotals?.open }
  }

  test('is shown while the first one stands, and is not counted beside it', async () => {
    expect(await read(1)).toMatchObject({
      status: 'draft',
      version: 2,
      totals: { total: rials(1740) },
      live: { status: 'sent', version: 1, number: 'Q-1404-0001', total: rials(1200) },
      versions: [
        { version: 1, status: 'sent', totals: { total: rials(1200) } },
        { version: 2, status: 'draft' },
      ],
    })
    expect(await quoted()).toEqual({ totals: [rials(1200)], open: [rials(1200)] })
    for (const status of ['sent', 'draft'] as const)
      expect(await listed({ status })).toEqual([quotationId(1)])
    expect(await listed({ status: ['confirmed', 'expired'] })).toEqual([])
  })

  test('takes the place of the first one once it is sent, for the customer too', async () => {
    await offers.sends(1, {}, 2, '2026-01-12')
    await company.upToDate()
    const { byTokenHash, forCustomer } = company.projections.query.quotations
    expect(await quoted()).toEqual({ totals: [rials(1740)], open: [rials(1740)] })
    expect(await byTokenHash(tokenHashOf(1, 1))).toMatchObject({ id: quotationId(1), version: 1 })
    expect(await byTokenHash(tokenHashOf(1, 2))).toMatchObject({ id: quotationId(1), version: 2 })
    expect(PublicQuotationView.parse(await forCustomer(quotationId(1), 1, scope))).toMatchObject({
      status: 'superseded',
      open: false,
      totals: { total: rials(1200) },
    })
    expect(PublicQuotationView.parse(await forCustomer(quotationId(1), 2, scope))).toMatchObject({
      status: 'sent',
      open: true,
      number: 'Q-1404-0001-v2',
      seller: { name: 'شرکت آکمه' },
      lines: [
        { kind: 'item', position: 0 },
        { kind: 'note', description: 'رنگ سفید' },
      ],
    })
    expect(await forCustomer(quotationId(1), 3, scope)).toBeUndefined()
    expect(await forCustomer(quotationId(1), 2, { company: rival })).toBeUndefined()
    for (const number of ['Q-1404-0001', 'q-۱۴۰۴-۰۰۰۱', 'Q-1404-0001-v2']) {
      expect(await listed({ number })).toEqual([quotationId(1)])
    }
    expect(await listed({ number: 'Q-1404-0001-v3' })).toEqual([])
  })

  test('leaves the first one as it was when it is discarded', async () => {
    await offers.asks(1, { type: 'DiscardQuotationVersion', data: on('2026-01-12') })
    await company.upToDate()
    const view = await read(1)
    expect(view).toMatchObject({
      status: 'sent',
      version: 1,
      totals: { total: rials(1200) },
      versions: [{ status: 'sent' }, { version: 2, status: 'discarded' }],
    })
    expect(view.live).toBeUndefined()
    expect(await company.projections.query.quotations.byTokenHash(tokenHashOf(1, 1))).toBeDefined()
  })

  test('is told of line by line', async () => {
    const entries = await company.projections.query.quotations.history(quotationId(1), scope)
    const told = entries?.map((entry) => HistoryEntry.parse(entry)) ?? []
    expect(told.at(0)?.changes.map(({ field }) => field)).toEqual(
      expect.arrayContaining(['status', `lines/${idOf('N', 1)}`, `lines/${idOf('N', 2)}`]),
    )
    expect(told.at(-2)).toMatchObject({ type: 'QuotationVersionOpened' })
    expect(told.at(-2)?.changes).toContainEqual({ field: 'version', from: 1, to: 2 })
    expect(
      told
        .at(-1)
        ?.changes.map(({ field }) => field)
        .toSorted(),
    ).toEqual([`lines/${idOf('N', 1)}/amount`, `lines/${idOf('N', 1)}/unitPrice`, 'net', 'total'])
  })
})

describe('an acceptance', () => {
  const accepts = (onAccept: 'record' | 'confirm', day: string) =>
    offers.asks(1, {
      type: 'AcceptQuotation',
      data: {
        seen: { version: 1, total: rials(1000) },
        name: 'علی رضایی',
        title: 'مدیر خرید',
        onAccept,
        orderNumber: 'S-1404-0001',
        policies: policiesOfAct,
        rates: [],
        ...on(day),
      },
    })

  test('that is recorded holds past the date, for whoever reads it', async () => {
    await offers.drafts(1)
    await offers.sends(1)
    await accepts('record', '2026-01-20')
    company.log.now = '2026-02-01T08:00:00.000Z'
    await company.upToDate()
    const { due, forCustomer } = company.projections.query.quotations
    const view = await read(1)
    expect(view).toMatchObject({ status: 'sent', acceptance: { version: 1, title: 'مدیر خرید' } })
    expect(view).not.toHaveProperty('daysLeft')
    expect(await listed({ status: 'sent' })).toEqual([quotationId(1)])
    expect(await due(scope, company.log.now)).toEqual([])
    expect(PublicQuotationView.parse(await forCustomer(quotationId(1), 1, scope))).toMatchObject({
      status: 'sent',
      open: false,
      acceptance: { name: 'علی رضایی' },
    })
  })

  test('that confirms shows who accepted, and makes the order', async () => {
    await offers.drafts(1)
    await offers.sends(1)
    await accepts('confirm', '2026-01-20')
    await company.upToDate()
    expect(await read(1)).toMatchObject({
      status: 'confirmed',
      acceptance: { name: 'علی رضایی' },
      confirmed: { basis: 'acceptance' },
      order: { number: 'S-1404-0001' },
    })
  })

  test('that is refused instead is told with its reason and note', async () => {
    await offers.drafts(1)
    await offers.sends(1)
    const reason = { id: idOf('R', 1), name: 'قیمت' }
    await offers.asks(1, {
      type: 'DeclineQuotation',
      data: { reason, note: 'گران است', ...on('2026-01-12') },
    })
    await company.upToDate()
    expect(await read(1)).toMatchObject({
      status: 'declined',
      declined: { reasonId: reason.id, reason: 'قیمت', note: 'گران است' },
    })
    const history = await company.projections.query.quotations.history(quotationId(1), scope)
    expect(history?.at(-1)).toMatchObject({ reason: 'قیمت', note: 'گران است' })
  })
})

describe('a link', () => {
  test('is dead once another was made, once it was revoked, and once the offer is a draft again', async () => {
    const { byTokenHash } = company.projections.query.quotations
    const link = (version: number) => ({
      nonce: 'B'.repeat(22),
      tokenHash: tokenHashOf(1, version),
    })
    await offers.drafts(1)
    await offers.sends(1)
    await offers.asks(1, {
      type: 'IssueQuotationLink',
      data: { link: link(7), ...on('2026-01-11') },
    })
    await company.upToDate()
    expect(await byTokenHash(tokenHashOf(1, 1))).toBeUndefined()
    expect(await byTokenHash(tokenHashOf(1, 7))).toMatchObject({ version: 1 })
    await offers.asks(1, { type: 'RevokeQuotationLink', data: on('2026-01-11') })
    await company.upToDate()
    expect(await byTokenHash(tokenHashOf(1, 7))).toBeUndefined()
    expect(await read(1)).toMatchObject({ linkActive: false })
    await offers.asks(1, {
      type: 'IssueQuotationLink',
      data: { link: link(8), ...on('2026-01-11') },
    })
    await offers.asks(1, { type: 'ReturnQuotationToDraft', data: on('2026-01-11') })
    await company.upToDate()
    expect(await byTokenHash(tokenHashOf(1, 8))).toBeUndefined()
  })
})

test('who drafts without a known company is told no days', async () => {
  const { log } = company
  await log.offer(quotationId(9), draftQuotation(), { company: rival })
  await company.upToDate()
  const view = await company.projections.query.quotations.get(quotationId(9), { company: rival })
  expect(view).not.toHaveProperty('daysLeft')
})
