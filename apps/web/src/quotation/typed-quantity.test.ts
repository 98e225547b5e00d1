import { expect, test } from 'vitest'
import { formatsOf } from '../formats.ts'
import { typedQuantity, untypedQuantity } from './typed-quantity.ts'

test.each([
  ['2', '2'],
  [' 2.50 ', '2.50'],
  ['۲٫۵', '2.5'],
  ['٣', '3'],
  ['2,5', '2.5'],
  ['007', '7'],
  ['0.5', '0.5'],
  ['0', '0'],
])('"%s" is meant as %s', (typed, quantity) => {
  expect(typedQuantity(typed)).toBe(quantity)
})

test.each(['', 'two', '-1', '1.2.3', '1e3', '.5', '1.', '1.2345678'])(
  '"%s" is no quantity',
  (typed) => {
    expect(typedQuantity(typed)).toBeUndefined()
  },
)

test.each(['1', '2.5', '1200', '1000000.5'])('%s can be typed as it is shown', (quantity) => {
  for (const tag of ['fa-IR-u-nu-arabext', 'en-GB']) {
    expect(typedQuantity(untypedQuantity(quantity, formatsOf(tag).figure))).toBe(quantity)
  }
})
