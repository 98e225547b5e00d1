import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { figures, inCurrency, inEuro, inShort, item } from './totals.examples.ts'
import { figured } from './totals.ts'

const perLine = { vatRounding: 'line' } as const
const taxIncluded = { pricesIncludeTax: true } as const

describe('an offer', () => {
  test('taxes what its lines come to once for each rate (O19 a, b)', () => {
    expect(inShort([item('0.13'), item('0.16', { taxRate: '20' })])).toEqual({
      amounts: ['0.13', '0.16'],
      net: '0.29',
      tax: '0.04',
      total: '0.33',
    })
    const offered = [
      item('19.99', { quantity: '3' }),
      item('4.35', { quantity: '7' }),
      item('0.35', { quantity: '11' }),
      item('129.90'),
      item('12.45', { quantity: '5' }),
    ]
    const summed = { net: '286.42', tax: '28.64', total: '315.06' }
    expect(inShort(offered)).toMatchObject(summed)
    const byLine = { net: '286.42', tax: '28.66', total: '315.08' }
    expect(inShort(offered, inCurrency('EUR', perLine))).toMatchObject(byLine)
  })

  test('adds exactly, and rounds half a cent away from zero (O19 c, d)', () => {
    const untaxed = { taxRate: null }
    expect(inShort([item('0.10', untaxed), item('0.20', untaxed)]).total).toBe('0.30')
    expect(inShort([item('1.005', untaxed)]).total).toBe('1.01')
    expect(inShort([item('-1.005', untaxed)]).total).toBe('-1.01')
  })

  test('takes a discount off what was rounded already (O19 e)', () => {
    const { lines, totals } = figures([item('34.90', { discountPercent: '15' })])
    expect(lines).toMatchObject([{ discount: { amount: '5.24' }, amount: { amount: '29.66' } }])
    expect(totals).toMatchObject({ discount: { amount: '5.24' }, net: { amount: '29.66' } })
  })

  test.for([
    ['IRR', '333333', '1', '10', { net: '333333', tax: '33333', total: '366666' }],
    ['IRR', '1250005', '1', '10', { net: '1250005', tax: '125001', total: '1375006' }],
    ['JPY', '1127', '1', '10', { net: '1127', tax: '113', total: '1240' }],
    ['KWD', '1.234', '3', '5', { net: '3.702', tax: '0.185', total: '3.887' }],
    ['IRR', '9007199254740993', '1', '0', { net: '9007199254740993', total: '9007199254740993' }],
  ] as const)('keeps the digits of its currency: %s %s (O20)', (given) => {
    const [currency, price, quantity, taxRate, expected] = given
    const line = item(price, { currency, quantity, taxRate })
    expect(inShort([line], inCurrency(currency))).toMatchObject(expected)
  })

  test('keeps other digits where a company has set them', () => {
    const rials = [item('333333.25', { currency: 'IRR', quantity: '3' })]
    const expected = { net: '999999.75', tax: '99999.98', total: '1099999.73' }
    expect(inShort(rials, inCurrency('IRR', { digits: 2 }))).toMatchObject(expected)
  })

  test('finds the tax in prices that hold it, and what is left is the net', () => {
    const offered = [item('0.99'), item('0.99'), item('0.99'), item('5.00', { taxRate: null })]
    const { totals } = figures(offered, inCurrency('EUR', taxIncluded))
    expect(totals).toEqual({
      net: { amount: '7.70', currency: 'EUR' },
      discount: { amount: '0.00', currency: 'EUR' },
      taxes: [
        {
          rate: '10',
          base: { amount: '2.70', currency: 'EUR' },
          tax: { amount: '0.27', currency: 'EUR' },
        },
        {
          rate: null,
          base: { amount: '5.00', currency: 'EUR' },
          tax: { amount: '0.00', currency: 'EUR' },
        },
      ],
      total: { amount: '7.97', currency: 'EUR' },
      roundingDifference: { amount: '0.00', currency: 'EUR' },
    })
  })

  test('says what rounding line by line would have made of the tax', () => {
    const offered = [item('0.05'), item('0.05'), item('0.05')]
    const { taxes, roundingDifference } = figures(offered).totals
    expect(taxes).toMatchObject([{ base: { amount: '0.15' }, tax: { amount: '0.02' } }])
    expect(roundingDifference.amount).toBe('-0.01')
    const byLine = figures(offered, inCurrency('EUR', perLine)).totals
    expect(byLine.taxes).toMatchObject([{ tax: { amount: '0.03' } }])
    expect(byLine.roundingDifference.amount).toBe('0.00')
  })

  test('lists its rates from the lowest, each once however it was typed, the exempt last', () => {
    const rates = ['20', null, '9.50', '0', '10', '9.5', '10.0']
    const { taxes } = figures(rates.map((taxRate) => item('1.00', { taxRate }))).totals
    expect(taxes.map(({ rate, base }) => [rate, base.amount])).toEqual([
      ['0', '1.00'],
      ['9.5', '2.00'],
      ['10', '2.00'],
      ['20', '1.00'],
      [null, '1.00'],
    ])
  })

  test('comes to nothing while it has no items', () => {
    const words = [
      { id: '000000000000000000000000A2', kind: 'section', description: 'Garden' },
      { id: '000000000000000000000000A3', kind: 'note' },
    ] as const
    const { lines, totals } = figures(words)
    expect(lines).toEqual(words)
    expect(totals).toMatchObject({ net: { amount: '0.00' }, taxes: [], total: { amount: '0.00' } })
  })

  test('has one currency', () => {
    expect(figured([item('1'), item('1', { currency: 'IRR' })], inEuro)).toEqual(
      E.left({ type: 'CurrencyMismatch', expected: 'EUR', given: 'IRR' }),
    )
  })
})
