import { readFileSync } from 'node:fs'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { sumByCurrency, times } from '../money/arithmetic.ts'
import { usualDigits } from '../money/money.ts'
import { isSame } from '../patch.ts'
import type { PricedItem, PricedLine } from './line.ts'
import { type Figured, type Figuring, figured } from './totals.ts'

const inCurrency = (currency: string, others: Partial<Figuring> = {}): Figuring => ({
  currency,
  digits: usualDigits(currency),
  pricesIncludeTax: false,
  vatRounding: 'total',
  ...others,
})
const inEuro = inCurrency('EUR')
const perLine = { vatRounding: 'line' } as const
const taxIncluded = { pricesIncludeTax: true } as const

/** One table at 10 %, unless told otherwise. */
const item = (
  amount: string,
  { currency = 'EUR', ...told }: Partial<PricedItem> & { readonly currency?: string } = {},
): PricedItem => ({
  id: '000000000000000000000000A1',
  kind: 'item',
  description: 'Table',
  quantity: '1',
  unitPrice: { amount, currency },
  taxRate: '10',
  ...told,
})

const figures = (lines: readonly PricedLine[], by = inEuro): Figured => {
  const outcome = figured(lines, by)
  if (E.isLeft(outcome)) throw new Error(outcome.left.type)
  return outcome.right
}

/** All of it in one currency, as text. */
const inShort = (lines: readonly PricedLine[], by = inEuro) => {
  const { lines: shown, totals } = figures(lines, by)
  const taxes = [times({ amount: '0', currency: by.currency }, [], by.digits)]
  return {
    amounts: shown.flatMap((line) => (line.kind === 'item' ? [line.amount.amount] : [])),
    net: totals.net.amount,
    tax: sumByCurrency([...taxes, ...totals.taxes.map(({ tax }) => tax)])[0]?.amount,
    total: totals.total.amount,
  }
}

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

/** Published figures of another system, and how it comes to them. */
interface Published {
  readonly id: string
  readonly input: {
    readonly lines: readonly {
      readonly quantity: number
      readonly price_unit: number
      readonly discount: number
      readonly taxes: readonly { readonly rate: number }[]
    }[]
    /** The smallest amount of the currency. */
    readonly rounding: number
  }
  readonly expected: Readonly<Record<'per-line' | 'global', PublishedFigures>>
}

interface PublishedFigures {
  readonly subtotals: readonly number[]
  readonly untaxed: number
  readonly tax: number
  readonly total: number
}

interface Stacking {
  readonly id: 'money.discount.stacking'
  readonly input: { readonly pairs: readonly (readonly [number, number])[] }
  readonly expected: { readonly combined: readonly number[] }
}

const { cases }: { readonly cases: readonly (Published | Stacking)[] } = JSON.parse(
  readFileSync(new URL('totals.golden.json', import.meta.url), 'utf8'),
)
const published = cases.filter((each): each is Published => 'lines' in each.input)
const stacking = cases.find((each): each is Stacking => 'pairs' in each.input)

/**
 * Where our figures are others, and why.
 *
 * | theirs | ours |
 * | --- | --- |
 * | one rounding of quantity, price and discount together | the price of a line is rounded, then its discount |
 * | tax on sums that nobody sees | tax on the sum of the lines that are shown |
 * | two taxes of one rate are two groups | one group for each rate |
 * | a net that is not the sum of its lines | only shown figures are added up |
 */
const ours: Readonly<Record<string, Partial<Record<'line' | 'total', object>>>> = {
  'money.rounding.one-line': {
    total: { why: 'tax on the shown sum', tax: '1177.15', total: '6527.81' },
  },
  'money.rounding.two-taxes-same-rate': {
    total: { why: 'one group for each rate', tax: '16.59', total: '114.20' },
  },
  'money.rounding.half-cent-lines': {
    line: {
      why: 'the discount is rounded first: 15.375 is 15.38',
      amounts: ['292.12', '66.50'],
      net: '358.62',
      total: '412.42',
    },
    total: {
      why: 'the discount is rounded first: 15.375 is 15.38',
      amounts: ['292.12', '66.50'],
      net: '358.62',
      total: '412.41',
    },
  },
  'money.rounding.zero-decimals': {
    total: { why: 'the net is the sum of the shown lines', net: '202', total: '202' },
  },
}

describe('beside the published figures of another system', () => {
  const roundings = [
    ['line', 'per-line'],
    ['total', 'global'],
  ] as const
  const compared = published.flatMap(({ id, input, expected }) =>
    roundings.map(([vatRounding, theirs]) => ({
      id,
      vatRounding,
      input,
      theirs: expected[theirs],
      difference: ours[id]?.[vatRounding],
    })),
  )

  test.for(compared)('$id by $vatRounding: $difference.why', ({ input, ...other }) => {
    const currency = input.rounding === 1 ? 'IRR' : 'EUR'
    const by = inCurrency(currency, { vatRounding: other.vatRounding })
    const lines = input.lines.map(({ quantity, price_unit, discount, taxes: [tax] }) =>
      item(String(price_unit), {
        currency,
        quantity: String(quantity),
        discountPercent: String(discount),
        taxRate: tax === undefined ? null : String(tax.rate),
      }),
    )
    const text = (figure: number) => figure.toFixed(by.digits)
    const { subtotals, untaxed, tax, total } = other.theirs
    const theirs = {
      amounts: subtotals.map(text),
      net: text(untaxed),
      tax: text(tax),
      total: text(total),
    }
    const { why: _why, ...changed } = { why: '', ...other.difference }
    expect(inShort(lines, by)).toEqual({ ...theirs, ...changed })
    expect(isSame(inShort(lines, by), theirs)).toBe(other.difference === undefined)
  })

  test('two discounts are given as the one percentage that they come to', () => {
    expect(stacking?.input.pairs.length).toBeGreaterThan(0)
    stacking?.input.pairs.forEach(([first, second], index) => {
      const left = [first, second].map((percent) => String((100 - percent) / 100))
      const discountPercent = String(stacking.expected.combined[index])
      const { net } = figures([item('1000.00', { discountPercent })]).totals
      expect(net).toEqual(times({ amount: '1000.00', currency: 'EUR' }, left))
    })
  })
})
