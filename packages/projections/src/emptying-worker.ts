/**
 * The thread that moves what was written ahead into the file of the read models.
 *
 * @module
 */
import { DatabaseSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'

/** What comes in meanwhile is moved too, so that the log can begin anew; not for ever, though. */
const attempts = 5

const empty = (path: string): void => {
  // Opened each time: the file may have been made anew since.
  using db = new DatabaseSync(path, { timeout: 0 })
  const checkpoint = db.prepare('PRAGMA wal_checkpoint(PASSIVE)')
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const { log, checkpointed } = checkpoint.get() ?? {}
    if (log === checkpointed) return
  }
}

parentPort?.on('message', () => {
  try {
    empty(workerData as string)
  } finally {
    parentPort?.postMessage('done')
  }
})
