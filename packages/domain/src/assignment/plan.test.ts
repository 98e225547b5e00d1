import { test } from '@fast-check/vitest'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Condition } from '../rules/condition.ts'
import { conditions, leadFacts } from '../rules/examples.ts'
import { comparison, matcherOf } from '../rules/matching.ts'
import { type Member, placesOf } from './capacity.ts'
import type { Lead } from './lead.ts'
import { type Plan, plan, type Situation, type TakingTeam } from './plan.ts'
import { largestSeed } from './turns.ts'

const today = '2026-02-08'
const fresh = { kind: 'lead', outcome: 'open', ageDays: 0 } as const
const many = (count: number, lead: Partial<Lead> = {}): readonly Lead[] =>
  Array.from(
    { length: count },
    (_, index): Lead => ({ ...fresh, id: `l${String(index).padStart(4, '0')}`, ...lead }),
  )
const run = (situation: Partial<Situation>): Plan =>
  plan({ today, seed: 1, duplicates: 'skip', teams: [], leads: [], ...situation })
const team = (...members: readonly Member[]): TakingTeam => ({ id: 'T', members })
const givenTo = ({ assigned }: Plan, user: string): number =>
  assigned.filter(({ userId }) => userId === user).length
const reasons = ({ left }: Plan) => left.map(({ reason }) => reason)

describe('a day of two who take four each (O12)', () => {
  const [a, b] = [
    { userId: 'A', capacityPerDay: 4 },
    { userId: 'B', capacityPerDay: 4 },
  ]
  const away = { userId: 'C', capacityPerDay: 10, paused: true }
  const waiting = many(15, { country: 'IR' })
  const rules: Condition = { field: 'country', op: 'eq', value: 'IR' }
  const first = run({ teams: [{ ...team(a, b, away), rules }], leads: waiting })

  it('ends with four each, none for who is away, and seven that wait', () => {
    expect(['A', 'B', 'C'].map((user) => givenTo(first, user))).toEqual([4, 4, 0])
    expect(reasons(first)).toEqual(Array.from({ length: 7 }, () => ({ code: 'noCapacity' })))
  })

  it('gives nothing more in any later run of the day, though a lead was lost meanwhile', () => {
    const received = { today: 4, in30Days: 4 }
    const lost = first.assigned[0]?.opportunityId
    const leads = waiting.map((lead): Lead => {
      const owner = first.assigned.find(({ opportunityId }) => opportunityId === lead.id)?.userId
      const outcome = lead.id === lost ? 'lost' : 'open'
      return { ...lead, salespersonId: owner, outcome }
    })
    const later = run({
      teams: [team({ ...a, received }, { ...b, received }, away)],
      leads,
      seed: 2,
    })
    expect(later.assigned).toEqual([])
    expect(later.left.length).toBe(7)
  })

  it('splits the seven into four and three the day after', () => {
    const received = { today: 0, in30Days: 4 }
    const waits = first.left.map(({ opportunityId: id }): Lead => ({ ...fresh, id }))
    const next = run({
      teams: [team({ ...a, received }, { ...b, received }, away)],
      leads: waits,
    })
    expect([givenTo(next, 'A'), givenTo(next, 'B')].toSorted((one, other) => one - other)).toEqual([
      3, 4,
    ])
    expect(next.left).toEqual([])
  })
})

describe('a member', () => {
  it('who is absent takes nothing from the first day through the last', () => {
    const absences = [{ from: '2026-02-08', to: '2026-02-10' }]
    const on = (day: string) =>
      run({ today: day, teams: [team({ userId: 'A', absences })], leads: many(1) })
    expect(['2026-02-07', '2026-02-11'].map((day) => on(day).assigned.length)).toEqual([1, 1])
    expect(reasons(on('2026-02-08'))).toEqual([{ code: 'nobodyThere' }])
    expect(reasons(on('2026-02-10'))).toEqual([{ code: 'nobodyThere' }])
  })

  it('of whom nothing was agreed takes thirty in thirty days', () => {
    const received = { today: 0, in30Days: 28 }
    expect(run({ teams: [team({ userId: 'A', received })], leads: many(5) }).assigned.length).toBe(
      2,
    )
  })

  it('takes as much as the day and the thirty days both leave', () => {
    const both = { userId: 'A', capacityPerDay: 3, capacityPer30Days: 40 }
    expect(placesOf({ ...both, received: { today: 1, in30Days: 20 } })).toBe(2)
    expect(placesOf({ ...both, received: { today: 1, in30Days: 39 } })).toBe(1)
    expect(placesOf({ ...both, received: { today: 9, in30Days: 50 } })).toBe(0)
  })

  it('is told which of the free places it was, and whether the lead was asked for', () => {
    const preferred: Condition = { field: 'country', op: 'eq', value: 'IR' }
    const made = run({
      teams: [team({ userId: 'A', capacityPerDay: 2, preferred })],
      leads: [...many(1, { probability: 90 }), { ...fresh, id: 'tehran', country: 'IR' }],
    })
    expect(made.assigned.map(({ opportunityId, reason }) => [opportunityId, reason])).toEqual([
      ['tehran', { pass: 'preferred', place: 1, of: 2 }],
      ['l0000', { pass: 'ordinary', place: 2, of: 2 }],
    ])
  })
})

describe('a lead', () => {
  const open = [team({ userId: 'A', capacityPerDay: 100 })]

  it('that is finished or somebody’s is not dealt', () => {
    const outcomes = ['won', 'lost', 'merged', 'withdrawn'] as const
    const finished = outcomes.map((outcome): Lead => ({ ...fresh, id: outcome, outcome }))
    const owned: Lead = { ...fresh, id: 'owned', salespersonId: 'B' }
    expect(run({ teams: open, leads: [...finished, owned] })).toEqual({ assigned: [], left: [] })
  })

  it('that no team takes, or none of its members, waits with that reason', () => {
    const iran: Condition = { field: 'country', op: 'eq', value: 'IR' }
    const leads = many(1, { country: 'DE' })
    expect(reasons(run({ teams: [{ ...team({ userId: 'A' }), rules: iran }], leads }))).toEqual([
      { code: 'noRuleMatched', by: 'teams' },
    ])
    expect(reasons(run({ teams: [team({ userId: 'A', rules: iran })], leads }))).toEqual([
      { code: 'noRuleMatched', by: 'members' },
    ])
    expect(reasons(run({ leads }))).toEqual([{ code: 'noRuleMatched', by: 'teams' }])
  })

  it('that is the same sale as another waits for it, or ends in it', () => {
    const leads: readonly Lead[] = [
      { ...fresh, id: 'young', sameAs: ['mail'] },
      { ...fresh, id: 'old', ageDays: 3, sameAs: ['mail', 'phone'] },
      { ...fresh, id: 'third', sameAs: ['phone'] },
    ]
    for (const duplicates of ['skip', 'merge'] as const) {
      const made = run({ teams: open, leads, duplicates })
      const reason = { code: 'duplicate', of: 'old', joined: duplicates === 'merge' }
      expect(made.assigned.map(({ opportunityId }) => opportunityId)).toEqual(['old'])
      expect(made.left).toEqual([
        { opportunityId: 'third', reason },
        { opportunityId: 'young', reason },
      ])
    }
  })

  it('that is older than a company asks for is left to people', () => {
    const made = run({ teams: open, leads: many(1, { ageDays: 8 }), maxAgeDays: 7 })
    expect(reasons(made)).toEqual([{ code: 'tooOld', ageDays: 8 }])
  })
})

const users = ['A', 'B', 'C']
const member = fc.record({
  capacityPerDay: fc.nat({ max: 5 }),
  paused: fc.boolean(),
  rules: fc.option(conditions, { nil: undefined }),
  preferred: fc.option(conditions, { nil: undefined }),
  received: fc.record({ today: fc.nat({ max: 2 }), in30Days: fc.nat({ max: 40 }) }),
})
const teams = fc
  .array(fc.tuple(fc.option(conditions, { nil: undefined }), fc.array(member, { maxLength: 3 })), {
    maxLength: 3,
  })
  .map((drawn) =>
    drawn.map(
      ([rules, members], at): TakingTeam => ({
        id: `T${at}`,
        rules,
        members: members.map((each, index) => ({ ...each, userId: users[index] ?? '' })),
      }),
    ),
  )
const waiting = fc
  .array(
    fc.tuple(
      leadFacts,
      fc.constantFrom(undefined, 'T0', 'T1'),
      fc.option(fc.constantFrom('mail', 'phone'), { nil: undefined, freq: 4 }),
      fc.constantFrom(...(['open', 'open', 'open', 'won', 'lost'] as const)),
      fc.constantFrom(undefined, undefined, 'A'),
    ),
    { maxLength: 12 },
  )
  .map((drawn) =>
    drawn.map(
      ([facts, teamId, key, outcome, salespersonId], index): Lead => ({
        ...facts,
        id: `l${index}`,
        teamId,
        sameAs: key === undefined ? [] : [key],
        outcome,
        salespersonId,
      }),
    ),
  )
const seeds = fc.integer({ min: 0, max: largestSeed })
const situations = fc.record({
  today: fc.constant(today),
  seed: seeds,
  teams,
  leads: waiting,
  duplicates: fc.constantFrom('merge' as const, 'skip' as const),
})

describe('any plan', () => {
  test.prop([situations])(
    'speaks of every lead that is nobody’s, and of each once',
    (situation) => {
      const { assigned, left } = plan(situation)
      const unowned = situation.leads.filter(
        ({ outcome, salespersonId }) => outcome === 'open' && salespersonId === undefined,
      )
      expect([...assigned, ...left].map(({ opportunityId }) => opportunityId).toSorted()).toEqual(
        unowned.map(({ id }) => id).toSorted(),
      )
    },
  )

  test.prop([situations])(
    'gives nobody more than there is room for, or what is not taken',
    (situation) => {
      const { assigned } = plan(situation)
      const known = comparison()
      for (const { id, rules, members } of situation.teams) {
        for (const each of members) {
          const given = assigned.filter(
            ({ teamId, userId }) => teamId === id && userId === each.userId,
          )
          expect(given.length).toBeLessThanOrEqual(each.paused === true ? 0 : placesOf(each))
          for (const { opportunityId } of given) {
            const lead = situation.leads.find((one) => one.id === opportunityId)
            if (lead === undefined) throw new Error(`nobody knows ${opportunityId}`)
            expect(lead.teamId ?? id).toBe(id)
            expect(lead.teamId === id || matcherOf(rules)(known(lead))).toBe(true)
            expect(matcherOf(each.rules)(known(lead))).toBe(true)
          }
        }
      }
    },
  )

  test.prop([situations, seeds])(
    'follows from facts and seed, however they are listed',
    (situation, seed) => {
      const { teams: all, leads: some } = situation
      const turned = {
        ...situation,
        seed,
        leads: some.toReversed(),
        teams: all.toReversed().map((one) => ({ ...one, members: one.members.toReversed() })),
      }
      expect(plan(turned)).toEqual(plan({ ...situation, seed }))
    },
  )

  test.prop([situations, fc.nat({ max: 2 }), fc.nat({ max: 2 }), fc.integer({ min: 1, max: 4 })], {
    numRuns: 500,
  })('leaves no more leads over for having more room', (situation, at, who, more) => {
    const wider = {
      ...situation,
      teams: situation.teams.map((one, index) =>
        index === at
          ? {
              ...one,
              members: one.members.map((each, place) =>
                place === who
                  ? { ...each, capacityPerDay: (each.capacityPerDay ?? 0) + more }
                  : each,
              ),
            }
          : one,
      ),
    }
    expect(plan(wider).left.length).toBeLessThanOrEqual(plan(situation).left.length)
  })
})

describe('shares over a thousand seeds', () => {
  const capacities = { A: 60, B: 30, C: 10 }
  const members = Object.entries(capacities).map(([userId, capacityPer30Days]) => ({
    userId,
    capacityPer30Days,
  }))
  const seedsTried = 1000

  it('follow capacity', () => {
    const count = 40
    const given = { A: 0, B: 0, C: 0 }
    for (let seed = 0; seed < seedsTried; seed += 1) {
      for (const { userId } of run({ seed, teams: [team(...members)], leads: many(count) })
        .assigned) {
        given[userId as keyof typeof given] += 1
      }
    }
    for (const [user, capacity] of Object.entries(capacities)) {
      const share = given[user as keyof typeof given] / (count * seedsTried)
      const expected = capacity / 100
      // Five standard deviations of leads drawn one by one.
      const bound = 5 * Math.sqrt((expected * (1 - expected)) / (count * seedsTried))
      expect(Math.abs(share - expected)).toBeLessThan(bound)
    }
  })

  it('are equal where capacities are, even of a single lead', () => {
    const equal = team(
      { userId: 'A', capacityPerDay: 4 },
      { userId: 'B', capacityPerDay: 4 },
      { userId: 'C', capacityPerDay: 4 },
    )
    const first = Array.from({ length: seedsTried }, (_, seed) =>
      run({ seed, teams: [equal], leads: many(1) }),
    )
    const bound = 5 * Math.sqrt((1 / 3) * (2 / 3) * seedsTried)
    for (const user of users) {
      const given = first.filter((made) => givenTo(made, user) === 1).length
      expect(Math.abs(given - seedsTried / 3)).toBeLessThan(bound)
    }
  })
})
