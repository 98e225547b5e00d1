import { test } from '@fast-check/vitest'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plusDays } from './calendar-date.ts'
import { jalali } from './jalali.ts'
import { parseDate } from './parse-date.ts'

describe('a date as it is typed', () => {
  it.for([
    ['2026-03-20', '2026-03-20'],
    ['12/03/2026', '2026-03-12'],
    ['1404/12/29', '2026-03-20'],
    ['۱۴۰۳/۱۲/۳۰', '2025-03-20'],
    ['1404/06/31', '2025-09-22'],
    ['1404/12/30', undefined],
    ['1404/07/31', undefined],
    ['07/30/2026', undefined],
    ['31/02/2026', undefined],
    ['', undefined],
  ] as const)('in a column of days first: "%s" is %s (O26 a, b, c)', ([text, date]) => {
    expect(parseDate(text, { yearLast: 'day-first' })).toBe(date)
  })

  test('ends in its year only where that is declared', () => {
    expect(parseDate('12/03/2026')).toBeUndefined()
    expect(parseDate('07/30/2026', { yearLast: 'month-first' })).toBe('2026-07-30')
    expect(parseDate('29/12/1404', { yearLast: 'day-first' })).toBe('2026-03-20')
  })

  test('may have one digit, points, spaces and marks of direction around it', () => {
    expect(parseDate('\u200F۱۴۰۴/۱/۵ ')).toBe('2025-03-25')
    expect(parseDate('2026.1.5')).toBe('2026-01-05')
    expect(parseDate('05.01.2024', { yearLast: 'day-first' })).toBe('2024-01-05')
  })

  test('is Jalali below a year that can be moved', () => {
    expect(parseDate('1404-12-29', { jalaliBelow: 0 })).toBe('1404-12-29')
    expect(parseDate('1699-01-01')).toBe('2320-03-21')
    expect(parseDate('1700-01-01')).toBe('1700-01-01')
  })

  it.for(['2026-03/20', '26-03-20', '2026-03-20T00:00', '20260320', '0000-00-00', 'today'])(
    'is none: %s',
    (text) => {
      expect(parseDate(text, { yearLast: 'day-first' })).toBeUndefined()
    },
  )

  const dates = fc.nat(60_000).map((days) => plusDays('1950-01-01', days))

  test.prop([dates, fc.constantFrom('-', '/', '.')])('is read in both calendars', (date, sign) => {
    const persian = (text: string) =>
      text.replaceAll(/\d/g, (digit) => String.fromCodePoint(0x06f0 + Number(digit)))
    for (const written of [date, jalali(date), persian(jalali(date))]) {
      expect(parseDate(written.replaceAll('-', sign))).toBe(date)
    }
  })
})
