import { fc, test as law } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import type { Deal, Outcome } from './deal.ts'
import { deal, outcome, stages } from './examples.ts'
import { ripe } from './ripeness.ts'
import { chance } from './score.ts'
import { type Scorer, ScoringModel, scorer } from './scoring.ts'

const models = ScoringModel.options
const runs = { numRuns: 30 }

/** One that was told these. */
const told = (model: ScoringModel, outcomes: readonly Outcome[]): Scorer => {
  const asking = scorer(model, stages)
  for (const each of outcomes) asking.tell(each)
  return asking
}

/** As many deals of a kind, of which so many were won. */
const many = (of: Deal, won: number, lost: number, name = ''): readonly Outcome[] =>
  Array.from({ length: won + lost }, (_, index) =>
    outcome(`${name} ${index}`, index < won, of, [index % 20, 3]),
  )

const anyDeal = fc
  .record({
    source: fc.constantFrom('web', 'fair', 'referral', undefined),
    country: fc.constantFrom('IR', 'DE', undefined),
    phone: fc.constantFrom('yes', 'no'),
    tag: fc.subarray(['vip', 'export', 'old']),
    stageId: fc.constantFrom('new', 'qualified', 'proposed', 'unheard of', undefined),
    teamId: fc.constantFrom('a', 'b', undefined),
  })
  .map(({ stageId, teamId, ...known }) => deal(known, stageId, teamId))

const anyHistory = fc
  .array(fc.record({ won: fc.boolean(), path: fc.tuple(anyDeal, anyDeal), began: fc.nat(99) }), {
    maxLength: 70,
  })
  .map((ends) =>
    ends.map(({ won, path, began }, index) => outcome(`deal ${index}`, won, path, [began, 5])),
  )

describe.each(models)('a probability by %s', (model) => {
  law.prop([anyHistory, anyDeal], runs)(
    'is never certain, and always a number',
    (history, open) => {
      const { probability, base, factors } = told(model, history).score(open)
      expect(probability).toBeGreaterThan(0)
      expect(probability).toBeLessThan(100)
      expect(Number.isFinite(base)).toBe(true)
      expect(factors.every(({ points }) => Number.isFinite(points))).toBe(true)
    },
  )

  law.prop([anyHistory, anyDeal], runs)('is what its reasons add up to', (history, open) => {
    const { probability, base, factors } = told(model, history).score(open)
    const points = factors.reduce((sum, factor) => sum + factor.points, base)
    expect(probability).toBeCloseTo(Math.min(99.99, Math.max(0.01, 100 * chance(points))), 1)
  })

  law.prop([anyHistory, anyDeal, fc.infiniteStream(fc.nat())], runs)(
    'does not depend on the order in which deals ended',
    (history, open, dice) => {
      const shuffled = history
        .map((each) => ({ each, at: dice.next().value }))
        .toSorted((a, b) => Number(a.at) - Number(b.at))
        .map(({ each }) => each)
      expect(told(model, shuffled).score(open)).toEqual(told(model, history).score(open))
    },
  )

  law.prop([anyHistory, anyDeal, anyDeal, fc.boolean()], runs)(
    'comes back exactly when a deal is taken up again',
    (history, ended, open, won) => {
      const asking = told(model, history)
      const before = asking.score(open)
      asking.tell(outcome('reopened', won, ended))
      asking.score(open)
      asking.takeBack('reopened')
      expect(asking.score(open)).toEqual(before)
    },
  )

  test('is the base rate of an empty history, one half', () => {
    const empty = { enoughData: false, factors: [], outcomes: { won: 0, lost: 0 } }
    expect(scorer(model, stages).score(deal({ source: 'web' }, 'new'))).toMatchObject({
      ...empty,
      probability: 50,
    })
  })

  test('says when there were too few deals, or those of one kind alone', () => {
    const web = deal({ source: 'web' }, 'new')
    expect(told(model, many(web, 10, 19)).score(web).enoughData).toBe(false)
    expect(told(model, many(web, 10, 20)).score(web).enoughData).toBe(true)
    expect(told(model, many(web, 50, 0)).score(web).enoughData).toBe(false)
    expect(told(model, many(web, 0, 50)).score(web).enoughData).toBe(false)
  })

  test('is not moved by a value that nobody has seen', () => {
    const history = [
      ...many(deal({ source: 'web' }, 'new'), 20, 40, 'web'),
      ...many(deal({ source: 'fair' }, 'new'), 30, 10, 'fair'),
    ]
    const asking = told(model, history)
    expect(asking.score(deal({ source: 'moon' }, 'new')).probability).toBe(
      asking.score(deal({}, 'new')).probability,
    )
  })

  test('is higher for what was won more often', () => {
    const [web, fair] = [deal({ source: 'web' }, 'new'), deal({ source: 'fair' }, 'new')]
    const asking = told(model, [...many(web, 20, 40, 'web'), ...many(fair, 45, 15, 'fair')])
    expect(asking.score(fair).probability).toBeGreaterThan(asking.score(web).probability)
    expect(asking.score(fair).factors.find(({ variable }) => variable === 'source')).toMatchObject({
      value: 'fair',
      won: 45,
      lost: 15,
    })
  })

  test('is higher the farther a deal has come', () => {
    const lost = (stage: string, count: number) => many(deal({}, stage), 0, count, stage)
    const asking = told(model, [
      ...many(deal({}, 'won'), 40, 0, 'won'),
      ...lost('new', 60),
      ...lost('qualified', 20),
      ...lost('proposed', 10),
    ])
    const at = (stage: string) => asking.score(deal({}, stage)).probability
    expect(at('new')).toBeLessThan(at('qualified'))
    expect(at('qualified')).toBeLessThan(at('proposed'))
  })
})

describe('deals that come, go and grow old', () => {
  // Half of them are won at once, the others lost after a while: the newest are no fair sample.
  const anyEnds = fc.array(
    fc.record({
      won: fc.boolean(),
      of: anyDeal,
      began: fc.nat(120),
      took: fc.integer({ min: 9, max: 60 }),
    }),
    { minLength: 90, maxLength: 140 },
  )
  const anyTurns = fc.array(
    fc.record({ which: fc.nat(139), returns: fc.boolean(), day: fc.nat(200) }),
    { maxLength: 12 },
  )
  law.prop([anyEnds, anyTurns, anyDeal], runs)(
    'teach on every day what those alone teach that are old enough by then',
    (ends, turns, open) => {
      const all = ends.map(({ won, of, began, took }, index) =>
        outcome(`deal ${index}`, won, of, [began, won ? 1 : took]),
      )
      const standing = new Map(all.map((each) => [each.id, each]))
      const asking = told('fold-counts', all)
      for (const { which, returns, day } of turns) {
        const { closedOn: today } = outcome('', true, deal({}), [day, 0])
        const each = all[which % all.length]
        if (each !== undefined && returns) {
          standing.set(each.id, each)
          asking.tell(each)
        } else if (each !== undefined) {
          standing.delete(each.id)
          asking.takeBack(each.id)
        }
        const fair = told('fold-counts', ripe([...standing.values()], today))
        expect(asking.score(open, today)).toEqual(fair.score(open))
      }
    },
  )
})

describe.each(models)('evidence by %s', (model) => {
  law.prop([fc.nat(40), fc.nat(40), fc.integer({ min: 60, max: 80 })], runs)(
    'never speaks for the less successful of two equally frequent values',
    (less, more, each) => {
      const [low, high] = [Math.min(less, more), Math.max(less, more)]
      const [web, fair] = [deal({ source: 'web' }, 'new'), deal({ source: 'fair' }, 'new')]
      const asking = told(model, [
        ...many(web, low, each - low, 'web'),
        ...many(fair, high, each - high, 'fair'),
      ])
      expect(asking.score(fair).probability).toBeGreaterThanOrEqual(asking.score(web).probability)
    },
  )
})

describe('what a deal teaches', () => {
  test('is what was known of it when it came to a stage, not what was learnt afterwards', () => {
    // Whoever buys gets a phone number in the end; on the way it says nothing.
    const history = [true, false].flatMap((won) =>
      Array.from({ length: 60 }, (_, index) =>
        outcome(`${won} ${index}`, won, [
          deal({ phone: index % 2 === 0 ? 'yes' : 'no' }, 'new'),
          deal({ phone: won ? 'yes' : 'no' }, won ? 'won' : 'new'),
        ]),
      ),
    )
    const [yes, no] = [deal({ phone: 'yes' }, 'new'), deal({ phone: 'no' }, 'new')]
    for (const model of ['fold-counts', 'logistic'] as const) {
      const asking = told(model, history)
      expect(asking.score(yes).probability).toBeCloseTo(asking.score(no).probability, 0)
    }
    const reference = told('naive-bayes', history)
    expect(reference.score(yes).probability).toBeGreaterThan(95)
  })

  test('stays in its team where the stage is that team’s own', () => {
    const own = [...stages, { id: 'tender', position: 4, teamId: 'a' }]
    const asking = scorer('fold-counts', own)
    for (const each of many(deal({}, 'won', 'b'), 40, 20)) asking.tell(each)
    for (const each of many(deal({}, 'tender', 'a'), 10, 40, 'a')) asking.tell(each)
    const { outcomes } = asking.score(deal({}, 'tender', 'a'))
    expect(outcomes).toEqual({ won: 10, lost: 40 })
  })

  test('counts once, told twice', () => {
    const asking = scorer('naive-bayes', stages)
    asking.tell(outcome('1', true, deal({ source: 'web' }, 'new')))
    asking.tell(outcome('1', false, deal({ source: 'web' }, 'new')))
    expect(asking.score(deal({}, 'new')).outcomes).toEqual({ won: 0, lost: 1 })
  })
})
