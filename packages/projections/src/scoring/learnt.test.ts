import { test } from '@fast-check/vitest'
import type { Deal, ScoringModel, ScoringSettings } from '@forsat/domain'
import fc from 'fast-check'
import { describe, expect } from 'vitest'
import type { At } from '../queries/at.ts'
import { replayed } from '../replay.ts'
import { sampleCompany } from '../sample-company.ts'
import { acme, idOf, type SampleLog } from '../sample-log.ts'
import { outcomesNow, scoreNow, settingsNow, stagesNow } from './learnt.ts'
import { scoreThen, settingsThen, stagesThen } from './learnt-then.ts'
import { scoring } from './scoring.ts'

const today = '2026-03-01'
const [north, south] = [idOf('S', 1), idOf('S', 2)]
const open: Deal = {
  stageId: north,
  teamId: undefined,
  traits: [{ variable: 'source', value: 'web' }],
}

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ deal: fc.nat(7), to: fc.constantFrom('wins', 'loses', 'reopens') }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      model: fc.constantFrom<ScoringModel>('fold-counts', 'naive-bayes'),
      since: fc.constantFrom(undefined, '2026-01-12'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ first: fc.boolean() }) },
)

const configured = (log: SampleLog, settings: ScoringSettings) =>
  log.tell('company', acme, [{ type: 'ScoringConfigured', data: settings }])

/** A company in which this happened, as its log. */
const happened = async (
  steps: readonly (typeof step extends fc.Arbitrary<infer Step> ? Step : never)[],
) => {
  await using company = await sampleCompany()
  const { log } = company
  for (const [index, id] of [north, south].entries()) {
    const data = { name: id, position: 5 + index, won: false, folded: false }
    await log.tell('stage', id, [{ type: 'StageCreated', data }])
  }
  for (let n = 0; n < 8; n += 1) {
    await company.opens(n, { source: n % 2 === 0 ? 'web' : 'fair' }, `2026-01-1${n}`)
  }
  for (const [index, each] of steps.entries()) {
    log.now = `2026-02-01T08:${String(index).padStart(2, '0')}:00.000Z`
    if ('deal' in each) await company[each.to](each.deal)
    else if ('model' in each) await configured(log, { variables: ['source'], ...each })
    else
      await log.tell('stage', south, [
        { type: 'StageRevised', data: { position: each.first ? 1 : 9 } },
      ])
  }
  return log
}

/** A score as it was told at the time: by read models that have seen no more. */
const toldThen = async (log: SampleLog, at: At) => {
  const { db } = await replayed({ ...log, projections: [scoring] }, at)
  const setting = { settings: settingsNow(db, acme), stages: stagesNow(db, acme), today }
  return scoreNow(db, acme, setting)(open)
}

describe('a score of a past', () => {
  test.prop(
    [
      fc.array(step, { minLength: 5, maxLength: 20 }),
      fc.array(fc.nat(40), { minLength: 3, maxLength: 6 }),
    ],
    {
      numRuns: 12,
    },
  )('is the one that was told then, whichever past was looked at before', async (steps, pasts) => {
    const log = await happened(steps)
    const { db } = await replayed({ ...log, projections: [scoring] }, {})
    const all: readonly At[] = [
      ...pasts.map((position) => ({ position })),
      { asOf: '2026-02-01T08:04:00.000Z' },
      { effectiveAt: '2026-01-15T00:00:00.000Z' },
      { effectiveAt: '2026-01-20T12:00:00.000Z', position: 30 },
    ]
    for (const at of all) {
      const setting = {
        settings: settingsThen(db, acme, at),
        stages: stagesThen(db, acme, at),
        today,
      }
      expect(scoreThen(db, acme, setting, at)(open)).toEqual(await toldThen(log, at))
    }
    const now = { settings: settingsNow(db, acme), stages: stagesNow(db, acme), today }
    const { won, lost } = scoreNow(db, acme, now)(open).outcomes
    expect(won + lost).toBe(outcomesNow(db, acme, now.settings).length)
  })
})
