import { test } from '@fast-check/vitest'
import fc from 'fast-check'
import { describe, expect } from 'vitest'
import { decimalText, tenfold } from './number.ts'

describe('a number as people write it', () => {
  test.each([
    ['12500000', '12500000'],
    ['۱۲٬۵۰۰٬۰۰۰', '12500000'],
    ['٤٠٠٠٠٠', '400000'],
    ['۲٫۵', '2.5'],
    ['٣٫٥', '3.5'],
    ['1,100.04', '1100.04'],
    ['-5', '-5'],
    ['−5', '-5'],
    ['007.50', '7.5'],
    [' 12 500 ', '12500'],
    ['-0.00', '0'],
  ])('%s is %s', (text, number) => {
    expect(decimalText(text)).toBe(number)
  })

  test.each(['', 'twelve', '1,25', '1.2.3', '12,5000', '0x10', '1e3', '٫5', '--5'])(
    '%s is none',
    (text) => {
      expect(decimalText(text)).toBeUndefined()
    },
  )

  test('has its signs as the map declares them, never as they happen to look', () => {
    expect(decimalText('12.500,00', ',')).toBe('12500')
    expect(decimalText('12.500', ',')).toBe('12500')
    expect(decimalText('12.500', '.')).toBe('12.5')
  })
})

const persian = (text: string) =>
  text.replaceAll(/\d/g, (digit) => String.fromCharCode(0x06f0 + Number(digit)))

test.prop([fc.bigInt({ min: 0n, max: 10n ** 24n })])(
  'a whole number is itself in any digits, grouped or not',
  (number) => {
    const grouped = String(number).replaceAll(/\B(?=(\d{3})+$)/g, '\u066C')
    expect(decimalText(persian(grouped))).toBe(String(number))
    expect(decimalText(grouped)).toBe(String(number))
  },
)

/** The number as whole units of ten to the power of minus twenty. */
const unitsOf = (text: string): bigint => {
  const [whole = '', fraction = ''] = text.split('.')
  return BigInt(whole + fraction.padEnd(20, '0'))
}

test.prop([fc.stringMatching(/^(?:0|[1-9]\d{0,20})(?:\.\d{1,9})?$/)])(
  'ten times a number is exact',
  (number) => {
    expect(unitsOf(tenfold(number))).toBe(unitsOf(number) * 10n)
  },
)
