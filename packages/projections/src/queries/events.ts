/**
 * Events as they are in the log, page by page.
 *
 * @module
 */
import type { RecordedEvent, StoredEvent } from '@forsat/event-store'
import * as E from 'fp-ts/lib/Either.js'
import type { EventView } from '../views/history.ts'
import { largestPage } from './list.ts'
import type { Actors } from './people.ts'
import type { EventsRequest, Page, Scope } from './queries.ts'
import { endsBeforeItBegins, invalid, type QueryRefusal } from './refusal.ts'
import type { LogReader } from './streams.ts'

const usualPage = 50

/** How many events one question goes through at most; the next one goes on behind them. */
const mostLookedAt = 20_000

export const eventsPage = async (
  log: LogReader,
  scope: Scope,
  request: EventsRequest,
  actors: Actors,
): Promise<E.Either<QueryRefusal, Page<EventView>>> => {
  const { after = 0, limit = usualPage } = request
  if (!Number.isInteger(limit) || limit < 1 || limit > largestPage) {
    return invalid('/limit', `must be a whole number from 1 to ${largestPage}`)
  }
  const never = endsBeforeItBegins(request)
  if (never !== undefined) return never
  const items: EventView[] = []
  let [lookedAt, last] = [0, after]
  for await (const page of pagesOf(log, request)) {
    for (const stored of page) {
      if (items.length === limit || lookedAt === mostLookedAt) {
        return E.right({ items, next: String(last) })
      }
      lookedAt += 1
      last = stored.position
      if (!isWanted(stored, request) || !mayBeSeen(stored, scope)) continue
      const event = seenFrom(log.read(stored), scope)
      if (event !== undefined) items.push(eventView(event, actors))
    }
  }
  return E.right({ items })
}

/** A stream is read as such, behind a position; all else is looked for in the log. */
async function* pagesOf(
  { store }: LogReader,
  { stream, after = 0 }: EventsRequest,
): AsyncGenerator<readonly StoredEvent[]> {
  if (stream === undefined) yield* store.readLog({ after, pageSize: largestPage + 1 })
  else {
    for await (const page of store.readStream(stream)) {
      yield page.filter(({ position }) => position > after)
    }
  }
}

const isWanted = (stored: StoredEvent, { stream, type, actor, from, to }: EventsRequest): boolean =>
  (stream === undefined || stored.stream === stream) &&
  (type === undefined || stored.type.replace(/\.v\d+$/, '') === type) &&
  (actor === undefined || stored.actor === actor) &&
  (from === undefined || stored.recordedAt >= from) &&
  (to === undefined || stored.recordedAt <= to)

const mayBeSeen = ({ company }: StoredEvent, scope: Scope): boolean =>
  company === undefined || company === scope.company

interface Told {
  readonly company: string | undefined
  readonly category: string
  readonly subject: string
  readonly data: object
}

/** What companies share is told to each; nothing tells one of another, not even of whom they share. */
export const isToldTo = (to: string, { company, category, subject, data }: Told): boolean => {
  if ('companyId' in data && data.companyId !== to) return false
  if ('companyIds' in data && Array.isArray(data.companyIds)) {
    const ids: readonly unknown[] = data.companyIds
    if (ids.length > 0 && !ids.includes(to)) return false
  }
  if (company !== undefined) return company === to
  return category !== 'company' || subject === to
}

const seenFrom = (recorded: RecordedEvent, scope: Scope): RecordedEvent | undefined =>
  scope.everywhere === true || isToldTo(scope.company, { ...recorded, data: recorded.event.data })
    ? recorded
    : undefined

const eventView = (recorded: RecordedEvent, actors: Actors): EventView => {
  const { position, id, stream, revision, event, version, company, occurredAt } = recorded
  const { recordedAt, actor, onBehalfOf, correlationId, causationId } = recorded
  return {
    position: String(position),
    id,
    stream,
    revision,
    type: event.type,
    version,
    ...(company !== undefined && { company }),
    occurredAt,
    recordedAt,
    actor: actors(actor),
    ...(onBehalfOf !== undefined && { onBehalfOf }),
    correlationId,
    ...(causationId !== undefined && { causationId }),
    data: { ...event.data },
  }
}
