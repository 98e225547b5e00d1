/**
 * O12: caps of a day, runs that meet, and who takes what.
 */
import { type Forsat, mintedIds, openForsat, testClock } from '@forsat/application'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectSameAfterReplay } from './testing/replay.ts'
import { type Made, type Served, serve } from './testing/served.ts'

interface Run extends Made {
  readonly seed: number
  readonly digest: string
  readonly assigned: readonly {
    readonly opportunityId: string
    readonly userId: string
    readonly reason: string
  }[]
  readonly left: readonly { readonly opportunityId: string; readonly reason: string }[]
}

const morning = '2026-02-08T05:00:00.000Z'
const halfHoursLater = (count: number) =>
  new Date(Date.parse(morning) + count * 30 * 60_000).toISOString()

let server: Served
/** A second instance on the same store, and its clock. */
let other: Forsat
const clock = testClock(morning)
let teamId: string
let users: Readonly<Record<'a' | 'b' | 'c', string>>

const post = <Body = Made>(path: string, body?: unknown) =>
  server.done<Body>('POST', `/v1${path}`, body)
const put = (path: string, body: unknown) => server.done('PUT', `/v1${path}`, body)
const user = async (name: string) =>
  (await post('/users', { name, roles: [{ companyId: server.companyId, role: 'sales' }] })).id
const lead = (more: object = {}) =>
  post('/opportunities', { title: 'Desks', kind: 'lead', country: 'IR', ...more })
const ownersOf = async () => {
  const { items } = await server.read<{
    items: readonly { readonly id: string; readonly salespersonId?: string }[]
  }>('/v1/opportunities?limit=200')
  return Map.groupBy(items, ({ salespersonId }) => salespersonId)
}
const assignments = async () => {
  const { items } = await server.read<{ items: readonly object[] }>(
    '/v1/events?type=OpportunityAssigned&limit=200',
  )
  return items.length
}
const due = (instance: Forsat) => instance.assignDue({ actor: 'system:assignment' })

beforeAll(async () => {
  server = await serve({ start: morning })
  other = await openForsat({
    store: `sqlite:${server.folder}/forsat.db`,
    readModels: ':memory:',
    clock,
    ids: mintedIds(clock),
  })
  users = { a: await user('A'), b: await user('B'), c: await user('C') }
  teamId = (await post('/teams', { name: 'Tehran' })).id
  await post(`/teams/${teamId}/members`, { userId: users.a, capacityPerDay: 4 })
  await post(`/teams/${teamId}/members`, { userId: users.b, capacityPerDay: 4 })
  await post(`/teams/${teamId}/members`, { userId: users.c, capacityPerDay: 10 })
  await post(`/users/${users.c}/archive`)
  await put(`/teams/${teamId}/rules`, { when: { field: 'country', op: 'eq', value: 'ایران' } })
  await put('/assignment/settings', { mode: 'scheduled', every: 'PT30M' })
  for (let count = 0; count < 15; count += 1) await lead()
})
afterAll(async () => {
  await expectSameAfterReplay(server)
  await other[Symbol.asyncDispose]()
  await server[Symbol.asyncDispose]()
})

describe('O12 caps of a day, and runs that meet', () => {
  test('a try answers the plan, and nothing happens', async () => {
    const head = await server.forsat.store.head()
    const tried = await server.call<Run>('POST', '/v1/assignment/runs', { dryRun: true, seed: 5 })
    expect(tried.status).toBe(200)
    expect(tried.body).toMatchObject({ seed: 5 })
    expect([tried.body.assigned.length, tried.body.left.length]).toEqual([8, 7])
    const again = await server.call<Run>('POST', '/v1/assignment/runs', { dryRun: true, seed: 5 })
    expect(again.body).toEqual(tried.body)
    expect(await server.forsat.store.head()).toBe(head)
  })

  test('24 runs on each of two instances and one by hand give four each, none to who has left', async () => {
    for (let count = 0; count < 24; count += 1) {
      clock.set(halfHoursLater(count))
      await server.at(halfHoursLater(count))
      await Promise.all([due(server.forsat), due(other)])
    }
    const byHand = await server.call<Run>('POST', '/v1/assignment/runs', {})
    expect(byHand.status).toBe(201)
    expect(byHand.headers.get('location')).toBe(`/v1/assignment/runs/${byHand.body.id}`)
    expect(byHand.body.assigned).toEqual([])
    expect(new Set(byHand.body.left.map(({ reason }) => reason))).toEqual(new Set(['no capacity']))
    expect(byHand.body.left.length).toBe(7)
    const owners = await ownersOf()
    expect(owners.get(users.a)?.length).toBe(4)
    expect(owners.get(users.b)?.length).toBe(4)
    expect(owners.get(users.c)).toBeUndefined()
    expect(await assignments()).toBe(8)
  })

  test('what was given and lost since still counts, to the end of the day of the company', async () => {
    const [first] = (await ownersOf()).get(users.a) ?? []
    const { items } = await server.read<{ items: readonly [Made] }>('/v1/lost-reasons')
    await post(`/opportunities/${first?.id}/lose`, { reasonId: items[0].id })
    await server.at('2026-02-08T20:29:00.000Z')
    expect((await post<Run>('/assignment/runs', {})).assigned).toEqual([])
    await server.at('2026-02-08T20:31:00.000Z')
    const next = await post<Run>('/assignment/runs', { seed: 11 })
    expect(next.left).toEqual([])
    const split = Map.groupBy(next.assigned, ({ userId }) => userId)
    expect([...split.values()].map(({ length }) => length).toSorted((a, b) => a - b)).toEqual([
      3, 4,
    ])
    expect(await assignments()).toBe(15)
  })

  test('the same log assigns nothing anew', async () => {
    await server.restartWithoutReadModels()
    expect(await post<Run>('/assignment/runs', {})).toMatchObject({ assigned: [], left: [] })
    expect(await assignments()).toBe(15)
  })
})

describe('a run', () => {
  test('can be read again, with every reason and what it rested on', async () => {
    const { items } = await server.read<{ items: readonly Made[] }>('/v1/assignment/runs')
    const runs = await Promise.all(
      items.map(({ id }) => server.read<Run>(`/v1/assignment/runs/${id}`)),
    )
    const first = runs.find(({ assigned }) => assigned.length === 8)
    expect(first).toMatchObject({
      trigger: 'scheduled',
      by: { kind: 'system', id: 'assignment' },
      today: '2026-02-08',
      counts: { assigned: 8, left: 7 },
      leftBecause: [{ code: 'noCapacity', count: 7 }],
    })
    expect(first?.assigned[0]?.reason).toMatch(/^in turn, place [1-4] of 4$/)
    expect(first?.digest).toMatch(/^[0-9a-f]{64}$/)
  })

  test('with the same key is one run', async () => {
    await lead({ country: 'DE' })
    const asked = ['POST', '/v1/assignment/runs', {}, { 'idempotency-key': 'once' }] as const
    const [one, two] = [await server.call<Run>(...asked), await server.call<Run>(...asked)]
    expect(two).toMatchObject({ status: 201, body: one.body })
    expect(one.body.left).toMatchObject([
      { reason: 'no rule matched: no team takes such a lead', code: 'noRuleMatched' },
    ])
  })

  test('joins what is the same sale, where the company wants that', async () => {
    await server.at('2026-02-10T08:00:00.000Z')
    const mail = { email: 'office@aftab.example' }
    const [old, twin] = [await lead(mail), await lead({ email: 'Office@Aftab.example' })]
    const tried = await post<Run>('/assignment/runs', { dryRun: true })
    expect(tried.left).toMatchObject([
      { opportunityId: twin.id, reason: `duplicate of ${old.id}`, duplicateOf: old.id },
      { reason: 'no rule matched: no team takes such a lead' },
    ])
    await put('/assignment/settings', { mode: 'manual', duplicates: 'merge' })
    await post('/assignment/runs', {})
    expect(await server.read(`/v1/opportunities/${twin.id}`)).toMatchObject({
      outcome: 'merged',
      mergedInto: old.id,
    })
  })

  test('is turned down where the company has no assignment', async () => {
    const policies = `/v1/companies/${server.companyId}/policies`
    const switched = (assignment: boolean) =>
      server.done('PATCH', policies, { features: { assignment } })
    await switched(false)
    const run = await server.call('POST', '/v1/assignment/runs', {})
    expect(run).toMatchObject({ status: 409, body: { code: 'FeatureOff', feature: 'assignment' } })
    await switched(true)
  })

  test('of rules that are none is never come to: they are turned away, and the place is named', async () => {
    const rules = (when: unknown) => server.call('PUT', `/v1/teams/${teamId}/rules`, { when })
    expect(await rules({ field: 'country', op: 'eq', value: 5 })).toMatchObject({
      status: 400,
      body: {
        code: 'InvalidRequest',
        errors: expect.arrayContaining([
          expect.objectContaining({ pointer: expect.stringMatching(/^\/when/) }),
        ]),
      },
    })
    const nested = (depth: number): object =>
      depth === 0 ? { field: 'kind', op: 'eq', value: 'lead' } : { not: nested(depth - 1) }
    expect(await rules(nested(20))).toMatchObject({ status: 400 })
  })
})
