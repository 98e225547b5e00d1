import { describe, expect, test } from 'vitest'
import { english, persian } from './sample-quotation.ts'
import { speechOf } from './speech.ts'

describe('a document', () => {
  test('writes dates in its own calendar, whichever its language', () => {
    expect(speechOf(persian).date('2026-03-21')).toBe('۱ فروردین ۱۴۰۵')
    expect(speechOf(english).date('2026-03-21')).toBe('21 March 2026')
    expect(speechOf({ ...english, calendar: 'jalali' }).date('2026-03-21')).toContain(
      '1 Farvardin 1405',
    )
    expect(speechOf({ ...persian, calendar: 'gregorian' }).date('2026-03-21')).toBe('۲۱ مارس ۲۰۲۶')
  })

  test('tells the day of a moment as it was with the seller, wherever it is read', () => {
    expect(speechOf(persian).day('2026-03-20T21:00:00.000Z')).toBe('۱ فروردین ۱۴۰۵')
    expect(speechOf(english).day('2026-03-20T21:00:00.000Z')).toBe('20 March 2026')
  })

  test('keeps the digits that it came with', () => {
    const { figure, money } = speechOf(english)
    expect(figure('1.005')).toBe('1.005')
    expect(money('100.00')).toBe('€100.00')
    expect(speechOf(persian).figure('9007199254740993')).toBe('۹٬۰۰۷٬۱۹۹٬۲۵۴٬۷۴۰٬۹۹۳')
  })

  test('speaks English where there are no texts in its language', () => {
    expect(speechOf({ ...english, language: 'de' }).language).toBe('en')
    expect(speechOf({ ...persian, language: 'fa-AF' }).language).toBe('fa')
  })
})

describe('toman', () => {
  test('are rials with the point moved, and only rials have them', () => {
    const { figure, money, recorded, unit } = speechOf({ ...persian, moneyUnit: 'toman' })
    expect(figure('813365')).toBe('۸۱٬۳۳۶٫۵')
    expect(money('813360')).toBe('۸۱٬۳۳۶ تومان')
    expect(unit).toBe('تومان')
    expect(recorded?.('813360')).toContain('۸۱۳٬۳۶۰')
    expect(speechOf({ ...english, moneyUnit: 'toman' }).money('1.00')).toBe('€1.00')
  })
})
