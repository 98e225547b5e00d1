/**
 * Options as they are asked for: priced once, bounded, and answered by whoever may.
 */
import * as E from 'fp-ts/lib/Either.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Command } from '../use-cases.ts'
import { type Selling, selling } from './examples.ts'

let shop: Selling
let supportId: string
beforeAll(async () => {
  shop = await selling()
  const prices = [{ unitPrice: eur('200.00') }, { unitPrice: eur('180.00'), minQuantity: '5' }]
  const data = { name: 'Support', unit: 'year', prices }
  supportId = (await shop.done({ type: 'CreateProduct', data })).id
})
afterAll(() => shop[Symbol.asyncDispose]())

const eur = (amount: string) => ({ amount, currency: 'EUR' })
const desk = { description: 'Desk', quantity: '1', unitPrice: eur('1000.00') }
const lamp = { description: 'Lamp', unitPrice: eur('40.00') }
type Options = NonNullable<Extract<Command, { type: 'DraftQuotation' }>['data']['options']>

const drafted = (options: Options) => shop.drafted([desk], { options })
const offered = async (options: Options) => {
  const { id } = await drafted(options)
  await shop.done({ type: 'SendQuotation', data: { id } })
  return shop.shown(id)
}
const revise = (id: string, optionId: string, changes: object) =>
  ({ type: 'ReviseOption', data: { id, optionId, ...changes } }) as Command
const relist = (id: string, options: readonly object[]) =>
  ({ type: 'ReviseQuotation', data: { id, options } }) as Command
const take = (id: string, optionId: string, more: object = {}) =>
  ({ type: 'AcceptOption', data: { id, optionId, ...more } }) as Command
const customer = (id: string) => ({ actor: `customer:${id}`, manages: [] })
const pointersOf = (refusal: { readonly type: string }) =>
  'errors' in refusal ? (refusal.errors as { pointer: string }[]).map(({ pointer }) => pointer) : []

describe('an option', () => {
  test('is what its product says, for as much as is offered', async () => {
    const { options, totals } = await drafted([
      { productId: supportId, quantity: '5', quantityEditable: true, minQuantity: '1' },
      lamp,
    ])
    expect(options).toMatchObject([
      {
        position: 0,
        description: 'Support',
        unit: 'year',
        unitPrice: eur('180.00'),
        taxRate: '10',
        amount: eur('900.00'),
        quantityEditable: true,
        minQuantity: '1',
      },
      { position: 1, quantity: '1', amount: eur('40.00'), quantityEditable: false },
    ])
    expect(options[1]).not.toHaveProperty('minQuantity')
    expect(totals.net).toEqual(eur('1000.00'))
  })

  test('is added, changed, moved and withdrawn', async () => {
    const { id } = await drafted([lamp])
    await shop.done({ type: 'OfferOption', data: { id, productId: supportId, position: 0 } })
    const [support, light] = (await shop.shown(id)).options
    await shop.done(revise(id, light?.id ?? '', { quantityEditable: true, maxQuantity: '9' }))
    await shop.done(revise(id, support?.id ?? '', { discountPercent: '10', position: 1 }))
    expect((await shop.shown(id)).options).toMatchObject([
      { id: light?.id, quantityEditable: true, maxQuantity: '9' },
      { id: support?.id, discount: eur('20.00'), amount: eur('180.00') },
    ])
    await shop.done(revise(id, light?.id ?? '', { maxQuantity: null }))
    expect((await shop.shown(id)).options[0]).not.toHaveProperty('maxQuantity')
    await shop.done({ type: 'WithdrawOption', data: { id, optionId: light?.id ?? '' } })
    expect((await shop.shown(id)).options.map((each) => each.id)).toEqual([support?.id])
  })

  test('is part of a list that is told anew: what stays keeps what is not said', async () => {
    const { id, options } = await drafted([{ ...lamp, quantity: '2', maxQuantity: '4' }, lamp])
    const [first, second] = options
    const listed = [{ id: second?.id, quantity: '3' }, { id: first?.id }, { productId: supportId }]
    await shop.done(relist(id, listed))
    expect((await shop.shown(id)).options).toMatchObject([
      { id: second?.id, quantity: '3', description: 'Lamp' },
      { id: first?.id, quantity: '2', maxQuantity: '4' },
      { description: 'Support' },
    ])
    expect(await shop.refusal(relist(id, [{ id: shop.contactId }]))).toEqual({
      type: 'OptionUnknown',
      optionId: shop.contactId,
    })
    const refusal = await shop.refusal(relist(id, [{ id: first?.id }, { id: first?.id }]))
    expect(pointersOf(refusal)).toEqual(['/options/1/id'])
  })

  test.for([
    [{ ...lamp, quantity: '0' }, '/quantity'],
    [{ ...lamp, quantity: '3', maxQuantity: '2' }, '/quantity'],
    [{ ...lamp, minQuantity: '2' }, '/quantity'],
    [{ ...lamp, minQuantity: '5', maxQuantity: '2', quantity: '3' }, '/quantity'],
    [{ ...lamp, quantity: '-1' }, '/quantity'],
    [{ ...lamp, kind: 'note' }, '/kind'],
    [{ description: 'Lamp' }, '/unitPrice'],
    [{ ...lamp, unitPrice: eur('1.00001') }, '/unitPrice/amount'],
    [{ ...lamp, quantityEditable: 'yes' }, '/quantityEditable'],
    [{ ...lamp, taken: '1' }, '/taken'],
  ] as const)('is not offered as %j', async ([option, pointer]) => {
    const { id } = await drafted([])
    const alone = { type: 'OfferOption', data: { id, ...option } } as unknown as Command
    expect(pointersOf(await shop.refusal(alone))).toContain(pointer)
    const { contactId } = shop
    const data = { contactId, lines: [desk], options: [option] }
    const listed = { type: 'DraftQuotation', data } as unknown as Command
    expect(pointersOf(await shop.refusal(listed))).toContain(`/options/0${pointer}`)
  })

  test('is not revised out of what may be taken of it', async () => {
    const { id, options } = await drafted([{ ...lamp, quantity: '2', minQuantity: '2' }])
    const refusal = await shop.refusal(revise(id, options[0]?.id ?? '', { quantity: '1' }))
    expect(pointersOf(refusal)).toEqual(['/quantity'])
    const lower = revise(id, options[0]?.id ?? '', { quantity: '1', minQuantity: null })
    await shop.done(lower)
    expect((await shop.shown(id)).options[0]).toMatchObject({ quantity: '1' })
  })

  test('is of no product that is not sold; what was offered stays offered (O15 a)', async () => {
    const data = { name: 'Old support', prices: [{ unitPrice: eur('50.00') }] }
    const { id: productId } = await shop.done({ type: 'CreateProduct', data })
    const before = await offered([{ productId }])
    await shop.done({
      type: 'ReviseProduct',
      data: { id: productId, prices: [{ unitPrice: eur('70.00') }] },
    })
    await shop.done({ type: 'ArchiveProduct', data: { id: productId } })
    const { id } = await drafted([])
    const refusal = await shop.refusal({ type: 'OfferOption', data: { id, productId } })
    expect(pointersOf(refusal)).toEqual(['/productId'])
    await shop.done(take(before.id, before.options[0]?.id ?? ''))
    expect((await shop.shown(before.id)).options[0]).toMatchObject({
      taken: '1',
      takenAmount: eur('50.00'),
    })
  })

  test('is copied with the quotation, without the answer to it', async () => {
    const { id, options } = await offered([lamp])
    await shop.done(take(id, options[0]?.id ?? ''))
    const copy = await shop.done({ type: 'DuplicateQuotation', data: { from: id } })
    const shown = await shop.shown(copy.id)
    expect(shown.options).toMatchObject([{ description: 'Lamp', amount: eur('40.00') }])
    expect(shown.options[0]).not.toHaveProperty('taken')
    expect(shown.options[0]?.id).not.toBe(options[0]?.id)
    expect(shown.totals.net).toEqual(eur('1000.00'))
  })
})

describe('an answer', () => {
  test('is the customer’s to the version of the link, and staff’s to what stands', async () => {
    const { id, options } = await offered([lamp])
    const [optionId = ''] = options.map((each) => each.id)
    const refusal = await shop.refusal(take(id, optionId), customer(id))
    expect(pointersOf(refusal)).toEqual(['/version'])
    await shop.done(take(id, optionId, { version: 1 }), customer(id))
    await shop.done({ type: 'DeclineOption', data: { id, optionId } })
    expect((await shop.shown(id)).options[0]).toMatchObject({ declined: true })
  })

  test('given twice at once is one event, whoever was faster (O14 a, d)', async () => {
    const { id, options } = await offered([{ ...lamp, quantityEditable: true }])
    const [optionId = ''] = options.map((each) => each.id)
    const { company } = shop
    const asking = () =>
      shop.forsat.execute(take(id, optionId, { version: 1, quantity: '2' }), {
        company,
        ...customer(id),
      })
    const outcomes = await Promise.all([asking(), asking(), asking()])
    expect(outcomes.every(E.isRight)).toBe(true)
    const events = outcomes.flatMap((each) => (E.isRight(each) ? each.right.events : []))
    expect(events.map(({ type }) => type)).toEqual(['OptionAccepted'])
    expect(await shop.shown(id)).toMatchObject({
      revision: 3,
      options: [{ taken: '2', takenAmount: eur('80.00') }],
      totals: { net: eur('1080.00'), total: eur('1188.00') },
    })
  })

  test('stays in the next version, with which it is worked out anew', async () => {
    const { id, options } = await offered([{ ...lamp, quantityEditable: true, maxQuantity: '4' }])
    const [optionId = ''] = options.map((each) => each.id)
    await shop.done(take(id, optionId, { quantity: '3' }))
    await shop.done({ type: 'OpenQuotationVersion', data: { id } })
    await shop.done(revise(id, optionId, { unitPrice: eur('30.00') }))
    expect(await shop.shown(id)).toMatchObject({
      version: 2,
      options: [{ taken: '3', takenAmount: eur('90.00') }],
      totals: { net: eur('1090.00') },
      versions: [{ options: [{ takenAmount: eur('120.00') }] }, {}],
      live: { net: eur('1120.00') },
    })
    await shop.done(revise(id, optionId, { maxQuantity: '2' }))
    const { options: now, totals } = await shop.shown(id)
    expect(now[0]).not.toHaveProperty('taken')
    expect(totals.net).toEqual(eur('1000.00'))
  })
})
