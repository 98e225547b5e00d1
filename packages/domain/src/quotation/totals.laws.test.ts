/**
 * What holds of the figures of any offer.
 *
 * @module
 */
import { test } from '@fast-check/vitest'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { expect, it } from 'vitest'
import { minus, sumByCurrency, times } from '../money/arithmetic.ts'
import { decimalOf } from '../money/exact.ts'
import type { Money } from '../money/money.ts'
import { type Item, mostLines, type PricedItem, type PricedLine, QuotationLine } from './line.ts'
import { type Figuring, figured, Totals } from './totals.ts'

const ulid = (index: number): string => String(index).padStart(26, '0')

/** Decimal text below a bound, with at most so many digits after the point. */
const decimal = (below: number, most: number) =>
  fc
    .tuple(fc.nat(below - 1), fc.array(fc.nat(9), { maxLength: most }))
    .map(([whole, part]) => [whole, ...(part.length > 0 ? [part.join('')] : [])].join('.'))

const figuring = fc.record({
  currency: fc.constantFrom('EUR', 'IRR', 'KWD', 'XYZ'),
  digits: fc.nat(4),
  pricesIncludeTax: fc.boolean(),
  vatRounding: fc.constantFrom('total', 'line'),
})

const rate = fc.option(fc.oneof(fc.constantFrom('0', '9', '9.0', '10'), decimal(100, 4)))

const itemIn = ({ currency }: Figuring, digits: number): fc.Arbitrary<Omit<PricedItem, 'id'>> =>
  fc.record(
    {
      kind: fc.constant('item'),
      description: fc.constant('Table'),
      quantity: decimal(1000, 6),
      unitPrice: fc
        .tuple(fc.boolean(), decimal(10 ** 9, digits))
        .map(([reduces, size]) => ({ amount: reduces ? `-${size}` : size, currency })),
      discountPercent: decimal(100, 4),
      taxRate: rate,
    },
    { requiredKeys: ['kind', 'description', 'quantity', 'unitPrice', 'taxRate'] },
  )

const words = fc.constantFrom(
  { kind: 'section', description: 'Garden' } as const,
  { kind: 'note' } as const,
)

type Unnumbered<Line = PricedLine> = Line extends unknown ? Omit<Line, 'id'> : never

const numbered = (lines: readonly Unnumbered[]): readonly PricedLine[] =>
  lines.map((line, index) => ({ ...line, id: ulid(index) }))

/** An offer, and the rules by which its figures are worked out. */
const offer = figuring.chain((by) =>
  fc.record({
    by: fc.constant(by),
    lines: fc
      .array(fc.oneof({ weight: 5, arbitrary: itemIn(by, by.digits + 2) }, words), {
        maxLength: 12,
      })
      .map(numbered),
  }),
)

const figures = (lines: readonly PricedLine[], by: Figuring) => {
  const outcome = figured(lines, by)
  if (E.isLeft(outcome)) throw new Error(outcome.left.type)
  return outcome.right
}

const isItem = (line: QuotationLine): line is Item => line.kind === 'item'

const zero = ({ currency, digits }: Figuring): Money => times({ amount: '0', currency }, [], digits)
const sum = (amounts: readonly Money[], by: Figuring) => sumByCurrency([zero(by), ...amounts])[0]
const less = (a: Money, b: Money): Money => E.getOrElse(() => a)(minus(a, b))

test.prop([offer])('the lines add up to the totals', ({ lines, by }) => {
  const { lines: shown, totals } = figures(lines, by)
  const items = shown.filter(isItem)
  const amounts = sum(
    items.map(({ amount }) => amount),
    by,
  )
  expect(by.pricesIncludeTax ? totals.total : totals.net).toEqual(amounts)
  expect(totals.discount).toEqual(
    sum(
      items.map(({ discount }) => discount),
      by,
    ),
  )
})

test.prop([offer])('the bases add up to the net, net and taxes to the total', ({ lines, by }) => {
  const { net, taxes, total } = figures(lines, by).totals
  const bases = taxes.map(({ base }) => base)
  expect(sum(bases, by)).toEqual(net)
  expect(sum([net, ...taxes.map(({ tax }) => tax)], by)).toEqual(total)
})

test.prop([offer])('a line is quantity times price, and its discount that share', (given) => {
  const { by } = given
  for (const line of figures(given.lines, by).lines.filter(isItem)) {
    const gross = times(line.unitPrice, [line.quantity], by.digits)
    expect(line.discount).toEqual(times(gross, [line.discountPercent ?? '0', '0.01'], by.digits))
    expect(line.amount).toEqual(less(gross, line.discount))
  }
})

test.prop([offer])('a tax is never more than half a unit off', ({ lines, by }) => {
  const summed = { ...by, vatRounding: 'total' } as const
  for (const { rate: named, base, tax } of figures(lines, summed).totals.taxes) {
    // Of a base it is base * rate / 100; of prices that hold it, so is what is left of them.
    const percent = decimalOf(named ?? '0')
    const hundred = 100n * 10n ** BigInt(percent.digits)
    const [baseUnits, taxUnits] = [decimalOf(base.amount).units, decimalOf(tax.amount).units]
    const off = taxUnits * hundred - baseUnits * percent.units
    const whole = by.pricesIncludeTax ? hundred + percent.units : hundred
    expect(2n * (off < 0n ? -off : off) <= whole).toBe(true)
    if (named === null) expect(tax).toEqual(zero(by))
  }
})

test.prop([offer])('the order of the lines does not matter', ({ lines, by }) => {
  expect(figures(lines.toReversed(), by).totals).toEqual(figures(lines, by).totals)
})

test.prop([offer])('sections and notes come to nothing', ({ lines, by }) => {
  const items = lines.filter(({ kind }) => kind === 'item')
  expect(figures(items, by).totals).toEqual(figures(lines, by).totals)
})

test.prop([offer])('figures that are worked out again are the same', ({ lines, by }) => {
  const once = figures(lines, by)
  expect(figures(once.lines, by)).toEqual(once)
})

test.prop([offer])('is rounded the same on both sides of zero', ({ lines, by }) => {
  const negative = (amount: string) =>
    amount.startsWith('-') ? amount.slice(1) : /[1-9]/.test(amount) ? `-${amount}` : amount
  const turned = lines.map((line) =>
    line.kind === 'item'
      ? { ...line, unitPrice: { ...line.unitPrice, amount: negative(line.unitPrice.amount) } }
      : line,
  )
  const [one, other] = [figures(lines, by).totals, figures(turned, by).totals]
  for (const name of ['net', 'discount', 'total', 'roundingDifference'] as const) {
    expect(other[name].amount).toBe(negative(one[name].amount))
  }
})

test.prop([offer])('the difference is what rounding by line would change', ({ lines, by }) => {
  const taxed = (vatRounding: Figuring['vatRounding']) => {
    const { taxes, roundingDifference } = figures(lines, { ...by, vatRounding }).totals
    const all = sum(
      taxes.map(({ tax }) => tax),
      by,
    )
    return { tax: all ?? zero(by), roundingDifference }
  }
  const [once, byLine] = [taxed('total'), taxed('line')]
  expect(once.roundingDifference).toEqual(less(once.tax, byLine.tax))
  expect(byLine.roundingDifference).toEqual(zero(by))
})

it('the greatest offer that can be made can be stored', () => {
  const most: Omit<PricedItem, 'id'> = {
    kind: 'item',
    description: 'Table',
    quantity: '999999999999999.999999',
    unitPrice: { amount: '999999999999999999.9999', currency: 'EUR' },
    taxRate: '100',
  }
  const greatest = numbered(Array.from({ length: mostLines }, () => most))
  const by = { currency: 'EUR', digits: 4, pricesIncludeTax: false, vatRounding: 'line' } as const
  const { lines, totals } = figures(greatest, by)
  expect(Totals.safeParse(totals).success).toBe(true)
  expect(QuotationLine.safeParse(lines[0]).success).toBe(true)
})

test.prop([offer])('every amount has the digits of its currency, and can be stored', (given) => {
  const { lines, by } = given
  const { lines: shown, totals } = figures(lines, by)
  const { net, discount, total, roundingDifference, taxes } = totals
  const all = [net, discount, total, roundingDifference]
  for (const { base, tax } of taxes) all.push(base, tax)
  for (const line of shown.filter(isItem)) all.push(line.amount, line.discount)
  for (const { amount, currency } of all) {
    expect(currency).toBe(by.currency)
    expect(amount.split('.')[1]?.length ?? 0).toBe(by.digits)
  }
  expect(Totals.parse(JSON.parse(JSON.stringify(totals)))).toEqual(totals)
  for (const line of shown)
    expect(QuotationLine.parse(JSON.parse(JSON.stringify(line)))).toEqual(line)
})

const splitting = figuring.chain((by) =>
  fc.record({
    by: fc.constant({ ...by, vatRounding: 'total' as const }),
    line: itemIn(by, by.digits),
    count: fc.integer({ min: 1, max: 20 }),
  }),
)

test.prop([splitting])('a line of several pieces is worth as many lines of one', (given) => {
  const { by, count } = given
  const { discountPercent: _, ...line } = given.line
  const together = figures(numbered([{ ...line, quantity: String(count) }]), by)
  const apart = figures(
    numbered(Array.from({ length: count }, () => ({ ...line, quantity: '1' }))),
    by,
  )
  expect(apart.totals.net).toEqual(together.totals.net)
  expect(apart.totals.total).toEqual(together.totals.total)
})
