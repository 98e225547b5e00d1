/**
 * The assignment of a company: how it is set up, and one run after another. A run is decided elsewhere,
 * purely, and recorded here: a slower one finds the stream moved on and has to plan anew.
 *
 * @module
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Decider } from '../decider.ts'
import type { Ulid } from '../id.ts'
import type { DataOf } from '../message.ts'
import { changesIn, isEmpty, patched } from '../patch.ts'
import { isTooEarly, tooEarly, type When } from '../refusal.ts'
import type { Instant } from '../time/instant.ts'
import type { AssignmentRunEvent, AssignmentSettings, RunBasis } from './events.ts'
import { partsOfPlan } from './parts.ts'
import type { LeftOver, Plan } from './plan.ts'

type Changes = DataOf<AssignmentRunEvent, 'AssignmentConfigured'>

export type AssignmentRunCommand =
  | {
      readonly type: 'ConfigureAssignment'
      readonly data: { readonly settings: Changes } & When
    }
  | {
      readonly type: 'RecordAssignmentRun'
      readonly data: { readonly runId: Ulid; readonly basis: RunBasis; readonly plan: Plan } & When
    }

export interface AssignmentRunState {
  readonly settings: AssignmentSettings
  /** When it was last set up, where that is known. */
  readonly settingsLast: Instant | undefined
  /** The run that was recorded last. */
  readonly last: Run | undefined
  /** Parts of a run that is not summed up yet. */
  readonly begun: Parts | undefined
  /** The revision that the next event gets. */
  readonly next: number
}

/** Where in the stream the parts of a run stand. */
interface Parts {
  readonly runId: Ulid
  readonly from: number
}

interface Run extends Parts {
  readonly trigger: RunBasis['trigger']
  readonly at: Instant | undefined
}

export type AssignmentRunRefusal =
  | { readonly type: 'OccurredTooEarly'; readonly last: Instant }
  | { readonly type: 'AlreadyExists' }

type AssignmentRun = Decider<
  AssignmentRunCommand,
  AssignmentRunState,
  AssignmentRunEvent,
  AssignmentRunRefusal
>

/** How a company assigns that has said nothing: by hand, and no sale ends without a person's word. */
const usualAssignment: AssignmentSettings = {
  mode: 'manual',
  every: 'PT1H',
  duplicates: 'skip',
}

const decide: AssignmentRun['decide'] = ({ type, data }, state) => {
  switch (type) {
    case 'ConfigureAssignment': {
      if (isTooEarly(data, state.settingsLast)) return tooEarly(state.settingsLast)
      const changes = changesIn(state.settings, data.settings)
      return E.right(isEmpty(changes) ? [] : [{ type: 'AssignmentConfigured', data: changes }])
    }
    case 'RecordAssignmentRun': {
      const { runId, basis, plan } = data
      if (isTooEarly(data, state.last?.at)) return tooEarly(state.last.at)
      if (state.last?.runId === runId) return E.left({ type: 'AlreadyExists' })
      return E.right([...decided(runId, plan), completed(runId, basis, plan)])
    }
  }
}

const decided = (runId: Ulid, plan: Plan): readonly AssignmentRunEvent[] =>
  partsOfPlan(plan).map(({ assigned, left }) => ({
    type: 'AssignmentsDecided',
    data: { runId, assigned: [...assigned], left: [...left] },
  }))

const completed = (runId: Ulid, basis: RunBasis, { assigned, left }: Plan): AssignmentRunEvent => ({
  type: 'AssignmentRunCompleted',
  data: {
    runId,
    ...basis,
    counts: { assigned: assigned.length, left: left.length },
    left: countsByReason(left),
  },
})

const countsByReason = (
  left: readonly LeftOver[],
): DataOf<AssignmentRunEvent, 'AssignmentRunCompleted'>['left'] =>
  [...Map.groupBy(left, ({ reason }) => reason.code)]
    .map(([code, all]) => ({ code, count: all.length }))
    .toSorted((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1))

const evolve: AssignmentRun['evolve'] = (state, { type, data, occurredAt }) => {
  const next = state.next + 1
  switch (type) {
    case 'AssignmentConfigured':
      return {
        ...state,
        next,
        settings: patched(state.settings, data),
        settingsLast: occurredAt,
      }
    case 'AssignmentsDecided': {
      const isFirst = state.begun?.runId !== data.runId
      return {
        ...state,
        next,
        begun: isFirst ? { runId: data.runId, from: state.next } : state.begun,
      }
    }
    case 'AssignmentRunCompleted': {
      const { runId, trigger } = data
      const from = state.begun?.runId === runId ? state.begun.from : state.next
      return { ...state, next, begun: undefined, last: { runId, from, trigger, at: occurredAt } }
    }
  }
}

export const assignmentRun: AssignmentRun = {
  initialState: {
    settings: usualAssignment,
    settingsLast: undefined,
    last: undefined,
    begun: undefined,
    next: 0,
  },
  decide,
  evolve,
}
