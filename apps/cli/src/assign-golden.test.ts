/**
 * The figures of the reference product on assignment, asked of a server over HTTP and of the command
 * line on the same store. Each case is a company of its own. There whoever is listed first begins;
 * here a seed draws who does, so the reference's own plan is that of some seed.
 */
import type { ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { PlanView, RunView } from '@forsat/projections'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addressOf, ended, startedIn } from './testing/processes.ts'

type Domain = readonly (readonly [field: string, op: string, value: string | number])[]

interface DealtCase {
  readonly input: {
    readonly members: readonly {
      readonly id: string
      readonly quota: number
      readonly optout?: boolean
      readonly domain?: Domain
      readonly preferred?: Domain
    }[]
    readonly leads: readonly {
      readonly id: string
      readonly probability: number
      readonly country?: string
    }[]
  }
  readonly expected: {
    readonly assigned: Readonly<Record<string, string>>
    readonly unassigned: readonly string[]
  }
}

interface OldLead {
  readonly id: string
  readonly stage_won?: boolean
  readonly active?: boolean
  readonly probability?: number | null
  readonly team?: string
  readonly user?: string
  readonly created: string
}

interface Shared {
  readonly leads: number
  readonly repeats: number
  readonly contact_1: number
  readonly contact_2: number
  readonly capacities: readonly number[]
  readonly teams: readonly { readonly id: string; readonly capacity: number }[]
}

const golden: {
  readonly cases: Readonly<Record<string, DealtCase>> & {
    readonly 'allocate.eligible': {
      readonly input: { readonly now: string; readonly leads: readonly OldLead[] }
      readonly expected: {
        readonly scheduled: readonly string[]
        readonly manual: readonly string[]
      }
    }
    readonly 'allocate.weighted': {
      readonly input: Shared
      readonly expected: { readonly share: Readonly<Record<string, number>> }
    }
    readonly 'allocate.upstream-seeded-run': {
      readonly input: Shared
      readonly expected: {
        readonly leads_left: number
        readonly bounds_older_revision: Readonly<Record<string, readonly [number, number]>>
      }
    }
    readonly 'allocate.duplicates': {
      readonly input: Shared
      readonly expected: { readonly leads_left: number; readonly with_contact: number }
    }
  }
} = JSON.parse(
  readFileSync(
    new URL('../../../packages/domain/src/assignment/plan.golden.json', import.meta.url),
    'utf8',
  ),
)

let folder: string
let server: ChildProcess
let address: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forsat-golden-'))
  const began = golden.cases['allocate.eligible'].input.leads.map(({ created }) => created)
  const [first] = began.toSorted()
  server = startedIn(folder, {}, ['serve', '--no-auth', '--port', '0', `--test-clock=${first}`])
  address = await addressOf(server)
})

afterAll(async () => {
  server.kill('SIGKILL')
  await rm(folder, { recursive: true, maxRetries: 5 })
})

interface Made {
  readonly id: string
}

const asked = async <Body>(method: string, path: string, body?: object, company?: string) => {
  const answer = await fetch(`${address}/v1${path}`, {
    method,
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(company !== undefined && { 'forsat-company': company }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  if (answer.ok) return (await answer.json()) as Body
  throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
}

/** A company in which nothing else happens. */
const founded = async (name: string) => {
  const { id: company } = await asked<Made>('POST', '/companies', {
    name,
    currency: 'EUR',
    zone: 'UTC',
    language: 'en',
  })
  const call = <Body = Made>(method: string, path: string, body?: object) =>
    asked<Body>(method, path, body, company)
  const roles = [{ companyId: company, role: 'sales' }]
  const user = async (called: string) => (await call('POST', '/users', { name: called, roles })).id
  const team = async (called: string, rules?: object) =>
    (await call('POST', '/teams', { name: called, ...(rules && { rules }) })).id
  const joined = (teamId: string, userId: string, room: object) =>
    call('POST', `/teams/${teamId}/members`, { userId, ...room })
  const lead = async (title: string, more: object = {}) =>
    (await call('POST', '/opportunities', { kind: 'lead', title, ...more })).id
  const run = <Body extends PlanView = RunView>(request: object) =>
    call<Body>('POST', '/assignment/runs', request)
  const planned = (request: object = {}) => run<PlanView>({ ...request, dryRun: true })
  /** The same from the command line, in a process of its own. */
  const plannedByHand = async (...args: readonly string[]): Promise<PlanView> => {
    const line = ['assign', 'run', '--dry-run', '--json', '--company', company, ...args]
    const { code, out, err } = await ended(startedIn(folder, {}, line))
    if (code !== 0) throw new Error(err)
    return JSON.parse(out)
  }
  return { company, call, user, team, joined, lead, run, planned, plannedByHand }
}

/** Many at a time, as a server is asked. */
const each = async <Item, Result>(
  items: readonly Item[],
  work: (item: Item, index: number) => Promise<Result>,
): Promise<readonly Result[]> => {
  const results: Result[] = []
  for (let from = 0; from < items.length; from += 50) {
    const some = items.slice(from, from + 50)
    results.push(...(await Promise.all(some.map((item, at) => work(item, from + at)))))
  }
  return results
}
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index)

const conditionOf = (domain: Domain) => ({
  all: domain.map(([field, op, value]) => ({ field, op: op === '>=' ? 'gte' : 'eq', value })),
})
const rulesOf = (domain: Domain | undefined) => domain && conditionOf(domain)

describe('dealing in turn, as the reference product does', () => {
  test.each([
    'round-robin.basic',
    'round-robin.member-filter',
    'round-robin.opt-out-and-zero',
    'preferred.first-pass',
    'preferred.two-members-same-lead',
    'ties.stable',
  ])('%s', async (name) => {
    const { input, expected } = golden.cases[name] ?? {}
    if (input === undefined || expected === undefined) throw new Error(`there is no ${name}`)
    const { user, team, joined, lead, call, run, planned, plannedByHand } = await founded(name)
    const names = new Map<string, string>()
    const teamId = await team('T')
    for (const { id, quota, optout = false, domain, preferred } of input.members) {
      const userId = await user(id)
      names.set(userId, id)
      await joined(teamId, userId, {
        capacityPerDay: quota,
        paused: optout,
        ...(domain && { rules: rulesOf(domain) }),
        ...(preferred && { preferred: rulesOf(preferred) }),
      })
    }
    for (const { id, probability, country } of input.leads) {
      const made = await lead(id, { ...(country && { country }) })
      names.set(made, id)
      await call('PUT', `/opportunities/${made}/probability`, { value: probability })
    }
    const told = ({ assigned, left }: Omit<PlanView, 'seed'>) => ({
      assigned: Object.fromEntries(
        assigned.map(({ opportunityId, userId }) => [names.get(opportunityId), names.get(userId)]),
      ),
      unassigned: left.map(({ opportunityId }) => names.get(opportunityId) ?? '').toSorted(),
    })
    const plans = await each(upTo(50), (seed) => planned({ seed }))
    const seed = plans.findIndex((plan) => isSame(told(plan), expected))
    expect(seed).toBeGreaterThanOrEqual(0)
    expect(told(await plannedByHand('--seed', String(seed)))).toEqual(expected)
    expect(told(await run({ seed }))).toEqual(expected)
  })
})

const isSame = (one: object, other: object): boolean => {
  try {
    expect(one).toEqual(other)
    return true
  } catch {
    return false
  }
}

describe('shares, as in the reference product', () => {
  const countOf = ({ assigned }: Pick<PlanView, 'assigned'>, team: string) =>
    assigned.filter(({ teamId }) => teamId === team).length

  test('allocate.weighted: teams share by the capacity of their members', async () => {
    const { input, expected } = golden.cases['allocate.weighted']
    const { user, team, joined, lead, planned, plannedByHand } = await founded('weighted')
    const teams = new Map<string, string>()
    for (const { id, capacity } of input.teams) {
      teams.set(id, await team(id))
      const room = { capacityPer30Days: capacity * 100 }
      await joined(teams.get(id) ?? '', await user(`of ${id}`), room)
    }
    // Shares do not depend on how many there are: a tenth is enough of what goes over the wire.
    const leads = await each(upTo(input.leads / 10), (index) => lead(`Lead ${index}`))
    const plan = await planned({ seed: 1 })
    expect(plan.left).toEqual([])
    for (const [id, share] of Object.entries(expected.share)) {
      const got = countOf(plan, teams.get(id) ?? '') / leads.length
      expect(Math.abs(got - share)).toBeLessThan(0.03)
    }
    expect(await plannedByHand('--seed', '1')).toEqual(plan)
  })

  test('allocate.upstream-seeded-run: a large run, repeats and a rule for each team', async () => {
    const { input, expected } = golden.cases['allocate.upstream-seeded-run']
    const { user, team, joined, lead, run } = await founded('seeded')
    const rules = [
      undefined,
      { field: 'tags', op: 'present', value: true },
      { field: 'country', op: 'present', value: true },
    ]
    const teams: string[] = []
    for (const [index, capacity] of input.capacities.entries()) {
      const id = await team(`T${index + 1}`, rules[index])
      teams.push(id)
      await joined(id, await user(`m${index}`), { capacityPer30Days: capacity * 10 })
    }
    const unique = input.leads - input.repeats
    await each(upTo(input.leads), (index) =>
      lead(`Lead ${index}`, {
        email: `mail-${index % unique}@example.com`,
        ...(index % 4 !== 0 && { tags: ['wanted'] }),
        ...(index % 5 !== 0 && { country: 'IR' }),
      }),
    )
    const made = await run({})
    expect(made.assigned).toHaveLength(expected.leads_left)
    expect(made.left).toHaveLength(input.repeats)
    for (const [index, [low, high]] of Object.values(expected.bounds_older_revision).entries()) {
      expect(countOf(made, teams[index] ?? '')).toBeGreaterThanOrEqual(low)
      expect(countOf(made, teams[index] ?? '')).toBeLessThanOrEqual(high)
    }
  })
})

describe('duplicates, as in the reference product', () => {
  test('allocate.duplicates: each sale is dealt once, however many leads it has', async () => {
    const { input, expected } = golden.cases['allocate.duplicates']
    const { user, team, joined, lead, run, call } = await founded('duplicates')
    await call('PUT', '/assignment/settings', { mode: 'manual', duplicates: 'merge' })
    await joined(await team('T'), await user('m'), { capacityPerDay: 500 })
    const { contact_1: first, contact_2: second } = input
    await each(upTo(input.leads), (index) => {
      const of = index < first ? 'one' : index < first + second ? 'two' : `own-${index}`
      return lead(`Lead ${index}`, { email: `${of}@example.com` })
    })
    const made = await run({})
    expect(made.assigned).toHaveLength(expected.leads_left)
    expect(new Set(made.left.map(({ duplicateOf }) => duplicateOf)).size).toBe(
      expected.with_contact,
    )
    const { total } = await call<{ readonly total: number }>(
      'GET',
      '/opportunities?count=true&limit=1',
    )
    expect(total).toBe(expected.leads_left)
  })

  test('allocate.merge-keeps-master: the opportunity stays with whoever has it', async () => {
    const { user, team, joined, lead, run, call } = await founded('master')
    await call('PUT', '/assignment/settings', { mode: 'manual', duplicates: 'merge' })
    const [owner, other] = [await user('u1'), await user('u2')]
    const [theirs, second] = [await team('T1'), await team('T2')]
    await joined(second, other, {})
    const existing = await call('POST', '/opportunities', {
      title: 'existing',
      email: 'x@example.com',
      teamId: theirs,
      salespersonId: owner,
    })
    const fresh = await lead('new', { email: 'X@Example.com' })
    await run({ teamId: second })
    expect(await call('GET', `/opportunities/${fresh}`)).toMatchObject({
      outcome: 'merged',
      mergedInto: existing.id,
    })
    expect(await call('GET', `/opportunities/${existing.id}`)).toMatchObject({
      teamId: theirs,
      salespersonId: owner,
    })
  })
})

/** The server deals out by itself when its clock has moved. */
const firstRun = async (call: <Body>(method: string, path: string) => Promise<Body>) => {
  for (;;) {
    const { items } = await call<{ readonly items: readonly Made[] }>('GET', '/assignment/runs')
    if (items[0] !== undefined) return items[0].id
    await setTimeout(20)
  }
}

describe('which leads are dealt, as in the reference product', () => {
  test('allocate.eligible: by hand however old, on a schedule only young ones', async () => {
    const { input, expected } = golden.cases['allocate.eligible']
    const { user, team, joined, call, planned, plannedByHand } = await founded('eligible')
    const at = (now: string) => asked('PUT', '/test/clock', { now: new Date(now).toISOString() })
    const [open, other, owner] = [await team('T1'), await team('T2'), await user('u1')]
    await joined(open, await user('m1'), {})
    const names = new Map<string, string>()
    for (const one of input.leads.toSorted((a, b) => (a.created < b.created ? -1 : 1))) {
      await at(one.created)
      const { id } = await call('POST', '/opportunities', {
        kind: one.stage_won || one.active === false ? 'opportunity' : 'lead',
        title: one.id,
        ...(one.team && { teamId: other }),
        ...(one.user && { salespersonId: owner }),
      })
      names.set(id, one.id)
      if (one.stage_won) await call('POST', `/opportunities/${id}/win`, {})
      if (one.active === false) {
        const { items } = await call<{ readonly items: readonly [Made] }>('GET', '/lost-reasons')
        await call('POST', `/opportunities/${id}/lose`, { reasonId: items[0].id })
      }
    }
    await at(input.now)
    const dealtIn = ({ assigned }: Pick<PlanView, 'assigned'>) =>
      assigned.map(({ opportunityId }) => names.get(opportunityId) ?? '').toSorted()
    expect(dealtIn(await planned())).toEqual(expected.manual)
    expect(dealtIn(await plannedByHand())).toEqual(expected.manual)
    await call('PUT', '/assignment/settings', { mode: 'scheduled', every: 'PT1H', maxAgeDays: 7 })
    await at(new Date(Date.parse(input.now) + 60_000).toISOString())
    const run = await call<RunView>('GET', `/assignment/runs/${await firstRun(call)}`)
    expect(run.trigger).toBe('scheduled')
    expect(dealtIn(run)).toEqual(expected.scheduled)
  })
})
