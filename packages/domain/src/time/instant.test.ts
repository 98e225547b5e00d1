import { test } from '@fast-check/vitest'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Instant, parseInstant } from './instant.ts'

const moments = fc.date({
  min: new Date('0001-01-03T00:00:00Z'),
  max: new Date('9999-12-29T00:00:00Z'),
  noInvalidDate: true,
})

describe('an instant', () => {
  it.for([
    '2026-02-30T00:00:00.000Z',
    '2026-02-28T24:00:00.000Z',
    '2026-13-01T00:00:00.000Z',
    '2026-01-10T22:00:60.000Z',
    '2026-01-10T22:00:00Z',
    '2026-01-10T22:00:00.000+00:00',
    '+012026-01-10T22:00:00.000Z',
    '2026-01-10 22:00:00.000Z',
  ])('is not %s', (text) => {
    expect(Instant.safeParse(text).success).toBe(false)
  })

  test.prop([moments])('is what every moment is written as', (moment) => {
    expect(Instant.safeParse(moment.toISOString()).success).toBe(true)
  })
})

describe('an instant from outside', () => {
  it.for([
    ['2026-01-11T01:30:00+03:30', '2026-01-10T22:00:00.000Z'],
    ['2026-01-11T01:30+0330', '2026-01-10T22:00:00.000Z'],
    ['2026-01-10T22:00:00Z', '2026-01-10T22:00:00.000Z'],
    ['2026-01-10T14:00:00.5-08:00', '2026-01-10T22:00:00.500Z'],
    ['2026-01-10T22:00:00.123456Z', '2026-01-10T22:00:00.123Z'],
    ['2026-03-01T00:30:00+01:00', '2026-02-28T23:30:00.000Z'],
  ] as const)('%s is %s', ([text, instant]) => {
    expect(parseInstant(text)).toBe(instant)
  })

  it.for([
    '2026-01-10T22:00:00',
    '2026-01-10',
    '2026-02-30T00:00:00Z',
    '2026-01-10T24:00:00Z',
    '2026-01-10T22:00:00+24:00',
    '2026-01-10T22:00:00+3',
    '20260110T220000Z',
    '9999-12-31T23:30:00-01:00',
    'now',
    '',
  ])('"%s" is none', (text) => {
    expect(parseInstant(text)).toBeUndefined()
  })

  const offsets = fc.integer({ min: -14 * 60, max: 14 * 60 })

  test.prop([moments, offsets])('is the same moment whatever its offset', (moment, minutes) => {
    const local = new Date(moment.getTime() + minutes * 60_000).toISOString().slice(0, -1)
    const size = Math.abs(minutes)
    const two = (number: number) => String(Math.trunc(number)).padStart(2, '0')
    const offset = `${minutes < 0 ? '-' : '+'}${two(size / 60)}:${two(size % 60)}`
    expect(parseInstant(local + offset)).toBe(moment.toISOString())
  })
})
