/**
 * Runs of assignment: by hand, on a schedule, or only tried out. Whoever is slower finds that the
 * stream of runs has moved on and plans anew, on what the faster one has left.
 *
 * @module
 */
import { randomInt } from 'node:crypto'
import {
  type AssignmentSettings,
  type Plan,
  plan,
  type RunBasis,
  Seed,
  type Situation,
  Ulid,
} from '@forsat/domain'
import { localDate } from '@forsat/domain/time'
import type { Queries } from '@forsat/projections'
import * as E from 'fp-ts/lib/Either.js'
import * as z from 'zod'
import type { Aggregates } from '../aggregate.ts'
import { everyCompany } from '../companies.ts'
import { companySettings } from '../company.ts'
import type { Acting, Outcome } from '../context.ts'
import { derivedId } from '../derived-id.ts'
import { invalid, issuesOf, type Refusal } from '../refusal.ts'
import type { Step } from '../request.ts'
import { isDue } from './schedule.ts'
import { digestOf, situationOf } from './situation.ts'
import { assignmentOff, isAssigning } from './use-cases.ts'

/** Of one team or of all, from a seed or from one that is drawn. */
export const RunAssignment = z.strictObject({ teamId: Ulid.optional(), seed: Seed.optional() })

/** The stream of all runs of a company, and of how it assigns. */
const assignmentOf = (company: string): string => derivedId(company, 'assignment')

/** What nobody has carried out. */
export interface Planned extends Plan {
  readonly seed: number
}

export interface Assignment {
  of(company: string): Promise<{ readonly id: string; readonly settings: AssignmentSettings }>
  /** The plan that a run would carry out now. */
  try(data: object, context: Acting): Promise<E.Either<Refusal, Planned>>
  run(data: object, context: Acting): Promise<E.Either<Refusal, Outcome>>
  /** The runs whose time has come, in one company or in all; one that would deal nothing is none. */
  runDue(context: Acting): Promise<{ readonly runs: readonly string[] }>
}

export interface AssignmentMeans {
  readonly aggregates: Aggregates
  readonly query: Queries
  readonly settle: () => Promise<unknown>
  /** Does what the last run decided, where whoever recorded it was stopped. */
  readonly finish: (assignment: string) => Promise<unknown>
  readonly executeTogether: (
    steps: readonly Step[],
    context: Acting,
  ) => Promise<E.Either<Refusal, Outcome>>
  readonly clock: { now(): string }
  readonly ids: { next(): string }
}

/** How often a run is planned anew while others are faster. */
const attempts = 50

interface Ready {
  readonly basis: RunBasis
  readonly situation: Situation
  /** Of the stream of runs, as it was when the facts were looked up. */
  readonly revision: number
}

export const assignmentBy = (means: AssignmentMeans): Assignment => {
  const { aggregates, query, settle, finish, executeTogether, clock, ids } = means
  /** When each company was last looked after, so that a run that deals nothing is not tried all the time. */
  const lookedAfter = new Map<string, string>()

  const ready = async (
    trigger: RunBasis['trigger'],
    { teamId, seed }: { readonly teamId?: string | undefined; readonly seed: number },
    { company: id, occurredAt }: Acting,
  ): Promise<E.Either<Refusal, Ready>> => {
    if (id === undefined) return E.left({ type: 'CompanyRequired' })
    const company = companySettings(await aggregates.load('company', id))
    if (company === undefined) return E.left({ type: 'NotFound' })
    if (!isAssigning(company)) return assignmentOff
    await finish(assignmentOf(id))
    const { revision, state } = await aggregates.load('assignmentrun', assignmentOf(id))
    await settle()
    if (teamId !== undefined && (await query.teams.get(teamId, { company: id })) === undefined) {
      return invalid('/teamId', 'is no team of this company')
    }
    const today = localDate(occurredAt ?? clock.now(), company.zone)
    const known = await situationOf(id, { ...state.settings, today, seed, trigger, teamId }, query)
    if (known === undefined) return E.left({ type: 'NotFound' })
    const { situation, lastInput } = known
    const { duplicates, maxAgeDays } = situation
    const basis = {
      trigger,
      seed,
      today,
      duplicates,
      digest: digestOf(situation),
      ...(teamId !== undefined && { teamId }),
      ...(maxAgeDays !== undefined && { maxAgeDays }),
      ...(lastInput !== undefined && { lastInput }),
    }
    return E.right({ basis, situation, revision })
  }

  const parsed = (data: object) => {
    const request = RunAssignment.safeParse(data)
    if (!request.success) {
      return E.left<Refusal>({ type: 'InvalidRequest', errors: issuesOf(request.error) })
    }
    const { teamId, seed = randomInt(2 ** 32) } = request.data
    return E.right({ teamId, seed })
  }

  const run = async (
    trigger: RunBasis['trigger'],
    data: object,
    context: Acting,
  ): Promise<E.Either<Refusal, Outcome | undefined>> => {
    const request = parsed(data)
    if (E.isLeft(request)) return request
    for (let attempt = 1; ; attempt += 1) {
      const facts = await ready(trigger, request.right, context)
      if (E.isLeft(facts)) return facts
      const { basis, situation, revision } = facts.right
      const made = plan(situation)
      if (trigger === 'scheduled' && !changesAnything(made)) return E.right(undefined)
      const id = assignmentOf(context.company ?? '')
      const record = { id, runId: ids.next(), basis, plan: made }
      // A repeat plans anew: it is known by what was asked, not by what came of it.
      const outcome = await executeTogether(
        [{ command: { type: 'RecordAssignmentRun', data: record } }],
        {
          ...context,
          expectedRevision: revision,
          request: context.request ?? { type: 'RunAssignment', data },
        },
      )
      if (E.isRight(outcome)) return outcome
      if (outcome.left.type !== 'RevisionConflict' || attempt >= attempts) return outcome
      // Another instance was faster: on a schedule that is the run.
      if (trigger === 'scheduled') return E.right(undefined)
    }
  }

  return {
    of: async (company) => {
      const id = assignmentOf(company)
      return { id, settings: (await aggregates.load('assignmentrun', id)).state.settings }
    },
    try: async (data, context) => {
      const request = parsed(data)
      if (E.isLeft(request)) return request
      const facts = await ready('manual', request.right, context)
      return E.map(({ situation }: Ready) => ({ seed: request.right.seed, ...plan(situation) }))(
        facts,
      )
    },
    run: async (data, context) => {
      const outcome = await run('manual', data, context)
      if (E.isLeft(outcome)) return outcome
      if (outcome.right === undefined) throw new Error('a run by hand was left out')
      return E.right(outcome.right)
    },
    runDue: async (context) => {
      const companies =
        context.company === undefined ? await everyCompany(query) : [context.company]
      const runs: string[] = []
      for (const company of companies) {
        const { state } = await aggregates.load('assignmentrun', assignmentOf(company))
        const now = clock.now()
        if (!isDue(state, lookedAfter.get(company), now)) continue
        lookedAfter.set(company, now)
        const outcome = await run(
          'scheduled',
          {},
          { ...context, company, idempotencyKey: undefined },
        )
        const last = E.isRight(outcome) ? outcome.right?.events.at(-1) : undefined
        if (last !== undefined) runs.push(last.id)
      }
      return { runs }
    },
  }
}

const changesAnything = ({ assigned, left }: Plan): boolean =>
  assigned.length > 0 || left.some(({ reason }) => reason.code === 'duplicate' && reason.joined)
