/**
 * What may be asked of the assignment of a company, and what follows from a run.
 *
 * @module
 */
import { AssignmentPlan, AssignmentSettings, RunBasis, Ulid } from '@forsat/domain'
import * as E from 'fp-ts/lib/Either.js'
import * as z from 'zod'
import type { CompanySettings } from '../company.ts'
import { target } from '../input.ts'
import type { Refusal } from '../refusal.ts'
import { useCase } from '../use-case.ts'

const { mode, every, duplicates, maxAgeDays } = AssignmentSettings.shape

/** Whether a company assigns by rules at all. */
export const isAssigning = ({ policies }: Pick<CompanySettings, 'policies'>): boolean =>
  policies.features.assignment

export const assignmentOff: E.Either<Refusal, never> = E.left({
  type: 'FeatureOff',
  feature: 'assignment',
})

/** Nothing is left to do: somebody has decided otherwise meanwhile. */
const nothing = E.right(undefined)

export const assignmentUseCases = [
  /** As a whole: what is left out is as usual. */
  useCase({
    name: 'ConfigureAssignment',
    category: 'assignmentrun',
    kind: 'open',
    input: z.strictObject({
      ...target,
      mode,
      every: every.default('PT1H'),
      duplicates: duplicates.default('skip'),
      maxAgeDays: maxAgeDays.nullable(),
    }),
    command: ({ id: _id, maxAgeDays: limit = null, ...chosen }, { when, company }) =>
      isAssigning(company)
        ? E.right({
            type: 'ConfigureAssignment',
            data: { settings: { ...chosen, maxAgeDays: limit }, occurredAt: when.occurredAt },
          })
        : assignmentOff,
  }),
  /** A run as it was planned; `RunAssignment` plans one. */
  useCase({
    name: 'RecordAssignmentRun',
    category: 'assignmentrun',
    kind: 'open',
    input: z.strictObject({ ...target, runId: Ulid, basis: RunBasis, plan: AssignmentPlan }),
    command: ({ id: _id, ...run }, { when: { occurredAt }, company }) =>
      isAssigning(company)
        ? E.right({ type: 'RecordAssignmentRun', data: { ...run, occurredAt } })
        : assignmentOff,
  }),
  useCase({
    name: 'AssignByRun',
    category: 'opportunity',
    input: z.strictObject({ ...target, teamId: Ulid, userId: Ulid, causedBy: Ulid.optional() }),
    command: ({ teamId, userId: salespersonId }, { when }, { state }) => {
      if (state.outcome !== 'open' || state.facts.salespersonId !== undefined) return nothing
      return E.right({ type: 'AssignOpportunity', data: { ...when, teamId, salespersonId } })
    },
  }),
  useCase({
    name: 'JoinByRun',
    category: 'opportunity',
    input: z.strictObject({ ...target, into: Ulid, causedBy: Ulid.optional() }),
    command: async ({ id, into }, { when, company, facts }, { state }) => {
      if (state.outcome !== 'open' || state.facts.salespersonId !== undefined) return nothing
      const survivor = await facts.survivor(into, company.id)
      if (survivor?.state.outcome !== 'open' || survivor.id === id) return nothing
      return E.right({
        type: 'MergeOpportunity',
        data: { ...when, id, into: survivor.id, survivor: survivor.state },
      })
    },
  }),
] as const
