/**
 * What went wrong elsewhere with amounts, over HTTP; each is named by its case, and each ends with
 * rule R1: after a replay from the log every answer is the same.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  euros,
  item,
  type Money,
  offersOn,
  type Quotation,
  rials,
  seen,
  type Totals,
} from './testing/offers.ts'
import { expectSameAfterReplay } from './testing/replay.ts'
import { type Served, serve } from './testing/served.ts'

let server: Served
const { contact, draft, act, offer, offerFor, shown, attempt, asCustomer } = offersOn(() => server)
beforeEach(async () => {
  server = await serve()
})
afterEach(async () => {
  await expectSameAfterReplay(server)
  await server[Symbol.asyncDispose]()
})

interface Items<Item> {
  readonly items: readonly Item[]
}
const taxesOf = ({ taxes }: Totals): readonly string[] => taxes.map(({ tax }) => tax.amount)
const taxed = (amount: string, taxRate: string, quantity = '1') =>
  item(euros(amount), { taxRate, quantity })

describe('O19 one total everywhere', () => {
  const five = [
    taxed('19.99', '10', '3'),
    taxed('4.35', '10', '7'),
    taxed('0.35', '10', '11'),
    taxed('129.90', '10'),
    taxed('12.45', '10', '5'),
  ]
  const inEuros = { currency: 'EUR' }

  test.each([
    ['of two rates', [taxed('0.13', '10'), taxed('0.16', '20')], '0.29', ['0.01', '0.03'], '0.33'],
    ['of many lines', five, '286.42', ['28.64'], '315.06'],
    ['without tax', [item(euros('0.10')), item(euros('0.20'))], '0.30', ['0.00'], '0.30'],
    ['of a price with three digits', [item(euros('1.005'))], '1.01', ['0.00'], '1.01'],
    [
      'less a discount',
      [item(euros('34.90'), { discountPercent: '15' })],
      '29.66',
      ['0.00'],
      '29.66',
    ],
  ])('%s', async (name, lines, net, taxes, total) => {
    const { totals } = await draft(lines, inEuros)
    expect(totals).toMatchObject({ net: euros(net), total: euros(total) })
    expect(taxesOf(totals)).toEqual(taxes)
    expect(totals.discount).toEqual(euros(name === 'less a discount' ? '5.24' : '0.00'))
  })

  test('from the list to the order', async () => {
    const sale = await server.done('POST', '/v1/opportunities', {
      title: 'Desks',
      contactId: await contact(),
    })
    const sent = await offerFor(sale.id, five, inEuros)
    const [net, total] = [euros('286.42'), euros('315.06')]
    expect(await server.read('/v1/reports/pipeline?measures=quotedTotal')).toMatchObject({
      totals: { quotedTotal: [total] },
    })
    await act(sent.id, 'confirm', seen(sent))
    const { items } = await server.read<Items<Quotation>>('/v1/quotations')
    const page = await server.read<Quotation>(`/v1/public/quotations/${sent.token}`)
    for (const each of [items[0], await shown(sent.id), page]) {
      expect(each?.totals).toEqual(sent.totals)
    }
    const orders = await server.read<Items<{ net: Money; total: Money }>>('/v1/orders')
    expect(orders.items).toMatchObject([{ net, total }])
    expect(await server.read(`/v1/opportunities/${sale.id}`)).toMatchObject({
      quotations: [{ net, total }],
      quotationTotals: { confirmed: [total], confirmedNet: [net] },
    })
    expect(await server.read('/v1/reports/quotations')).toMatchObject({
      totals: { total: [total], confirmedTotal: [total] },
    })
  })

  test('that no later rule changes', async () => {
    const sent = await offer(five, inEuros)
    const path = `/v1/companies/${server.companyId}/policies`
    await server.done('PATCH', path, { vatRounding: 'line' })
    expect((await shown(sent.id)).totals).toEqual(sent.totals)
    const { totals } = await offer(five, inEuros)
    expect(totals).toMatchObject({ net: euros('286.42'), total: euros('315.08') })
    expect(taxesOf(totals)).toEqual(['28.66'])
  })
})

describe('O20 digits of a currency', () => {
  const yen = (amount: string) => ({ amount, currency: 'JPY' })
  const dinars = (amount: string) => ({ amount, currency: 'KWD' })

  test.each([
    [rials('333333'), { taxRate: '10' }, rials('33333'), rials('366666')],
    [rials('1250005'), { taxRate: '10' }, rials('125001'), rials('1375006')],
    [yen('1127'), { taxRate: '10' }, yen('113'), yen('1240')],
    [dinars('1.234'), { taxRate: '5', quantity: '3' }, dinars('0.185'), dinars('3.887')],
  ])('hold for every amount: %j', async (price, more, tax, total) => {
    const { totals } = await draft([item(price, more)], { currency: price.currency })
    expect(totals).toMatchObject({ taxes: [{ tax }], total })
  })

  test('are never rounded to', async () => {
    const lines = [item(yen('10.5'))]
    const body = { contactId: await contact(), currency: 'JPY', lines }
    expect(await server.call('POST', '/v1/quotations', body)).toMatchObject({
      status: 400,
      body: { code: 'InvalidRequest', errors: [{ pointer: '/lines/0/unitPrice/amount' }] },
    })
  })

  test('are those of every amount that comes in, also of a total that was seen', async () => {
    const { id, token, version } = await offer([item(rials('1000'))])
    const more = {
      status: 400,
      body: { code: 'InvalidRequest', errors: [{ pointer: '/total/amount' }] },
    }
    const said = { version, total: rials('1000.00') }
    expect(await attempt(id, 'confirm', said)).toMatchObject(more)
    expect(await asCustomer(token, 'accept', { ...said, name: 'Mina' })).toMatchObject(more)
    const other = { version, total: dinars('1000.0000') }
    expect(await attempt(id, 'confirm', other)).toMatchObject(more)

    const inDinars = await offer([item(dinars('1.500'))], { currency: 'KWD' })
    const short = { version: inDinars.version, total: dinars('1.5') }
    expect(await attempt(inDinars.id, 'confirm', short)).toMatchObject({ status: 200 })
  })

  test.each<[string, string, object]>([
    ['/expectedRevenue/amount', '', { expectedRevenue: rials('1.0') }],
    ['/revenue/amount', '/win', { revenue: rials('1.0') }],
    ['/competitorPrice/amount', '/lose', { competitorPrice: yen('1.0') }],
  ])('are those of %s', async (pointer, command, fields) => {
    const { id } = await server.done('POST', '/v1/opportunities', { title: 'Desks' })
    const { items } =
      await server.read<Items<{ id: string; requiresNote: boolean }>>('/v1/lost-reasons')
    const reasonId = items.find(({ requiresNote }) => !requiresNote)?.id
    const body = command === '/lose' ? { reasonId, ...fields } : fields
    const [method, path] = [command === '' ? 'PATCH' : 'POST', `/v1/opportunities/${id}${command}`]
    expect(await server.call(method, path, body)).toMatchObject({
      status: 400,
      body: { code: 'InvalidRequest', errors: [{ pointer }] },
    })
  })

  test('are all kept of an amount beyond what a double holds', async () => {
    const large = rials('9007199254740993')
    const sent = await offer([item(large)])
    expect(await shown(sent.id)).toMatchObject({ totals: { total: large } })
    expect(await server.read('/v1/quotations')).toMatchObject({
      items: [{ totals: { total: large } }],
    })
    await offer([item(rials('2'))])
    const sum = '9007199254740995'
    const report = '/v1/reports/quotations?measures=total&groupBy=status'
    expect(await server.read(report)).toMatchObject({ totals: { total: [rials(sum)] } })
    expect(await server.read<string>(`${report}&format=csv`)).toContain(sum)
  })
})
