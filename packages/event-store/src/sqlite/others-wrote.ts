import type { DatabaseSync } from 'node:sqlite'

/**
 * Asks whether another connection committed anything since the last asking; the first asking says so.
 * SQLite tells by a number that changes with such a commit, and only with such.
 */
export const othersWrote = (db: DatabaseSync): (() => boolean) => {
  const version = db.prepare('PRAGMA data_version')
  let seen: unknown
  return () => {
    const now = version.get()?.['data_version']
    if (now === seen) return false
    seen = now
    return true
  }
}
