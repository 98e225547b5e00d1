/**
 * The read models of one log: kept up by following it, asked by queries, thrown away and made anew
 * at will.
 *
 * @module
 */

import { createHash } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import type { EventStore, Position, RecordedEvent, StoredEvent } from '@forsat/event-store'
import * as E from 'fp-ts/lib/Either.js'
import { checkpoints, isUsable } from './bookkeeping.ts'
import { inMemory, openForReading } from './database.ts'
import { type Digest, digestAtOnce, digestInSteps } from './digest.ts'
import { openFile } from './file.ts'
import { newOwner, type Trouble } from './lease.ts'
import { progress } from './progress.ts'
import type { Projection } from './projection.ts'
import type { OnErasure } from './purging.ts'
import type { At } from './queries/at.ts'
import { createQueries } from './queries/create-queries.ts'
import { cursors } from './queries/cursor.ts'
import type { Queries } from './queries/queries.ts'
import { ReadModelNotReady, readerOf } from './queries/reader.ts'
import { readModels } from './read-models/read-models.ts'
import { type RebuildRefusal, type Rebuilt, rebuilder } from './rebuild.ts'
import type { RebuildSource } from './rebuild-source.ts'
import { replayed } from './replay.ts'
import { startRunner } from './runner.ts'
import { scrubbed } from './scrubbing.ts'
import { answerSql, type SqlAnswer } from './sql.ts'
import { statusOf } from './status.ts'
import type { ProjectionStatus } from './views/status.ts'

export interface ProjectionsOptions {
  readonly store: EventStore
  /** Opens a stored event; throws where it cannot be read. */
  readonly read: (stored: StoredEvent) => RecordedEvent
  /** The file of the read models, or `:memory:`. */
  readonly path: string
  /** The clock, as answers read it: what has expired, how many days are left. */
  readonly now: () => string
  /** Rebuilds go on in a worker that opens the log this way; without it, here in short steps. */
  readonly rebuildSource?: RebuildSource
  /** What cursors are sealed with, so that nobody else makes one; 32 bytes. */
  readonly cursorKey?: Uint8Array
  /** Told of an erasure before its records are read again: the keys that it names must open nothing. */
  readonly onErasure?: OnErasure
  /** Other projections than the usual ones. */
  readonly projections?: readonly Projection[]
}

export interface Waiting {
  readonly timeoutMs: number
  /** Which read models; by default all. */
  readonly projections?: readonly string[] | undefined
}

/** Read models of a past. */
export interface Replay extends Disposable {
  readonly position: Position
  /** Asked as one asks those of now. */
  readonly query: Queries
  readonly digest: () => Promise<Digest>
  readonly sql: (query: string) => SqlAnswer
}

export interface Projections extends AsyncDisposable {
  readonly query: Queries
  /** Whether the read models came as far in time. */
  readonly waitFor: (position: Position, waiting: Waiting) => Promise<boolean>
  readonly status: () => Promise<readonly ProjectionStatus[]>
  /** Makes read models anew, all if none is named. A second call joins a running rebuild. */
  readonly rebuild: (names?: readonly string[]) => Promise<E.Either<RebuildRefusal, Rebuilt>>
  readonly digest: () => Promise<Digest>
  /** Answers one SELECT over the read models; throws `SqlRefused` for whatever is more. */
  readonly sql: (query: string) => SqlAnswer
  /** Leaves nothing in the file of rows that are there no longer, in this shape or at all. */
  readonly scrub: () => Promise<void>
  /** Makes read models of a past, in memory and for this occasion; the caller disposes of them. */
  readonly replay: (at?: At) => Promise<Replay>
}

export const createProjections = async (options: ProjectionsOptions): Promise<Projections> => {
  const { store, read, path, rebuildSource: source, projections = readModels } = options
  const { onErasure = async () => {} } = options
  const owner = newOwner()
  const file = await openFile(path, projections)
  const far = progress(() =>
    farthest(projections, runner.positions ?? positionsIn(file.writer, projections)),
  )

  const rebuilds = rebuilder({
    file,
    store,
    read,
    projections,
    onErasure,
    owner,
    source,
    onDone: () => {
      runner.restart()
      far.tell()
    },
  })
  const runner = startRunner({
    file,
    store,
    read,
    projections,
    onErasure,
    owner,
    onProgress: far.tell,
    wanted: far.wanted,
    onOutdated: (names) => {
      void remake(names)
    },
  })

  let remaking = false
  let failure: Trouble | undefined
  /** What cannot be made anew stays so until a person has looked: trying again would fail again. */
  const remake = async (names: readonly string[]) => {
    if (remaking) return
    remaking = true
    const made = await rebuilds.rebuild(names)
    failure = E.isLeft(made) && made.left.type === 'RebuildFailed' ? made.left : undefined
    remaking = failure !== undefined
    far.tell()
  }
  const queriesOn = (connection: () => DatabaseSync) =>
    createQueries({
      store,
      read,
      projections,
      cursors: cursors(options.cursorKey ?? commonKey),
      connection,
      now: options.now,
    })

  let closed: Promise<void> | undefined
  const close = async () => {
    await rebuilds.stop()
    await runner.stop()
    await file.close()
  }

  /** A file that was made anew while it was in use is asked once it knows what the one before knew. */
  const whole = (): DatabaseSync => {
    if (file.neededUpTo > 0) {
      const positions = farthest(projections, positionsIn(file.writer, projections))
      const late = [...positions].find(([, position]) => position < file.neededUpTo)
      if (late !== undefined) throw new ReadModelNotReady(late[0])
      file.seen()
    }
    return file.writer
  }

  return {
    query: queriesOn(whole),
    waitFor: (position, { timeoutMs, projections: names }) =>
      far.wait(position, {
        timeoutMs,
        names,
        isHopeless: () => (runner.trouble ?? failure) !== undefined,
      }),
    status: () => statusOf({ file, store, projections, trouble: runner.trouble ?? failure }),
    rebuild: (names = projections.map(({ name }) => name)) => rebuilds.rebuild(names),
    digest: async () => {
      const reader = readerOf(file.reader, projections)
      if (path === inMemory) return digestAtOnce(reader, projections)
      using db = openForReading(path)
      return await digestInSteps(db, projections)
    },
    sql: (asked) => answerSql(file.reader, asked),
    scrub: async () => {
      if (path !== inMemory) await scrubbed(file.writer)
    },
    replay: async (at = {}) => {
      const { db, position } = await replayed({ store, read, projections }, at)
      return {
        position,
        query: queriesOn(() => db),
        digest: async () => digestAtOnce(db, projections),
        sql: (asked) => answerSql(db, asked),
        [Symbol.dispose]: () => db.close(),
      }
    },
    [Symbol.asyncDispose]: () => (closed ??= close()),
  }
}

/** Where nobody else could want to make cursors: a library in one process, a test. */
const commonKey = createHash('sha256').update('forsat/cursor/v1').digest()

/** How far each read model is that can be asked; nowhere while it is being made anew. */
const farthest = (
  projections: readonly Projection[],
  positions: ReadonlyMap<string, Position>,
): ReadonlyMap<string, Position> =>
  new Map(projections.map(({ name }) => [name, positions.get(name) ?? -1]))

/** As the file tells, whoever keeps it up. */
const positionsIn = (
  db: DatabaseSync,
  projections: readonly Projection[],
): ReadonlyMap<string, Position> => {
  const known = checkpoints(db)
  return new Map(
    projections.flatMap((projection) => {
      const checkpoint = known.get(projection.name)
      return isUsable(checkpoint, projection) ? [[projection.name, checkpoint.position]] : []
    }),
  )
}
