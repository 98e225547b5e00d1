import { test } from '@fast-check/vitest'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Identifier } from './events.ts'
import { identifierWarnings } from './identifier.ts'

const fits = (kind: Identifier['kind'], value: string): boolean =>
  identifierWarnings([{ kind, value }]).length === 0

describe('the check digit', () => {
  it.for(['0499370899', '0790419904', '۰۴۹۹۳۷۰۸۹۹', '٠٤٩٩٣٧٠٨٩٩', '049-937089-9'])(
    'of the national id %s fits',
    (value) => {
      expect(fits('nationalId', value)).toBe(true)
    },
  )

  it.for(['0499370898', '1111111111', '499370899', '04993708990', 'ندارد'])(
    'of the national id %s is wrong',
    (value) => {
      expect(fits('nationalId', value)).toBe(false)
    },
  )

  it.for(['10380284790', '۱۰۳۸۰۲۸۴۷۹۰', '10100302746'])('of the legal id %s fits', (value) => {
    expect(fits('legalNationalId', value)).toBe(true)
  })

  it.for(['10380284792', '10380285692', '11111111111', '0499370899'])(
    'of the legal id %s is wrong',
    (value) => {
      expect(fits('legalNationalId', value)).toBe(false)
    },
  )

  test('of other numbers is nobody’s to judge', () => {
    const kinds = ['economicCode', 'registrationNumber', 'vat', 'foreignId'] as const
    expect(kinds.every((kind) => fits(kind, '1'))).toBe(true)
  })

  const bodies = (length: number) =>
    fc
      .array(fc.nat(9), { minLength: length, maxLength: length })
      .map((digits) => digits.join(''))
      // Ten equal digits are nobody's number, though they fit.
      .filter((body) => new Set(body).size > 1)

  test.prop([
    fc.oneof(
      bodies(9).map((body) => ['nationalId', body] as const),
      bodies(10).map((body) => ['legalNationalId', body] as const),
    ),
  ])('is exactly one of ten', ([kind, body]) => {
    const fitting = Array.from('0123456789').filter((digit) => fits(kind, body + digit))
    expect(fitting.length).toBe(1)
  })
})

test('a warning names the identifier by its place in the list', () => {
  const identifiers: Identifier[] = [
    { kind: 'vat', value: 'DE1' },
    { kind: 'nationalId', value: '0499370898' },
  ]
  expect(identifierWarnings(identifiers)).toEqual([
    { code: 'CheckDigitWrong', index: 1, kind: 'nationalId' },
  ])
})
