import { productCodec } from '@forsat/domain'
import { recorder } from '@forsat/event-store'
import { memoryKeys } from '@forsat/event-store/memory'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Command } from '../use-cases.ts'
import { type Lines, type Selling, selling } from './examples.ts'

let at: Selling
beforeEach(async () => {
  at = await selling()
})
afterEach(() => at[Symbol.asyncDispose]())

type Listed = NonNullable<Extract<Command, { type: 'ReviseQuotation' }>['data']['lines']>

const money = (amount: string, currency: string) => ({ amount, currency })
const eur = (amount: string) => money(amount, 'EUR')

const offering = (lines: Lines, more: object = {}): Command => ({
  type: 'DraftQuotation',
  data: { contactId: at.contactId, lines, ...more },
})
const product = async (data: Omit<Extract<Command, { type: 'CreateProduct' }>['data'], 'id'>) =>
  (await at.done({ type: 'CreateProduct', data })).id
const revised = async (id: string, data: object) => {
  await at.done({ type: 'ReviseQuotation', data: { id, ...data } })
  return at.shown(id)
}
const rate = async (base: string, quote: string, date: string, value: string) => {
  const data = { id: at.company, base, quote, date, rate: value }
  await at.done({ type: 'SetExchangeRate', data })
  await at.forsat.settle()
}

/** Each line as `[price, quantity, tax rate]`. */
type Figures = readonly (readonly [price: string, quantity: string, taxRate: string | null])[]
const linesOf = (currency: string, figures: Figures): Lines =>
  figures.map(([amount, quantity, taxRate]) => ({
    description: 'Thing',
    quantity,
    unitPrice: money(amount, currency),
    taxRate,
  }))

const twoRates: Figures = [
  ['0.13', '1', '10'],
  ['0.16', '1', '20'],
]
const fiveLines: Figures = [
  ['19.99', '3', '10'],
  ['4.35', '7', '10'],
  ['0.35', '11', '10'],
  ['129.90', '1', '10'],
  ['12.45', '5', '10'],
]
const exempt: Figures = [
  ['0.10', '1', null],
  ['0.20', '1', null],
]
const big = '9007199254740993'

describe('what an offer comes to', () => {
  test.each<[string, string, Figures, string, string]>([
    ['two rates (O19 a)', 'EUR', twoRates, '0.29', '0.33'],
    ['five lines at one rate (O19 b)', 'EUR', fiveLines, '286.42', '315.06'],
    ['what is exempt (O19 c)', 'EUR', exempt, '0.30', '0.30'],
    ['rials (O20 a)', 'IRR', [['333333', '1', '10']], '333333', '366666'],
    ['rials, half away from zero (O20 b)', 'IRR', [['1250005', '1', '10']], '1250005', '1375006'],
    ['yen (O20 c)', 'JPY', [['1127', '1', '10']], '1127', '1240'],
    ['dinars (O20 d)', 'KWD', [['1.234', '3', '5']], '3.702', '3.887'],
    ['more than a double holds (O20 f)', 'IRR', [[big, '1', null]], big, big],
  ])('is exact for %s', async (_name, currency, figures, net, total) => {
    const { id, totals } = await at.drafted(linesOf(currency, figures), { currency })
    expect(totals).toMatchObject({ net: money(net, currency), total: money(total, currency) })
    await at.done({ type: 'SendQuotation', data: { id } })
    expect((await at.shown(id)).totals).toEqual(totals)
  })

  test('counts a discount on the line that has it (O19 e)', async () => {
    const lines = linesOf('EUR', [['34.90', '1', null]])
    const { totals } = await at.drafted(lines.map((line) => ({ ...line, discountPercent: '15' })))
    expect(totals).toMatchObject({ discount: eur('5.24'), net: eur('29.66') })
  })

  test('is told line by line where the company rounds so (O19 b)', async () => {
    await at.done({ type: 'SetPolicies', data: { id: at.company, vatRounding: 'line' } })
    expect((await at.drafted(linesOf('EUR', fiveLines))).totals.total).toEqual(eur('315.08'))
  })
})

describe('the tax of a line', () => {
  test('is its own, else its product’s, else the company’s, else none', async () => {
    const prices = [{ unitPrice: eur('10.00') }]
    const productId = await product({ name: 'Book', taxRate: '4', prices })
    const thing = { description: 'Thing', unitPrice: eur('1.00') }
    const lines = [{ productId }, { productId, taxRate: '0' }, thing, { ...thing, taxRate: null }]
    expect((await at.drafted(lines)).lines).toMatchObject([
      { taxRate: '4' },
      { taxRate: '0' },
      { taxRate: '10' },
      { taxRate: null },
    ])
    await at.done({ type: 'ReviseCompany', data: { id: at.company, defaultTaxRate: null } })
    expect((await at.drafted([thing])).lines).toMatchObject([{ taxRate: null }])
  })
})

describe('a price', () => {
  test('is written with the digits of its currency, and finer only where it is', async () => {
    const prices = ['12', '1.0050', '1.20', '0.0001', '-5'].map(eur)
    const { lines } = await at.drafted(
      prices.map((unitPrice) => ({ description: 'Thing', unitPrice })),
    )
    const amounts = lines.map((line) => 'unitPrice' in line && line.unitPrice.amount)
    expect(amounts).toEqual(['12.00', '1.005', '1.20', '0.0001', '-5.00'])
  })

  test('is in the money of the offer', async () => {
    const asked = offering([{ description: 'Desk', unitPrice: money('10', 'USD') }])
    expect(await at.refusal(asked)).toEqual({
      type: 'CurrencyMismatch',
      expected: 'EUR',
      given: 'USD',
    })
  })

  test('of a pack is that of what is in it, also for the tier that it reaches', async () => {
    const productId = await product({
      name: 'Screw',
      unit: 'piece',
      units: [{ unit: 'box', factor: '100' }],
      prices: [{ unitPrice: eur('0.05') }, { unitPrice: eur('0.0425'), minQuantity: '1000' }],
    })
    const { lines } = await at.drafted([
      { productId, quantity: '999' },
      { productId, unit: 'box', quantity: '9.99' },
      { productId, unit: 'box', quantity: '10' },
    ])
    expect(lines).toMatchObject([
      { unit: 'piece', unitPrice: eur('0.05') },
      { unit: 'box', unitPrice: eur('5.00') },
      { unit: 'box', unitPrice: eur('4.25') },
    ])
    expect(await at.refusal(offering([{ productId, unit: 'crate' }]))).toMatchObject({
      type: 'InvalidRequest',
      errors: [{ pointer: '/lines/0/unit' }],
    })
  })

  test('is converted by the last rate known on the day, as fine as a price may be', async () => {
    const prices = [{ unitPrice: money('5', 'JPY') }, { unitPrice: money('100.00', 'USD') }]
    const productId = await product({ name: 'Screw', prices })
    await rate('JPY', 'EUR', '2026-01-01', '0.9')
    await rate('JPY', 'EUR', '2026-01-31', '0.0055')
    await rate('JPY', 'EUR', '2026-02-02', '0.7')
    expect((await at.drafted([{ productId }])).lines).toMatchObject([{ unitPrice: eur('0.0275') }])
    const { lines } = await at.drafted([{ productId }], { currency: 'USD' })
    expect(lines).toMatchObject([{ unitPrice: money('100.00', 'USD') }])
    expect(await at.refusal(offering([{ productId }], { currency: 'KWD' }))).toEqual({
      type: 'RateMissing',
      base: 'JPY',
      quote: 'KWD',
      date: '2026-02-01',
    })
  })

  test('has to be told where the product has none for so few', async () => {
    const prices = [{ unitPrice: eur('1.00'), minQuantity: '10' }]
    const productId = await product({ name: 'Screw', prices })
    expect(await at.refusal(offering([{ productId, quantity: '9' }]))).toMatchObject({
      type: 'InvalidRequest',
      errors: [{ pointer: '/lines/0/unitPrice' }],
    })
  })
})

describe('a line', () => {
  test.each<[Lines[number], string]>([
    [{ unitPrice: eur('1.00') }, 'description'],
    [{ description: 'Desk' }, 'unitPrice'],
    [{ kind: 'section' }, 'description'],
    [{ kind: 'section', description: 'Two\nlines' }, 'description'],
    [{ kind: 'note', description: 'As agreed', unitPrice: eur('1.00') }, 'unitPrice'],
    [{ kind: 'section', description: 'Desks', quantity: '1' }, 'quantity'],
  ])('as in %j is refused for its %s', async (line, field) => {
    expect(await at.refusal(offering([line]))).toMatchObject({
      type: 'InvalidRequest',
      errors: [{ pointer: `/lines/0/${field}` }],
    })
  })

  test('of a product that is not sold any more is not offered, but stays where it was', async () => {
    const productId = await product({ name: 'Desk', prices: [{ unitPrice: eur('9.00') }] })
    const { id, lines } = await at.drafted([{ productId }])
    await at.done({ type: 'ArchiveProduct', data: { id: productId } })
    expect(await at.refusal(offering([{ productId }]))).toMatchObject({
      errors: [{ pointer: '/lines/0/productId' }],
    })
    const again = lines.map((line) => ({ id: line.id, productId, quantity: '2' }))
    expect((await revised(id, { lines: again })).lines).toMatchObject([
      { productId, quantity: '2', unitPrice: eur('9.00') },
    ])
  })

  test('brings what belongs to it when it is given another product', async () => {
    const desk = await product({
      name: 'Desk',
      unit: 'piece',
      prices: [{ unitPrice: eur('9.00') }],
    })
    const book = await product({ name: 'Book', taxRate: '4', prices: [{ unitPrice: eur('2.00') }] })
    const { id, lines } = await at.drafted([{ productId: desk, quantity: '3' }])
    const lineId = lines[0]?.id ?? ''
    const change = (data: object) =>
      at.done({ type: 'ReviseQuotationLine', data: { id, lineId, ...data } })
    await change({ unitPrice: eur('8.00') })
    await change({ productId: desk })
    expect((await at.shown(id)).lines).toMatchObject([{ unitPrice: eur('8.00') }])
    await change({ productId: book })
    const [line] = (await at.shown(id)).lines
    expect(line).toMatchObject({
      description: 'Book',
      quantity: '3',
      unitPrice: eur('2.00'),
      taxRate: '4',
    })
    expect(line).not.toHaveProperty('unit')
  })
})

describe('a product that says what no offer can carry', () => {
  /** As a catalogue took it before it was checked against what an offer can carry. */
  const storedBefore = async (data: object) => {
    const id = await product({ name: 'Book', prices: [{ unitPrice: eur('10.00') }] })
    const stream = `product-${id}`
    const occurredAt = '2026-02-01T08:00:00.000Z'
    const { record } = recorder({ keys: memoryKeys(), codecs: () => undefined })
    const events = await record([
      {
        event: { type: 'ProductRevised', data },
        codec: productCodec,
        stream,
        revision: 1,
        id: at.contactId,
        occurredAt,
        subjects: { record: id, contact: undefined },
      },
    ])
    const { company, forsat } = at
    const metadata = { company, actor: 'system:test', correlationId: id, command: id }
    await forsat.store.append({ stream, expectedRevision: 0, events, metadata })
    return id
  }
  const priced = (amount: string) => ({ unitPrice: eur(amount) })

  test.each<[string, object, Lines[number]]>([
    ['/taxRate', { taxRate: '120' }, {}],
    [
      '/unitPrice/amount',
      { units: [{ unit: 'pallet', factor: '1000' }], prices: [priced('9'.repeat(18))] },
      { unit: 'pallet' },
    ],
  ])('is refused at %s, wherever it is put on a line', async (pointer, data, line) => {
    const productId = await storedBefore(data)
    const pointed = (place: string) => ({ type: 'InvalidRequest', errors: [{ pointer: place }] })
    const asked = { productId, ...line }
    expect(await at.refusal(offering([asked]))).toMatchObject(pointed(`/lines/0${pointer}`))
    const { id, lines } = await at.drafted([{ description: 'Thing', unitPrice: eur('1.00') }])
    const adding: Command = { type: 'AddQuotationLine', data: { id, ...asked } }
    expect(await at.refusal(adding)).toMatchObject(pointed(pointer))
    const lineId = lines[0]?.id ?? ''
    const turning: Command = { type: 'ReviseQuotationLine', data: { id, lineId, ...asked } }
    expect(await at.refusal(turning)).toMatchObject(pointed(pointer))
    const said = { taxRate: '10', unitPrice: eur('5.00') }
    expect((await at.drafted([{ ...asked, ...said }])).lines).toMatchObject([said])
  })
})

describe('a list of lines anew', () => {
  const three: Lines = ['A', 'B', 'C'].map((description) => ({
    description,
    unitPrice: eur('1.00'),
    discountPercent: '10',
  }))

  test('keeps what it names, in its order, and drops the others', async () => {
    const { id, lines } = await at.drafted([...three, { kind: 'note', description: 'As agreed' }])
    const [a, , c, note] = lines.map((line) => line.id)
    const view = await revised(id, {
      lines: [
        { id: c },
        { kind: 'section', description: 'More' },
        { id: note, kind: 'note', description: 'As agreed' },
        { id: a, quantity: '2' },
      ],
    })
    expect(view.lines).toMatchObject([
      { id: c, description: 'C', discountPercent: '10' },
      { kind: 'section', description: 'More' },
      { id: note, description: 'As agreed' },
      { id: a, description: 'A', quantity: '2' },
    ])
    expect(view.totals.net).toEqual(eur('2.70'))
    const same = view.lines.map(({ id: own, kind, description }) => ({
      id: own,
      kind,
      description,
    }))
    expect((await revised(id, { lines: same })).revision).toBe(view.revision)
  })

  test('knows its own lines, each of them once and of the kind that it was', async () => {
    const { id, lines } = await at.drafted(three)
    const own = { id: lines[0]?.id ?? '' }
    const asked = (listed: Listed): Command => ({
      type: 'ReviseQuotation',
      data: { id, lines: listed },
    })
    expect(await at.refusal(asked([{ id }]))).toEqual({ type: 'LineUnknown', lineId: id })
    expect(await at.refusal(asked([own, own]))).toMatchObject({
      errors: [{ pointer: '/lines/1/id' }],
    })
    const turned = { ...own, kind: 'note', description: 'As agreed' } as const
    expect(await at.refusal(asked([turned]))).toMatchObject({
      errors: [{ pointer: '/lines/0/kind' }],
    })
  })

  test('is priced in the money of the offer', async () => {
    const { id, lines } = await at.drafted(three)
    const listed = lines.map((line) => ({ id: line.id }))
    const asked: Command = { type: 'ReviseQuotation', data: { id, currency: 'USD', lines: listed } }
    expect(await at.refusal(asked)).toMatchObject({ type: 'CurrencyMismatch', expected: 'USD' })
    const priced = listed.slice(0, 1).map((line) => ({ ...line, unitPrice: money('1.1', 'USD') }))
    const view = await revised(id, { currency: 'USD', lines: priced })
    expect(view.totals.net).toEqual(money('0.99', 'USD'))
  })
})
