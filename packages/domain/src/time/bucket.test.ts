import { test } from '@fast-check/vitest'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bucket, buckets, monthsBetween, plusMonths } from './bucket.ts'
import { daysBetween, plusDays } from './calendar-date.ts'

const jalali = { calendar: 'jalali', weekStartsOn: 'saturday' } as const
const gregorian = { calendar: 'gregorian', weekStartsOn: 'monday' } as const

describe('the last day of 1404', () => {
  it.for([
    ['day', '1404-12-29', '2026-03-20', '2026-03-20'],
    ['week', '1404-W52', '2026-03-14', '2026-03-20'],
    ['month', '1404-12', '2026-02-20', '2026-03-20'],
    ['quarter', '1404-Q4', '2025-12-22', '2026-03-20'],
    ['year', '1404', '2025-03-21', '2026-03-20'],
  ] as const)('lies in the %s %s', ([unit, key, from, to]) => {
    expect(bucket('2026-03-20', unit, jalali)).toEqual({ key, from, to })
  })
})

describe('the last day that there is', () => {
  it.for([
    ['week', '9999-W52', '9999-12-27', '9999-12-31'],
    ['month', '9999-12', '9999-12-01', '9999-12-31'],
    ['year', '9999', '9999-01-01', '9999-12-31'],
  ] as const)('ends its %s', ([unit, key, from, to]) => {
    expect(bucket('9999-12-31', unit, gregorian)).toEqual({ key, from, to })
  })

  it('ends a month of any calendar', () => {
    expect(bucket('9999-12-31', 'month', jalali)).toMatchObject({ to: '9999-12-31' })
  })
})

test.prop([fc.integer({ min: -2_000, max: 2_000 }), fc.constantFrom(jalali, gregorian)])(
  'months are counted as they are added',
  (months, by) => {
    const first = bucket('2026-03-20', 'month', by).from
    expect(monthsBetween(first, plusMonths(first, months, by), by)).toBe(months)
  },
)

describe('the first day of 2027', () => {
  it.for([
    ['day', '2027-01-01', '2027-01-01', '2027-01-01'],
    ['week', '2026-W53', '2026-12-28', '2027-01-03'],
    ['month', '2027-01', '2027-01-01', '2027-01-31'],
    ['quarter', '2027-Q1', '2027-01-01', '2027-03-31'],
    ['year', '2027', '2027-01-01', '2027-12-31'],
  ] as const)('lies in the %s %s', ([unit, key, from, to]) => {
    expect(bucket('2027-01-01', unit, gregorian)).toEqual({ key, from, to })
  })
})

describe('every bucket', () => {
  const dates = fc.nat(60_000).map((days) => plusDays('1950-01-01', days))
  const units = fc.constantFrom('day', 'week', 'month', 'quarter', 'year')
  const calendars = fc.record({
    calendar: fc.constantFrom('jalali', 'gregorian'),
    weekStartsOn: fc.constantFrom('saturday', 'sunday', 'monday'),
  })

  test.prop([dates, units, calendars])('holds its date', (date, unit, by) => {
    const { from, to } = bucket(date, unit, by)
    expect(from <= date && date <= to).toBe(true)
  })

  test.prop([dates, units, calendars])(
    'is the same for its first day and its last',
    (date, unit, by) => {
      const own = bucket(date, unit, by)
      expect(bucket(own.from, unit, by)).toEqual(own)
      expect(bucket(own.to, unit, by)).toEqual(own)
    },
  )

  test.prop([dates, units, calendars])(
    'is followed by another with a greater key, and no day between',
    (date, unit, by) => {
      const own = bucket(date, unit, by)
      const next = bucket(plusDays(own.to, 1), unit, by)
      expect(next.from).toBe(plusDays(own.to, 1))
      expect(next.key > own.key).toBe(true)
    },
  )

  test.prop([dates, calendars])(
    'of a week has seven days and starts on the right one',
    (date, by) => {
      const { from, to } = bucket(date, 'week', by)
      const weekday = new Intl.DateTimeFormat('en', { weekday: 'long', timeZone: 'UTC' })
      expect(daysBetween(from, to)).toBe(6)
      expect(weekday.format(new Date(from)).toLowerCase()).toBe(by.weekStartsOn)
    },
  )

  test.prop([fc.array(dates, { maxLength: 30 }), units, calendars])(
    'is the same when many are asked for',
    (list, unit, by) => {
      expect(list.map(buckets(unit, by))).toEqual(list.map((date) => bucket(date, unit, by)))
    },
  )
})
