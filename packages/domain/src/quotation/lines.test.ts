import { test } from '@fast-check/vitest'
import fc from 'fast-check'
import { expect } from 'vitest'
import { contentAfter, contentOf } from './content.ts'
import { firstDay, worth } from './examples.ts'
import { listDifferences } from './lines.ts'

const section = fc.record({
  id: fc.nat(7).map((index) => String(index).padStart(26, '0')),
  kind: fc.constant('section' as const),
  description: fc.constantFrom('Garden', 'House'),
})
const words = section.map(({ id }) => ({ id, kind: 'note' as const }))
const lists = fc.uniqueArray(fc.oneof({ weight: 3, arbitrary: section }, words), {
  selector: ({ id }) => id,
})
const blank = contentOf({
  language: 'en',
  currency: 'EUR',
  digits: 2,
  pricesIncludeTax: false,
  vatRounding: 'total',
  lines: [],
  totals: worth().totals,
  occurredOn: firstDay,
})

test.prop([lists, lists])('one list of lines becomes another, whatever the two', (one, two) => {
  const events = listDifferences(one, two, new Map())
  expect(events.reduce(contentAfter, { ...blank, lines: one }).lines).toEqual(two)
})

test.prop([lists, fc.nat(), fc.nat()])('and one line that moves is one event', (list, from, to) => {
  fc.pre(list.length > 0)
  const [line] = list.slice(from % list.length)
  const others = list.filter((each) => each !== line)
  const moved = others.toSpliced(to % list.length, 0, ...(line ? [line] : []))
  expect(listDifferences(list, moved, new Map()).length).toBeLessThanOrEqual(1)
})
