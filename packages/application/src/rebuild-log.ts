/**
 * The log as a rebuild in a worker opens it: for reading only, with the keys that open its events.
 *
 * @module
 */
import { type EventStore, recorder } from '@forsat/event-store'
import { openEventStoreDb } from '@forsat/event-store/eventstoredb'
import { openSqliteStore } from '@forsat/event-store/sqlite'
import type { RebuildLog, RebuildSource } from '@forsat/projections'
import * as z from 'zod'
import { systemClock } from './clock.ts'
import { closeKeys, type ErasedData } from './erasure/erasing.ts'
import { keyFiles } from './key-files.ts'
import { codecs, readerOf } from './reading.ts'

const Args = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('sqlite'), store: z.string(), keys: z.string() }),
  z.object({
    kind: z.literal('eventstoredb'),
    store: z.string(),
    index: z.string(),
    keys: z.string(),
  }),
])

/** How a worker finds this module, as a source or as a built file. */
export const rebuildSourceOf = (args: z.infer<typeof Args>): RebuildSource => ({
  module: import.meta.url,
  args,
})

export const openRebuildSource = async (args: unknown): Promise<RebuildLog> => {
  const { keys, ...place } = Args.parse(args)
  const clock = systemClock()
  const store: EventStore =
    place.kind === 'sqlite'
      ? await openSqliteStore(place.store, { clock, readOnly: true })
      : await openEventStoreDb(place.store, { clock, index: place.index })
  const files = keyFiles(keys)
  return {
    store,
    read: readerOf(recorder({ keys: files, codecs })),
    onErasure: ({ event: { data } }) => closeKeys(data as ErasedData, files),
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  }
}
