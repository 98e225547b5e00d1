import { expect, test } from 'vitest'
import { speeches } from './language.ts'

const { fa, en } = speeches

test('money keeps every digit it came with', () => {
  expect(en.money({ amount: '12345678901234567.89', currency: 'EUR' })).toBe(
    '€12,345,678,901,234,567.89',
  )
  expect(en.money({ amount: '100.00', currency: 'EUR' })).toBe('€100.00')
  expect(fa.money({ amount: '250000000', currency: 'IRR' })).toContain('۲۵۰٬۰۰۰٬۰۰۰')
})

test('a day is written in the calendar of the language', () => {
  expect(fa.date('2026-03-21')).toBe('۱ فروردین ۱۴۰۵')
  expect(fa.shortDate('2026-03-21')).toBe('۱۴۰۵/۰۱/۰۱')
  expect(en.date('2026-03-21')).toBe('21 March 2026')
  expect(en.shortDate('2026-03-21')).toBe('2026-03-21')
})

test('days and shares are written out', () => {
  expect(en.days(1)).toBe('1 day')
  expect(fa.days(12.5)).toBe('۱۲٫۵ روز')
  expect(en.percent(48.69)).toBe('48.69%')
})
