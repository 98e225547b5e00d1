/**
 * Who has the store open for writing: a row for each, gone when it is closed. A row whose process is
 * gone tells that the store was left without a good-bye.
 *
 * @module
 */
import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import type { DatabaseSync } from 'node:sqlite'

export interface Session {
  /** Whether somebody left the store without closing it. */
  readonly uncleanEnd: () => boolean
  /** Enters our row and drops those of the dead. Inside a transaction. */
  readonly enter: () => void
  /** Others who may write. */
  readonly others: () => number
  /** Inside a transaction. */
  readonly leave: () => void
}

interface SessionRow {
  readonly id: string
  readonly host: string
  readonly pid: number
  readonly started: string
}

export const session = (db: DatabaseSync, clock: { now(): string }): Session => {
  const id = randomUUID()
  const all = db.prepare('SELECT id, host, pid, started FROM session')
  const insert = db.prepare(
    'INSERT INTO session (id, host, pid, started, opened) VALUES (?, ?, ?, ?, ?)',
  )
  const drop = db.prepare('DELETE FROM session WHERE id = ?')
  const count = db.prepare('SELECT count(*) AS others FROM session WHERE id <> ?')

  const dead = () => (all.all() as unknown as SessionRow[]).filter((row) => !isAlive(row))

  return {
    uncleanEnd: () => dead().length > 0,
    enter: () => {
      for (const row of dead()) drop.run(row.id)
      insert.run(id, hostname(), process.pid, processStart(), clock.now())
    },
    others: () => Number(count.get(id)?.['others']),
    leave: () => {
      drop.run(id)
    },
  }
}

/**
 * A process of another host cannot be asked; SQLite's file is not for several hosts, so it is an
 * earlier life of this one (a container gets a new name with each). A process with our own number is
 * us only if it started when we did.
 */
const isAlive = ({ host, pid, started }: SessionRow): boolean => {
  if (host !== hostname()) return false
  if (pid === process.pid) return Math.abs(Date.parse(started) - Date.parse(processStart())) < 2000
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // Somebody else's process is alive too, it only must not be signalled.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

const processStart = (): string => new Date(Date.now() - process.uptime() * 1000).toISOString()
