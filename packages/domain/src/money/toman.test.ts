import { test } from '@fast-check/vitest'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tomansOf } from './toman.ts'

describe('tomans', () => {
  it('are a tenth of the rials, and say no more digits than there are', () => {
    expect(['15000', '15', '5', '0', '-5', '-120', '12.50'].map(tomansOf)).toEqual([
      '1500',
      '1.5',
      '0.5',
      '0',
      '-0.5',
      '-12',
      '1.25',
    ])
  })

  test.prop([fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n })])(
    'lose and gain nothing: ten of each are the rials',
    (rials) => {
      const [whole = '', tenth = '0'] = tomansOf(String(rials)).split('.')
      expect(BigInt(`${whole}${tenth}`)).toBe(rials)
      expect(tenth).toHaveLength(1)
    },
  )
})
