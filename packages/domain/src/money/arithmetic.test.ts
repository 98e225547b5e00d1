import { test } from '@fast-check/vitest'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { allocate, compareMoney, minus, plus, sumByCurrency, times } from './arithmetic.ts'
import { Money, usualDigits, withDigits } from './money.ts'

const eur = (amount: string): Money => ({ amount, currency: 'EUR' })
const irr = (amount: string): Money => ({ amount, currency: 'IRR' })

/** Cents, and what they are as money. */
const cents = fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n })
const ofCents = (units: bigint): Money => {
  const size = String(units < 0n ? -units : units).padStart(3, '0')
  return eur(`${units < 0n ? '-' : ''}${size.slice(0, -2)}.${size.slice(-2)}`)
}
const sum = (amounts: readonly Money[]) => sumByCurrency(amounts)[0]

describe('adding', () => {
  test('is exact: 0.10 and 0.20 are 0.30 (O19 c)', () => {
    expect(plus(eur('0.10'), eur('0.20'))).toEqual(E.right(eur('0.30')))
    expect(minus(eur('0.30'), eur('0.2'))).toEqual(E.right(eur('0.10')))
  })

  test('keeps the last digit of amounts that no double can hold (O20 f)', () => {
    const big = irr('9007199254740993')
    expect(sumByCurrency([big, irr('0')])).toEqual([big])
    expect(plus(big, big)).toEqual(E.right(irr('18014398509481986')))
  })

  test('never mixes currencies', () => {
    const mismatch = { type: 'CurrencyMismatch', expected: 'EUR', given: 'IRR' }
    expect(plus(eur('1.00'), irr('1'))).toEqual(E.left(mismatch))
    expect(compareMoney(eur('1.00'), irr('1'))).toEqual(E.left(mismatch))
  })

  test('gives one sum for each currency, in the order of their codes', () => {
    const amounts = [irr('5'), eur('1.5'), irr('-7'), eur('0.25')]
    expect(sumByCurrency(amounts)).toEqual([eur('1.75'), irr('-2')])
    expect(sumByCurrency([])).toEqual([])
  })

  test.prop([cents, cents])('is what whole cents give', (a, b) => {
    expect(plus(ofCents(a), ofCents(b))).toEqual(E.right(ofCents(a + b)))
    expect(minus(ofCents(a), ofCents(b))).toEqual(E.right(ofCents(a - b)))
  })

  test.prop([fc.array(cents, { minLength: 1 }), fc.nat()])(
    'gives the same in any order and any grouping',
    (list, where) => {
      const amounts = list.map(ofCents)
      const cut = where % amounts.length
      const [head, tail] = [amounts.slice(0, cut), amounts.slice(cut)]
      const parts = [sum(head), sum(tail)].filter((part) => part !== undefined)
      expect(sum(parts)).toEqual(sum(amounts))
      expect(sum(amounts.toReversed())).toEqual(sum(amounts))
    },
  )
})

describe('comparing', () => {
  test('looks at the amount, not at how it is written', () => {
    expect(compareMoney(eur('0.3'), eur('0.30'))).toEqual(E.right(0))
    expect(compareMoney(eur('-1.00'), eur('0.99'))).toEqual(E.right(-1))
  })

  test.prop([cents, cents])('agrees with whole cents', (a, b) => {
    expect(compareMoney(ofCents(a), ofCents(b))).toEqual(E.right(a === b ? 0 : a < b ? -1 : 1))
  })
})

describe('multiplying', () => {
  it.for([
    [eur('1.005'), ['1'], '1.01'],
    [eur('0.13'), ['10', '0.01'], '0.01'],
    [eur('0.16'), ['20', '0.01'], '0.03'],
    [eur('286.42'), ['10', '0.01'], '28.64'],
    [eur('34.90'), ['15', '0.01'], '5.24'],
    [irr('333333'), ['10', '0.01'], '33333'],
    [irr('1250005'), ['10', '0.01'], '125001'],
    [{ amount: '1127', currency: 'JPY' }, ['10', '0.01'], '113'],
    [{ amount: '1.234', currency: 'KWD' }, ['3'], '3.702'],
    [{ amount: '3.702', currency: 'KWD' }, ['5', '0.01'], '0.185'],
    [eur('-0.125'), ['1'], '-0.13'],
  ] as const)(
    'rounds once, half away from zero: %j by %j is %s (O19, O20)',
    ([money, by, amount]) => {
      expect(times(money, by)).toEqual({ amount, currency: money.currency })
    },
  )

  test('takes other digits where a company or a document has fixed them', () => {
    expect(times(eur('0.5'), ['1'], 0)).toEqual(eur('1'))
    expect(times(irr('10'), ['0.333'], 2)).toEqual(irr('3.33'))
  })

  const factor = fc.tuple(fc.nat(), fc.nat(9999)).map(([whole, part]) => `${whole}.${part}`)

  test.prop([cents, factor])('is the same on both sides of zero', (units, by) => {
    const negated = times(ofCents(-units), [by])
    expect(plus(times(ofCents(units), [by]), negated)).toEqual(E.right(eur('0.00')))
  })

  test.prop([cents, factor, factor])('does not depend on the order of factors', (units, a, b) => {
    expect(times(ofCents(units), [a, b])).toEqual(times(ofCents(units), [b, a]))
  })

  test.prop([cents, factor])('is never further off than half a cent', (units, by) => {
    const exact = times(ofCents(units), [by], 6)
    const off = E.getOrElse(() => eur('1'))(minus(times(ofCents(units), [by]), exact))
    expect(Math.abs(Number(off.amount))).toBeLessThanOrEqual(0.005)
  })
})

describe('allocating', () => {
  test('gives what is left over to the parts that were cut by most', () => {
    expect(allocate(eur('0.05'), [3, 7])).toEqual([eur('0.02'), eur('0.03')])
    expect(allocate(irr('100'), [1, 1, 1])).toEqual([irr('34'), irr('33'), irr('33')])
    expect(allocate(eur('-0.02'), [0, 1, 2])).toEqual([eur('0.00'), eur('-0.01'), eur('-0.01')])
  })

  test('needs a weight', () => {
    expect(() => allocate(eur('1.00'), [0, 0])).toThrow(RangeError)
    expect(() => allocate(eur('1.00'), [2, -1])).toThrow(RangeError)
  })

  const weights = fc
    .array(fc.nat(), { minLength: 1, maxLength: 20 })
    .filter((list) => list.some(Boolean))

  test.prop([cents, weights])('loses nothing and gives nothing to no weight', (units, by) => {
    const parts = allocate(ofCents(units), by)
    expect(sum(parts)).toEqual(ofCents(units))
    expect(parts.filter((_, index) => by[index] === 0)).toEqual(
      by.filter((weight) => weight === 0).map(() => eur('0.00')),
    )
  })
})

describe('digits', () => {
  it.for([
    [eur('1740'), '1740.00'],
    [eur('-0'), '0.00'],
    [irr('12'), '12'],
    [{ amount: '1.2', currency: 'KWD' }, '1.200'],
  ] as const)('of %j are filled up to those of its currency', ([money, amount]) => {
    expect(withDigits(money)).toEqual(E.right({ ...money, amount }))
  })

  test('too many are refused, never rounded (O20 e)', () => {
    const refused = { type: 'TooManyDigits', currency: 'JPY', digits: 0 }
    expect(withDigits({ amount: '10.5', currency: 'JPY' })).toEqual(E.left(refused))
    expect(E.isLeft(withDigits(eur('1.005')))).toBe(true)
  })

  test.prop([cents, fc.constantFrom('EUR', 'IRR', 'KWD')])(
    'of every result are exactly those of its currency, and it is money',
    (units, currency) => {
      const { amount } = times({ ...ofCents(units), currency }, ['1.1'])
      expect(amount.split('.')[1]?.length ?? 0).toBe(usualDigits(currency))
      expect(Money.safeParse({ amount, currency }).success).toBe(true)
    },
  )
})
