import { test } from '@fast-check/vitest'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { documentNumber, NumberPattern, usualPatterns, yearIn } from './pattern.ts'

const years = { year: '2026', jyear: '1404' }
const numbered = (pattern: string, value: number) => documentNumber(pattern, { value, ...years })

describe('a number', () => {
  it.for([
    ['Q-{jyear}-{seq:4}', 12, 'Q-1404-0012'],
    ['S{year}/{seq}', 12, 'S2026/12'],
    ['{seq:3}-پیش‌فاکتور', 7, '007-پیش‌فاکتور'],
    ['Q{seq:2}', 1234, 'Q1234'],
  ] as const)('by %s and %d is %s', ([pattern, value, text]) => {
    expect(numbered(pattern, value)).toBe(text)
  })

  it('begins anew with the year that it shows', () => {
    expect(yearIn('Q-{jyear}-{seq:4}', years)).toBe('1404')
    expect(yearIn('Q-{year}-{seq:4}', years)).toBe('2026')
    expect(yearIn('Q-{seq:4}', years)).toBe('')
  })

  it('of a company that has said nothing shows the year of its calendar', () => {
    expect(numbered(usualPatterns('jalali').quotation, 1)).toBe('Q-1404-0001')
    expect(numbered(usualPatterns('jalali').order, 1)).toBe('S-1404-0001')
    expect(numbered(usualPatterns('gregorian').quotation, 1)).toBe('Q-2026-0001')
    expect(numbered(usualPatterns('gregorian').order, 1)).toBe('S-2026-0001')
  })
})

describe('a pattern', () => {
  it.for(['{seq}', 'Q-{jyear}-{seq:4}', '{year}{seq:9}', 'Q {seq} !'])('may be %s', (pattern) => {
    expect(NumberPattern.safeParse(pattern).success).toBe(true)
  })

  it.for([
    'Q-{jyear}',
    '{seq}-{seq:4}',
    '{year}-{jyear}-{seq}',
    '{seq:0}',
    '{seq:10}',
    '{year:4}-{seq}',
    '{month}-{seq}',
    '{seq}}',
    '{{seq}',
    '{SEQ}',
    '',
    `${'Q'.repeat(60)}{seq}`,
  ])('may not be %s', (pattern) => {
    expect(NumberPattern.safeParse(pattern).success).toBe(false)
  })

  const words = fc.string({ unit: fc.constantFrom('Q', '-', '1', 'ف', '/'), maxLength: 5 })
  const pattern = fc
    .record({
      before: words,
      year: fc.constantFrom('', '{year}-', '{jyear}-'),
      digits: fc.constantFrom('', ':1', ':4', ':9'),
    })
    .map(({ before, year, digits }) => `${before}${year}{seq${digits}}`)
  const value = fc.integer({ min: 1, max: 10 ** 9 })

  test.prop([pattern, value, value])('numbers two documents of a series apart', (by, one, two) => {
    expect(NumberPattern.safeParse(by).success).toBe(true)
    expect(numbered(by, one) === numbered(by, two)).toBe(one === two)
  })

  test.prop([pattern, value])('with a year numbers two years apart', (by, same) => {
    const next = { year: '2027', jyear: '1405' }
    const isSame = numbered(by, same) === documentNumber(by, { value: same, ...next })
    expect(isSame).toBe(yearIn(by, years) === yearIn(by, next))
  })
})
