import { evaluated, type ScoringModel } from '@forsat/domain'
import { describe, expect, test } from 'vitest'
import { imported, type SalesSet, salesSets } from './scoring-sets.ts'
import type { Desk } from './session.ts'
import { texts } from './texts/texts.ts'

const desk: Desk = {
  shell: {
    env: {},
    cwd: '',
    home: '',
    out: () => {},
    err: () => {},
    watched: false,
    stopped: () => new AbortController().signal,
  },
  texts: texts.en,
  language: 'en',
}

const measured = async (set: SalesSet, ...models: readonly ScoringModel[]) => {
  const { deals, stages } = await imported(set, desk)
  const [, ...found] = evaluated(set.folds(deals), stages, models)
  return found.map(({ model, logLoss, auc, ece }) => ({
    model,
    logLoss: logLoss ?? Number.NaN,
    auc: auc ?? Number.NaN,
    ece: ece ?? Number.NaN,
  }))
}

describe('over public sets of sales, imported', { timeout: 120_000 }, () => {
  test('answers of a sales team tell wins from losses, and are believed as far as they go', async () => {
    const found = await measured(salesSets.softwareDeals, 'fold-counts', 'logistic')
    for (const { logLoss, auc, ece } of found) {
      expect(logLoss).toBeLessThanOrEqual(0.53)
      expect(auc).toBeGreaterThanOrEqual(0.8)
      expect(ece).toBeLessThanOrEqual(0.07)
    }
  })

  test('where nothing tells wins from losses, nothing is made up', async () => {
    const found = await measured(salesSets.hardwareDeals, 'fold-counts', 'logistic')
    for (const { logLoss } of found) expect(logLoss).toBeLessThanOrEqual(0.7)
  })
})
