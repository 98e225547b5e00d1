import { describe, expect, it } from 'vitest'
import type { Taking, Waiting } from './plan.ts'
import { reasonInWords } from './reasons.ts'

const taking: Taking = { pass: 'ordinary', place: 2, of: 4 }

describe('a reason in words', () => {
  const reasons: readonly (readonly [Taking | Waiting, string, string])[] = [
    [taking, 'in turn, place 2 of 4', 'به نوبت، جای ۲ از ۴'],
    [{ ...taking, pass: 'preferred' }, 'preferred, place 2 of 4', 'ترجیحی، جای ۲ از ۴'],
    [{ code: 'noCapacity' }, 'no capacity', 'ظرفیت نیست'],
    [{ code: 'tooOld', ageDays: 12 }, 'too old: 12 days', 'کهنه: ۱۲ روز'],
    [{ code: 'duplicate', of: 'L1', joined: false }, 'duplicate of L1', 'تکراریِ L1'],
    [
      { code: 'noRuleMatched', by: 'teams' },
      'no rule matched: no team takes such a lead',
      'قاعده‌ای نخورد: هیچ تیمی چنین سرنخی نمی‌پذیرد',
    ],
    [
      { code: 'nobodyThere' },
      'nobody there: all who take such leads are away',
      'کسی نیست: همهٔ پذیرندگان چنین سرنخی غایب‌اند',
    ],
  ]

  it.for(reasons)('of %j is said in both languages', ([reason, english, persian]) => {
    expect(reasonInWords(reason, { language: 'en' })).toBe(english)
    expect(reasonInWords(reason, { language: 'fa' })).toBe(persian)
  })

  it('names another lead where its name is told', () => {
    const reason: Waiting = { code: 'duplicate', of: 'L1', joined: true }
    expect(reasonInWords(reason, { language: 'en', leadName: () => 'Twelve desks' })).toBe(
      'duplicate of Twelve desks',
    )
  })
})
