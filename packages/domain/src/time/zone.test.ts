import { test } from '@fast-check/vitest'
import fc from 'fast-check'
import { describe, expect } from 'vitest'
import { plusDays } from './calendar-date.ts'
import { firstInvalidInstant, isZone, localDate, startOfDay } from './zone.ts'

const tehran = 'Asia/Tehran'
const zones = fc.constantFrom(
  tehran,
  'UTC',
  'America/Los_Angeles',
  'Asia/Kathmandu',
  'Pacific/Kiritimati',
  'America/Sao_Paulo',
)
const instants = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((moment) => moment.toISOString())

const dayBefore = (instant: string): string => new Date(Date.parse(instant) - 1).toISOString()

describe('the local day of a moment', () => {
  test('is that of the company, whatever the server believes (O02 a, d)', () => {
    expect(localDate('2026-01-10T22:00:00.000Z', tehran)).toBe('2026-01-11')
    expect(localDate('2026-06-30T20:15:00.000Z', tehran)).toBe('2026-06-30')
  })

  test('knows that Iran has had no summer time since 2022 (O02 d)', () => {
    expect(localDate('2022-06-30T20:15:00.000Z', tehran)).toBe('2022-07-01')
    expect(localDate('2023-06-30T20:15:00.000Z', tehran)).toBe('2023-06-30')
  })

  test.prop([instants, zones, fc.array(fc.integer({ min: -50, max: 50 }), { maxLength: 30 })])(
    'is the one that Intl tells, whatever was asked before',
    (instant, zone, hours) => {
      const written = new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' })
      for (const hour of [0, ...hours]) {
        const near = new Date(Date.parse(instant) + hour * 3_600_000)
        expect(localDate(near.toISOString(), zone)).toBe(written.format(near))
      }
    },
  )
})

describe('a day', () => {
  test('is valid through its whole length (O02 b)', () => {
    expect(firstInvalidInstant('2026-01-18', tehran)).toBe('2026-01-18T20:30:00.000Z')
    expect(dayBefore(firstInvalidInstant('2026-01-18', tehran))).toBe('2026-01-18T20:29:59.999Z')
  })

  test('has an end, also where it is the last one that there is', () => {
    for (const zone of [tehran, 'America/Los_Angeles']) {
      const end = firstInvalidInstant('9999-12-31', zone)
      expect(end).toBe('9999-12-31T23:59:59.999Z')
      expect(startOfDay('9999-12-31', zone) < end).toBe(true)
      expect(localDate(end, zone)).toBe('9999-12-31')
    }
  })

  test('begins later where the clocks leap over midnight', () => {
    expect(startOfDay('2022-03-22', tehran)).toBe('2022-03-21T20:30:00.000Z')
    expect(startOfDay('2018-11-04', 'America/Sao_Paulo')).toBe('2018-11-04T03:00:00.000Z')
  })

  test('has 23 hours or 25 where the clocks are changed', () => {
    const hours = (date: string) =>
      (Date.parse(firstInvalidInstant(date, tehran)) - Date.parse(startOfDay(date, tehran))) / 3.6e6
    const changes = ['2022-03-21', '2022-03-22', '2022-09-21', '2022-09-22', '2023-03-22']
    expect(changes.map(hours)).toEqual([24, 23, 25, 24, 24])
  })

  test.prop([instants, zones])('begins and ends where the local day changes', (instant, zone) => {
    const day = localDate(instant, zone)
    const [start, end] = [startOfDay(day, zone), firstInvalidInstant(day, zone)]
    expect(start <= instant && instant < end).toBe(true)
    expect(localDate(start, zone)).toBe(day)
    expect(localDate(dayBefore(start), zone) < day).toBe(true)
    expect(localDate(end, zone)).toBe(plusDays(day, 1))
  })
})

describe('a zone', () => {
  test('has a name of the IANA list', () => {
    expect(['Asia/Tehran', 'UTC', 'Europe/Berlin', 'Etc/GMT+3'].every(isZone)).toBe(true)
    expect(['', '+03:30', 'Mars/Olympus', 'Asia/Tehran ', 'local', '../etc'].some(isZone)).toBe(
      false,
    )
  })
})
