import { readFileSync } from 'node:fs'
import { test } from '@fast-check/vitest'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import type { StoredShape } from '../codec.ts'
import { fold } from '../decider.ts'
import { specification } from '../specification.ts'
import { assignmentRunCodec } from './codec.ts'
import type { AssignmentRunEvent, RunBasis } from './events.ts'
import type { Plan } from './plan.ts'
import { type AssignmentRunState, assignmentRun } from './run.ts'

const { given } = specification(assignmentRun)

const occurredAt = '2026-02-08T08:00:00.000Z'
const earlier = '2026-02-08T07:00:00.000Z'
const id = (last: string) => last.padStart(26, '0')

const basis: RunBasis = {
  trigger: 'manual',
  seed: 7,
  today: '2026-02-08',
  duplicates: 'skip',
  digest: '0'.repeat(64),
}
const taken = (lead: number): Plan['assigned'][number] => ({
  opportunityId: id(`${lead}`),
  teamId: id('T1'),
  userId: id('E1'),
  reason: { pass: 'ordinary', place: 1, of: 4 },
})
const waits = (lead: number): Plan['left'][number] => ({
  opportunityId: id(`${lead}`),
  reason: { code: 'noCapacity' },
})
const recording = (run: string, plan: Plan) =>
  ({ type: 'RecordAssignmentRun', data: { runId: id(run), basis, plan, occurredAt } }) as const

const decided = (run: string): AssignmentRunEvent => ({
  type: 'AssignmentsDecided',
  data: { runId: id(run), assigned: [taken(1)], left: [waits(2)] },
})
const completed = (run: string): AssignmentRunEvent => ({
  type: 'AssignmentRunCompleted',
  data: {
    runId: id(run),
    ...basis,
    counts: { assigned: 1, left: 1 },
    left: [{ code: 'noCapacity', count: 1 }],
  },
})

describe('a run', () => {
  it('is told by what it decided, and then summed up', () => {
    given()
      .when(recording('R1', { assigned: [taken(1)], left: [waits(2)] }))
      .thenEvents(decided('R1'), completed('R1'))
  })

  it('that finds nothing to deal is summed up all the same', () => {
    given()
      .when(recording('R1', { assigned: [], left: [] }))
      .thenEvents({
        type: 'AssignmentRunCompleted',
        data: { runId: id('R1'), ...basis, counts: { assigned: 0, left: 0 }, left: [] },
      })
  })

  it('is recorded once, and not before the one that was recorded last', () => {
    const nothing: Plan = { assigned: [], left: [] }
    given(decided('R1'), completed('R1'))
      .when(recording('R1', nothing))
      .thenFails({ type: 'AlreadyExists' })
    const later = '2026-02-08T09:00:00.000Z'
    given({ ...completed('R1'), occurredAt: later })
      .when(recording('R2', nothing))
      .thenFails({ type: 'OccurredTooEarly', last: later })
  })

  it('is found again by its first part; parts that nobody summed up are void', () => {
    const history = [decided('R1'), decided('R2'), decided('R2'), completed('R2')]
    const { last, begun, next } = fold(assignmentRun, history)
    expect(last).toMatchObject({ runId: id('R2'), from: 1, trigger: 'manual' })
    expect(begun).toBeUndefined()
    expect(next).toBe(4)
  })

  test.prop([fc.nat({ max: 700 }), fc.nat({ max: 700 })])(
    'of any size comes in parts that fit, and that tell all of it in order',
    (many, others) => {
      const plan: Plan = {
        assigned: Array.from({ length: many }, (_, index) => taken(index)),
        left: Array.from({ length: others }, (_, index) => waits(many + index)),
      }
      const outcome = assignmentRun.decide(recording('R1', plan), assignmentRun.initialState)
      const events = E.isRight(outcome) ? outcome.right : []
      const parts = events.flatMap((event) =>
        event.type === 'AssignmentsDecided' ? [event.data] : [],
      )
      expect(parts.flatMap(({ assigned }) => assigned)).toEqual(plan.assigned)
      expect(parts.flatMap(({ left }) => left)).toEqual(plan.left)
      for (const event of events) {
        expect(JSON.stringify(event.data).length).toBeLessThan(64 * 1024)
        expect(E.isRight(assignmentRunCodec.decode(assignmentRunCodec.encode(event)))).toBe(true)
      }
    },
  )
})

describe('setting up', () => {
  const settingUp = (settings: Partial<AssignmentRunState['settings']>) =>
    ({ type: 'ConfigureAssignment', data: { settings, occurredAt } }) as const

  it('tells what changes, and nothing that is so already', () => {
    given()
      .when(settingUp({ mode: 'manual', duplicates: 'skip' }))
      .thenNothing()
    given()
      .when(settingUp({ mode: 'scheduled', every: 'PT15M', duplicates: 'skip' }))
      .thenEvents({ type: 'AssignmentConfigured', data: { mode: 'scheduled', every: 'PT15M' } })
    given({ type: 'AssignmentConfigured', data: { maxAgeDays: 7 } })
      .when({
        type: 'ConfigureAssignment',
        data: { settings: { maxAgeDays: null }, occurredAt },
      })
      .thenEvents({ type: 'AssignmentConfigured', data: { maxAgeDays: null } })
  })

  it('has an order in time of its own, apart from that of runs', () => {
    given({ ...completed('R1'), occurredAt: '2026-02-09T08:00:00.000Z' })
      .when(settingUp({ mode: 'scheduled' }))
      .thenEvents({ type: 'AssignmentConfigured', data: { mode: 'scheduled' } })
    given({ type: 'AssignmentConfigured', data: { mode: 'scheduled' }, occurredAt })
      .when({
        type: 'ConfigureAssignment',
        data: { settings: { mode: 'manual' }, occurredAt: earlier },
      })
      .thenFails({ type: 'OccurredTooEarly', last: occurredAt })
  })
})

describe('stored events of assignment', () => {
  /** One event of each stored type, as the log keeps it. Never edited: only added to. */
  const samples: readonly StoredShape[] = JSON.parse(
    readFileSync(new URL('samples.json', import.meta.url), 'utf8'),
  )

  it.for(samples)('$type can be read for ever', (sample) => {
    const event = assignmentRunCodec.decode(sample)
    expect(E.map(assignmentRunCodec.encode)(event)).toEqual(E.right(sample))
  })

  it('have a sample of every type that is written now', () => {
    expect(Object.values(assignmentRunCodec.storedTypes)).toEqual(samples.map(({ type }) => type))
  })
})
