/**
 * A file that another is in the middle of writing to.
 *
 * @internal
 * @module
 */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** Holds the lock of a file in a folder until it is disposed of. */
export const held = (folder: string, file: string): Disposable => {
  const other = new DatabaseSync(join(folder, file))
  other.exec('BEGIN IMMEDIATE')
  return {
    [Symbol.dispose]: () => {
      other.exec('ROLLBACK')
      other.close()
    },
  }
}
