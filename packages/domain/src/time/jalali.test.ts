import { test } from '@fast-check/vitest'
import fc from 'fast-check'
import { describe, expect } from 'vitest'
import { daysBetween, plusDays } from './calendar-date.ts'
import { fromJalali, jalali } from './jalali.ts'

const first = '1921-03-21'
const last = '2122-03-20'
const dates = fc.nat(daysBetween(first, last)).map((days) => plusDays(first, days))

const intl = new Intl.DateTimeFormat('en-US-u-ca-persian-nu-latn', {
  timeZone: 'UTC',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
})
const byIntl = (date: string): string => {
  const parts = intl.formatToParts(new Date(date))
  const part = (type: string) => parts.find((each) => each.type === type)?.value
  return `${part('year')}-${part('month')}-${part('day')}`
}

describe('a Jalali day', () => {
  test('is the one that calendars on the wall show', () => {
    expect(jalali('2026-01-11')).toBe('1404-10-21')
    expect(jalali('2026-01-18')).toBe('1404-10-28')
    expect(fromJalali('1404-12-29')).toBe('2026-03-20')
    expect(fromJalali('1403-12-30')).toBe('2025-03-20')
  })

  test('that never was is none (O26 b)', () => {
    expect(['1404-12-30', '1404-07-31', '1404-13-01', '1404-00-01'].map(fromJalali)).toEqual(
      Array.from({ length: 4 }),
    )
    expect(['1404/12/29', '1404-1-1', ''].map(fromJalali)).toEqual(Array.from({ length: 3 }))
  })

  test('is the 30th of Esfand in the leap years that Intl knows, from 1300 to 1500', () => {
    for (let year = 1300; year < 1500; year += 1) {
      const newYear = fromJalali(`${year + 1}-01-01`) ?? ''
      const isLeap = byIntl(plusDays(newYear, -1)).endsWith('-12-30')
      expect([year, fromJalali(`${year}-12-30`) !== undefined]).toEqual([year, isLeap])
    }
  })

  test.prop([dates])('is the one that Intl tells, and leads back to its date', (date) => {
    expect(jalali(date)).toBe(byIntl(date))
    expect(fromJalali(jalali(date))).toBe(date)
  })
})
