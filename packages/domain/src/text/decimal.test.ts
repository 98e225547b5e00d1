import { test } from '@fast-check/vitest'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDecimal } from './decimal.ts'

describe('a number as it is typed', () => {
  test('may have Persian or Arabic digits and signs (O25 d)', () => {
    const typed = ['۱۲٬۵۰۰٬۰۰۰', '12500000', '٤٠٠٠٠٠', '۲٫۵', '٣٫٥', '3.5']
    expect(typed.map((text) => parseDecimal(text))).toEqual([
      '12500000',
      '12500000',
      '400000',
      '2.5',
      '3.5',
      '3.5',
    ])
  })

  test('keeps every digit of its fraction and drops leading zeros', () => {
    expect(parseDecimal('0012.50')).toBe('12.50')
    expect(parseDecimal('۹٬۰۰۷٬۱۹۹٬۲۵۴٬۷۴۰٬۹۹۳')).toBe('9007199254740993')
  })

  test('may be negative, with any minus and marks of direction around it', () => {
    expect(parseDecimal('\u200E\u2212۱۲\u200F')).toBe('-12')
    expect(parseDecimal('-0.00')).toBe('0.00')
    expect(parseDecimal('+5')).toBe('5')
  })

  test('has its point or its comma as declared, never guessed', () => {
    expect(parseDecimal('12.500,00', { decimalSign: ',' })).toBe('12500.00')
    expect(parseDecimal('12,500.00')).toBe('12500.00')
    expect(parseDecimal('12.500,00')).toBeUndefined()
  })

  it.for(['', ' ', '1,25', '1,2345', '12,34,567', '1,234 567', '1.2.3', '0x10', '1e3', '.5', '5.'])(
    'is none: "%s"',
    (text) => {
      expect(parseDecimal(text)).toBeUndefined()
    },
  )

  test.prop([fc.bigInt(), fc.constantFrom('en', 'fa', 'ar-EG')])(
    'is read back as Intl wrote it',
    (number, locale) => {
      expect(parseDecimal(number.toLocaleString(locale))).toBe(String(number))
    },
  )
})
