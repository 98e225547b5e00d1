import type { EventStore } from '@forsat/event-store'
import { memoryKeys, memoryStore } from '@forsat/event-store/memory'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { testClock } from '../clock.ts'
import type { Outcome } from '../context.ts'
import { createForsat } from '../forsat.ts'
import { mintedIds } from '../ids.ts'
import { setUp } from '../set-up.ts'
import type { Command } from '../use-cases.ts'

const morning = '2026-02-08T05:00:00.000Z'

/** A store that loses its connection at the n-th event of a type. */
const failingAt = (store: EventStore, type: string, n: number): EventStore => {
  let seen = 0
  return {
    ...store,
    append: async (append) => {
      if (append.events.some((event) => event.type === type)) {
        seen += 1
        if (seen === n) throw new Error('the power is gone')
      }
      return store.append(append)
    },
  }
}

/** A company with a team of two who take two a day, and five leads. */
const selling = async (wrap: (store: EventStore) => EventStore = (store) => store) => {
  const clock = testClock(morning)
  const store = wrap(memoryStore({ clock }))
  const forsat = await createForsat({ store, keys: memoryKeys(), clock, ids: mintedIds(clock) })
  const { companyId: company, userId } = await setUp(forsat)
  const context = { company, actor: `user:${userId}` }
  const done = async (command: Command): Promise<Outcome> => {
    const outcome = await forsat.execute(command, context)
    if (E.isLeft(outcome)) throw new Error(JSON.stringify(outcome.left))
    return outcome.right
  }
  const { id: team } = await done({ type: 'CreateTeam', data: { name: 'Tehran' } })
  for (const name of ['Sara', 'Omid']) {
    const { id: user } = await done({ type: 'RegisterUser', data: { name } })
    await done({ type: 'JoinTeam', data: { id: team, userId: user, capacityPerDay: 2 } })
  }
  const leads: string[] = []
  for (let lead = 0; lead < 5; lead += 1) {
    leads.push((await done({ type: 'CaptureLead', data: { title: `Lead ${lead}` } })).id)
  }
  const run = (idempotencyKey?: string) =>
    forsat.execute({ type: 'RunAssignment', data: {} }, { ...context, idempotencyKey })
  const { id: runs } = await forsat.assignment(company)
  const setUpTo = (settings: { readonly every: string; readonly maxAgeDays?: number }) =>
    done({
      type: 'ConfigureAssignment',
      data: { id: runs, mode: 'scheduled', ...settings },
    })
  const owners = async (): Promise<readonly (string | undefined)[]> => {
    await forsat.settle()
    const shown = await Promise.all(
      leads.map((id) => forsat.query.opportunities.get(id, { company })),
    )
    return shown.flatMap((lead) => lead?.salespersonId ?? [])
  }
  const decidedIn = async (outcome: Awaited<ReturnType<typeof run>>) => {
    if (E.isLeft(outcome)) throw new Error(outcome.left.type)
    await forsat.settle()
    const { assignment } = forsat.query
    const made = await assignment.runOfEvent(outcome.right.events.at(-1)?.id ?? '', { company })
    return assignment.decisions(made?.id ?? '', { company })
  }
  const due = () => forsat.assignDue({ actor: 'system:assignment' })
  const replay = async (id: string) => {
    await forsat.settle()
    return forsat.replayAssignment(id, context)
  }
  /** The last one first. */
  const ran = async () => {
    await forsat.settle()
    const page = await forsat.query.assignment.runs({ company })
    return E.isRight(page) ? page.right.items : []
  }
  const record = { id: runs, scope: { company } }
  return { forsat, clock, done, run, due, setUpTo, owners, decidedIn, leads, replay, ran, record }
}

describe('a run', () => {
  test('that a crash cut short is finished by the next one, before it plans anew', async () => {
    const { forsat, run, owners, decidedIn } = await selling((store) =>
      failingAt(store, 'OpportunityAssigned.v1', 3),
    )
    await using _closing = forsat
    await expect(run()).rejects.toThrow('the power is gone')
    expect(await owners()).toHaveLength(2)
    const next = await decidedIn(await run())
    expect(next?.assigned).toEqual([])
    expect(next?.left).toMatchObject([{ reason: { code: 'noCapacity' } }])
    expect(await owners()).toHaveLength(4)
  })

  test('that meets others at once is slower than one of them, and plans on what that one left', async () => {
    const { forsat, run, owners, decidedIn } = await selling()
    await using _closing = forsat
    const outcomes = await Promise.all([run(), run(), run(), run()])
    const decided = await Promise.all(outcomes.map(decidedIn))
    expect(decided.flatMap((plan) => plan?.assigned ?? [])).toHaveLength(4)
    expect(decided.filter((plan) => plan?.assigned.length === 0)).toHaveLength(3)
    expect(await owners()).toHaveLength(4)
  })

  test('asked for twice with the same key is one run', async () => {
    const { forsat, run, ran } = await selling()
    await using _closing = forsat
    const [one, two] = [await run('once'), await run('once')]
    expect(two).toMatchObject({ right: { events: E.isRight(one) && one.right.events } })
    expect(await ran()).toHaveLength(1)
  })

  test('leaves alone what a person has given to somebody meanwhile, and counts it', async () => {
    const { forsat, run, done, decidedIn, leads, owners } = await selling()
    await using _closing = forsat
    const first = await decidedIn(await run())
    const [taken] = first?.assigned ?? []
    const waits = first?.left[0]?.opportunityId ?? ''
    expect(leads).toContain(waits)
    await done({
      type: 'AssignOpportunity',
      data: { id: waits, salespersonId: taken?.userId ?? '' },
    })
    expect(await decidedIn(await run())).toEqual({ assigned: [], left: [] })
    expect(await owners()).toHaveLength(5)
  })
})

describe('a run planned again', () => {
  test('from what it rested on is the same, whatever happened since', async () => {
    const { forsat, run, done, replay, ran, clock, leads } = await selling()
    await using _closing = forsat
    await run()
    clock.set('2026-02-09T05:00:00.000Z')
    await run()
    await done({ type: 'WithdrawOpportunity', data: { id: leads[0] ?? '', reason: 'spam' } })
    await done({ type: 'CaptureLead', data: { title: 'One more' } })
    const all = await ran()
    expect(all.map(({ counts }) => counts)).toEqual([
      { assigned: 1, left: 0 },
      { assigned: 4, left: 1 },
    ])
    for (const { id, digest, seed, counts } of all) {
      const same = { recorded: digest, replayed: digest }
      expect(await replay(id)).toEqual(E.right({ id, seed, counts, digest: same, differences: [] }))
    }
    expect(await replay('000000000000000000000000Z9')).toEqual(E.left({ type: 'NotFound' }))
  })

  test('is the same while others write all the time', async () => {
    const { forsat, run, done, replay, ran } = await selling()
    await using _closing = forsat
    const write = async () => {
      for (let more = 0; more < 20; more += 1) {
        await done({ type: 'CaptureLead', data: { title: `More ${more}` } })
      }
    }
    await Promise.all([write(), run(), write(), run()])
    const all = await ran()
    expect(all).toHaveLength(2)
    for (const { id } of all) {
      expect(await replay(id)).toMatchObject({ right: { differences: [] } })
    }
  })

  test('shows which lead somebody else was given than the rules say', async () => {
    const { forsat, run, done, replay, ran, leads, record } = await selling()
    await using _closing = forsat
    await run()
    const [honest] = await ran()
    if (honest === undefined) throw new Error('nothing ran')
    const decided = await forsat.query.assignment.decisions(honest.id, record.scope)
    const [first] = decided?.assigned ?? []
    const { trigger, seed, today, duplicates, digest, lastInput } = honest
    const forged = {
      id: record.id,
      runId: '000000000000000000000000Z1',
      basis: { trigger, seed, today, duplicates, digest, lastInput },
      plan: { assigned: decided?.assigned.slice(1) ?? [], left: [...(decided?.left ?? [])] },
    }
    await done({ type: 'RecordAssignmentRun', data: forged })
    expect(await replay(forged.runId)).toMatchObject({
      right: { differences: [{ opportunityId: first?.opportunityId, replayed: first }] },
    })
    expect(leads).toContain(first?.opportunityId)
  })
})

describe('on a schedule', () => {
  test('a run comes when its time has come, and one that would deal nothing is none', async () => {
    const { forsat, clock, due, setUpTo, owners } = await selling()
    await using _closing = forsat
    expect(await due()).toEqual({ runs: [] })
    await setUpTo({ every: 'PT30M' })
    expect((await due()).runs).toHaveLength(1)
    expect(await owners()).toHaveLength(4)
    clock.set('2026-02-08T05:29:00.000Z')
    expect(await due()).toEqual({ runs: [] })
    clock.set('2026-02-08T20:00:00.000Z')
    expect(await due()).toEqual({ runs: [] })
    clock.set('2026-02-08T20:29:00.000Z')
    expect(await due()).toEqual({ runs: [] })
    clock.set('2026-02-08T21:00:00.000Z')
    expect((await due()).runs).toHaveLength(1)
    expect(await owners()).toHaveLength(5)
  })

  test('leads that are older than the company asks for are left to people', async () => {
    const { forsat, clock, due, run, setUpTo, owners } = await selling()
    await using _closing = forsat
    await setUpTo({ every: 'P1D', maxAgeDays: 7 })
    clock.set('2026-02-20T08:00:00.000Z')
    expect(await due()).toEqual({ runs: [] })
    await run()
    expect(await owners()).toHaveLength(4)
  })
})
