/**
 * What went wrong elsewhere with options and the customer's link, over HTTP; each is named by its case,
 * and each ends with rule R1: after a replay from the log every answer is the same.
 */
import { fc, test } from '@fast-check/vitest'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { item, type Offered, offersOn, rials, seen, type Totals } from './testing/offers.ts'
import { expectSameAfterReplay } from './testing/replay.ts'
import { type Made, type Served, serve } from './testing/served.ts'

interface Shown {
  readonly status: string
  readonly open: boolean
  readonly totals: Totals
  readonly lines: readonly Made[]
  readonly options: readonly (Made & { readonly taken?: string; readonly declined?: true })[]
}
interface Happened extends Made {
  readonly type: string
  readonly actor: { readonly kind: string; readonly id: string }
}

let server: Served
const { act, offer, shown, attempt, asCustomer } = offersOn(() => server)
/** A server for the cases of one group, whose clock only goes on. */
const oneServer = () => {
  beforeAll(async () => {
    server = await serve({ start: '2026-06-01T08:00:00.000Z' })
  })
  afterAll(async () => {
    await expectSameAfterReplay(server)
    await server[Symbol.asyncDispose]()
  })
}

const head = () => server.forsat.store.head()
const page = (token: string) => server.call<Shown>('GET', `/v1/public/quotations/${token}`)
const answer = (
  token: string,
  optionId: string,
  verb: 'accept' | 'decline',
  body: object = {},
  headers?: Record<string, string>,
) =>
  server.call<Shown>(
    'POST',
    `/v1/public/quotations/${token}/options/${optionId}/${verb}`,
    body,
    headers,
  )
const historyOf = async (id: string) =>
  (await server.read<{ items: readonly Happened[] }>(`/v1/quotations/${id}/history`)).items
const answersTo = async (id: string) =>
  (await historyOf(id)).filter(({ type }) => /^Option(?:Accepted|Declined)$/.test(type))

/** A product, or two: support and training. */
const product = async (name: string, price: string) =>
  (
    await server.done('POST', '/v1/products', {
      name,
      prices: [{ unitPrice: rials(price) }],
      taxRate: '10',
    })
  ).id
const offerWithOptions = async () => {
  const support = await product('Support', '2000000')
  const training = await product('Training', '1500000')
  const offered = await offer([item(rials('10000000'), { taxRate: '10' })], {
    validUntil: '2026-06-11',
    options: [{ productId: support }, { productId: training, quantityEditable: true }],
  })
  return { ...offered, support, ids: offered.options.map(({ id }) => id) as [string, string] }
}
type Offer = Awaited<ReturnType<typeof offerWithOptions>>
const sums = ({ totals: { net, taxes, total } }: Pick<Shown, 'totals'>) => [
  net.amount,
  taxes[0]?.tax.amount,
  total.amount,
]
const accept = (offered: Pick<Offered, 'token'>, from: Pick<Offered, 'version' | 'totals'>) =>
  asCustomer(offered.token, 'accept', { name: 'Sara', ...seen(from) })

describe('O14 an option taken twice', () => {
  oneServer()

  test('counts once, is taken back, and counts again', async () => {
    const offered = await offerWithOptions()
    const [support] = offered.ids
    expect(sums(offered)).toEqual(['10000000', '1000000', '11000000'])

    const double = await Promise.all([
      answer(offered.token, support, 'accept'),
      answer(offered.token, support, 'accept'),
    ])
    for (const { status, body } of double) {
      expect(status).toBe(200)
      expect(sums(body)).toEqual(['12000000', '1200000', '13200000'])
      expect(body.options.filter(({ taken }) => taken !== undefined)).toMatchObject([
        { id: support, taken: '1', takenAmount: rials('2000000') },
      ])
    }
    const twoDevices = await Promise.all([
      answer(offered.token, support, 'accept', {}, { 'idempotency-key': 'phone' }),
      answer(offered.token, support, 'accept', {}, { 'idempotency-key': 'laptop' }),
    ])
    expect(twoDevices.map(({ body }) => sums(body))).toEqual([
      ['12000000', '1200000', '13200000'],
      ['12000000', '1200000', '13200000'],
    ])
    expect((await answersTo(offered.id)).length).toBe(1)

    const removed = await answer(offered.token, support, 'decline')
    expect(sums(removed.body)).toEqual(['10000000', '1000000', '11000000'])
    const again = await answer(offered.token, support, 'accept')
    expect(sums(again.body)).toEqual(['12000000', '1200000', '13200000'])
    const before = await head()
    expect((await answer(offered.token, support, 'accept')).body).toEqual(again.body)
    expect(await head()).toBe(before)

    expect((await answersTo(offered.id)).map(({ type, actor }) => [type, actor.kind])).toEqual([
      ['OptionAccepted', 'customer'],
      ['OptionDeclined', 'customer'],
      ['OptionAccepted', 'customer'],
    ])
    expect(sums(await shown(offered.id))).toEqual(['12000000', '1200000', '13200000'])
    const { items } = await server.read<{ items: readonly Offered[] }>('/v1/quotations')
    expect(items.map(sums)).toEqual([['12000000', '1200000', '13200000']])
  })

  test('is told with what changed', async () => {
    const offered = await offerWithOptions()
    const [, training] = offered.ids
    await answer(offered.token, training, 'accept', { quantity: '3' })
    const [taken] = await answersTo(offered.id)
    expect(taken).toMatchObject({
      changes: expect.arrayContaining([
        { field: 'total', from: rials('11000000'), to: rials('15950000') },
        {
          field: `options/${training}/taken`,
          to: { quantity: '3', discount: rials('0'), amount: rials('4500000') },
        },
      ]),
    })
  })
})

describe('O15 the price of an option, and options after the end', () => {
  oneServer()

  test('is the one it was offered at, and nothing moves once it is confirmed', async () => {
    const offered = await offerWithOptions()
    const [support, training] = offered.ids
    const [machine] = offered.lines
    const productPath = `/v1/products/${offered.support}`
    await server.at('2026-06-03T08:00:00.000Z')
    await server.done('PATCH', productPath, { prices: [{ unitPrice: rials('2500000') }] })
    await server.at('2026-06-04T08:00:00.000Z')
    await server.done('PATCH', productPath, { saleable: false })

    await server.at('2026-06-05T08:00:00.000Z')
    const mandatory = { status: 409, body: { code: 'OptionUnknown' } }
    expect(await answer(offered.token, machine?.id ?? '', 'decline')).toMatchObject(mandatory)
    const taken = await answer(offered.token, support, 'accept')
    expect(sums(taken.body)).toEqual(['12000000', '1200000', '13200000'])
    const unseen = await accept(offered, offered)
    expect(unseen).toMatchObject({
      status: 409,
      body: { code: 'QuotationChanged', total: rials('13200000') },
    })
    const total = { version: 1, totals: taken.body.totals }
    expect(await accept(offered, total)).toMatchObject({
      status: 200,
      body: { status: 'confirmed' },
    })

    await server.at('2026-06-06T08:00:00.000Z')
    const before = await head()
    const closed = { status: 409, body: { code: 'QuotationAlreadyConfirmed' } }
    expect(await answer(offered.token, support, 'decline')).toMatchObject(closed)
    expect(await answer(offered.token, training, 'accept')).toMatchObject(closed)
    expect(await answer(offered.token, machine?.id ?? '', 'decline')).toMatchObject(closed)
    expect(await head()).toBe(before)
    expect(sums(await shown(offered.id))).toEqual(['12000000', '1200000', '13200000'])
    expect(await server.read('/v1/orders')).toMatchObject({
      items: [{ net: rials('12000000'), total: rials('13200000') }],
    })
  })

  test('are withdrawn by the next version alone, which keeps the answers to the others', async () => {
    const offered = await offerWithOptions()
    const [support, training] = offered.ids
    await answer(offered.token, support, 'accept')
    await answer(offered.token, training, 'accept', { quantity: '2' })
    const path = `/v1/quotations/${offered.id}/options`
    expect(await server.call('DELETE', `${path}/${support}`)).toMatchObject({
      status: 409,
      body: { code: 'QuotationNotDraft' },
    })
    await act(offered.id, 'revise')
    expect(await server.done<Offered>('DELETE', `${path}/${support}`)).toMatchObject({
      version: 2,
      options: [{ id: training, taken: '2' }],
      totals: { net: rials('13000000') },
      live: { net: rials('15000000') },
    })
    expect(sums((await page(offered.token)).body)[0]).toBe('15000000')
  })

  test('are answered only of their own quotation, even by the same customer', async () => {
    const [a, b] = [await offerWithOptions(), await offerWithOptions()]
    const before = await head()
    const unknown = await answer(a.token, '01KDQ1A0M00PT10N000000000C', 'accept')
    const foreign = await answer(a.token, b.ids[0], 'accept')
    expect(unknown).toMatchObject({ status: 409, body: { code: 'OptionUnknown' } })
    expect({ ...foreign.body, optionId: '' }).toEqual({ ...unknown.body, optionId: '' })
    expect(await answer(a.token, b.ids[0], 'decline')).toMatchObject({ status: 409 })
    expect(await answer(a.token, b.id, 'accept')).toMatchObject({ status: 409 })
    expect(await head()).toBe(before)
  })

  test('stay out of reach once the customer has accepted and staff are to confirm', async () => {
    const policies = `/v1/companies/${server.companyId}/policies`
    await server.done('PATCH', policies, { onAccept: 'record' })
    const offered = await offerWithOptions()
    expect(await accept(offered, offered)).toMatchObject({ status: 200 })
    expect(await answer(offered.token, offered.ids[0], 'accept')).toMatchObject({
      status: 409,
      body: { code: 'QuotationAlreadyAccepted' },
    })
    const path = `/v1/quotations/${offered.id}/options/${offered.ids[0]}/accept`
    expect(await server.call('POST', path, {})).toMatchObject({
      status: 409,
      body: { code: 'QuotationAlreadyAccepted' },
    })
  })

  test('are answered of no offer that is over, cancelled, declined or superseded', async () => {
    const [expired, cancelled, declined, superseded] = [
      await offerWithOptions(),
      await offerWithOptions(),
      await offerWithOptions(),
      await offerWithOptions(),
    ]
    await act(cancelled.id, 'cancel', { reason: 'The building was sold' })
    await asCustomer(declined.token, 'decline', { reason: 'Too dear' })
    await act(superseded.id, 'revise')
    await act(superseded.id, 'send')
    await server.at('2026-06-12T00:00:00+03:30')
    const before = await head()
    for (const [{ token, ids }, code] of [
      [expired, 'QuotationExpired'],
      [cancelled, 'QuotationCancelled'],
      [declined, 'QuotationDeclined'],
      [superseded, 'QuotationSuperseded'],
    ] as const) {
      for (const verb of ['accept', 'decline'] as const) {
        for (const optionId of ids) {
          const refused = { status: 409, body: { code } }
          expect(await answer(token, optionId, verb), code).toMatchObject(refused)
        }
      }
    }
    expect(await head()).toBe(before)
  })
})

describe('O29 a link and the options behind it', () => {
  oneServer()

  test('are one: a token that opens nothing takes nothing, whatever is wrong with it', async () => {
    const [a, b, revoked, renewed] = [
      await offerWithOptions(),
      await offerWithOptions(),
      await offerWithOptions(),
      await offerWithOptions(),
    ]
    await server.done('DELETE', `/v1/quotations/${revoked.id}/link`)
    await act(renewed.id, 'link')
    const before = await head()
    const [option] = a.ids
    const nothing = await answer('nothing', option, 'accept')
    expect(nothing.status).toBe(404)
    for (const [token, optionId] of [
      [a.token.slice(1), option],
      [`${a.token}A`, option],
      [`${a.token.slice(0, -1)}${b.token.slice(-1)}x`, option],
      [a.id, option],
      [revoked.token, revoked.ids[0]],
      [renewed.token, renewed.ids[0]],
      ['x'.repeat(43), option],
      ['nothing', 'no-ulid'],
    ] as const) {
      for (const verb of ['accept', 'decline'] as const) {
        const { status, body } = await answer(token, optionId, verb)
        expect({ status, body }, token).toEqual({ status: 404, body: nothing.body })
      }
    }
    expect(await head()).toBe(before)
  })

  test('shows no product, and nothing else that is the seller’s own', async () => {
    const offered = await offerWithOptions()
    const { body } = await page(offered.token)
    expect(body.options).toMatchObject([
      { id: offered.ids[0], description: 'Support', amount: rials('2000000') },
      { id: offered.ids[1], quantityEditable: true },
    ])
    expect(JSON.stringify(body)).not.toMatch(/productId|position"?:-/)
  })
})

describe('the quantity of an option', () => {
  oneServer()

  test('is changed only where that was offered, and within its bounds', async () => {
    const offered = await offer([item(rials('1000'))], {
      options: [
        item(rials('100')),
        item(rials('100'), { quantityEditable: true, minQuantity: '1', maxQuantity: '5' }),
      ],
    })
    const [fixed = '', free = ''] = offered.options.map(({ id }) => id)
    const before = await head()
    for (const [optionId, quantity, status] of [
      [fixed, '2', 409],
      [free, '6', 409],
      [free, '0.5', 409],
      [free, '-3', 400],
      [free, '1e3', 400],
      [free, 2, 400],
    ] as const) {
      const refused = await answer(offered.token, optionId, 'accept', { quantity })
      expect(refused.status, `${quantity}`).toBe(status)
      const { body } = refused
      expect(body).toMatchObject(
        status === 409
          ? { code: 'OptionQuantityRefused', optionId }
          : { errors: [{ pointer: '/quantity' }] },
      )
    }
    expect(await head()).toBe(before)
    const five = await answer(offered.token, free, 'accept', { quantity: '5' })
    expect(five.body.totals.total).toEqual(rials('1500'))
    const none = await answer(offered.token, free, 'accept', { quantity: '0' })
    expect(none.body.options[1]).toMatchObject({ declined: true })
  })

  test('is changed by staff for the customer, from what they read in the record', async () => {
    const offered = await offerWithOptions()
    const [, training] = offered.ids
    const path = `/v1/quotations/${offered.id}/options/${training}`
    expect(await server.done('POST', `${path}/accept`, { quantity: '4' })).toMatchObject({
      totals: { net: rials('16000000') },
    })
    expect(await server.read(path)).toMatchObject({ taken: '4', takenAmount: rials('6000000') })
    expect(await server.done('POST', `${path}/decline`)).toMatchObject({
      totals: { net: rials('10000000') },
    })
    expect(await attempt(offered.id, `options/${offered.id}/accept`)).toMatchObject({
      status: 409,
      body: { code: 'OptionUnknown' },
    })
  })
})

describe('whatever customers ask in whatever order', () => {
  oneServer()

  /** Whose link, whose option, and what is asked of it. */
  const asking = fc.record({
    by: fc.nat(2),
    of: fc.nat(2),
    option: fc.nat(1),
    verb: fc.constantFrom('accept', 'decline'),
    quantity: fc.constantFrom(undefined, '2', '3'),
  })

  test.prop([fc.array(asking, { minLength: 4, maxLength: 10 })], { numRuns: 6 })(
    'each offer is as its own customer answered it last, and a finished one as it was',
    async (asked) => {
      const offers = [
        await offerWithOptions(),
        await offerWithOptions(),
        await offerWithOptions(),
      ] as const
      const [, , finished] = offers
      await accept(finished, finished)
      const atTheEnd = await shown(finished.id)
      const answers = new Map<string, string | undefined>()
      for (const { by, of, option, verb, quantity } of asked) {
        const [{ token, id }, optionId] = [offers[by], offers[of]?.ids[option]] as [Offer, string]
        const body = verb === 'accept' && quantity !== undefined ? { quantity } : {}
        const { status } = await answer(token, optionId, verb, body)
        // Of support only the one that was offered may be taken.
        const isOffered = option === 1 || quantity === undefined || verb === 'decline'
        const isTaken = by === of && id !== finished.id && isOffered
        expect(status).toBe(isTaken ? 200 : 409)
        if (isTaken) answers.set(optionId, verb === 'accept' ? (quantity ?? '1') : undefined)
      }
      for (const { id } of offers.slice(0, 2)) {
        const { options, totals } = await shown(id)
        const quantities = options.map((each) => Number(each.taken ?? '0'))
        expect(quantities).toEqual(options.map((each) => Number(answers.get(each.id) ?? '0')))
        const [support = 0, training = 0] = quantities
        const net = 10_000_000 + support * 2_000_000 + training * 1_500_000
        expect(totals.net).toEqual(rials(String(net)))
      }
      expect(await shown(finished.id)).toEqual(atTheEnd)
    },
  )
})
