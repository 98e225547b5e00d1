/**
 * An aggregate as it was loaded: the fold of its stream, with what the domain's state must not hold.
 * Loaded ones are kept warm: a second load reads only what was appended since.
 *
 * @module
 */
import { aggregates, isErased, isSame, type PersonalMark } from '@forsat/domain'
import type { EventStore, RecordedEvent, StoredEvent } from '@forsat/event-store'

export type Category = keyof typeof aggregates
type Decider<C extends Category> = (typeof aggregates)[C]['decider']
export type StateOf<C extends Category> = Decider<C>['initialState']
export type CommandOf<C extends Category> = Parameters<Decider<C>['decide']>[0]

export interface Aggregate<State = unknown> {
  readonly category: Category
  readonly id: string
  readonly stream: string
  readonly state: State
  /** -1 where nothing has happened yet. */
  readonly revision: number
  /** Of its last event, 0 where nothing has happened yet. */
  readonly position: number
  /** The company of its first event; what companies share has none. */
  readonly company: string | undefined
  /** The latest moment at which something happened to it; empty where nothing has yet. */
  readonly latest: string
  /**
   * The personal fields as they are now, by name; those of an address or a line behind its id and a
   * dot.
   */
  readonly personal: Readonly<Record<string, unknown>>
  /** Those of the version that stands, while `personal` is of the one drafted beside it. */
  readonly personalBeside?: Readonly<Record<string, unknown>> | undefined
}

/** So many aggregates are kept warm at least, the last used ones; at most twice as many. */
const kept = 10_000

export const fresh = <C extends Category>(category: C, id: string): Aggregate<StateOf<C>> => ({
  category,
  id,
  stream: `${category}-${id}`,
  state: aggregates[category].decider.initialState,
  revision: -1,
  position: 0,
  company: undefined,
  latest: '',
  personal: {},
})

interface AnyEvent {
  readonly type: string
  readonly data: object
  readonly occurredAt: string
}

/** The personal fields after an event. */
const personalAfter = (
  category: Category,
  personal: Aggregate['personal'],
  { type, data }: AnyEvent,
): Aggregate['personal'] => {
  const marked: Readonly<Record<string, Readonly<Record<string, unknown>>>> =
    aggregates[category].codec.personal
  const fields = marked[type] ?? {}
  const changes = Object.entries(data).filter(([name]) => Object.hasOwn(fields, name))
  if (changes.length === 0) return personal
  const prefix = type === 'QuotationAccepted' ? 'acceptance.' : partOf(data)
  const named = changes.flatMap(([name, value]) =>
    name === 'words' && !isErased(value)
      ? Object.entries(value ?? {}).map(([line, text]) => [`${line}.text`, text])
      : [[`${prefix}${name}`, value]],
  )
  return { ...personal, ...Object.fromEntries(named) }
}

/** The part of a record that an event is about, as the names of its fields begin. */
const partOf = (data: object): string => {
  if ('addressId' in data) return `${String(data.addressId)}.`
  if ('lineId' in data) return `${String(data.lineId)}.`
  const line: unknown = 'line' in data ? data.line : undefined
  return typeof line === 'object' && line !== null && 'id' in line ? `${String(line.id)}.` : ''
}

/**
 * The words of a record after an event, those of two versions kept apart: a draft beside begins with
 * the words of the one that stands, and a correction of that one leaves the draft as it is written.
 */
const wordsAfter = (
  { category, personal, personalBeside }: Omit<Aggregate, 'state'>,
  event: AnyEvent,
): Pick<Aggregate, 'personal' | 'personalBeside'> => {
  const told = (words: Aggregate['personal']) => personalAfter(category, words, event)
  if (event.type === 'QuotationVersionOpened') return { personal, personalBeside: personal }
  if (personalBeside === undefined) return { personal: told(personal) }
  switch (event.type) {
    case 'QuotationVersionDiscarded':
      return { personal: personalBeside, personalBeside: undefined }
    case 'QuotationSent':
      return { personal: told(personal), personalBeside: undefined }
    case 'QuotationAccepted':
    case 'QuotationCorrected':
      return { personal, personalBeside: told(personalBeside) }
    default:
      return { personal: told(personal), personalBeside }
  }
}

/** What an event, decided or recorded, makes of an aggregate; its place in the log is the caller's. */
export const evolved = <State>(aggregate: Aggregate<State>, event: AnyEvent): Aggregate<State> => {
  const evolve = aggregates[aggregate.category].decider.evolve as (
    state: unknown,
    event: unknown,
  ) => State
  return {
    ...aggregate,
    state: evolve(aggregate.state, event),
    latest: event.occurredAt > aggregate.latest ? event.occurredAt : aggregate.latest,
    ...wordsAfter(aggregate, event),
  }
}

const recorded = <State>(aggregate: Aggregate<State>, event: RecordedEvent): Aggregate<State> => ({
  ...evolved(aggregate, { ...event.event, occurredAt: event.occurredAt }),
  revision: event.revision,
  position: event.position,
  company: aggregate.revision === -1 ? event.company : aggregate.company,
})

/** Without the personal fields that are so already; what is public is for the decider to compare. */
export const withoutUnchanged = <Changes extends object>(
  changes: Changes,
  now: Aggregate['personal'],
  marked: Readonly<Record<string, PersonalMark>>,
  prefix = '',
): Changes =>
  Object.fromEntries(
    Object.entries(changes).filter(
      ([name, value]) => !Object.hasOwn(marked, name) || !isSame(value, now[`${prefix}${name}`]),
    ),
  ) as Changes

export interface Aggregates {
  load<C extends Category>(category: C, id: string): Promise<Aggregate<StateOf<C>>>
  /** As it was at a revision. */
  loadUpTo<C extends Category>(
    category: C,
    id: string,
    revision: number,
  ): Promise<Aggregate<StateOf<C>>>
  /** Takes over what was appended by ourselves, so that it need not be read again. */
  keep(aggregate: Aggregate): void
  /** Reads it anew the next time: something that it held was erased. */
  forget(stream: string): void
}

export const aggregatesOf = (
  store: EventStore,
  read: (stored: StoredEvent) => RecordedEvent,
): Aggregates => {
  let recent = new Map<string, Aggregate>()
  let older = new Map<string, Aggregate>()
  const warm = (stream: string) => recent.get(stream) ?? older.get(stream)

  const keep = (aggregate: Aggregate): void => {
    if (aggregate.revision === -1) return
    const { stream } = aggregate
    if ((warm(stream)?.revision ?? -1) > aggregate.revision) return
    recent.set(stream, aggregate)
    if (recent.size < kept) return
    older = recent
    recent = new Map()
  }

  const readOn = async <State>(from: Aggregate<State>, to?: number): Promise<Aggregate<State>> => {
    let aggregate = from
    const range = { from: from.revision + 1, ...(to === undefined ? {} : { to }) }
    for await (const page of store.readStream(from.stream, range)) {
      for (const stored of page) aggregate = recorded(aggregate, read(stored))
    }
    return aggregate
  }

  return {
    keep,
    forget: (stream) => {
      recent.delete(stream)
      older.delete(stream)
    },
    load: async <C extends Category>(category: C, id: string) => {
      const known = warm(`${category}-${id}`) as Aggregate<StateOf<C>> | undefined
      const isCurrent = known !== undefined && store.endsAt?.(known.stream, known.revision) === true
      const aggregate = isCurrent ? known : await readOn(known ?? fresh(category, id))
      keep(aggregate)
      return aggregate
    },
    loadUpTo: (category, id, revision) => readOn(fresh(category, id), revision),
  }
}
