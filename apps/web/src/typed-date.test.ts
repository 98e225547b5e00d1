import { expect, test } from 'vitest'
import { typedDate } from './typed-date.ts'

test.each([
  ['2026-03-21', '2026-03-21'],
  ['2026/3/21', '2026-03-21'],
  ['1405-01-01', '2026-03-21'],
  ['۱۴۰۵/۱/۱', '2026-03-21'],
  ['١٤٠٥/٠١/٠١', '2026-03-21'],
  [' ۱۴۰۳/۱۲/۳۰ ', '2025-03-20'],
])('%s means %s', (typed, meant) => {
  expect(typedDate(typed)).toBe(meant)
})

test.each(['', 'yesterday', '2026-02-30', '1404/12/30', '1405/13/01', '05/01/01', '2026-03'])(
  '"%s" is no date',
  (typed) => {
    expect(typedDate(typed)).toBeUndefined()
  },
)
