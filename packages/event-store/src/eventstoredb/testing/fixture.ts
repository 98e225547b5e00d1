import { openEventStoreDb } from '../../eventstoredb.ts'
import { type EventStore, type StoredEvent } from '../../port.ts'
import type { Double } from './double.ts'

const clock = { now: () => new Date().toISOString() }

let stores = 0

/** How a new part of the double's log is named, which no other test looks at. */
export const freshPart = ({ connectionString }: Pick<Double, 'connectionString'>): string => {
  stores += 1
  return `${connectionString}&streamPrefix=part${stores}_`
}

/** A store on the double. Calls are short, so that what is never answered is found out soon. */
export const storeOn = (connection: string, more = 'defaultDeadline=1000'): Promise<EventStore> =>
  openEventStoreDb(`${connection}&${more}`, { clock })

/** Follows until so many events were seen. */
export const followed = async (
  store: EventStore,
  wanted: number,
  {
    handle = async () => {},
  }: { readonly handle?: (page: readonly StoredEvent[]) => Promise<void> } = {},
): Promise<readonly StoredEvent[]> => {
  const stop = new AbortController()
  const seen: StoredEvent[] = []
  for await (const page of store.follow({ pageSize: 7, signal: stop.signal })) {
    seen.push(...page)
    await handle(page)
    if (seen.length >= wanted) stop.abort()
  }
  return seen
}
