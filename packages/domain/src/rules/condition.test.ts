import { test } from '@fast-check/vitest'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Condition, deepest, mostComparisons } from './condition.ts'
import { conditions, leadFacts } from './examples.ts'
import { inWords } from './in-words.ts'
import { comparison, type LeadFacts, matcherOf } from './matching.ts'

const fresh: LeadFacts = { kind: 'lead', ageDays: 0 }
const desks: LeadFacts = {
  kind: 'opportunity',
  probability: 40,
  source: 'نمایشگاه',
  country: 'IR',
  region: 'Fars',
  language: 'fa',
  tags: ['VIP', 'خرده‌فروشی'],
  expectedRevenue: { amount: '1500.00', currency: 'EUR' },
  ageDays: 12,
  teamId: '000000000000000000000000T1',
}
const takes = (condition: unknown, lead: LeadFacts = desks): boolean =>
  matcherOf(Condition.parse(condition))(comparison()(lead))

describe('a comparison', () => {
  it.for([
    { field: 'probability', op: 'gte', value: 40 },
    { field: 'probability', op: 'lte', value: 40 },
    { field: 'probability', op: 'in', value: [10, 40] },
    { field: 'ageDays', op: 'ne', value: 11 },
    { field: 'kind', op: 'eq', value: 'opportunity' },
    { field: 'teamId', op: 'in', value: ['000000000000000000000000T1'] },
    { field: 'region', op: 'contains', value: 'AR' },
    { field: 'expectedRevenue', op: 'gte', value: { amount: '1500', currency: 'EUR' } },
    { field: 'expectedRevenue', op: 'eq', value: { amount: '1500.000', currency: 'EUR' } },
    { field: 'tags', op: 'contains', value: 'vip' },
    { field: 'tags', op: 'in', value: ['export', 'VIP'] },
    { field: 'source', op: 'present', value: true },
  ])('$field $op $value holds', (condition) => {
    expect(takes(condition)).toBe(true)
    expect(takes({ not: condition })).toBe(false)
  })

  it('finds a text however it was typed, and a country or a language by its name', () => {
    expect(takes({ field: 'source', op: 'eq', value: 'نمايشگاه' })).toBe(true)
    expect(takes({ field: 'tags', op: 'contains', value: 'خرده فروشی' })).toBe(false)
    expect(takes({ field: 'tags', op: 'contains', value: 'خردهفروشی' })).toBe(true)
    expect(takes({ field: 'country', op: 'eq', value: 'ایران' })).toBe(true)
    expect(takes({ field: 'language', op: 'in', value: ['English', 'Persian'] })).toBe(true)
  })

  it('with an amount in another currency is neither above nor below', () => {
    const one = { amount: '1', currency: 'USD' }
    expect(takes({ field: 'expectedRevenue', op: 'gte', value: one })).toBe(false)
    expect(takes({ field: 'expectedRevenue', op: 'lte', value: one })).toBe(false)
    expect(takes({ field: 'expectedRevenue', op: 'ne', value: one })).toBe(true)
  })

  it('of what nobody knows holds only where it says so', () => {
    expect(takes({ field: 'probability', op: 'gte', value: 0 }, fresh)).toBe(false)
    expect(takes({ field: 'probability', op: 'lte', value: 100 }, fresh)).toBe(false)
    expect(takes({ field: 'country', op: 'ne', value: 'IR' }, fresh)).toBe(true)
    expect(takes({ field: 'tags', op: 'present', value: false }, fresh)).toBe(true)
    expect(takes({ field: 'teamId', op: 'present', value: true }, fresh)).toBe(false)
  })
})

describe('conditions together', () => {
  const iran = { field: 'country', op: 'eq', value: 'IR' }
  const likely = { field: 'probability', op: 'gte', value: 50 }

  it('hold all or any of them', () => {
    expect(takes({ all: [iran, likely] })).toBe(false)
    expect(takes({ any: [iran, likely] })).toBe(true)
    expect(takes({ all: [] })).toBe(true)
  })

  test.prop([conditions, leadFacts])('turned round hold for the other leads', (condition, lead) => {
    expect(takes({ not: condition }, lead)).toBe(!takes(condition, lead))
  })

  test.prop([fc.array(conditions, { minLength: 1, maxLength: 3 }), leadFacts])(
    'hold any exactly where not all of their opposites hold',
    (some, lead) => {
      const opposites = some.map((not) => ({ not }))
      expect(takes({ any: some }, lead)).toBe(!takes({ all: opposites }, lead))
    },
  )
})

describe('a condition is turned away', () => {
  it.for([
    { field: 'probability', op: 'eq', value: '50' },
    { field: 'probability', op: 'contains', value: 5 },
    { field: 'probability', op: 'gte', value: 101 },
    { field: 'kind', op: 'eq', value: 'customer' },
    { field: 'email', op: 'eq', value: 'a@example.com' },
    { field: 'country', op: 'in', value: [] },
    { field: 'source', op: 'eq', value: 'web', and: true },
    { field: 'expectedRevenue', op: 'gte', value: 1000 },
    { any: [] },
    { all: [], any: [] },
    {},
    'country === "IR"',
    null,
  ])('if it is %j', (condition) => {
    expect(Condition.safeParse(condition).success).toBe(false)
  })

  const iran = { field: 'country', op: 'eq', value: 'IR' }
  const nested = (depth: number): object => (depth === 1 ? iran : { not: nested(depth - 1) })

  it('if it lies too deep or holds too much', () => {
    expect(Condition.safeParse(nested(deepest)).success).toBe(true)
    expect(Condition.safeParse(nested(deepest + 1)).success).toBe(false)
    const half = { any: Array.from({ length: mostComparisons / 2 }, () => iran) }
    expect(Condition.safeParse({ all: [half, half] }).success).toBe(true)
    expect(Condition.safeParse({ all: [half, half, iran] }).success).toBe(false)
  })
})

describe('a condition in words', () => {
  const rule = Condition.parse({
    all: [
      {
        any: [
          { field: 'country', op: 'in', value: ['IR', 'AE'] },
          { field: 'tags', op: 'contains', value: 'vip' },
        ],
      },
      { not: { field: 'source', op: 'contains', value: 'اینستا' } },
      { field: 'probability', op: 'gte', value: 50 },
      { field: 'expectedRevenue', op: 'lte', value: { amount: '2500', currency: 'EUR' } },
      { field: 'kind', op: 'ne', value: 'lead' },
      { field: 'teamId', op: 'present', value: false },
    ],
  })

  it('reads as a sentence in English', () => {
    expect(inWords(rule, { language: 'en' })).toBe(
      '(country is Iran or United Arab Emirates or tag is vip) and not (source contains “اینستا”)' +
        ' and probability is at least 50 and expected revenue is at most 2500 EUR' +
        ' and kind is not lead and team is not known',
    )
  })

  it('reads as a sentence in Persian, with Persian digits', () => {
    expect(inWords(rule, { language: 'fa', money: ({ amount }) => `${amount} یورو` })).toBe(
      '(کشور ایران یا امارات متحدهٔ عربی است یا برچسب vip است) و نه («اینستا» در منبع هست)' +
        ' و احتمال دست‌کم ۵۰ است و درآمد مورد انتظار حداکثر 2500 یورو است' +
        ' و گونه سرنخ نیست و تیم معلوم نیست',
    )
  })

  it('names a team where its name is told, and every lead where nothing is asked', () => {
    const south = Condition.parse({ field: 'teamId', op: 'eq', value: desks.teamId })
    expect(inWords(south, { language: 'en', teamName: () => 'South' })).toBe('team is South')
    expect(inWords({ all: [] }, { language: 'fa' })).toBe('هر سرنخ')
  })

  test.prop([conditions, fc.constantFrom('fa' as const, 'en' as const)])(
    'says something of each comparison',
    (condition, language) => {
      expect(inWords(condition, { language })).not.toMatch(/undefined|NaN|\[object|^$/)
    },
  )
})
