import { openSqliteStore } from '@forsat/event-store/sqlite'
import type { RebuildLog } from './rebuild-source.ts'
import { readSample } from './sample-log.ts'

/** How a worker opens the sample log, once it is a file. */
export const openRebuildSource = async (path: string): Promise<RebuildLog> => {
  const clock = { now: () => new Date().toISOString() }
  const store = await openSqliteStore(path, { clock, readOnly: true })
  return {
    store,
    read: readSample,
    onErasure: async () => {},
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  }
}
