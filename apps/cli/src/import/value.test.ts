import { describe, expect, test } from 'vitest'
import { ValueField } from './field.ts'
import { instantOf } from './moment.ts'
import { cellText, type LocalMoment, type PlainField, readValue } from './value.ts'

const custom = { zone: 'Asia/Tehran', digitsOf: (currency: string) => (currency === 'IRR' ? 0 : 2) }

const field = (declared: object): PlainField => {
  const parsed = ValueField.parse({ column: 'any', ...declared })
  if (parsed.type === 'record') throw new Error('a record is no plain field')
  return parsed
}

const valueOf = (text: string, declared: object): unknown => {
  const reading = readValue(cellText(text), field(declared), custom)
  return 'fault' in reading ? reading.fault.code : reading.value
}

describe('O26: a day in a column of DD/MM/YYYY or YYYY-MM-DD, Jalali below 1700', () => {
  const date = { type: 'date', yearLast: 'day-first' }

  test.each([
    ['2026-03-20', '2026-03-20'],
    ['12/03/2026', '2026-03-12'],
    ['1404/12/29', '2026-03-20'],
    ['۱۴۰۳/۱۲/۳۰', '2025-03-20'],
    ['1404/06/31', '2025-09-22'],
  ])('%s is %s', (text, day) => {
    expect(valueOf(text, date)).toBe(day)
  })

  test.each(['1404/12/30', '1404/07/31', '07/30/2026', '31/02/2026'])(
    '%s never was and is never mended',
    (text) => {
      expect(valueOf(text, date)).toBe('DateInvalid')
    },
  )

  test('is empty where nothing stands', () => {
    expect(valueOf('  ', date)).toBeUndefined()
  })

  test('is no day where the year comes last and the map does not say how', () => {
    expect(valueOf('12/03/2026', { type: 'date' })).toBe('DateInvalid')
  })
})

describe('a moment', () => {
  test('is a day, or a day and a time', () => {
    const moment = { type: 'moment' }
    expect(valueOf('2024-01-05', moment)).toEqual({ day: '2024-01-05', time: undefined })
    expect(valueOf('2024-01-05 09:12:44', moment)).toEqual({ day: '2024-01-05', time: '09:12:44' })
    expect(valueOf('2024-01-05T9:30', moment)).toEqual({ day: '2024-01-05', time: '09:30:00' })
    expect(valueOf('2024-01-05 25:00', moment)).toBe('DateInvalid')
    expect(valueOf('2024-01-05 09:00+25:00', moment)).toBe('DateInvalid')
  })

  test.each([
    ['2024-01-16T11:30:00.000+0000', '2024-01-16T11:30:00.000Z'],
    ['2024-08-13T18:04:34.666+00:00', '2024-08-13T18:04:34.000Z'],
    ['2024-01-16 11:30 -05:00', '2024-01-16T16:30:00.000Z'],
    ['1402/10/26T11:30Z', '2024-01-16T11:30:00.000Z'],
    ['2024-01-16 11:30', '2024-01-16T08:00:00.000Z'],
  ])('of %s is %s, in the zone of the company only if it tells of none', (text, instant) => {
    const local = valueOf(text, { type: 'moment' }) as LocalMoment
    expect(instantOf(local, custom.zone)).toBe(instant)
  })
})

describe('O25: money', () => {
  const rial = { type: 'money', currency: 'IRR', unit: 'rial' }
  const toman = { type: 'money', currency: 'IRR', unit: 'toman' }
  const irr = (amount: string) => ({ amount, currency: 'IRR' })

  test('is exact in any digits', () => {
    expect(valueOf('۱۲٬۵۰۰٬۰۰۰', rial)).toEqual(irr('12500000'))
    expect(valueOf('٤٠٠٠٠٠', rial)).toEqual(irr('400000'))
  })

  test('in tomans is ten times as many rials', () => {
    expect(valueOf('۱٬۲۵۰٬۰۰۰', toman)).toEqual(irr('12500000'))
    expect(valueOf('2.5', toman)).toEqual(irr('25'))
    // O20 (7)
    expect(valueOf('81,336', toman)).toEqual(irr('813360'))
    expect(valueOf('۸۱٬۳۳۶ تومان', toman)).toEqual(irr('813360'))
  })

  test('may name the unit that is declared, and no other', () => {
    expect(valueOf('۵۰۰ ریال', rial)).toEqual(irr('500'))
    expect(valueOf('۵۰۰ تومان', rial)).toBe('MoneyUnitDiffers')
    expect(valueOf('USD 15,000.00', { type: 'money', currency: 'USD' })).toEqual({
      amount: '15000.00',
      currency: 'USD',
    })
    expect(valueOf('EUR 15', { type: 'money', currency: 'USD' })).toBe('MoneyUnitDiffers')
  })

  test('with more digits than its currency has is turned down, not rounded', () => {
    expect(valueOf('10.5', rial)).toBe('MoneyDigits')
    expect(valueOf('10.505', { type: 'money', currency: 'USD' })).toBe('MoneyDigits')
    expect(valueOf('10.500', { type: 'money', currency: 'USD' })).toEqual({
      amount: '10.50',
      currency: 'USD',
    })
  })

  test('of rials without a unit is no declaration at all', () => {
    const declared = { type: 'money', column: 'ارزش', currency: 'IRR' }
    expect(ValueField.safeParse(declared).error?.issues[0]?.path).toEqual(['unit'])
  })
})

describe('other values', () => {
  test('a percentage may have its sign', () => {
    expect(valueOf('۲٫۵', { type: 'percent' })).toBe('2.5')
    expect(valueOf('٣٫٥٪', { type: 'percent' })).toBe('3.5')
    expect(valueOf('2.5 %', { type: 'percent' })).toBe('2.5')
    expect(valueOf('much', { type: 'percent' })).toBe('PercentInvalid')
  })

  test('a phone number is kept in ASCII digits', () => {
    expect(valueOf('۰۲۱۱۲۳۴۵۶۷۸', { type: 'phone' })).toBe('02112345678')
    expect(valueOf('٠٢١٨٧٦٥٤٣٢١', { type: 'phone' })).toBe('02187654321')
    expect(valueOf('none', { type: 'phone' })).toBe('PhoneInvalid')
  })

  test('a country goes by code or name', () => {
    expect(valueOf('ایران', { type: 'country' })).toBe('IR')
    expect(valueOf('Atlantis', { type: 'country' })).toBe('CountryUnknown')
    expect(valueOf('Atlantis', { type: 'country', unknown: 'omit' })).toBeUndefined()
  })

  test('a list has each of its items once', () => {
    expect(valueOf('hot; renewal ;hot;', { type: 'list', separator: ';' })).toEqual([
      'hot',
      'renewal',
    ])
  })

  test('a text keeps its ZWNJ and loses what stands around it', () => {
    expect(valueOf('\u200F فروشگاه گل‌ها ', { type: 'text' })).toBe('فروشگاه گل‌ها')
  })

  test('O28: what our exports put before a formula is taken off again', () => {
    expect(cellText(`'=HYPERLINK("http://x.test","a")`)).toBe('=HYPERLINK("http://x.test","a")')
    expect(cellText("'-5")).toBe('-5')
    expect(cellText("''-5")).toBe("'-5")
    expect(cellText("'tis")).toBe("'tis")
  })
})
