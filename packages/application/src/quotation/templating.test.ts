/**
 * Offers that begin from a template, and drafts that it is applied to.
 */
import type { QuotationView } from '@forsat/projections'
import * as E from 'fp-ts/lib/Either.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Command } from '../use-cases.ts'
import { type Selling, selling } from './examples.ts'

let shop: Selling
let deskId: string
let lampId: string
beforeAll(async () => {
  shop = await selling()
  deskId = await product({
    name: 'Desk',
    unit: 'piece',
    taxRate: '20',
    prices: [{ unitPrice: eur('100.00') }, { unitPrice: eur('90.00'), minQuantity: '10' }],
  })
  lampId = await product({ name: 'Lamp', prices: [{ unitPrice: eur('40.00') }] })
})
afterAll(() => shop[Symbol.asyncDispose]())

const eur = (amount: string) => ({ amount, currency: 'EUR' })
const product = async (fields: object) =>
  (await shop.done({ type: 'CreateProduct', data: fields } as Command)).id
const template = async (fields: object) =>
  (await shop.done({ type: 'CreateTemplate', data: fields } as Command)).id
const office = (more: object = {}) =>
  template({
    name: 'Office',
    validityDays: 15,
    terms: 'Net 30',
    lines: [
      { kind: 'section', description: 'Desks' },
      { productId: deskId, quantity: '10', discountPercent: '5' },
      { kind: 'note', description: 'Set up by us' },
      { description: 'Delivery', unitPrice: eur('60.00'), taxRate: null },
    ],
    options: [
      { productId: lampId, quantityEditable: true, minQuantity: '1', maxQuantity: '20' },
      { description: 'Training', unitPrice: eur('500.00') },
    ],
    ...more,
  })

const draft = (data: object) =>
  ({ type: 'DraftQuotation', data: { contactId: shop.contactId, ...data } }) as Command
const drafted = async (data: object) => shop.shown((await shop.done(draft(data))).id)
const apply = (id: string, templateId: string, more: object = {}) =>
  ({
    type: 'ApplyQuotationTemplate',
    data: { id, templateId, mode: 'replace', ...more },
  }) as Extract<Command, { type: 'ApplyQuotationTemplate' }>
const words = ({ lines }: Pick<QuotationView, 'lines'>) =>
  lines.map(({ description }) => description)
const ownLine = { description: 'Carpet', unitPrice: eur('10.00') }

describe('an offer from a template', () => {
  test('has its lines, options, words and days, with what products say now', async () => {
    const templateId = await office()
    const offer = await drafted({ templateId })
    expect(offer).toMatchObject({
      template: { id: templateId, name: 'Office', revision: 0, validityDays: 15 },
      terms: 'Net 30',
      lines: [
        { kind: 'section', description: 'Desks' },
        {
          productId: deskId,
          description: 'Desk',
          unit: 'piece',
          unitPrice: eur('90.00'),
          taxRate: '20',
          amount: eur('855.00'),
        },
        { kind: 'note', description: 'Set up by us' },
        { description: 'Delivery', quantity: '1', taxRate: null },
      ],
      options: [
        { productId: lampId, quantity: '1', unitPrice: eur('40.00'), maxQuantity: '20' },
        { description: 'Training', taxRate: '10', quantityEditable: false },
      ],
      totals: { net: eur('915.00') },
    })
    await shop.done({ type: 'SendQuotation', data: { id: offer.id } })
    expect(await shop.shown(offer.id)).toMatchObject({ validUntil: '2026-02-16' })
  })

  test('without an end has none, and one that says nothing of days leaves it to the company', async () => {
    const never = await drafted({ templateId: await office({ validityDays: 0 }) })
    await shop.done({ type: 'SendQuotation', data: { id: never.id } })
    expect(await shop.shown(never.id)).not.toHaveProperty('validUntil')
    const silent = await drafted({
      templateId: await template({ name: 'Bare', lines: [ownLine] }),
    })
    await shop.done({ type: 'SendQuotation', data: { id: silent.id } })
    expect(await shop.shown(silent.id)).toMatchObject({ validUntil: '2026-03-03' })
  })

  test('stays as it was when the template changes', async () => {
    const templateId = await office()
    const offer = await drafted({ templateId })
    await shop.done({
      type: 'ReviseTemplate',
      data: { id: templateId, name: 'Office 2', lines: [] },
    })
    expect(await shop.shown(offer.id)).toEqual(offer)
  })

  test('takes lines of one’s own beside those of a template that is named', async () => {
    const offer = await drafted({ templateId: await office(), lines: [ownLine], terms: 'Ours' })
    expect(words(offer)).toEqual(['Carpet', 'Desks', 'Desk', 'Set up by us', 'Delivery'])
    expect(offer.terms).toBe('Ours')
  })

  test('is copied with its days', async () => {
    const offer = await drafted({ templateId: await office() })
    const copy = await shop.done({ type: 'DuplicateQuotation', data: { from: offer.id } })
    expect(await shop.shown(copy.id)).toMatchObject({
      template: offer.template,
      lines: offer.lines.map(({ description }) => ({ description })),
    })
  })

  test('in other money has prices by the rate of the day', async () => {
    const templateId = await office()
    const data = { templateId, currency: 'CHF' }
    expect(await shop.refusal(draft(data))).toMatchObject({
      type: 'RateMissing',
      base: 'EUR',
      quote: 'CHF',
    })
    const rate = { base: 'EUR', quote: 'CHF', date: '2026-01-15', rate: '0.5' }
    await shop.done({ type: 'SetExchangeRate', data: { id: shop.company, ...rate } })
    await shop.forsat.settle()
    expect((await drafted(data)).lines).toMatchObject([
      {},
      { unitPrice: { amount: '45.00', currency: 'CHF' } },
      {},
      { unitPrice: { amount: '30.00', currency: 'CHF' } },
    ])
  })
})

describe('the usual template of a company', () => {
  const usual = (defaultTemplateId: string | null) =>
    shop.done({ type: 'ReviseCompany', data: { id: shop.company, defaultTemplateId } })

  test('begins every offer, but for what the call lists itself', async () => {
    const templateId = await office()
    await usual(templateId)
    expect(words(await drafted({}))).toEqual(['Desks', 'Desk', 'Set up by us', 'Delivery'])
    const own = await drafted({ lines: [ownLine] })
    expect(words(own)).toEqual(['Carpet'])
    expect(own).toMatchObject({ options: [], template: { id: templateId, validityDays: 15 } })
    const options = [{ description: 'Insurance', unitPrice: eur('5.00') }]
    const chosen = await drafted({ options })
    expect(chosen.options).toMatchObject([{ description: 'Insurance' }])
    expect(chosen.lines).toHaveLength(4)
    expect(await drafted({ templateId: null })).not.toHaveProperty('template')

    await shop.done({ type: 'ArchiveTemplate', data: { id: templateId } })
    expect(await drafted({})).not.toHaveProperty('template')
    await usual(null)
  })
})

describe('applying a template', () => {
  test('says beforehand what it would change, and changes nothing by that', async () => {
    const [first, second] = [
      await office(),
      await template({
        name: 'School',
        lines: [{ productId: deskId }],
        terms: 'Cash',
        validityDays: 3,
      }),
    ]
    const offer = await drafted({ templateId: first })
    const { id, lines } = offer
    const delivery = lines[3]?.id ?? ''
    await shop.done({
      type: 'ReviseQuotationLine',
      data: { id, lineId: delivery, unitPrice: eur('55.00') },
    })
    await shop.done({ type: 'AddQuotationLine', data: { id, ...ownLine } })
    const before = await shop.shown(id)
    const head = await shop.forsat.store.head()
    const context = { company: shop.company, actor: 'user:local' }
    const preview = await shop.forsat.previewTemplate(apply(id, second), context)
    expect(preview).toMatchObject(
      E.right({
        removed: [
          { id: lines[0]?.id, kind: 'section', description: 'Desks' },
          { id: lines[1]?.id, kind: 'item', quantity: '10', amount: eur('855.00') },
          { id: lines[2]?.id, kind: 'note', description: 'Set up by us' },
        ],
        kept: [{ id: delivery, description: 'Delivery', edited: true }, { description: 'Carpet' }],
        added: [{ productId: deskId, unitPrice: eur('100.00') }],
        options: { removed: [{ description: 'Lamp' }, { description: 'Training' }], added: [] },
        words: { terms: 'Cash' },
        validUntil: '2026-02-04',
        totals: { net: eur('165.00') },
      }),
    )
    expect(await shop.forsat.store.head()).toBe(head)
    expect(await shop.shown(id)).toEqual(before)

    await shop.done(apply(id, second, { dropEdited: [delivery] }))
    expect(words(await shop.shown(id))).toEqual(['Desk', 'Carpet'])
  })

  test('is refused like anything else where the offer is none that could be changed', async () => {
    const templateId = await office()
    const { id } = await drafted({ lines: [ownLine] })
    await shop.done({ type: 'SendQuotation', data: { id } })
    const context = { company: shop.company, actor: 'user:local' }
    const refused = { type: 'QuotationNotDraft', status: 'sent' }
    expect(await shop.refusal(apply(id, templateId))).toEqual(refused)
    expect(await shop.forsat.previewTemplate(apply(id, templateId), context)).toEqual(
      E.left(refused),
    )
  })

  test('needs a template that is there, in use, and the company’s', async () => {
    const { id } = await drafted({})
    const archived = await office()
    await shop.done({ type: 'ArchiveTemplate', data: { id: archived } })
    expect(await shop.refusal(apply(id, archived))).toEqual({ type: 'TemplateArchived' })
    expect(await shop.refusal(draft({ templateId: archived }))).toEqual({
      type: 'TemplateArchived',
    })
    const unknown = { type: 'InvalidRequest', errors: [{ pointer: '/templateId' }] }
    expect(await shop.refusal(apply(id, shop.contactId))).toMatchObject(unknown)
    expect(await shop.refusal(draft({ templateId: shop.contactId }))).toMatchObject(unknown)
  })

  test('of another company is told so to whoever works for both', async () => {
    const other = await shop.done({
      type: 'CreateCompany',
      data: { name: 'Zagros', currency: 'EUR', zone: 'Europe/Berlin', language: 'en' },
    })
    const data = { name: 'Theirs', companyId: other.id, lines: [ownLine] }
    const both = { companies: [shop.company, other.id] }
    const theirs = (await shop.done({ type: 'CreateTemplate', data }, both)).id
    const { id } = await drafted({})
    expect(await shop.refusal(apply(id, theirs))).toMatchObject({ type: 'InvalidRequest' })
    expect(await shop.refusal(apply(id, theirs), both)).toEqual({
      type: 'TemplateOfOtherCompany',
    })
    expect(await shop.refusal(draft({ templateId: theirs }), both)).toEqual({
      type: 'TemplateOfOtherCompany',
    })
  })

  test('offers nothing that is not sold any more', async () => {
    const productId = await product({ name: 'Chair', prices: [{ unitPrice: eur('30.00') }] })
    const templateId = await template({ name: 'Chairs', lines: [ownLine, { productId }] })
    await shop.done({ type: 'ArchiveProduct', data: { id: productId } })
    const { id } = await drafted({})
    expect(await shop.refusal(apply(id, templateId))).toEqual({
      type: 'InvalidRequest',
      errors: [
        {
          pointer: '/templateId',
          detail: 'has a line 2 that cannot be offered: productId is not sold any more',
        },
      ],
    })
  })

  test('is no way around a feature that is off', async () => {
    const templateId = await office()
    const { id } = await drafted({})
    const features = (templates: boolean) =>
      shop.done({
        type: 'SetPolicies',
        data: { id: shop.company, features: { templates } },
      })
    await features(false)
    const off = { type: 'FeatureOff', feature: 'templates' }
    expect(await shop.refusal(apply(id, templateId))).toEqual(off)
    expect(await shop.refusal(draft({ templateId }))).toEqual(off)
    await features(true)
  })
})
