/**
 * The runner follows the log and keeps the read models up: one reader feeds all projections. Of
 * several processes on one file the holder of a lease projects; the others stand by.
 *
 * @module
 */

import { setTimeout as pause } from 'node:timers/promises'
import type { EventStore, Position, RecordedEvent, StoredEvent } from '@forsat/event-store'
import { transaction } from './database.ts'
import type { ReadModelFile } from './file.ts'
import {
  heartbeatMs,
  holderOf,
  releaseLease,
  type Trouble,
  takeLease,
  tellTrouble,
} from './lease.ts'
import { type LiveTables, liveTables, Overtaken } from './live-tables.ts'
import type { Projection } from './projection.ts'
import type { OnErasure } from './purging.ts'
import { messageOf, UnreadableEvent } from './slice.ts'
import { outdatedIn, tidy } from './upkeep.ts'

export const projecting = 'projecting'

/** How often one that stands by looks whether the holder is gone. */
const standByMs = 250
/** A page of fewer events is one that others will follow soon: nobody waits, so they go together. */
const fewEvents = 100
const gatherMs = 10
/** How long to wait before trying again what failed. */
const retryMs = 2000

export interface Runner {
  /** Why it cannot go on, as far as this process knows. */
  readonly trouble: Trouble | undefined
  /** How far the tables are that this process keeps up; `undefined` while another does. */
  readonly positions: ReadonlyMap<string, Position> | undefined
  /** Reads the file anew and goes on from there: a rebuild put other tables in place. */
  restart(): void
  stop(): Promise<void>
}

export interface RunnerOptions {
  readonly file: ReadModelFile
  readonly store: EventStore
  readonly read: (stored: StoredEvent) => RecordedEvent
  readonly projections: readonly Projection[]
  readonly onErasure: OnErasure
  readonly owner: string
  readonly onProgress: () => void
  /** Resolves as soon as anybody waits for the read models, at the latest after so long. */
  readonly wanted: (atMostMs: number, signal: AbortSignal) => Promise<void>
  /** Called with the projections whose tables are of another version, again and again until not. */
  readonly onOutdated: (names: readonly string[]) => void
}

export const startRunner = (options: RunnerOptions): Runner => {
  const { file, store, projections, owner, onProgress } = options
  const lease = { name: projecting, owner }
  const closing = new AbortController()
  let session = new AbortController()
  let trouble: Trouble | undefined
  let outdatedNames: readonly string[] = []
  let live: LiveTables | undefined

  const tell = async (told: Trouble | undefined) => {
    trouble = told
    onProgress()
    await transaction(file.writer, () => tellTrouble(file.writer, projecting, owner, told))
  }

  const takesLease = async (): Promise<boolean> => {
    const holder = holderOf(file.reader, projecting)
    if (holder !== undefined && holder.owner !== owner) return false
    return transaction(file.writer, () => takeLease(file.writer, projecting, owner))
  }

  const follow = async (tables: LiveTables, after: number, signal: AbortSignal) => {
    for await (const page of store.follow({ after, signal })) {
      if (page.length < fewEvents) await options.wanted(gatherMs, signal)
      await tables.apply(page, signal)
      if (trouble !== undefined) await tell(undefined)
    }
  }

  /** Projects until the session ends: closed, restarted, or the lease lost. */
  const project = async () => {
    session = new AbortController()
    const signal = AbortSignal.any([closing.signal, session.signal])
    await tidy(file.writer, projections, store)
    outdatedNames = outdatedIn(file.writer, projections)
    if (outdatedNames.length > 0) options.onOutdated(outdatedNames)
    const onSaved = () => {
      file.wrote()
      onProgress()
    }
    const tables = liveTables({ ...options, lease, onSaved })
    const { position } = tables
    // Whatever stood in the way: nothing is left behind it.
    if (trouble !== undefined && (position ?? 0) >= (await store.head())) await tell(undefined)
    live = tables
    try {
      if (position === undefined) await aborted(signal)
      else await follow(tables, position, signal)
    } catch (error) {
      if (!signal.aborted && !(error instanceof Overtaken)) throw error
    } finally {
      live = undefined
    }
  }

  /** Keeps the lease. Ends the session where it is not ours any more, or other tables count. */
  const beat = async () => {
    if (!file.isInPlace() || !(await takesLease())) return session.abort()
    const names = outdatedIn(file.writer, projections)
    if (names.length > 0) options.onOutdated(names)
    if (names.join() !== outdatedNames.join()) session.abort()
  }
  let holding = false
  const heartbeat = setInterval(() => {
    if (holding) beat().catch(() => session.abort())
  }, heartbeatMs).unref()

  const turn = async () => {
    if (!file.isInPlace()) await file.reopen(await store.head())
    holding = await takesLease()
    if (holding) await project()
    else await rest(standByMs, closing.signal)
  }

  const loop = async () => {
    while (!closing.signal.aborted) {
      try {
        await turn()
      } catch (error) {
        if (closing.signal.aborted) break
        const at = error instanceof UnreadableEvent ? { position: error.position } : {}
        // A file that cannot be written cannot tell others either.
        await tell({ reason: messageOf(error), ...at }).catch(() => {})
        await rest(retryMs, closing.signal)
      }
    }
  }
  const running = loop()

  return {
    get trouble() {
      return trouble
    },
    get positions() {
      return live?.positions
    },
    restart: () => session.abort(),
    stop: async () => {
      closing.abort()
      await running
      clearInterval(heartbeat)
      // A lease that cannot be given back is taken over as soon as its process is gone.
      await transaction(file.writer, () => releaseLease(file.writer, projecting, owner)).catch(
        () => {},
      )
    },
  }
}

const rest = async (ms: number, signal: AbortSignal): Promise<void> => {
  await pause(ms, undefined, { signal }).catch(() => {})
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
