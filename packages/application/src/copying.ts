/**
 * Moves a whole log from one store to another, out of a file onto a server or back.
 *
 * @module
 */
import {
  type CopyReport,
  type CopyTarget,
  copyLog,
  originalsInFile,
} from '@forsat/event-store/copy'
import { openEventStoreDb } from '@forsat/event-store/eventstoredb'
import { openSqliteStore } from '@forsat/event-store/sqlite'
import { systemClock } from './clock.ts'
import type { Places } from './places.ts'

type Lasting = Exclude<Places, { readonly kind: 'memory' }>

type Source = Parameters<typeof copyLog>[0]

/** Copies what is missing, and tells the digests of both logs: they are the same, or the copy is none. */
export const copyStore = async (
  from: Lasting,
  to: Lasting,
  tell: (copied: number) => void = () => {},
): Promise<CopyReport> => {
  await using source = await openSource(from)
  await using target = await openTarget(to)
  return await copyLog(source, target, tell)
}

const openSource = async (place: Lasting): Promise<Source & AsyncDisposable> => {
  const clock = systemClock()
  if (place.kind === 'eventstoredb') {
    const store = await openEventStoreDb(place.store, { clock })
    // Which commands are remembered, and by which policies, a server does not list.
    const originals = {
      after: store.originals,
      commands: async () => [],
      policies: async () => [],
      [Symbol.asyncDispose]: async () => {},
    }
    return { store, originals, [Symbol.asyncDispose]: () => store[Symbol.asyncDispose]() }
  }
  const originals = await originalsInFile(place.store, clock)
  const store = await openSqliteStore(place.store, { clock, readOnly: true })
  return {
    store,
    originals,
    [Symbol.asyncDispose]: async () => {
      await originals[Symbol.asyncDispose]()
      await store[Symbol.asyncDispose]()
    },
  }
}

const openTarget = async (place: Lasting): Promise<CopyTarget & AsyncDisposable> => {
  const clock = systemClock()
  if (place.kind === 'eventstoredb') {
    const store = await openEventStoreDb(place.store, { clock })
    const { adopt, originals } = store
    return { store, adopt, originals, [Symbol.asyncDispose]: () => store[Symbol.asyncDispose]() }
  }
  // A file stamps by the clock that it is given: here by the times that are copied, which never go back.
  let now = ''
  const copied = { now: () => now || clock.now() }
  const store = await openSqliteStore(place.store, { clock: copied })
  return {
    store,
    adopt: (append, { recordedAt }) => {
      now = recordedAt
      return store.append(append)
    },
    originals: async function* originals(after) {
      await using reading = await originalsInFile(place.store, clock)
      yield* reading.after(after)
    },
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  }
}
