/**
 * Forsat in one piece: a store, its read models and the use cases over them.
 *
 * @module
 */
import { type EventStore, recorder, type SubjectKeys } from '@forsat/event-store'
import { memoryKeys } from '@forsat/event-store/memory'
import {
  createProjections,
  type Projections,
  type Queries,
  type RebuildSource,
} from '@forsat/projections'
import * as E from 'fp-ts/lib/Either.js'
import { aggregatesOf } from './aggregate.ts'
import { commandHandler } from './command-handler.ts'
import { acting, type Context, type Outcome } from './context.ts'
import { factsOf } from './facts.ts'
import type { Ids } from './ids.ts'
import { mergeOpportunities } from './opportunity/merge.ts'
import { policyRunner } from './policy-runner.ts'
import { codecs, readerOf } from './reading.ts'
import type { Refusal } from './refusal.ts'
import type { AnyCommand, Step } from './request.ts'
import { claimsOf, turns } from './turns.ts'
import { type Command, useCases } from './use-cases.ts'

export interface ForsatOptions {
  readonly store: EventStore
  /** The file of the read models; by default they are kept in memory and made at each start. */
  readonly readModels?: string
  /** The keys of personal data. By default they are kept in memory: fit for a store that is, too. */
  readonly keys?: SubjectKeys
  readonly clock: { now(): string }
  readonly ids: Ids
  /** How a worker opens the log for a rebuild; without it rebuilds go on here, in small steps. */
  readonly rebuildSource?: RebuildSource
  /** Told what a person should know of: a policy that starts without a checkpoint, a reader that stops. */
  readonly report?: (message: string) => void
}

export interface Forsat extends AsyncDisposable {
  /** Carries a command out: decided, durable, and with what follows by policy done. */
  execute(command: Command, context: Context): Promise<E.Either<Refusal, Outcome>>
  /** As `execute`, for a command from outside that nobody has checked yet. */
  executeUnchecked(command: AnyCommand, context: Context): Promise<E.Either<Refusal, Outcome>>
  /**
   * Carries several commands to one record out as one: each is decided on what those before it left,
   * all their events are appended together or none is. The first may make the record, under the id
   * that all of them name.
   */
  executeTogether(steps: readonly Step[], context: Context): Promise<E.Either<Refusal, Outcome>>
  /** The read models, asked as they are now: `settle` first to see what was just written. */
  readonly query: Queries
  readonly projections: Projections
  /** Whether the read models have seen the log up to a position, by default its head. */
  settle(position?: number, timeoutMs?: number): Promise<boolean>
  readonly store: EventStore
  readonly clock: { now(): string }
  readonly ids: Ids
}

/** How long an answer waits for the read models that it needs. */
const patienceMs = 2000

export const createForsat = async ({
  store,
  readModels = ':memory:',
  keys = memoryKeys(),
  clock,
  ids,
  rebuildSource,
  report = () => {},
}: ForsatOptions): Promise<Forsat> => {
  const events = recorder({ keys, codecs })
  const read = readerOf(events)
  const projections = await createProjections({
    store,
    read,
    path: readModels,
    ...(rebuildSource === undefined ? {} : { rebuildSource }),
  })
  const aggregates = aggregatesOf(store, readerOf(events, { check: true }))
  const facts = factsOf(aggregates, projections.query)
  const handler = commandHandler({
    store,
    recorder: events,
    aggregates,
    facts,
    useCases,
    clock,
    ids,
  })
  const runner = policyRunner({ store, handler, aggregates, read, report })

  const carryOut: Forsat['executeTogether'] = async (steps, context) => {
    const handled = await handler.handle(steps, acting(context))
    if (E.isLeft(handled)) return handled
    const { id, stream, revision, events: caused } = handled.right
    const position = await runner.follow(handled.right)
    return E.right({ id, stream, revision, position, events: caused })
  }
  const settle: Forsat['settle'] = async (position, timeoutMs = patienceMs) =>
    projections.waitFor(position ?? (await store.head()), { timeoutMs })
  const inTurn = turns(() => settle())
  const executeTogether: Forsat['executeTogether'] = (steps, context) =>
    inTurn(claimsOf(steps, context), () => carryOut(steps, context))
  const executeUnchecked: Forsat['executeUnchecked'] = (command, context) =>
    command.type === 'MergeOpportunities'
      ? mergeOpportunities(command.data, acting(context), { handler, aggregates, executeTogether })
      : executeTogether([{ command }], context)

  return {
    execute: executeUnchecked,
    executeUnchecked,
    executeTogether,
    query: projections.query,
    projections,
    settle,
    store,
    clock,
    ids,
    [Symbol.asyncDispose]: async () => {
      await runner[Symbol.asyncDispose]()
      await projections[Symbol.asyncDispose]()
      await store[Symbol.asyncDispose]()
    },
  }
}
