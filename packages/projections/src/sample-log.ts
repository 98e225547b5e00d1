/**
 * A small company's log to test read models with: decided by the domain, recorded and stored as in
 * earnest, in memory.
 *
 * @module
 */

import { createHash } from 'node:crypto'
import {
  aggregates,
  type Category,
  type Decider,
  type DeliveryCommand,
  delivery,
  eventTypes,
  type OpportunityCommand,
  opportunity,
  type QuotationCommand,
  quotation,
  type TemplateCommand,
  template,
} from '@forsat/domain'
import {
  type AnyCodec,
  type EventStore,
  type RecordedEvent,
  recorder,
  type StoredEvent,
  type SubjectKeyName,
  type SubjectKeys,
} from '@forsat/event-store'
import { memoryStore } from '@forsat/event-store/memory'
import * as E from 'fp-ts/lib/Either.js'

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** The n-th id of a kind. */
export const idOf = (kind: string, n: number): string => {
  const digits = n
    .toString(32)
    .split('')
    .map((digit) => crockford[Number.parseInt(digit, 32)])
  return `${kind.padStart(6, '0')}${digits.join('').padStart(20, '0')}`
}

export const acme = idOf('C', 1)
export const rival = idOf('C', 2)
export const sara = idOf('E', 1)
export const north = idOf('T', 1)

interface Told {
  readonly occurredAt?: string
  /** `null` is what all companies share. */
  readonly company?: string | null
  readonly actor?: string
}

interface Asked {
  readonly data: { readonly occurredAt: string }
}

interface AnyEvent {
  readonly type: string
  readonly data: object
}

export interface SampleLog {
  readonly store: EventStore
  readonly read: (stored: StoredEvent) => RecordedEvent
  /** What the store's clock says. */
  now: string
  /** Appends events to a record, and answers the position of the last. */
  tell(category: Category, id: string, events: readonly AnyEvent[], told?: Told): Promise<number>
  /** Lets the domain decide; a refusal adds nothing. Answers the refusal's code. */
  ask(id: string, command: OpportunityCommand, told?: Told): Promise<string | undefined>
  /** The same of a quotation. */
  offer(id: string, command: QuotationCommand, told?: Told): Promise<string | undefined>
  /** The same of its delivery. */
  deliver(id: string, command: DeliveryCommand, told?: Told): Promise<string | undefined>
  /** The same of a template. */
  keep(id: string, command: TemplateCommand, told?: Told): Promise<string | undefined>
}

const codecs = new Map<string, AnyCodec>(
  eventTypes().map(({ storedType, codec }) => [storedType, codec as unknown as AnyCodec]),
)

/** Keys that follow from their names, so that another thread has the same. */
const keyOf = ({ subject, purpose }: SubjectKeyName) => ({
  id: 'sample',
  key: createHash('sha256').update(`${subject}/${purpose}`).digest(),
})
/** The subjects that were erased in this thread. */
export const forgotten = new Set<string>()
const keys: SubjectKeys = {
  ensure: async (names) => names.map(keyOf),
  find: (name) => (forgotten.has(name.subject) ? undefined : keyOf(name)),
  present: () => true,
  standing: async (names) => names.map((name) => ({ ...name, keyId: 'sample' })),
  destroy: async (names) => {
    for (const { subject } of names) forgotten.add(subject)
  },
  setAside: async () => {},
  aside: () => undefined,
}

const events = recorder({ keys, codecs: (type) => codecs.get(type) })

export const readSample = (stored: StoredEvent): RecordedEvent => {
  const event = events.read(stored)
  if (E.isLeft(event)) throw new Error(`${event.left.storedType}: ${event.left.why}`)
  return event.right
}

export const sampleLog = (store?: EventStore): SampleLog => {
  let minted = 0
  const revisions = new Map<string, number>()

  const decideOpportunity = deciding('opportunity', opportunity)
  const decideQuotation = deciding('quotation', quotation)
  const decideDelivery = deciding('delivery', delivery)
  const decideTemplate = deciding('template', template)

  const log: SampleLog = {
    now: '2026-01-10T08:00:00.000Z',
    store: store ?? memoryStore({ clock: { now: () => log.now } }),
    read: readSample,
    tell: async (category, id, told, { occurredAt = log.now, company = acme, actor } = {}) => {
      const stream = `${category}-${id}`
      const revision = revisions.get(stream) ?? -1
      const { codec } = aggregates[category]
      const contactId = told.flatMap(({ data }) =>
        'contactId' in data && typeof data.contactId === 'string' ? [data.contactId] : [],
      )[0]
      const made = await events.record(
        told.map((event, index) => ({
          event,
          codec: codec as unknown as AnyCodec,
          stream,
          revision: revision + 1 + index,
          id: idOf('V', (minted += 1)),
          occurredAt,
          subjects: { record: id, contact: contactId },
        })),
      )
      const isShared =
        company === null || category === 'user' || category === 'apikey' || category === 'company'
      const appended = await log.store.append({
        stream,
        expectedRevision: revision,
        metadata: {
          ...(isShared ? {} : { company }),
          actor: actor ?? `user:${sara}`,
          correlationId: idOf('K', minted),
          command: 'command',
        },
        events: made,
      })
      if (E.isLeft(appended)) throw new Error(appended.left.type)
      revisions.set(stream, appended.right.revision)
      return appended.right.position
    },
    ask: (id, command, told) => decideOpportunity(log, id, command, told),
    offer: (id, command, told) => decideQuotation(log, id, command, told),
    deliver: (id, command, told) => decideDelivery(log, id, command, told),
    keep: (id, command, told) => decideTemplate(log, id, command, told),
  }
  return log
}

/** Decides on the states that it has led to itself. */
const deciding = <Command extends Asked, State, Event extends AnyEvent>(
  category: Category,
  { initialState, decide, evolve }: Decider<Command, State, Event, { readonly type: string }>,
) => {
  const states = new Map<string, State>()
  return async (log: SampleLog, id: string, command: Command, told: Told = {}) => {
    const state = states.get(id) ?? initialState
    const decided = decide(command, state)
    if (E.isLeft(decided)) return decided.left.type
    const { occurredAt } = command.data
    states.set(
      id,
      decided.right.reduce((now, event) => evolve(now, { ...event, occurredAt }), state),
    )
    if (decided.right.length > 0) {
      await log.tell(category, id, decided.right, { ...told, occurredAt })
    }
    return undefined
  }
}

/** A day of business, at noon in UTC. */
export const on = (occurredOn: string) => ({
  occurredAt: `${occurredOn}T12:00:00.000Z`,
  occurredOn,
})

export const rials = (amount: number) => ({ amount: String(amount), currency: 'IRR' })
