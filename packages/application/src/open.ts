/**
 * Opens what a setting names: the store, the keys and the read models beside it.
 *
 * @module
 */
import { access, constants, mkdir, readdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type EventStore, StoreDamaged, StoreUnreachable } from '@forsat/event-store'
import { openEventStoreDb } from '@forsat/event-store/eventstoredb'
import { memoryKeys, memoryStore } from '@forsat/event-store/memory'
import { openSqliteStore } from '@forsat/event-store/sqlite'
import { auditFilesIn } from './audit/audit-files.ts'
import { anchorFaults } from './audit/signing.ts'
import { type Clock, systemClock } from './clock.ts'
import { createForsat, type Forsat, type ForsatOptions } from './forsat.ts'
import { type Ids, mintedIds } from './ids.ts'
import { keyFiles, linkSecretIn } from './key-files.ts'
import { type Places, type PlacesGiven, placesOf } from './places.ts'
import { rebuildSourceOf } from './rebuild-log.ts'

export interface OpenOptions extends PlacesGiven {
  readonly clock?: Clock | undefined
  readonly ids?: Ids | undefined
  readonly mail?: ForsatOptions['mail'] | undefined
  readonly attachment?: ForsatOptions['attachment'] | undefined
  /** Whether a log that is not the one signed last is opened nevertheless: to declare a restore. */
  readonly isRestored?: boolean | undefined
  /** Told what a person should know of. */
  readonly report?: ((message: string) => void) | undefined
}

/**
 * Opens a store with everything over it. Throws `StoreUnknown` for a setting that names none, and
 * `StoreUnreachable` or `StoreDamaged` where it cannot serve, each with a sentence to act on.
 */
export const openForsat = async ({
  clock = systemClock(),
  ids = mintedIds(clock),
  report,
  mail,
  attachment,
  isRestored = false,
  ...given
}: OpenOptions): Promise<Forsat> => {
  const places = placesOf(given)
  const shared = {
    clock,
    ids,
    ...(report === undefined ? {} : { report }),
    ...(mail === undefined ? {} : { mail }),
    ...(attachment === undefined ? {} : { attachment }),
  }
  if (places.kind === 'memory') {
    const store = memoryStore({ clock })
    return createForsat({ ...shared, store, keys: memoryKeys(), readModels: ':memory:' })
  }
  await checkKeys(places.keys)
  const store = await openStore(places, clock)
  const auditFiles = auditFilesIn(places.keys)
  try {
    const { tree } = store
    const faults = isRestored || tree === undefined ? [] : await anchorFaults(tree, auditFiles)
    if (faults.length > 0) throw new StoreDamaged(places.store, faults)
    return await createForsat({
      ...shared,
      store,
      keys: keyFiles(places.keys),
      auditFiles,
      linkSecret: linkSecretIn(places.keys),
      accessStore: () => openSqliteStore(places.access, { clock }),
      readModels: places.readModels,
      rebuildSource: rebuildSourceOf(places),
    })
  } catch (error) {
    await store[Symbol.asyncDispose]()
    if (!isOfSqlite(error)) throw error
    const why = `${places.readModels} cannot hold read models: ${error.message}.`
    throw new StoreUnreachable(why, error)
  }
}

/** The store that lies at a place. */
const openStore = async (
  places: Exclude<Places, { readonly kind: 'memory' }>,
  clock: Clock,
): Promise<EventStore> => {
  if (places.kind === 'sqlite') return openSqliteStore(places.store, { clock })
  await mkdir(dirname(places.index), { recursive: true })
  await mkdir(dirname(places.readModels), { recursive: true })
  return openEventStoreDb(places.store, { clock, index: places.index })
}

/** Keys may be missing as yet; where there are some, they can be read and joined by others. */
const checkKeys = async (folder: string): Promise<void> => {
  try {
    await readdir(folder)
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (code === 'ENOENT') return
    throw new StoreUnreachable(`${folder} cannot hold keys (${code}).`, error)
  }
}

const isOfSqlite = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && error.code === 'ERR_SQLITE_ERROR'
