/**
 * Rebuilds make read models anew beside those in use: asked for by a person, or because their rows
 * mean something else now.
 *
 * @module
 */

import { Worker } from 'node:worker_threads'
import type { EventStore, Position, RecordedEvent, StoredEvent } from '@forsat/event-store'
import * as E from 'fp-ts/lib/Either.js'
import { abandonBuilding, beginBuilding } from './bookkeeping.ts'
import { inMemory, openForWriting, transaction } from './database.ts'
import type { ReadModelFile } from './file.ts'
import { heartbeatMs, releaseLease, takeLease } from './lease.ts'
import type { Projection } from './projection.ts'
import type { OnErasure } from './purging.ts'
import { type Building, runRebuild } from './rebuild-job.ts'
import type { RebuildSource } from './rebuild-source.ts'
import { messageOf, UnreadableEvent } from './slice.ts'

/** A rebuild that was done: nothing of the old copy is left. */
export interface Rebuilt {
  readonly projections: readonly string[]
  readonly position: Position
}

/** Why there was no rebuild. What was in use still is. */
export type RebuildRefusal =
  | { readonly type: 'ProjectionUnknown'; readonly name: string }
  /** Another process is at it. */
  | { readonly type: 'RebuildRunning'; readonly name: string }
  | { readonly type: 'RebuildFailed'; readonly reason: string; readonly position?: Position }

/** What a worker is told. */
export interface RebuildOrder {
  readonly path: string
  readonly source: RebuildSource
  readonly buildings: readonly { readonly name: string; readonly generation: number }[]
}
/** What it answers. */
export type RebuildReport =
  | { readonly type: 'done'; readonly position: Position }
  | { readonly type: 'failed'; readonly reason: string; readonly position?: Position }

export interface Rebuilder {
  rebuild(names: readonly string[]): Promise<E.Either<RebuildRefusal, Rebuilt>>
  /** Gives up what is running. */
  stop(): Promise<void>
}

export interface RebuilderOptions {
  readonly file: ReadModelFile
  readonly store: EventStore
  readonly read: (stored: StoredEvent) => RecordedEvent
  readonly projections: readonly Projection[]
  readonly onErasure: OnErasure
  readonly owner: string
  readonly source: RebuildSource | undefined
  readonly onDone: () => void
}

export const rebuildLease = (name: string): string => `rebuild:${name}`

/** Undoes the beginning of a rebuild that another process is at. */
class RunningElsewhere extends Error {
  readonly projection: string
  constructor(projection: string) {
    super(`${projection} is being rebuilt by another process`)
    this.projection = projection
  }
}

type Outcome = E.Either<RebuildRefusal, Rebuilt>

export const rebuilder = (options: RebuilderOptions): Rebuilder => {
  const { file, projections, owner, onDone } = options
  const closing = new AbortController()
  const running = new Map<string, Promise<Outcome>>()

  const begin = (wanted: readonly Projection[]) =>
    transaction(file.writer, () =>
      wanted.map((projection): Building => {
        if (!takeLease(file.writer, rebuildLease(projection.name), owner)) {
          throw new RunningElsewhere(projection.name)
        }
        return { projection, generation: beginBuilding(file.writer, projection) }
      }),
    )

  const keepLeases = (wanted: readonly Projection[]) =>
    setInterval(() => {
      transaction(file.writer, () => {
        for (const { name } of wanted) takeLease(file.writer, rebuildLease(name), owner)
      }).catch(() => {
        // A beat that is missed is made up for by the next one.
      })
    }, heartbeatMs)

  const end = (wanted: readonly Projection[], isDone: boolean) =>
    transaction(file.writer, () => {
      for (const projection of wanted) {
        if (!isDone) abandonBuilding(file.writer, projection)
        releaseLease(file.writer, rebuildLease(projection.name), owner)
      }
    })

  const make = async (wanted: readonly Projection[]): Promise<Outcome> => {
    let buildings: readonly Building[]
    try {
      buildings = await begin(wanted)
    } catch (error) {
      if (!(error instanceof RunningElsewhere)) throw error
      return E.left({ type: 'RebuildRunning', name: error.projection })
    }
    const beats = keepLeases(wanted)
    const report = await build(options, buildings, closing.signal)
    clearInterval(beats)
    await end(wanted, report.type === 'done')
    if (report.type === 'failed') return E.left({ ...report, type: 'RebuildFailed' })
    onDone()
    return E.right({ projections: wanted.map(({ name }) => name), position: report.position })
  }

  return {
    rebuild: async (names) => {
      const known = new Map(projections.map((each) => [each.name, each]))
      const unknown = names.find((name) => !known.has(name))
      if (unknown !== undefined) return E.left({ type: 'ProjectionUnknown', name: unknown })

      const idle = names.filter((name) => !running.has(name))
      if (idle.length > 0) {
        const made = make(projections.filter(({ name }) => idle.includes(name))).finally(() => {
          for (const name of idle) running.delete(name)
        })
        for (const name of idle) running.set(name, made)
      }
      const outcomes = await Promise.all(new Set(names.flatMap((name) => running.get(name) ?? [])))
      const positions: Position[] = []
      for (const outcome of outcomes) {
        if (E.isLeft(outcome)) return outcome
        positions.push(outcome.right.position)
      }
      return E.right({ projections: names, position: Math.min(...positions) })
    },
    stop: async () => {
      closing.abort()
      await Promise.allSettled(running.values())
    },
  }
}

/** In a worker where the log can be opened there, else here, in short steps. */
const build = async (
  { file: { path, writer }, store, read, onErasure, source }: RebuilderOptions,
  buildings: readonly Building[],
  signal: AbortSignal,
): Promise<RebuildReport> => {
  if (path !== inMemory && source !== undefined) {
    const named = buildings.map(({ projection: { name }, generation }) => ({ name, generation }))
    return inWorker({ path, source, buildings: named }, signal)
  }
  const db = path === inMemory ? writer : openForWriting(path)
  try {
    const job = { db, buildings, store, read, onErasure, signal }
    return { type: 'done', position: await runRebuild(job) }
  } catch (error) {
    return failed(error)
  } finally {
    if (db !== writer) db.close()
  }
}

const failed = (error: unknown): RebuildReport => ({
  type: 'failed',
  reason: messageOf(error),
  ...(error instanceof UnreadableEvent ? { position: error.position } : {}),
})

const inWorker = (order: RebuildOrder, signal: AbortSignal): Promise<RebuildReport> =>
  new Promise((resolve) => {
    // Built files lie beside each other as sources do; sources are run as they are.
    const isSource = import.meta.url.endsWith('.ts')
    const worker = new Worker(
      new URL(`./rebuild-worker.${isSource ? 'ts' : 'js'}`, import.meta.url),
      {
        workerData: order,
        ...(isSource ? { execArgv: ['--conditions=@forsat/source'] } : {}),
      },
    )
    const stop = () => {
      void worker.terminate()
    }
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop, { once: true })
    worker.once('message', (report: RebuildReport) => resolve(report))
    worker.once('error', (error) => resolve(failed(error)))
    worker.once('exit', () => {
      signal.removeEventListener('abort', stop)
      resolve({ type: 'failed', reason: 'the rebuild was stopped' })
    })
  })
