import { test } from '@fast-check/vitest'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CalendarDate, daysBetween, isAfter, plusDays } from './calendar-date.ts'

const dates = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2200-01-01'), noInvalidDate: true })
  .map((moment) => moment.toISOString().slice(0, 10))
const days = fc.integer({ min: -100_000, max: 100_000 })

describe('a date', () => {
  it.for([
    '2026-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-1-1',
    '20260105',
    '2026-01-05T00:00',
    '',
  ])('is not "%s"', (text) => {
    expect(CalendarDate.safeParse(text).success).toBe(false)
  })

  it('is never later than the last one, nor earlier than the first', () => {
    expect(plusDays('9999-12-30', 1)).toBe('9999-12-31')
    expect(plusDays('9999-12-30', 100_000)).toBe('9999-12-31')
    expect(plusDays('0100-01-02', -100_000)).toBe('0100-01-01')
  })

  test.prop([dates, days])('is as many days later as were added', (date, later) => {
    expect(CalendarDate.safeParse(plusDays(date, later)).success).toBe(true)
    expect(daysBetween(date, plusDays(date, later))).toBe(later)
    expect(isAfter(plusDays(date, later), date)).toBe(later > 0)
  })
})
