/**
 * A person's timeline of one record: who did what and when, and what it changed. What a merge took
 * over is part of it.
 *
 * @module
 */
import { isErased, type OpportunityEvent, type QuotationEvent } from '@forsat/domain'
import type { RecordedEvent } from '@forsat/event-store'
import { contactAfter } from '../contacts/contact-document.ts'
import { opportunityAfter } from '../opportunities/opportunity-document.ts'
import { patched } from '../patch.ts'
import { deliveryAfter } from '../quotations/delivery-document.ts'
import { deliveryTold } from '../quotations/delivery-view.ts'
import { quotationAfter } from '../quotations/quotation-document.ts'
import { listChanges, quotationTold } from '../quotations/quotation-told.ts'
import type { Cause, Change, HistoryEntry } from '../views/history.ts'
import type { Asking } from './asking.ts'
import { belongs, type Moment } from './at.ts'
import { type Actors, actorsIn } from './people.ts'
import type { Between, Scope } from './queries.ts'
import { type LogReader, streamEvents } from './streams.ts'

type After = (document: object | undefined, event: RecordedEvent) => object | undefined

/** What is told of a document, where an event is told of. */
type Fields = (document: object, event: RecordedEvent) => object

/** How the records of a category are told of. */
interface Telling {
  readonly after: After
  /** The fields of a document; its own members, unless said otherwise. */
  readonly fields?: Fields
  /** What changed beside them. */
  readonly more?: (
    before: object | undefined,
    after: object,
    event: RecordedEvent,
  ) => readonly Change[]
}

const tellings: Readonly<Record<string, Telling>> = {
  opportunity: { after: opportunityAfter as After },
  contact: { after: contactAfter as After },
  delivery: {
    after: deliveryAfter as After,
    fields: deliveryTold as (document: object) => object,
  },
  quotation: {
    after: quotationAfter as After,
    fields: quotationTold as Fields,
    more: listChanges as NonNullable<Telling['more']>,
  },
}

/**
 * The timeline of a company's record, with that of another stream `beside`; `undefined` of what is not
 * there, or another's.
 */
export const historyOf = async (
  asking: Asking,
  stream: string,
  { company }: Scope,
  { beside }: { readonly beside?: string } = {},
): Promise<readonly HistoryEntry[] | undefined> => {
  const [first] = await streamEvents(asking, stream, {})
  if (first?.company !== company) return undefined
  const streams = beside === undefined ? [stream] : [stream, beside]
  return timeline(asking, streams, actorsIn(asking.reader('catalogue')))
}

/**
 * What differs between two moments of a company's record, field by field; `undefined` of what is not
 * there, or another's.
 */
export const differenceOf = async (
  asking: LogReader,
  stream: string,
  { company }: Scope,
  { from, to }: Between,
): Promise<readonly Change[] | undefined> => {
  const events = await streamEvents(asking, stream)
  if (events[0]?.company !== company) return undefined
  const [before, after] = [from, to].map((moment) => foldedAt(events, moment))
  const last = after?.last ?? before?.last
  return last === undefined ? [] : changesOf(before?.document, after?.document, last)
}

/** A record as it stood, and the event that had brought it there. */
const foldedAt = (events: readonly RecordedEvent[], moment: Moment) => {
  let folded: { readonly document: object | undefined; readonly last: RecordedEvent } | undefined
  for (const event of events) {
    if (!belongs(event, moment)) continue
    const document = tellings[event.category]?.after(folded?.document, event)
    folded = { document, last: event }
  }
  return folded
}

/** In the order of the log. */
const timeline = async (
  log: LogReader,
  streams: readonly string[],
  actors: Actors,
): Promise<readonly HistoryEntry[]> => {
  const entries: HistoryEntry[] = []
  for (const stream of streams) entries.push(...(await entriesOf(log, stream, actors, new Set())))
  return entries.toSorted((a, b) => Number(a.position) - Number(b.position))
}

const entriesOf = async (
  log: LogReader,
  stream: string,
  actors: Actors,
  seen: Set<string>,
): Promise<readonly HistoryEntry[]> => {
  if (seen.has(stream)) return []
  seen.add(stream)
  const entries: HistoryEntry[] = []
  let document: object | undefined
  for (const event of await streamEvents(log, stream)) {
    const next = tellings[event.category]?.after(document, event)
    entries.push(entryOf(event, changesOf(document, next, event), actors))
    document = next
    const from = absorbedIn(event)
    if (from !== undefined) {
      entries.push(...(await entriesOf(log, `${event.category}-${from}`, actors, seen)))
    }
  }
  return entries
}

const absorbedIn = ({ event: { type, data } }: RecordedEvent): string | undefined =>
  type === 'OpportunityAbsorbed' && 'from' in data ? String(data.from) : undefined

const entryOf = (
  recorded: RecordedEvent,
  changes: readonly Change[],
  actors: Actors,
): HistoryEntry => {
  const { id, position, stream, revision, event, actor, onBehalfOf } = recorded
  const { occurredAt, recordedAt } = recorded
  return {
    id,
    position: String(position),
    stream,
    revision,
    type: event.type,
    actor: actors(actor),
    ...(onBehalfOf !== undefined && { onBehalfOf }),
    occurredAt,
    recordedAt,
    changes: [...changes],
    ...toldIn(event.data),
    ...causeOf(event as OpportunityEvent | QuotationEvent),
  }
}

/** Why it happened, where no person asked for it but something else brought it about. */
const causeOf = (event: OpportunityEvent | QuotationEvent): { readonly cause?: Cause } => {
  if (event.type === 'QuotationCancelled') {
    const { cause: code, opportunityId, causedBy } = event.data
    return code === 'person' ? {} : { cause: patched({ code }, { opportunityId, causedBy }) }
  }
  if (event.type === 'QuotationReinstated') {
    const { causedBy } = event.data
    return { cause: patched({ code: 'opportunityReopened' }, { causedBy }) }
  }
  if (event.type !== 'OpportunityWon' && event.type !== 'OpportunityReopened') return {}
  const { quotationId } = event.data
  const code = event.type === 'OpportunityWon' ? 'quotationConfirmed' : 'quotationCancelled'
  return quotationId === undefined ? {} : { cause: { code, quotationId } }
}

/** Why, and what somebody wrote. The words of a line are a change of that line. */
const toldIn = (data: object): Pick<HistoryEntry, 'reason' | 'note'> => {
  const note = noteIn(data)
  const reason = reasonIn(data)
  return { ...(reason !== undefined && { reason }), ...(note !== undefined && { note }) }
}

/** Of a mail that did not go it is a code. */
const reasonIn = (data: object): unknown => {
  if ('reason' in data) return data.reason
  if ('ground' in data) return data.ground
  return 'code' in data && 'attempt' in data ? data.code : undefined
}

const noteIn = (data: object): unknown => {
  if ('overrideNote' in data) return data.overrideNote
  if ('note' in data) return data.note
  if ('detail' in data) return data.detail
  return 'text' in data && !('line' in data || 'lineId' in data) ? data.text : undefined
}

/** Members of documents that are bookkeeping, or follow from another change. */
const silent = new Set([
  'id',
  'revision',
  'company',
  'began',
  'lossId',
  'createdAt',
  'createdOn',
  'updatedAt',
  'assignedAt',
])

/** The fields that differ, and erased ones that the event names: all that is left of those. */
const changesOf = (
  before: object | undefined,
  after: object | undefined,
  recorded: RecordedEvent,
): readonly Change[] => {
  const { category, event } = recorded
  const { fields = itself, more } = tellings[category] ?? {}
  const told = (document: object | undefined) =>
    new Map<string, unknown>(
      Object.entries(document === undefined ? {} : fields(document, recorded)),
    )
  const [from, to] = [told(before), told(after)]
  const changes = [...new Set([...from.keys(), ...to.keys()])].flatMap((field) => {
    if (silent.has(field)) return []
    const [was, is] = [from.get(field), to.get(field)]
    const isNamed = before !== undefined && Object.hasOwn(event.data, field)
    const isLost = isNamed && isErased(is)
    if (!isLost && JSON.stringify(was) === JSON.stringify(is)) return []
    return [{ field, ...(was !== undefined && { from: was }), ...(is !== undefined && { to: is }) }]
  })
  return after && more ? [...changes, ...more(before, after, recorded)] : changes
}

const itself = (document: object): object => document
