/**
 * A run planned again from the history that it rested on, for whoever wants to know that nobody was
 * favoured.
 *
 * @module
 */
import { type Assigned, type LeftOver, type Plan, plan } from '@forsat/domain'
import type { EventStore } from '@forsat/event-store'
import { canonical } from '@forsat/ledger'
import type { Projections } from '@forsat/projections'
import * as E from 'fp-ts/lib/Either.js'
import type { Acting } from '../context.ts'
import type { Refusal } from '../refusal.ts'
import { digestOf, situationOf } from './situation.ts'

type Decision = Assigned | LeftOver

/** A lead of which the recorded plan and the one made again say different things. */
export interface DecidedOtherwise {
  readonly opportunityId: string
  readonly recorded?: Decision | undefined
  readonly replayed?: Decision | undefined
}

export interface RunReplay {
  readonly id: string
  readonly seed: number
  readonly counts: { readonly assigned: number; readonly left: number }
  /** Of the facts: as the run recorded it, and as they are found again. */
  readonly digest: { readonly recorded: string; readonly replayed: string }
  /** Empty where the same facts led to the same plan. */
  readonly differences: readonly DecidedOtherwise[]
}

interface Means {
  readonly store: Pick<EventStore, 'find'>
  readonly projections: Pick<Projections, 'query' | 'replay'>
}

/**
 * Reads the log up to the last input of the run into memory. Where personal data was erased since, two
 * leads that were one sale may no longer be known as such, and the difference says so.
 */
export const replayRun = async (
  id: string,
  { company = '' }: Acting,
  { store, projections }: Means,
): Promise<E.Either<Refusal, RunReplay>> => {
  const { assignment } = projections.query
  const run = await assignment.run(id, { company })
  const recorded = await assignment.decisions(id, { company })
  if (run === undefined || recorded === undefined) return E.left({ type: 'NotFound' })
  const input = run.lastInput === undefined ? undefined : await store.find(run.lastInput)
  using past = await projections.replay({ position: input?.position ?? 0 })
  const known = await situationOf(company, run, past.query)
  if (known === undefined) throw new Error(`run ${id} rests on events that the log does not have`)
  const { seed, counts, digest } = run
  return E.right({
    id,
    seed,
    counts,
    digest: { recorded: digest, replayed: digestOf(known.situation) },
    differences: differencesOf(recorded, plan(known.situation)),
  })
}

const differencesOf = (recorded: Plan, replayed: Plan): readonly DecidedOtherwise[] => {
  const [before, after] = [decisionsOf(recorded), decisionsOf(replayed)]
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((opportunityId) => ({
      opportunityId,
      recorded: before.get(opportunityId),
      replayed: after.get(opportunityId),
    }))
    .filter(({ recorded: one, replayed: other }) => textOf(one) !== textOf(other))
}

const decisionsOf = ({ assigned, left }: Plan): ReadonlyMap<string, Decision> =>
  new Map([...assigned, ...left].map((decision) => [decision.opportunityId, decision]))

const textOf = (decision: Decision | undefined): string =>
  decision === undefined ? '' : canonical(JSON.parse(JSON.stringify(decision)))
