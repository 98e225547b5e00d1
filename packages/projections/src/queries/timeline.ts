/**
 * A person's timeline of one record: who did what and when, and what it changed. What a merge took
 * over is part of it.
 *
 * @module
 */
import { isErased } from '@forsat/domain'
import type { RecordedEvent } from '@forsat/event-store'
import { contactAfter } from '../contacts/contact-document.ts'
import { opportunityAfter } from '../opportunities/opportunity-document.ts'
import type { Change, HistoryEntry } from '../views/history.ts'
import type { Actors } from './people.ts'
import { type LogReader, streamEvents } from './streams.ts'

type After = (document: object | undefined, event: RecordedEvent) => object | undefined

const afters: Readonly<Record<string, After>> = {
  opportunity: opportunityAfter as After,
  contact: contactAfter as After,
}

/** In the order of the log. Empty for a stream that is not there. */
export const timeline = async (
  log: LogReader,
  stream: string,
  actors: Actors,
): Promise<readonly HistoryEntry[]> => {
  const entries = await entriesOf(log, stream, actors, new Set())
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
    const next = afters[event.category]?.(document, event)
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
  }
}

/** Why, and what somebody wrote. */
const toldIn = (data: object): Pick<HistoryEntry, 'reason' | 'note'> => ({
  ...('reason' in data && { reason: data.reason }),
  ...('note' in data ? { note: data.note } : 'text' in data && { note: data.text }),
})

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
  { event }: RecordedEvent,
): readonly Change[] => {
  const [from, to] = [new Map(Object.entries(before ?? {})), new Map(Object.entries(after ?? {}))]
  const fields = new Set([...from.keys(), ...to.keys()])
  return [...fields].flatMap((field) => {
    if (silent.has(field)) return []
    const [was, is] = [from.get(field), to.get(field)]
    const isNamed = before !== undefined && Object.hasOwn(event.data, field)
    const isLost = isNamed && isErased(is)
    if (!isLost && JSON.stringify(was) === JSON.stringify(is)) return []
    return [{ field, ...(was !== undefined && { from: was }), ...(is !== undefined && { to: is }) }]
  })
}
