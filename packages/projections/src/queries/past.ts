/**
 * What an opportunity had been offered in a past. Read models say which records to look at; how each
 * of them stood then, its own stream tells.
 *
 * @module
 */
import type { DatabaseSync } from 'node:sqlite'
import { opportunityDocument } from '../opportunities/opportunity-document.ts'
import { quotationDocument } from '../quotations/quotation-document.ts'
import { type Standing, standingOf } from '../quotations/standing.ts'
import type { At } from './at.ts'
import { everOfferedTo, familyOf } from './family.ts'
import { type LogReader, streamEvents } from './streams.ts'

/** What the clock showed in a past; where only a position is named, when that event was recorded. */
export const momentOf = async (
  { position, asOf, effectiveAt }: At,
  { store }: Pick<LogReader, 'store'>,
  now: () => string,
): Promise<string> => {
  const named = effectiveAt ?? asOf
  if (named !== undefined) return named
  if (position === undefined) return now()
  for await (const [event] of store.readLog({ after: position - 1, to: position })) {
    if (event !== undefined) return event.recordedAt
  }
  return now()
}

/** Of one opportunity and its family, the oldest first. */
export const offeredThen = async (
  log: LogReader,
  db: DatabaseSync,
  opportunityId: string,
  at: At,
): Promise<readonly Standing[]> => {
  const members = await familyThen(log, db, opportunityId, at)
  const documents = await Promise.all(
    everOfferedTo(db, [...members]).map(async (id) =>
      quotationDocument(await streamEvents(log, `quotation-${id}`, at)),
    ),
  )
  return documents
    .filter((document) => document !== undefined)
    .filter(({ status, current }) => {
      const { opportunityId: of } = current.fields
      return status !== 'deleted' && of !== undefined && members.has(of)
    })
    .toSorted((a, b) => a.began - b.began)
    .map(standingOf)
}

/** Into which opportunity it had been merged by then. */
export const survivorThen = async (log: LogReader, id: string, at: At): Promise<string> => {
  const seen = new Set<string>()
  let survivor = id
  for (let next: string | undefined = id; next !== undefined && !seen.has(next); ) {
    seen.add(next)
    survivor = next
    next = await mergedIntoThen(log, next, at)
  }
  return survivor
}

/** Merges are never undone, so those of then are among those of now. */
const familyThen = async (
  log: LogReader,
  db: DatabaseSync,
  id: string,
  at: At,
): Promise<ReadonlySet<string>> => {
  const others = familyOf(db, id).filter((each) => each !== id)
  const merged = await Promise.all(
    others.map(async (each) => [each, await mergedIntoThen(log, each, at)] as const),
  )
  const members = new Set([id])
  for (let size = 0; size < members.size; ) {
    size = members.size
    for (const [each, into] of merged) {
      if (into !== undefined && members.has(into)) members.add(each)
    }
  }
  return members
}

const mergedIntoThen = async (log: LogReader, id: string, at: At): Promise<string | undefined> =>
  opportunityDocument(await streamEvents(log, `opportunity-${id}`, at))?.mergedInto
