/**
 * Our figures beside the published ones of another sales system.
 *
 * @module
 */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { times } from '../money/arithmetic.ts'
import { isSame } from '../patch.ts'
import { figures, inCurrency, inShort, item } from './totals.examples.ts'

/** A case as it was published: what was offered, and what it came to in each way of rounding. */
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

/** Pairs of discounts, and the one that each comes to. */
interface Stacking {
  readonly id: 'money.discount.stacking'
  readonly input: { readonly pairs: readonly (readonly [number, number])[] }
  readonly expected: { readonly combined: readonly number[] }
}

const { cases }: { readonly cases: readonly (Published | Stacking)[] } = JSON.parse(
  readFileSync(new URL('totals.golden.json', import.meta.url), 'utf8'),
)
const published = cases.filter((each): each is Published => 'lines' in each.input)

interface Difference {
  readonly why: string
  readonly figures: Partial<ReturnType<typeof inShort>>
}

const discountFirst = 'the discount is rounded on its own, 15.375 to 15.38'

/** Where our figures are others on purpose, by case and by our name of the rounding. */
const differences: Readonly<Record<string, Difference>> = {
  'money.rounding.one-line by total': {
    why: 'tax is taken on the lines as they are shown',
    figures: { tax: '1177.15', total: '6527.81' },
  },
  'money.rounding.two-taxes-same-rate by total': {
    why: 'there is one row of tax for each rate',
    figures: { tax: '16.59', total: '114.20' },
  },
  'money.rounding.half-cent-lines by line': {
    why: discountFirst,
    figures: { amounts: ['292.12', '66.50'], net: '358.62', total: '412.42' },
  },
  'money.rounding.half-cent-lines by total': {
    why: discountFirst,
    figures: { amounts: ['292.12', '66.50'], net: '358.62', total: '412.41' },
  },
  'money.rounding.zero-decimals by total': {
    why: 'the net is the sum of the lines as they are shown',
    figures: { net: '202', total: '202' },
  },
}

const ways = [
  ['line', 'per-line'],
  ['total', 'global'],
] as const

const compared = published.flatMap(({ id, input, expected }) =>
  ways.map(([vatRounding, theirs]) => {
    const name = `${id} by ${vatRounding}`
    const difference = differences[name]
    return {
      name: difference === undefined ? name : `${name}: ours differ, ${difference.why}`,
      by: inCurrency(input.rounding === 1 ? 'IRR' : 'EUR', { vatRounding }),
      lines: input.lines,
      figures: expected[theirs],
      difference,
    }
  }),
)

test.for(compared)('$name', ({ by, lines, figures: told, difference }) => {
  const offered = lines.map(({ quantity, price_unit, discount, taxes: [tax] }) =>
    item(String(price_unit), {
      currency: by.currency,
      quantity: String(quantity),
      discountPercent: String(discount),
      taxRate: tax === undefined ? null : String(tax.rate),
    }),
  )
  const text = (figure: number) => figure.toFixed(by.digits)
  const theirs = {
    amounts: told.subtotals.map(text),
    net: text(told.untaxed),
    tax: text(told.tax),
    total: text(told.total),
  }
  const ours = inShort(offered, by)
  expect(ours).toEqual({ ...theirs, ...difference?.figures })
  expect(isSame(ours, theirs)).toBe(difference === undefined)
})

test('every difference is one of a case', () => {
  const found = compared.filter(({ difference }) => difference !== undefined)
  expect(found.length).toBe(Object.keys(differences).length)
})

test('money.discount.stacking: two discounts are given as the one that they come to', () => {
  const stacking = cases.find((each): each is Stacking => 'pairs' in each.input)
  expect(stacking?.input.pairs.length).toBeGreaterThan(0)
  stacking?.input.pairs.forEach((pair, index) => {
    const left = pair.map((percent) => String((100 - percent) / 100))
    const discountPercent = String(stacking.expected.combined[index])
    const { net } = figures([item('1000.00', { discountPercent })]).totals
    expect(net).toEqual(times({ amount: '1000.00', currency: 'EUR' }, left))
  })
})
