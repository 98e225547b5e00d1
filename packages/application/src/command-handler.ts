/**
 * The way of every command: load, decide, append. A refusal leaves no trace; when somebody else was
 * faster the command is decided again on the new state, unless the caller named a revision.
 *
 * @module
 */
import { aggregates } from '@forsat/domain'
import { localDate } from '@forsat/domain/time'
import {
  type Append,
  type EventStore,
  type NewEvent,
  noStream,
  type Recorder,
} from '@forsat/event-store'
import * as E from 'fp-ts/lib/Either.js'
import { type Aggregate, type Aggregates, evolved, fresh, type StateOf } from './aggregate.ts'
import {
  answered,
  type Claim,
  claimOf,
  commandDigest,
  type KeptOutcome,
  recordOf,
} from './command-memory.ts'
import { beforeSettling, companySettings } from './company.ts'
import type { Acting, Outcome } from './context.ts'
import type { Facts } from './facts.ts'
import { notFound, type Refusal } from './refusal.ts'
import { type Prepared, prepared, requestOf, type Step } from './request.ts'
import type { DomainEvent, Setting, UseCase } from './use-case.ts'

/** What was appended, so that policies can follow. */
export interface Handled extends Outcome {
  readonly company: string | undefined
  readonly actor: string
  readonly correlationId: string
  readonly facts: readonly (DomainEvent & { readonly id: string; readonly occurredAt: string })[]
}

interface Decided extends DomainEvent {
  readonly occurredAt: string
  /** Whose keys seal its personal fields. */
  readonly contact: string | undefined
}

/** How often a command is decided anew while others are faster. */
const attempts = 50

export interface CommandHandler {
  /** Whether the commands would be taken now, or have been already; nothing is done. */
  attempt(steps: readonly Step[], context: Acting): Promise<E.Either<Refusal, void>>
  handle(steps: readonly Step[], context: Acting): Promise<E.Either<Refusal, Handled>>
}

export interface CommandHandlerOptions {
  readonly store: EventStore
  readonly recorder: Recorder
  readonly aggregates: Aggregates
  readonly facts: Facts
  readonly useCases: ReadonlyMap<string, UseCase>
  readonly clock: { now(): string }
  readonly ids: { next(): string }
}

export const commandHandler = ({
  store,
  recorder,
  aggregates: loaded,
  facts,
  useCases,
  clock,
  ids,
}: CommandHandlerOptions): CommandHandler => {
  /** The record to act on, where the caller may see it; else it is as if it were not there. */
  const find = async (
    { useCase: { category, kind }, input }: Prepared,
    { company, companies }: Acting,
  ): Promise<E.Either<Refusal, Aggregate>> => {
    if (kind === 'create') {
      const given = typeof input['id'] === 'string' ? input['id'] : undefined
      const taken =
        given !== undefined && (await loaded.load(category, given)).revision !== noStream
      if (taken) return E.left({ type: 'AlreadyExists' })
      const id = given ?? ids.next()
      const owner = category === 'company' ? id : company
      if (owner === undefined) return E.left({ type: 'CompanyRequired' })
      return E.right({ ...fresh(category, id), company: owner })
    }
    const aggregate = await loaded.load(category, String(input['id']))
    const visible = companies ?? (company === undefined ? undefined : [company])
    const hidden = visible !== undefined && !visible.includes(aggregate.company ?? '')
    return aggregate.revision === noStream || hidden ? notFound : E.right(aggregate)
  }

  const settingOf = async (
    occurredAt: string,
    aggregate: Aggregate,
    { actor }: Acting,
  ): Promise<E.Either<Refusal, Setting>> => {
    const owner = await loaded.load('company', aggregate.company ?? '')
    const isNew = aggregate.category === 'company' && aggregate.revision === noStream
    const company = isNew ? beforeSettling(owner) : companySettings(owner)
    if (company === undefined) return notFound
    const when = { occurredAt, occurredOn: localDate(occurredAt, company.zone) }
    return E.right({ when, actor, company, facts, ids })
  }

  /** The events of all steps, each decided on the state that those before it left. */
  const decide = async (
    asked: readonly Prepared[],
    start: Aggregate,
    now: string,
    context: Acting,
  ): Promise<
    E.Either<Refusal, { readonly events: readonly Decided[]; readonly after: Aggregate }>
  > => {
    const events: Decided[] = []
    let aggregate = start
    for (const { useCase, input, occurredAt: told } of asked) {
      // A clock that was set back must not make "now" come before what has happened already.
      const occurredAt = told ?? (aggregate.latest > now ? aggregate.latest : now)
      const setting = await settingOf(occurredAt, aggregate, context)
      if (E.isLeft(setting)) return setting
      const decided = await useCase.decide(input, aggregate, setting.right)
      if (E.isLeft(decided)) return decided
      for (const event of decided.right) {
        const happened = { ...event, occurredAt }
        aggregate = evolved(aggregate, happened)
        events.push({ ...happened, contact: contactOf(aggregate) })
      }
    }
    return E.right({ events, after: aggregate })
  }

  const append = async (
    aggregate: Aggregate,
    events: readonly Decided[],
    claim: Claim | undefined,
    context: Acting,
  ) => {
    const { category, id, stream, revision, company } = aggregate
    const minted = events.map((event) => ({ ...event, id: ids.next() }))
    const sealed: readonly NewEvent[] = await recorder.record(
      minted.map(({ type, data, id: eventId, occurredAt, contact }, index) => ({
        event: { type, data },
        codec: aggregates[category].codec,
        stream,
        revision: revision + 1 + index,
        id: eventId,
        occurredAt,
        subjects: { record: id, contact },
      })),
    )
    const outcome: KeptOutcome = {
      id,
      stream,
      revision: revision + minted.length,
      events: minted.map(({ id: eventId, type }) => ({ id: eventId, type })),
    }
    const first = minted[0]?.id ?? id
    const request: Append = {
      stream,
      expectedRevision: revision,
      events: sealed,
      metadata: {
        ...(company === undefined ? {} : { company }),
        actor: context.actor,
        ...(context.onBehalfOf === undefined ? {} : { onBehalfOf: context.onBehalfOf }),
        correlationId: context.correlationId ?? first,
        ...(context.causationId === undefined ? {} : { causationId: context.causationId }),
        command: commandDigest(claim, first),
        ...(context.trace === undefined ? {} : { trace: context.trace }),
      },
      ...(claim === undefined ? {} : { command: recordOf(claim, outcome) }),
    }
    const appended = await store.append(request)
    return { appended, outcome, minted, correlationId: request.metadata.correlationId }
  }

  /** An answer from memory has its position looked up: it was not known when it was written down. */
  const recalled = async (kept: KeptOutcome): Promise<E.Either<Refusal, Handled>> => {
    const last = kept.events.at(-1)
    const position = last === undefined ? 0 : ((await store.find(last.id))?.position ?? 0)
    return E.right({ ...kept, position, ...nothingNew })
  }

  return {
    attempt: async (steps, context) => {
      const now = clock.now()
      const checked = prepared(steps, context, now, useCases)
      if (E.isLeft(checked)) return checked
      const claim = claimOf(requestOf(steps, checked.right[0]), context)
      if (claim && (await store.commands.find(claim.scope, claim.key))) return E.right(undefined)
      const found = await find(checked.right[0], context)
      if (E.isLeft(found)) return found
      const decided = await decide(checked.right, found.right, now, context)
      return E.isLeft(decided) ? decided : E.right(undefined)
    },

    handle: async (steps, context) => {
      const now = clock.now()
      const checked = prepared(steps, context, now, useCases)
      if (E.isLeft(checked)) return checked
      const claim = claimOf(requestOf(steps, checked.right[0]), context)
      for (let attempt = 1; ; attempt += 1) {
        const known = claim && (await store.commands.find(claim.scope, claim.key))
        if (claim !== undefined && known !== undefined) {
          const kept = answered(claim, known)
          return E.isLeft(kept) ? kept : recalled(kept.right)
        }

        const found = await find(checked.right[0], context)
        if (E.isLeft(found)) return found
        const aggregate = found.right
        const { revision, stream } = aggregate
        const { expectedRevision = revision } = context
        if (expectedRevision !== revision) {
          const conflict = { stream, expected: expectedRevision, current: revision }
          return E.left({ type: 'RevisionConflict', ...conflict })
        }

        const decided = await decide(checked.right, aggregate, now, context)
        if (E.isLeft(decided)) return decided
        const { events, after } = decided.right
        const { id, position, company } = aggregate
        if (events.length === 0) {
          const kept: KeptOutcome = { id, stream, revision, events: [] }
          if (claim !== undefined) await store.commands.remember(recordOf(claim, kept))
          return E.right({ ...kept, position, ...nothingNew })
        }

        const written = await append(aggregate, events, claim, context)
        if (E.isRight(written.appended)) {
          const { revision: at, position: last } = written.appended.right
          loaded.keep({ ...after, revision: at, position: last })
          const { outcome, minted, correlationId } = written
          const { actor } = context
          const what = { company, actor, correlationId, facts: minted }
          return E.right({ ...outcome, position: last, ...what })
        }
        const refusal = written.appended.left
        if (refusal.type === 'EventIdTaken') throw new Error(`the event id ${refusal.id} is taken`)
        if (refusal.type === 'RevisionConflict') {
          if (context.expectedRevision !== undefined || attempt >= attempts) return E.left(refusal)
        }
      }
    },
  }
}

const nothingNew = { company: undefined, actor: '', correlationId: '', facts: [] } as const

/** The contact whose key seals what is personal to a contact. */
const contactOf = ({ category, id, state }: Aggregate): string | undefined => {
  if (category === 'contact') return id
  if (category !== 'opportunity') return undefined
  const opportunity = state as StateOf<'opportunity'>
  return 'facts' in opportunity ? opportunity.facts.described.contactId : undefined
}
