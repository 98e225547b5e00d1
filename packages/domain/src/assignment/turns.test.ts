import { test } from '@fast-check/vitest'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { largestSeed, starts, turns } from './turns.ts'

const places = fc.integer({ min: 0, max: 300 })
const start = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }).map(
  // As fine as a seed draws them.
  (drawn) => Math.floor(drawn * 2 ** 53) / 2 ** 53,
)

describe('the turns of one person', () => {
  it('begin at the start and halve the largest gap', () => {
    expect([...turns(1, 0)]).toEqual([0])
    expect([...turns(2, 0)]).toEqual([0, 0.5])
    expect([...turns(3, 0)]).toEqual([0, 0.25, 0.5])
    expect([...turns(3, 0.625)]).toEqual([0.125, 0.625, 0.875])
    expect([...turns(0, 0.5)]).toEqual([])
  })

  test.prop([places, start])('come up one by one, as many as there are places', (many, from) => {
    const all = [...turns(many, from)]
    expect(all.length).toBe(many)
    expect(new Set(all).size).toBe(many)
    expect(all).toEqual(all.toSorted((a, b) => a - b))
    expect(all.every((moment) => moment >= 0 && moment < 1)).toBe(true)
  })

  test.prop([places, start])('stay where they are when a place is added', (many, from) => {
    const more = new Set(turns(many + 1, from))
    expect([...turns(many, from)].filter((moment) => !more.has(moment))).toEqual([])
  })

  test.prop([places, start, start])(
    'are spread evenly: of any part of the round as many fall into it as it is long',
    (many, from, until) => {
      const inPart = [...turns(many, from)].filter((moment) => moment < until).length
      const tolerance = 2 + Math.log2(many + 1)
      expect(Math.abs(inPart - many * until)).toBeLessThanOrEqual(tolerance)
    },
  )
})

describe('starts', () => {
  const seed = fc.integer({ min: 0, max: largestSeed })

  test.prop([seed])('follow from the seed', (drawn) => {
    expect(starts(drawn, 5)).toEqual(starts(drawn, 5))
    expect(starts(drawn, 3)).toEqual(starts(drawn, 5).slice(0, 3))
  })

  it('differ from seed to seed, and lie all over the round', () => {
    const drawn = Array.from({ length: 1000 }, (_, each) => starts(each, 4)).flat()
    const tenths = Array.from({ length: 10 }, (_, tenth) =>
      drawn.filter((from) => Math.floor(from * 10) === tenth),
    )
    // Five standard deviations of 4,000 draws into ten parts.
    for (const { length } of tenths) expect(Math.abs(length - 400)).toBeLessThan(95)
  })
})
