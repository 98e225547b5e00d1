import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { firstInvalidInstant } from '../time/zone.ts'
import { hasExpired, validityOf } from './validity.ts'

interface Table<Row, Expected> {
  readonly input: { readonly rows: readonly Row[] }
  readonly expected: Expected
}
const golden: {
  readonly cases: {
    readonly 'expiry.flag.table': Table<
      { readonly state: string; readonly validity_date: string | null; readonly today: string },
      { readonly expired: readonly boolean[] }
    >
    readonly 'expiry.validity.precedence': Table<
      {
        readonly name: string
        readonly company_days: number
        readonly template_days: number | null
        readonly today: string
      },
      { readonly validity_date: readonly (string | null)[] }
    >
  }
} = JSON.parse(readFileSync(new URL('validity.golden.json', import.meta.url), 'utf8'))

const zone = 'Asia/Tehran'
const noonOf = (day: string) => `${day}T08:30:00.000Z`

describe('the date of an offer beside the reference product', () => {
  const { input, expected } = golden.cases['expiry.flag.table']
  const rows = input.rows.map((row, index) => ({ ...row, expired: expected.expired[index] }))

  test.for(rows)('$state, valid to $validity_date, on $today', ({ state, ...row }) => {
    const { validity_date: date, today, expired } = row
    const issue = date === null ? {} : { expiresAt: firstInvalidInstant(date, zone) }
    // Only an offer that stands can expire; there a draft does too, here it never does.
    const stands = state === 'sent'
    const isExpired = stands && hasExpired(issue, noonOf(today))
    expect(isExpired).toBe(state === 'draft' ? false : expired)
  })

  const { input: days, expected: dates } = golden.cases['expiry.validity.precedence']
  const given = days.rows.map((row, index) => ({ ...row, date: dates.validity_date[index] }))

  test.for(given)('$name', ({ name, company_days, template_days, today, date }) => {
    const { validUntil = null } = validityOf({
      templateDays: template_days ?? undefined,
      companyDays: company_days,
      today,
    })
    // A template that says 0 says "no end" here; there it says nothing.
    const saysNever = name === 'template 0 falls back to company'
    expect(validUntil).toBe(saysNever ? null : date)
  })

  test('a typed date stays, whatever else says how long', () => {
    const typed = validityOf({
      typed: '2024-06-30',
      templateDays: 10,
      companyDays: 30,
      today: '2024-01-05',
    })
    expect(typed).toEqual({ validUntil: '2024-06-30', validity: 'typed' })
  })
})

describe('an offer', () => {
  test('holds through the whole of its last day in the zone of the company (O02 b)', () => {
    const issue = { expiresAt: firstInvalidInstant('2026-01-18', zone) }
    expect(hasExpired(issue, '2026-01-18T20:29:59.999Z')).toBe(false)
    expect(hasExpired(issue, '2026-01-18T20:30:00.000Z')).toBe(true)
  })

  test('without a date never expires', () => {
    expect(hasExpired({}, '9999-12-31T23:59:59.999Z')).toBe(false)
  })
})
