import { describe, expect, test } from 'vitest'
import { csvOf, numberCell, textCell } from './csv.ts'

describe('a cell of text', () => {
  test.each([
    ['=1+1', "'=1+1"],
    ["'=1+1", "''=1+1"],
    ['+1', "'+1"],
    ['-1+2', "'-1+2"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['\r=1', '"\'\r=1"'],
    ['=HYPERLINK("http://x.test","y")', '"\'=HYPERLINK(""http://x.test"",""y"")"'],
    ['plain', 'plain'],
    ['a,b', '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    ['two\nlines', '"two\nlines"'],
    ['＝1+1', "'＝1+1"],
    ["O'Neill", "O'Neill"],
    [' =1', '" =1"'],
    ['', ''],
  ])('%j is written %j, so that it opens as text', (text, cell) => {
    expect(textCell(text)).toBe(cell)
  })
})

describe('a number', () => {
  test.each(['-5.00', '0', '12.50'])('%s is written as it is', (text) => {
    expect(numberCell(text)).toBe(text)
  })
  test.each(['=1', '1e5', '1,5', '+1', '--1', ' 1'])('is not %j', (text) => {
    expect(() => numberCell(text)).toThrow(TypeError)
  })
})

test('a file has a head, a record a row, and marks itself as UTF-8', () => {
  const rows = [
    { reason: 'قیمت', count: 3 },
    { reason: null, count: -5 },
  ]
  const file = csvOf(
    [
      { name: 'reason', kind: 'text', of: ({ reason }) => reason },
      { name: 'count', kind: 'number', of: ({ count }) => count },
    ],
    rows,
  )
  expect(file).toBe('\uFEFFreason,count\r\nقیمت,3\r\n,-5\r\n')
})
