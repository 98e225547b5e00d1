/**
 * What follows from an event is done at once, in the call that caused it. What a crash left undone a
 * durable subscription does later: it knows how far it has seen, and the memory of commands keeps it
 * from doing anything twice.
 *
 * @module
 */
import { type OpportunityEvent, policies } from '@forsat/domain'
import type { EventStore, RecordedEvent, StoredEvent } from '@forsat/event-store'
import * as E from 'fp-ts/lib/Either.js'
import type { Aggregates } from './aggregate.ts'
import { startingCommands } from './catalogue/starting-set.ts'
import type { AnyCommand, CommandHandler, Handled } from './command-handler.ts'
import { beforeSettling, companySettings } from './company.ts'
import type { Refusal } from './refusal.ts'

/** The name under which the subscription remembers how far it has come. */
const checkpoint = 'reactions'
const actor = 'system:policy'

/** Whether anything may follow from events of a stored type; all others need not be opened. */
const isAwaited = (storedType: string): boolean => {
  const name = storedType.slice(0, storedType.lastIndexOf('.'))
  return awaited.has(name) || name === 'CompanyCreated'
}
const awaited: ReadonlySet<string> = policies.awaited

/** An event that something may follow from. */
interface Cause {
  readonly id: string
  readonly type: string
  readonly data: object
  readonly subject: string
  readonly company: string | undefined
  readonly occurredAt: string
  readonly correlationId: string
}

export interface PolicyRunner extends AsyncDisposable {
  /** Does what follows from what was just appended, and what follows from that. */
  follow(handled: Handled): Promise<number>
  /** Resolves once everything up to a position has been seen to. */
  readonly done: Promise<void>
}

export interface PolicyRunnerOptions {
  readonly store: EventStore
  readonly handler: CommandHandler
  readonly aggregates: Aggregates
  readonly read: (stored: StoredEvent) => RecordedEvent
  readonly report: (message: string) => void
}

export const policyRunner = ({
  store,
  handler,
  aggregates,
  read,
  report,
}: PolicyRunnerOptions): PolicyRunner => {
  const commandsAfter = async (cause: Cause): Promise<readonly AnyCommand[]> => {
    const { type, data, subject, company } = cause
    const owner = await aggregates.load('company', company ?? '')
    const { policies: settings } = companySettings(owner) ?? beforeSettling(owner)
    const reactions = awaited.has(type)
      ? policies.after({ type, data } as OpportunityEvent, { subject, settings })
      : []
    return [
      ...reactions.map(({ subject: id, command }) => ({
        type: command.type,
        data: { id, ...command.data },
      })),
      ...startingCommands(cause),
    ]
  }

  /** The position of the last event that followed, 0 where none did. */
  const react = async (cause: Cause): Promise<number> => {
    let last = 0
    for (const [index, command] of (await commandsAfter(cause)).entries()) {
      const outcome = await handler.handle([{ command, occurredAt: cause.occurredAt }], {
        company: cause.company,
        actor,
        causationId: cause.id,
        correlationId: cause.correlationId,
        idempotencyScope: 'policy',
        idempotencyKey: `${cause.id}/${index}`,
      })
      last = Math.max(
        last,
        E.isLeft(outcome) ? refused(command, outcome.left) : await follow(outcome.right),
      )
    }
    return last
  }

  const refused = (command: AnyCommand, refusal: Refusal): number => {
    report(`a policy asked for ${command.type} and was refused: ${refusal.type}`)
    return 0
  }

  const follow = async ({
    id,
    company,
    correlationId,
    facts,
    position,
  }: Handled): Promise<number> => {
    let last = position
    for (const fact of facts) {
      last = Math.max(last, await react({ ...fact, subject: id, company, correlationId }))
    }
    return last
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
    const after = known ?? (await store.policies.find(checkpoint)) ?? 0
    for await (const page of store.follow({ after, signal: stopping.signal })) {
      for (const stored of page) {
        // What was imported had its consequences where it came from.
        if (!isAwaited(stored.type) || stored.actor.startsWith('import:')) continue
        const { event, subject, ...envelope } = read(stored)
        await react({ ...envelope, ...event, subject })
      }
      const last = page.at(-1)
      if (last !== undefined) await store.policies.save(checkpoint, last.position)
    }
  }
  const done = catchUp().catch((error: unknown) => {
    if (!stopping.signal.aborted) report(`policies have stopped: ${String(error)}`)
  })

  return {
    follow,
    done,
    [Symbol.asyncDispose]: async () => {
      stopping.abort()
      await done
    },
  }
}
