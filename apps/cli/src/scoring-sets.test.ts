import { evaluated, type ScoringModel } from '@forsat/domain'
import { describe, expect, test } from 'vitest'
import { bankOutcomes, type Imported, imported, type SalesSet, salesSets } from './scoring-sets.ts'
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

const figures = (
  set: SalesSet,
  { deals, stages }: Imported,
  models: readonly ScoringModel[] = ['fold-counts', 'logistic'],
) => {
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
    const { softwareDeals } = salesSets
    const found = figures(softwareDeals, await imported(softwareDeals, desk))
    for (const { logLoss, auc, ece } of found) {
      expect(logLoss).toBeLessThanOrEqual(0.53)
      expect(auc).toBeGreaterThanOrEqual(0.8)
      expect(ece).toBeLessThanOrEqual(0.07)
    }
  })

  test('a bank’s calls are told from those of the months before, while the odds grow tenfold', async () => {
    const { bankCalls } = salesSets
    const deals = bankOutcomes()
    const [found] = figures(bankCalls, { deals, stages: [] }, ['fold-counts'])
    expect(found?.logLoss).toBeLessThanOrEqual(0.33)
    expect(found?.ece).toBeLessThanOrEqual(0.035)

    // All of them would take a minute to import: what some come to stands for the others.
    const { deals: some } = await imported(bankCalls, desk, 200)
    expect(some.size).toBe(200)
    const anywhere = { stageId: undefined }
    for (const [number, outcome] of some) {
      const end = { ...outcome.end, ...anywhere }
      const path = outcome.path.map((deal) => ({ ...deal, ...anywhere }))
      expect({ ...outcome, end, path: path.slice(0, 1) }).toEqual(deals.get(number))
    }
  })
})
