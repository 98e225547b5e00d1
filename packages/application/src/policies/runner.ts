/**
 * What follows from an event is done at once, in the call that caused it. What a crash left undone a
 * durable subscription does later: it knows how far it has seen, and the memory of commands keeps it
 * from doing anything twice.
 *
 * @module
 */
import { setTimeout } from 'node:timers/promises'
import { type AssignmentRunEvent, type Plan, policies, type Reaction } from '@forsat/domain'
import type { EventStore, RecordedEvent, StoredEvent } from '@forsat/event-store'
import * as E from 'fp-ts/lib/Either.js'
import type { Aggregates } from '../aggregate.ts'
import { beginning, startingCommands } from '../catalogue/starting-set.ts'
import type { CommandHandler, Handled } from '../command-handler.ts'
import { beforeSettling, companySettings } from '../company.ts'
import type { ErasedData } from '../erasure/erasing.ts'
import type { Facts } from '../facts.ts'
import type { Refusal } from '../refusal.ts'
import type { AnyCommand } from '../request.ts'

/** The name under which the subscription remembers how far it has come. */
const checkpoint = 'reactions'
const us = 'system:policy'

/** Told of whoever asked to be forgotten: it is carried out whoever records it. */
const erasure = 'PersonalDataErased'

const awaited: ReadonlySet<string> = policies.awaited

/** Whether anything may follow from such an event; all others need not be opened. */
const isAwaited = (type: string): boolean =>
  awaited.has(type) || type === beginning || type === erasure

const withoutVersion = (storedType: string): string =>
  storedType.slice(0, storedType.lastIndexOf('.'))

/** How long the subscription leaves a cause to the call that brought it about. */
const graceMs = 1000

/** How long to wait after a failure. */
const retryMs = 2000

/** How many causes are remembered that the call which brought them about has seen to. */
const mostSeenTo = 10_000

/** Events seen before the checkpoint is moved without need: each move is a commit of its own. */
const stride = 1000

/** An event that something may follow from. */
interface Cause {
  readonly id: string
  readonly type: string
  readonly data: object
  readonly subject: string
  readonly company: string | undefined
  readonly actor: string
  readonly occurredAt: string
  readonly correlationId: string
}

/** Any event that a policy waits for. */
type AwaitedEvent = Parameters<typeof policies.after>[0]

interface Question {
  readonly key: string
  readonly command: AnyCommand
}

export interface PolicyRunner extends AsyncDisposable {
  /** Does what follows from what was just appended, and what follows from that. */
  follow(handled: Handled): Promise<number>
  /** Does what the last run of assignment decided, where whoever recorded it has not done it. */
  finishRun(assignment: string): Promise<void>
}

export interface PolicyRunnerOptions {
  readonly store: EventStore
  readonly handler: CommandHandler
  readonly aggregates: Aggregates
  readonly facts: Pick<Facts, 'quotationsOf'>
  readonly read: (stored: StoredEvent) => RecordedEvent
  readonly report: (message: string) => void
  /** Destroys the keys that an erasure names. */
  readonly destroyKeys: (erased: ErasedData) => Promise<void>
  /** Takes away what those have sealed. */
  readonly clearAway: (erased: ErasedData) => Promise<void>
}

export const policyRunner = ({
  store,
  handler,
  aggregates,
  facts,
  read,
  report,
  destroyKeys,
  clearAway,
}: PolicyRunnerOptions): PolicyRunner => {
  const reactionsTo = async ({ type, data, subject, company, actor }: Cause) => {
    // What was imported had its consequences where it came from.
    if (!awaited.has(type) || actor.startsWith('import:')) return []
    const owner = await aggregates.load('company', company ?? '')
    const { policies: settings } = companySettings(owner) ?? beforeSettling(owner)
    return policies.after({ type, data } as AwaitedEvent, { subject, settings })
  }

  /** What a reaction asks, each question under a key of its own. */
  const questions = async (
    reaction: Reaction,
    { id: causedBy, company, subject }: Cause,
  ): Promise<readonly Question[]> => {
    if ('run' in reaction) {
      const plan = planIn(await eventsOfRun(subject, reaction.run))
      return policies.afterRun(plan).map(({ subject: id, command: { type, data } }) => ({
        key: `/${id}`,
        command: { type, data: { id, ...data, causedBy } },
      }))
    }
    const { type, data } = reaction.command
    if ('subject' in reaction) {
      const { subject: id } = reaction
      const named = reaction.command.type === 'AbsorbOpportunity' ? data : { ...data, causedBy }
      return [{ key: '', command: { type, data: { id, ...named } } }]
    }
    const all = await facts.quotationsOf(reaction.of, company ?? '')
    return all
      .filter(({ id }) => id !== reaction.except)
      .map(({ id }) => ({ key: `/${id}`, command: { type, data: { id, ...data, causedBy } } }))
  }

  /** The parts of a run of assignment and what sums it up, as the stream of runs has them. */
  const eventsOfRun = async (subject: string, runId: string) => {
    const { last } = (await aggregates.load('assignmentrun', subject)).state
    const from = last?.runId === runId ? last.from : 0
    const told: RecordedEvent<AssignmentRunEvent>[] = []
    for await (const page of store.readStream(`assignmentrun-${subject}`, { from })) {
      const events = page.map((stored) => read(stored) as RecordedEvent<AssignmentRunEvent>)
      told.push(...events.filter(({ event: { data } }) => 'runId' in data && data.runId === runId))
    }
    return told
  }

  /** The run that is known to be finished, of each stream of runs. */
  const finished = new Map<string, string>()
  const finishRun: PolicyRunner['finishRun'] = async (subject) => {
    const { last } = (await aggregates.load('assignmentrun', subject)).state
    if (last === undefined || finished.get(subject) === last.runId) return
    const summed = (await eventsOfRun(subject, last.runId)).at(-1)
    if (summed === undefined) return
    const { event, ...envelope } = summed
    await react({ ...envelope, ...event })
    finished.set(subject, last.runId)
  }

  /** The position of the last event that followed, 0 where none did. */
  const react = async (cause: Cause): Promise<number> => {
    if (!isAwaited(cause.type)) return 0
    let last = 0
    const reactions = await reactionsTo(cause)
    for (const [index, reaction] of reactions.entries()) {
      for (const { key, command } of await questions(reaction, cause)) {
        last = Math.max(last, await ask(command, `${cause.id}/${index}${key}`, cause))
      }
    }
    for (const [index, command] of startingCommands(cause).entries()) {
      last = Math.max(last, await ask(command, `${cause.id}/${index}`, cause))
    }
    return last
  }

  const ask = async (command: AnyCommand, key: string, cause: Cause): Promise<number> => {
    const outcome = await handler.handle([{ command, occurredAt: cause.occurredAt }], {
      company: cause.company,
      actor: us,
      causationId: cause.id,
      correlationId: cause.correlationId,
      idempotencyScope: 'policy',
      idempotencyKey: key,
    })
    if (E.isRight(outcome)) return follow(outcome.right)
    const refusal = outcome.left
    // Whoever was asked has ended in another meanwhile: that one is asked in its place.
    if (refusal.type === 'OpportunityMerged') {
      const { into } = refusal
      const data = { ...command.data, id: into }
      return ask({ type: command.type, data }, `${key}/${into}`, cause)
    }
    return refused(command, refusal)
  }

  const refused = (command: AnyCommand, refusal: Refusal): number => {
    report(`a policy asked for ${command.type} and was refused: ${refusal.type}`)
    return 0
  }

  const follow = async ({
    id,
    company,
    actor,
    correlationId,
    facts: happened,
    position,
  }: Handled): Promise<number> => {
    let last = position
    for (const fact of happened) {
      if (fact.type === erasure) await erase(fact.data as ErasedData)
      last = Math.max(last, await react({ ...fact, subject: id, company, actor, correlationId }))
      // Of an erasure something may be left to do.
      if (isAwaited(fact.type) && fact.type !== erasure) keepSeenTo(fact.id)
    }
    return last
  }

  /** What of it cannot be done now, the subscription does later. */
  const erase = async (erased: ErasedData): Promise<void> => {
    await destroyKeys(erased)
    await clearAway(erased).catch((error: unknown) => {
      report(`an erasure is not complete, and is tried again: ${String(error)}`)
    })
  }

  /** What this process has seen to need not be asked for once more by the subscription. */
  const seenTo = new Set<string>()
  const keepSeenTo = (cause: string): void => {
    seenTo.add(cause)
    const [oldest] = seenTo.size > mostSeenTo ? seenTo : []
    if (oldest !== undefined) seenTo.delete(oldest)
  }

  const stopping = new AbortController()
  const catchUp = async (): Promise<void> => {
    const known = await store.policies.find(checkpoint)
    if (known === undefined) {
      const head = await store.head()
      if (head > 0)
        report(`policies have no checkpoint: they start at position ${head}, behind all there is`)
      await store.policies.save(checkpoint, head)
    }
    const saved = known ?? (await store.policies.find(checkpoint)) ?? 0
    let unsaved = 0
    for await (const page of store.follow({
      after: saved,
      pageSize: stride,
      signal: stopping.signal,
    })) {
      // A page that is not full ends in what is happening now: there is no hurry to read on.
      if (page.length < stride) await setTimeout(graceMs, undefined, { signal: stopping.signal })
      const causes = page.filter(({ type }) => isAwaited(withoutVersion(type)))
      for (const stored of causes) {
        if (seenTo.delete(stored.id)) continue
        const { event, subject, ...envelope } = read(stored)
        if (event.type === erasure) {
          await destroyKeys(event.data as ErasedData)
          await clearAway(event.data as ErasedData)
        }
        await react({ ...envelope, ...event, subject })
      }
      // Positions are no count: in some logs they are places in a file.
      unsaved += page.length
      const position = page.at(-1)?.position
      if (position !== undefined && (causes.length > 0 || unsaved >= stride)) {
        await store.policies.save(checkpoint, position)
        unsaved = 0
      }
    }
  }
  /** Goes on until it is stopped: what failed is said aloud and tried again from the checkpoint. */
  const keepUp = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        await catchUp()
        return
      } catch (error) {
        if (stopping.signal.aborted) return
        report(`policies stand still, and are tried again: ${String(error)}`)
        await setTimeout(retryMs, undefined, { signal: stopping.signal }).catch(() => {})
      }
    }
  }
  const done = keepUp()

  return {
    follow,
    finishRun,
    [Symbol.asyncDispose]: async () => {
      stopping.abort()
      await done
    },
  }
}

/** What the parts of a run decided, put together. */
const planIn = (events: readonly RecordedEvent<AssignmentRunEvent>[]): Plan => {
  const parts = events.flatMap(({ event }) =>
    event.type === 'AssignmentsDecided' ? [event.data] : [],
  )
  return {
    assigned: parts.flatMap(({ assigned }) => assigned),
    left: parts.flatMap(({ left }) => left),
  }
}
