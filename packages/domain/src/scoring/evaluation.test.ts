import { describe, expect, test } from 'vitest'
import { evaluated, walkForward } from './evaluation.ts'
import { deal, outcome, stages } from './examples.ts'
import { measuresOf, reliability } from './measures.ts'
import { ripe } from './ripeness.ts'

const told = (...pairs: readonly (readonly [number, boolean])[]) =>
  pairs.map(([probability, won]) => ({ probability, won }))

describe('probabilities that were told', () => {
  test('are measured by what came of them', () => {
    const { auc, logLoss, brier, ece } = measuresOf(
      told([0.9, true], [0.6, false], [0.6, true], [0.1, false]),
    )
    expect(auc).toBe(0.875)
    expect(logLoss).toBeCloseTo(-(2 * Math.log(0.9) + Math.log(0.4) + Math.log(0.6)) / 4)
    expect(brier).toBeCloseTo((0.01 + 0.36 + 0.16 + 0.01) / 4)
    expect(ece).toBeCloseTo((0.1 + 2 * 0.1 + 0.1) / 4)
  })

  test('tell nothing apart where all ended alike, and nothing at all where none ended', () => {
    expect(measuresOf(told([0.9, true], [0.2, true])).auc).toBeNull()
    expect(measuresOf([])).toEqual({ count: 0, auc: null, logLoss: null, brier: null, ece: null })
    expect(reliability([])).toEqual([])
  })

  test('are grouped with those that were told about the same', () => {
    expect(reliability(told([0.12, false], [0.18, true], [0.99, true]))).toEqual([
      { from: 10, to: 20, count: 2, meanProbability: 15, shareWon: 50 },
      { from: 90, to: 100, count: 1, meanProbability: 99, shareWon: 100 },
    ])
  })
})

describe('an evaluation', () => {
  // Every fourth deal is won, of referrals every second.
  const history = Array.from({ length: 600 }, (_, index) => {
    const source = index % 2 === 0 ? 'referral' : 'web'
    return outcome(`deal ${index}`, index % 4 === 0, deal({ source }, 'new'), [
      Math.floor(index / 4),
      2,
    ])
  })

  test('judges deals by what had ended before they began', () => {
    for (const { learnt, judged } of walkForward(history)) {
      const first = judged.map(({ openedOn }) => openedOn).toSorted()[0] ?? ''
      expect(learnt.every(({ closedOn }) => closedOn < first)).toBe(true)
    }
  })

  test('puts all models beside the base rate, over the same deals', () => {
    const all = evaluated(walkForward(history), stages)
    expect(all.map(({ model }) => model)).toEqual([
      'base-rate',
      'fold-counts',
      'logistic',
      'naive-bayes',
    ])
    expect(new Set(all.map(({ count }) => count)).size).toBe(1)
    const [base, ...models] = all.map(({ logLoss }) => logLoss ?? 0)
    for (const found of models) expect(found).toBeLessThan(base ?? 0)
  })

  test('has nothing to say of a history without an end', () => {
    expect(evaluated(walkForward([]), stages)).toMatchObject([
      { model: 'base-rate', count: 0 },
      { model: 'fold-counts', count: 0 },
      { model: 'logistic', count: 0 },
      { model: 'naive-bayes', count: 0 },
    ])
  })
})

describe('closed deals', () => {
  const ends = (won: boolean, took: number) =>
    Array.from({ length: 40 }, (_, index) =>
      outcome(`${won} ${index}`, won, deal({}), [index, took]),
    )
  const lastDay = outcome('', true, deal({}), [60, 0]).closedOn

  test('are all learnt from where losses are known about as soon as wins', () => {
    const history = [...ends(true, 10), ...ends(false, 15)]
    expect(ripe(history, lastDay)).toBe(history)
  })

  test('are learnt from when old enough, where wins are known long before losses', () => {
    const history = [...ends(true, 3), ...ends(false, 50)]
    const learnt = ripe(history, lastDay)
    // Of deals that began fifty days ago or earlier, all have ended.
    expect(learnt.filter(({ won }) => won)).toHaveLength(11)
    expect(learnt.filter(({ won }) => !won)).toHaveLength(11)
  })

  test('are all learnt from while they are few', () => {
    const history = [...ends(true, 3).slice(0, 20), ...ends(false, 50).slice(0, 20)]
    expect(ripe(history, lastDay)).toBe(history)
  })
})
