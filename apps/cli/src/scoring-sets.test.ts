import { evaluated, type ScoringModel } from '@forsat/domain'
import { describe, expect, test } from 'vitest'
import { bankCalls, type Fold, hardwareDeals, softwareDeals, stages } from './scoring-sets.ts'

const measured = (folds: readonly Fold[], ...models: readonly ScoringModel[]) => {
  const [base, ...found] = evaluated(folds, stages, models)
  return found.map(({ model, logLoss, auc, ece }) => ({
    model,
    logLoss: logLoss ?? Number.NaN,
    auc: auc ?? Number.NaN,
    ece: ece ?? Number.NaN,
    base: base?.logLoss ?? Number.NaN,
  }))
}

describe('over public sets of sales', () => {
  test('answers of a sales team tell wins from losses, and are believed as far as they go', () => {
    const [counts, weights] = measured(softwareDeals(), 'fold-counts', 'logistic')
    for (const found of [counts, weights]) {
      expect(found?.logLoss).toBeLessThan(0.53)
      expect(found?.auc).toBeGreaterThan(0.8)
      expect(found?.ece).toBeLessThan(0.07)
    }
  })

  test('a bank’s calls are told from those of the months before, while the odds grow tenfold', () => {
    const [counts] = measured(bankCalls(), 'fold-counts')
    expect(counts?.logLoss).toBeLessThan(0.33)
    expect(counts?.ece).toBeLessThan(0.035)
  })

  test('where nothing tells wins from losses, nothing is made up', () => {
    for (const found of measured(hardwareDeals(), 'fold-counts', 'logistic')) {
      expect(found.logLoss).toBeLessThan(0.7)
    }
  })
})
