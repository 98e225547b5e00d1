import { test } from '@fast-check/vitest'
import fc from 'fast-check'
import { expect } from 'vitest'
import { mintedIds } from './ids.ts'

const instants = fc
  .integer({ min: 1_700_000_000_000, max: 1_800_000_000_000 })
  .map((ms) => new Date(ms).toISOString())

test.prop([fc.array(instants, { minLength: 2, maxLength: 100 })])(
  'ids increase within a millisecond and when the clock goes back',
  (readings) => {
    const clock = readings.values()
    const ids = mintedIds({ now: () => clock.next().value ?? '' })
    const minted = readings.map(() => ids.next())
    expect(minted).toEqual(minted.toSorted())
    expect(new Set(minted).size).toBe(minted.length)
  },
)
