/**
 * Leases say which process does a work that only one may do. A holder shows by its heartbeat that it
 * is still there; one that fell silent is replaced.
 *
 * @module
 */
import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import type { DatabaseSync } from 'node:sqlite'
import { prepared } from './database.ts'

export const heartbeatMs = 1000
const silentAfterMs = 5 * heartbeatMs

/** Host, process and a random part: told apart from others of the same process too. */
export const newOwner = (): string =>
  `${hostname()}/${process.pid}/${randomBytes(6).toString('hex')}`

/** Why a holder cannot go on. */
export interface Trouble {
  readonly reason: string
  /** The event it stands before. */
  readonly position?: number
}

export interface Holder {
  readonly owner: string
  readonly trouble: Trouble | undefined
}

/** Who holds a lease and was heard of lately. */
export const holderOf = (db: DatabaseSync, name: string): Holder | undefined => {
  const row = prepared(db, 'SELECT owner, beat, trouble FROM forsat_lease WHERE name = ?').get(name)
  if (row === undefined) return undefined
  const owner = String(row['owner'])
  // A beat from the future is of a clock that was set back since.
  const silent = Math.abs(Date.now() - Number(row['beat'])) > silentAfterMs
  if (silent || isGone(owner)) return undefined
  const trouble = row['trouble']
  return {
    owner,
    trouble: typeof trouble === 'string' ? (JSON.parse(trouble) as Trouble) : undefined,
  }
}

/** Takes a lease, or keeps it, inside the caller's transaction; false while another holds it. */
export const takeLease = (db: DatabaseSync, name: string, owner: string): boolean => {
  const holder = holderOf(db, name)
  if (holder !== undefined && holder.owner !== owner) return false
  db.prepare(
    `INSERT INTO forsat_lease (name, owner, beat) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET owner = excluded.owner, beat = excluded.beat,
     trouble = CASE WHEN owner = excluded.owner THEN trouble END`,
  ).run(name, owner, Date.now())
  return true
}

/** Lets others see why the holder cannot go on, or that it can. */
export const tellTrouble = (
  db: DatabaseSync,
  name: string,
  owner: string,
  trouble: Trouble | undefined,
): void => {
  db.prepare('UPDATE forsat_lease SET trouble = ? WHERE name = ? AND owner = ?').run(
    trouble === undefined ? null : JSON.stringify(trouble),
    name,
    owner,
  )
}

export const releaseLease = (db: DatabaseSync, name: string, owner: string): void => {
  db.prepare('DELETE FROM forsat_lease WHERE name = ? AND owner = ?').run(name, owner)
}

/** Whether the holder was a process of this machine that runs no more. */
const isGone = (owner: string): boolean => {
  const [host, pid] = owner.split('/')
  if (Number(pid) === process.pid) return false
  if (host !== hostname() || pid === undefined) return false
  try {
    process.kill(Number(pid), 0)
    return false
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH'
  }
}
