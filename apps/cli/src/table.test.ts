import { describe, expect, test } from 'vitest'
import { formatsOf } from './formats.ts'
import { table } from './table.ts'

describe('a table for people', () => {
  test('stands in columns, numbers at their end', () => {
    const text = table(
      [{ title: 'reason' }, { title: 'count', numeric: true }],
      [
        ['Price', '12'],
        ['No budget', '3'],
      ],
      { language: 'en' },
    )
    expect(text).toBe(
      ['reason     count', '─────────  ─────', 'Price         12', 'No budget      3', ''].join(
        '\n',
      ),
    )
  })

  test('has any number of rows', () => {
    const rows = Array.from({ length: 200_000 }, () => ['x'])
    expect(table([{ title: 'a' }], rows, { language: 'en' })).toHaveLength(2 * 200_002)
  })

  test('has cells of several lines', () => {
    const text = table([{ title: 'a' }, { title: 'b' }], [['1', 'x\ny']], { language: 'en' })
    expect(text).toBe(['a  b', '─  ─', '1  x', '   y', ''].join('\n'))
  })

  test('in Persian runs from the right, each cell kept apart from its neighbours', () => {
    const lines = table([{ title: 'دلیل' }, { title: 'شمار', numeric: true }], [['قیمت', '۳']], {
      language: 'fa',
    })
    for (const line of lines.trimEnd().split('\n')) expect(line).toMatch(/^\u200F\u2068/)
    expect(lines).toContain('\u2068قیمت\u2069')
  })

  test('breaks the cells that may be broken where a line would be too long', () => {
    const columns = [{ title: 'when' }, { title: 'what', flexible: true }]
    const rows = [['today', 'title: a long one that does not fit into the line']]
    expect(table(columns, rows, { language: 'en', width: 30 }).split('\n').slice(2)).toEqual([
      'today  title: a long one that',
      '         does not fit into the',
      '         line',
      '',
    ])
    expect(table(columns, rows, { language: 'en' })).toContain(rows[0]?.join('  '))
  })

  test('counts what letters take up, not what they are stored in', () => {
    // The half-space between two letters is as wide as nothing.
    const lines = table(
      [{ title: 'x' }, { title: 'y' }],
      [
        ['گل‌ها', '|'],
        ['abcd', '|'],
      ],
      { language: 'en' },
    )
    expect(lines.split('\n').slice(2, 4)).toEqual(['گل‌ها  |', 'abcd  |'])
  })
})

describe('values for people', () => {
  const jalali = { zone: 'Asia/Tehran', calendar: 'jalali', moneyUnit: 'rial' } as const

  test('are written in Persian as Persian readers write them', () => {
    const fa = formatsOf('fa', jalali)
    expect(fa.number(8800)).toBe('۸٬۸۰۰')
    expect(fa.percent(63.15)).toBe('۶۳٫۱۵٪')
    expect(fa.day('2026-03-20')).toBe('۲۹ اسفند ۱۴۰۴')
    expect(fa.digits('1404-12')).toBe('۱۴۰۴-۱۲')
    expect(fa.moment('2026-03-20T21:00:00.000Z')).toContain('۱ فروردین ۱۴۰۵')
  })

  test('are exact for any amount', () => {
    const amount = { amount: '123456789012345678901234567890', currency: 'IRR' }
    expect(formatsOf('en', jalali).money(amount)).toContain(
      '123,456,789,012,345,678,901,234,567,890',
    )
  })

  test('show rials as tomans where the company counts in them', () => {
    const toman = formatsOf('en', { ...jalali, moneyUnit: 'toman' })
    expect(toman.money({ amount: '12500000', currency: 'IRR' })).toBe('1,250,000 toman')
    expect(toman.money({ amount: '-5', currency: 'IRR' })).toBe('-0.5 toman')
    expect(toman.money({ amount: '5.00', currency: 'USD' })).toBe('US$5.00')
  })
})
