/**
 * A rebuild in a thread of its own, with its own connection to the read models and its own way into
 * the log.
 *
 * @module
 */
import { parentPort, workerData } from 'node:worker_threads'
import { openForWriting } from './database.ts'
import { readModels } from './read-models/read-models.ts'
import type { RebuildOrder, RebuildReport } from './rebuild.ts'
import { runRebuild } from './rebuild-job.ts'
import type { RebuildLog, RebuildSource } from './rebuild-source.ts'
import { messageOf, UnreadableEvent } from './slice.ts'

interface SourceModule {
  readonly openRebuildSource: (args: RebuildSource['args']) => Promise<RebuildLog> | RebuildLog
}

const run = async ({ path, source, buildings }: RebuildOrder): Promise<RebuildReport> => {
  const { openRebuildSource } = (await import(source.module)) as SourceModule
  await using log = await openRebuildSource(source.args)
  using db = openForWriting(path)
  const known = new Map((log.projections ?? readModels).map((each) => [each.name, each]))
  try {
    const position = await runRebuild({
      ...log,
      db,
      buildings: buildings.map(({ name, generation }) => {
        const projection = known.get(name)
        if (projection === undefined) throw new Error(`no projection is called ${name}`)
        return { projection, generation }
      }),
    })
    return { type: 'done', position }
  } catch (error) {
    const at = error instanceof UnreadableEvent ? { position: error.position } : {}
    return { type: 'failed', reason: messageOf(error), ...at }
  }
}

parentPort?.postMessage(await run(workerData as RebuildOrder))
