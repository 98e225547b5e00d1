/**
 * Rows of a real log as bare work is to write them again.
 *
 * @module
 */
import type { DatabaseSync } from 'node:sqlite'
import type { BareEvent, BareRow } from './bare.ts'

/** Those behind a position, with their sealed parts. */
export const rowsAfter = (log: DatabaseSync, position: number): readonly BareEvent[] => {
  const events = log.prepare(
    `SELECT pos, id, stream, rev, type, company, occurred, recorded, actor, on_behalf_of, corr, cause,
       sealed, data, salt, env FROM event WHERE pos > ? ORDER BY pos`,
  )
  const parts = log.prepare('SELECT * FROM event_sealed WHERE pos = ?')
  return events.all(position).map((row) => {
    const event = Object.values(row) as BareRow
    const sealed = parts.all(Number(event[0])).map((part) => Object.values(part) as BareRow)
    return { event, sealed }
  })
}

/** The same facts at another position, in a stream of their own. */
export const renumbered = ({ event, sealed = [] }: BareEvent, position: number): BareEvent => {
  const id = `01J${String(position).padStart(23, '0')}`
  return {
    event: [position, id, `bare-${id}`, 0, ...event.slice(4)],
    sealed: sealed.map((part) => [position, ...part.slice(1)]),
  }
}

/** Bytes in base64, for JSON has none. */
export const written = (_name: string, value: unknown): unknown =>
  value instanceof Uint8Array ? { bytes: Buffer.from(value).toString('base64') } : value
