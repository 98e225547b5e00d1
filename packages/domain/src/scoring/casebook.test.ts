import { describe, expect, test } from 'vitest'
import { casebook } from './casebook.ts'
import type { Deal } from './deal.ts'
import { deal, outcome, stages } from './examples.ts'

const known = (index: number): Deal =>
  deal(
    { source: `source ${index % 7}`, tag: ['vip', `tag ${index % 11}`, 'vip'], phone: 'yes' },
    stages[index % 4]?.id,
    index % 3 === 0 ? 'north' : undefined,
  )

/** The same with every trait once. */
const once = ({ traits, ...place }: Deal): Deal => ({
  ...place,
  traits: traits.filter(
    ({ variable, value }, index) =>
      index === traits.findIndex((other) => other.variable === variable && other.value === value),
  ),
})

const cases = Array.from({ length: 5000 }, (_, index) =>
  outcome(
    `deal ${index}`,
    index % 2 === 0,
    [known(index), known(index + 1)],
    [index % 90, index % 30],
  ),
)

describe('a casebook', () => {
  test('tells of a case what was written into it, whatever was struck out around it', () => {
    const book = casebook(stages)
    for (const each of cases) book.write(each)
    const isStruck = (index: number) => index % 5 !== 0
    for (const [index, { id }] of cases.entries()) {
      if (isStruck(index)) book.strike(book.find(id) ?? -1)
    }
    const late = outcome('late', true, known(3))
    book.write(late)
    for (const each of [...cases.filter((_, index) => !isStruck(index)), late]) {
      const entry = book.find(each.id) ?? -1
      expect(book.dealAt(book.first(entry))).toEqual(once(each.path[0] ?? each.end))
      expect(book.dealAt(book.end(entry))).toEqual(once(each.end))
      expect(book.isWon(entry)).toBe(each.won)
      expect(book.ageDays(entry)).toBe(each.ageDays)
      expect(String(book.openedOn(entry))).toBe(each.openedOn.replaceAll('-', ''))
    }
    expect([...book.entries()]).toHaveLength(1001)
    expect(cases.filter(({ id }, index) => isStruck(index) && book.find(id) !== undefined)).toEqual(
      [],
    )
  })

  test('takes less room the more cases are struck out', () => {
    const book = casebook(stages)
    for (const each of cases) book.write(each)
    const before = book.cells.findLastIndex((cell) => cell !== 0)
    for (const { id } of cases.slice(10)) book.strike(book.find(id) ?? -1)
    expect(book.cells.findLastIndex((cell) => cell !== 0)).toBeLessThan(before / 2)
  })

  test('knows which deal came to a stage, and when none did', () => {
    const book = casebook(stages)
    const lost = book.write(
      outcome('lost', false, [deal({ phone: 'no' }, 'new'), deal({}, 'qualified')]),
    )
    const won = book.write(
      outcome('won', true, [deal({}, 'new'), deal({ phone: 'yes' }, 'qualified')]),
    )
    const phoneAt = (entry: number, stage: number) => {
      const at = book.arrival(entry, stage)
      return at === undefined ? 'never' : book.dealAt(at).traits[0]?.value
    }
    expect([0, 1, 2].map((stage) => phoneAt(lost, stage))).toEqual(['no', undefined, 'never'])
    expect([0, 1, 2].map((stage) => phoneAt(won, stage))).toEqual([undefined, 'yes', 'yes'])
  })
})
