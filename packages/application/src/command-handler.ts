/**
 * The way of every command: load, decide, append. A refusal leaves no trace; when somebody else was
 * faster the command is decided again on the new state, unless the caller named a revision or meant a
 * record that stood otherwise.
 *
 * @module
 */
import { aggregates, sealedPeriodOf } from '@forsat/domain'
import { localDate } from '@forsat/domain/time'
import {
  type Append,
  type EventStore,
  EventTooLarge,
  type NewEvent,
  noStream,
  type Recorder,
} from '@forsat/event-store'
import * as E from 'fp-ts/lib/Either.js'
import { type Aggregate, type Aggregates, evolved, fresh } from './aggregate.ts'
import {
  answered,
  type Claim,
  claimOf,
  commandDigest,
  type KeptOutcome,
  recordOf,
} from './command-memory.ts'
import { beforeSettling, companySettings } from './company.ts'
import { contactOf } from './contact-of.ts'
import type { Acting, Outcome } from './context.ts'
import type { MailSettings } from './delivery/mailer.ts'
import type { Facts } from './facts.ts'
import { ledgerOf } from './ledger/use-cases.ts'
import type { Links } from './links.ts'
import { numbersFor } from './numbering/numbers.ts'
import { takerBy } from './numbering/taking.ts'
import { companiesOf, isHidden, managesAll, shared } from './owner.ts'
import { invalid, notFound, type Refusal, tooLarge } from './refusal.ts'
import { type Prepared, prepared, requestOf, type Step } from './request.ts'
import { isOvertaken } from './standing.ts'
import type { DomainEvent, Parent, Setting, UseCase } from './use-case.ts'

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

/** What a command would do: the record before and after it, and the circumstances. */
export interface Preview {
  readonly before: Aggregate
  readonly after: Aggregate
  readonly setting: Setting
}

export interface CommandHandler {
  /** Decides a command that takes nothing from elsewhere; nothing is recorded. */
  preview(step: Step, context: Acting): Promise<E.Either<Refusal, Preview>>
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
  readonly links: Links
  readonly mail: MailSettings | undefined
}

export const commandHandler = ({
  store,
  recorder,
  aggregates: loaded,
  facts,
  useCases,
  clock,
  ids,
  links,
  mail,
}: CommandHandlerOptions): CommandHandler => {
  /** The record to act on, where the caller may see it; else it is as if it were not there. */
  const find = async (
    { useCase: { category, kind, parent }, input }: Prepared,
    context: Acting,
  ): Promise<E.Either<Refusal, Aggregate>> => {
    const { company } = context
    if (kind === 'create') {
      const given = typeof input['id'] === 'string' ? input['id'] : undefined
      const taken =
        given !== undefined && (await loaded.load(category, given)).revision !== noStream
      if (taken) return E.left({ type: 'AlreadyExists' })
      const id = given ?? ids.next()
      const above = parent(input)
      if (above === shared) return sharedBy(fresh(category, id), context)
      const owner = above === undefined ? E.right(company) : await companyOf(above, context)
      if (E.isLeft(owner)) return owner
      const own = category === 'company' ? id : owner.right
      if (own === undefined) return E.left({ type: 'CompanyRequired' })
      return E.right({ ...fresh(category, id), company: own })
    }
    const aggregate = await loaded.load(category, String(input['id']))
    const { revision } = aggregate
    if (kind === 'open' && revision === noStream) {
      const above = parent(input)
      if (above === shared) return sharedBy(aggregate, context)
      const owner = above === undefined ? E.right(company) : await companyOf(above, context)
      return E.map((of: string | undefined) => ({ ...aggregate, company: of }))(owner)
    }
    if (revision === noStream || isHidden(aggregate, context)) return notFound
    return aggregate.company === undefined ? sharedBy(aggregate, context) : E.right(aggregate)
  }

  /** What companies share, acted on from one of them. */
  const sharedBy = async (
    aggregate: Aggregate,
    context: Acting,
  ): Promise<E.Either<Refusal, Aggregate>> => {
    if (context.company === undefined) return E.left({ type: 'CompanyRequired' })
    return (await managesAll(context, facts)) ? E.right(aggregate) : E.left({ type: 'Forbidden' })
  }

  /** A child always takes its parent's company. */
  const companyOf = async (
    { category, id, pointer }: Parent,
    context: Acting,
  ): Promise<E.Either<Refusal, string | undefined>> => {
    const aggregate = await loaded.load(category, id)
    const isThere = aggregate.revision !== noStream && !isHidden(aggregate, context)
    if (isThere) return E.right(aggregate.company)
    if (pointer === undefined) return notFound
    const known = category === 'company' ? 'that you act for' : 'of this company'
    return invalid(pointer, `is no ${category} ${known}`)
  }

  const settingOf = async (
    occurredAt: string,
    aggregate: Aggregate,
    context: Acting,
  ): Promise<E.Either<Refusal, Setting>> => {
    const { actor, manages } = context
    const owner = await loaded.load('company', aggregate.company ?? context.company ?? '')
    const isNew = aggregate.category === 'company' && aggregate.revision === noStream
    const company = isNew ? beforeSettling(owner) : companySettings(owner)
    if (company === undefined) return notFound
    const when = { occurredAt, occurredOn: localDate(occurredAt, company.zone) }
    const mayManage = manages === undefined || manages.includes(company.id)
    const numbers = numbersFor(company, when.occurredOn, take)
    const companies = companiesOf(context)
    const who = { actor, person: context.onBehalfOf ?? actor, companies, mayManage }
    return E.right({ when, ...who, company, facts, ids, numbers, links, mail })
  }

  /** The closed period of the company that something is said to have happened in. */
  const closedPeriod = async ({ company, when }: Setting) => {
    const { state } = await loaded.load('ledger', ledgerOf(company.id))
    return sealedPeriodOf(state, when.occurredOn)
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
      const occurredAt = momentOf(told, now, aggregate, context)
      const setting = await settingOf(occurredAt, aggregate, context)
      if (E.isLeft(setting)) return setting
      const isTold = told !== undefined && context.causationId === undefined
      const closed = isTold && !useCase.afterClosing && (await closedPeriod(setting.right))
      if (closed) return E.left({ type: 'PeriodSealed', period: closed.period })
      const decided = await useCase.decide(input, aggregate, setting.right)
      if (E.isLeft(decided)) return decided
      for (const event of decided.right) {
        const happened = { ...event, occurredAt }
        aggregate = evolved(aggregate, happened)
        events.push({ ...happened, contact: contactOf(aggregate, event) })
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
    const recording = recorder.record(
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
    const sealed = await recording.then(E.right<EventTooLarge, readonly NewEvent[]>, unlessDefect)
    if (E.isLeft(sealed)) return sealed
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
      events: sealed.right,
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
    const { correlationId } = request.metadata
    return E.right({ appended, outcome, minted, correlationId })
  }

  /** An answer from memory has its position looked up: it was not known when it was written down. */
  const recalled = async (kept: KeptOutcome): Promise<E.Either<Refusal, Handled>> => {
    const last = kept.events.at(-1)
    const position = last === undefined ? 0 : ((await store.find(last.id))?.position ?? 0)
    return E.right({ ...kept, position, ...nothingNew })
  }

  const handler: CommandHandler = {
    preview: async (step, context) => {
      const now = clock.now()
      const checked = prepared([step], context, now, useCases)
      if (E.isLeft(checked)) return checked
      const found = await find(checked.right[0], context)
      if (E.isLeft(found)) return found
      const before = found.right
      const decided = await decide(checked.right, before, now, context)
      if (E.isLeft(decided)) return decided
      const { after } = decided.right
      const setting = await settingOf(now, before, context)
      return E.map((known: Setting) => ({ before, after, setting: known }))(setting)
    },

    attempt: async (steps, context) => {
      const now = clock.now()
      const checked = prepared(steps, context, now, useCases)
      if (E.isLeft(checked)) return checked
      const claim = claimOf(() => requestOf(steps, checked.right[0]), context)
      if (claim && (await store.commands.find(claim.scope, claim.key))) return E.right(undefined)
      const found = await find(checked.right[0], context)
      if (E.isLeft(found)) return found
      const conflict = conflictWith(found.right, context)
      if (conflict !== undefined) return conflict
      const decided = await decide(checked.right, found.right, now, context)
      return E.isLeft(decided) ? decided : E.right(undefined)
    },

    handle: async (steps, context) => {
      const now = clock.now()
      const checked = prepared(steps, context, now, useCases)
      if (E.isLeft(checked)) return checked
      const claim = claimOf(() => requestOf(steps, checked.right[0]), context)
      let meant: Aggregate | undefined
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
        const refused = conflictWith(aggregate, context)
        const decided = refused ?? (await decide(checked.right, aggregate, now, context))
        if (E.isLeft(decided)) {
          // The same command may have been carried out by another call in between.
          if (claim && (await store.commands.find(claim.scope, claim.key))) continue
          return decided
        }
        const { events, after } = decided.right
        meant ??= aggregate
        // What follows by policy is meant of whatever it finds.
        if (context.causationId === undefined && isOvertaken(meant, aggregate, after)) {
          const conflict = { stream, expected: meant.revision, current: revision }
          return E.left({ type: 'RevisionConflict', ...conflict })
        }
        const { id, position, company } = aggregate
        if (events.length === 0) {
          const kept: KeptOutcome = { id, stream, revision, events: [] }
          if (claim !== undefined) await store.commands.remember(recordOf(claim, kept))
          return E.right({ ...kept, position, ...nothingNew })
        }

        const written = await append(aggregate, events, claim, context)
        if (E.isLeft(written)) {
          const inputs = checked.right.map(({ input }) => input)
          return tooLarge(inputs, written.left)
        }
        const { appended, outcome, minted, correlationId } = written.right
        if (E.isRight(appended)) {
          const { revision: at, position: last } = appended.right
          loaded.keep({ ...after, revision: at, position: last })
          const { actor } = context
          const what = { company, actor, correlationId, facts: minted }
          return E.right({ ...outcome, position: last, ...what })
        }
        const refusal = appended.left
        if (refusal.type === 'EventIdTaken') throw new Error(`the event id ${refusal.id} is taken`)
        if (refusal.type === 'RevisionConflict') {
          if (context.expectedRevision !== undefined || attempt >= attempts) return E.left(refusal)
        }
      }
    },
  }
  const take = takerBy((steps, context) => handler.handle(steps, context))
  return handler
}

/**
 * When it happens: as told, else now. A clock that was set back must not make "now" come before what
 * has happened already, nor may what follows from something that was told late.
 */
const momentOf = (
  told: string | undefined,
  now: string,
  { latest }: Aggregate,
  { causationId }: Acting,
): string => {
  const moment = told ?? now
  const mayYield = told === undefined || causationId !== undefined
  return mayYield && latest > moment ? latest : moment
}

/** An event that is too large is the caller's to mend; all else that fails at recording is a defect. */
const unlessDefect = (error: unknown): E.Either<EventTooLarge, never> => {
  if (error instanceof EventTooLarge) return E.left(error)
  throw error
}

/** Why a record is not to be acted on that the caller has seen in another revision. */
const conflictWith = (
  { stream, revision: current }: Aggregate,
  { expectedRevision: expected = current }: Acting,
): E.Left<Refusal> | undefined =>
  expected === current
    ? undefined
    : { _tag: 'Left', left: { type: 'RevisionConflict', stream, expected, current } }

const nothingNew = { company: undefined, actor: '', correlationId: '', facts: [] } as const
