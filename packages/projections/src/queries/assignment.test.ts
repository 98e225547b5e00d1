import type { AssignmentRunEvent } from '@forsat/domain'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { right, type SampleCompany, sampleCompany, scope } from '../sample-company.ts'
import { idOf, north, rival, sara } from '../sample-log.ts'
import { foundsAcme } from '../sample-offers.ts'

const omid = idOf('E', 2)
const south = idOf('T', 2)
const runs = idOf('Z', 1)
const lead = (n: number) => idOf('A', n)

let company: SampleCompany
beforeEach(async () => {
  company = await sampleCompany()
})
afterEach(() => company[Symbol.asyncDispose]())

const assigned = (n: number, salespersonId: string | null, occurredAt: string, teamId = north) =>
  company.log.tell(
    'opportunity',
    lead(n),
    [{ type: 'OpportunityAssigned', data: { teamId, salespersonId } }],
    { occurredAt },
  )
/** What each was given for each team: in all thirty days, and today. */
const given = async (today: string) => {
  await company.upToDate()
  const facts = await company.projections.query.assignment.facts(scope, { today })
  return (facts?.teams ?? []).flatMap(({ id, members }) =>
    members.map(({ userId, received }) => [userId, id, received?.in30Days, received?.today]),
  )
}
const first = '2026-02-08'
const second = '2026-02-09'
const third = '2026-02-10'
/** The first day on which what was given on the first no longer counts. */
const afterThirtyDays = '2026-03-10'
const noon = (day: string) => `${day}T08:30:00.000Z`

const sells = async (id: string, name: string, ...members: readonly string[]) =>
  company.log.tell('team', id, [
    { type: 'TeamCreated', data: { name, position: 1 } },
    ...members.map((userId) => ({ type: 'MemberJoined', data: { userId } }) as const),
  ])

beforeEach(async () => {
  await foundsAcme(company.log)
  for (const id of [sara, omid]) {
    await company.log.tell('user', id, [{ type: 'UserRegistered', data: { name: id } }])
  }
  await sells(north, 'North', sara, omid)
  await sells(south, 'South', sara)
})

describe('what somebody was given', () => {
  test('counts in the window of days, today apart, whatever became of it', async () => {
    for (const n of [1, 2, 3]) await company.opens(n)
    await assigned(1, sara, noon(first))
    await assigned(2, sara, noon(second))
    await assigned(3, omid, noon(second))
    await company.loses(2, undefined, third)
    expect(await given(second)).toEqual([
      [sara, north, 2, 1],
      [omid, north, 1, 1],
      [sara, south, 0, 0],
    ])
    expect(await given(afterThirtyDays)).toEqual([
      [sara, north, 1, 0],
      [omid, north, 1, 0],
      [sara, south, 0, 0],
    ])
  })

  test('counts once while it stays theirs, and anew when it comes back', async () => {
    await company.opens(1)
    await assigned(1, sara, noon(first))
    await assigned(1, sara, noon(first), south)
    expect(await given(first)).toContainEqual([sara, north, 1, 1])
    expect(await given(first)).toContainEqual([sara, south, 0, 0])
    await assigned(1, omid, noon(first))
    await assigned(1, null, noon(first))
    await assigned(1, sara, noon(first), south)
    expect(await given(first)).toEqual([
      [sara, north, 1, 1],
      [omid, north, 1, 1],
      [sara, south, 1, 1],
    ])
  })

  test('is nothing that they wrote down as their own', async () => {
    await company.opens(1, { salespersonId: sara, teamId: north })
    await assigned(1, sara, noon(first), south)
    expect(await given(first)).toEqual([
      [sara, north, 0, 0],
      [omid, north, 0, 0],
      [sara, south, 0, 0],
    ])
  })
})

describe('who takes part', () => {
  test('is whoever works here still, and of one team alone where only that is asked for', async () => {
    await company.log.tell('user', omid, [{ type: 'UserDeactivated', data: {} }])
    expect(await given(first)).toEqual([
      [sara, north, 0, 0],
      [sara, south, 0, 0],
    ])
    const { assignment } = company.projections.query
    const facts = await assignment.facts(scope, { today: first, teamId: south })
    expect(facts?.teams.map(({ id }) => id)).toEqual([south])
    expect(await assignment.facts({ company: rival }, { today: first })).toBeUndefined()
  })
})

describe('the leads that are open', () => {
  test('are told with what rules ask for, and with what makes two of them one sale', async () => {
    const contactId = idOf('K', 1)
    await company.opens(1, { contactId, country: 'IR', tags: ['vip'] })
    await company.opens(2, { phone: '021 1234 5678', salespersonId: sara })
    await company.opens(3)
    await company.loses(3)
    await company.upToDate()
    const facts = await company.projections.query.assignment.facts(scope, { today: '2026-01-25' })
    expect(facts?.leads).toMatchObject([
      { id: lead(1), country: 'IR', tags: ['vip'], ageDays: 15, sameAs: [`contact:${contactId}`] },
      { id: lead(2), salespersonId: sara, sameAs: ['phone:2112345678'] },
    ])
    expect(facts?.leads).toHaveLength(2)
    const last = await company.log.store.find(facts?.lastInput ?? '')
    expect(last?.position).toBe(await company.log.store.head())
  })
})

describe('a run', () => {
  const decided = (run: number, n: number): AssignmentRunEvent => ({
    type: 'AssignmentsDecided',
    data: {
      runId: idOf('R', run),
      assigned: [
        {
          opportunityId: lead(n),
          teamId: north,
          userId: sara,
          reason: { pass: 'ordinary', place: n, of: 4 },
        },
      ],
      left: [
        { opportunityId: lead(n + 100), reason: { code: 'duplicate', of: lead(n), joined: false } },
      ],
    },
  })
  const completed = (run: number): AssignmentRunEvent => ({
    type: 'AssignmentRunCompleted',
    data: {
      runId: idOf('R', run),
      trigger: 'manual',
      seed: 7,
      today: '2026-02-08',
      duplicates: 'skip',
      digest: '0'.repeat(64),
      counts: { assigned: 2, left: 2 },
      left: [{ code: 'duplicate', count: 2 }],
    },
  })

  test('is put together from its parts; parts that nobody summed up are none of any', async () => {
    await company.log.tell('assignmentrun', runs, [
      decided(1, 9),
      decided(2, 1),
      decided(2, 2),
      completed(2),
    ])
    await company.upToDate()
    const { assignment } = company.projections.query
    expect(await assignment.run(idOf('R', 1), scope)).toBeUndefined()
    const { items } = right(await assignment.runs(scope))
    expect(items).toMatchObject([
      { id: idOf('R', 2), leftBecause: [{ code: 'duplicate', count: 2 }] },
    ])
    expect(await assignment.run(idOf('R', 2), scope)).toMatchObject({
      assigned: [
        { opportunityId: lead(1), userId: sara, reason: 'in turn, place 1 of 4' },
        { opportunityId: lead(2), userId: sara, reason: 'in turn, place 2 of 4' },
      ],
      left: [
        { opportunityId: lead(101), duplicateOf: lead(1) },
        { opportunityId: lead(102), reason: `duplicate of ${lead(2)}` },
      ],
    })
  })

  test('is told to its own company alone', async () => {
    await company.log.tell('assignmentrun', runs, [decided(2, 1), completed(2)])
    await company.upToDate()
    const { assignment } = company.projections.query
    expect(await assignment.run(idOf('R', 2), { company: rival })).toBeUndefined()
    expect(right(await assignment.runs({ company: rival })).items).toEqual([])
  })
})
