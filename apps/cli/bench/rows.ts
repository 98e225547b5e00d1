/**
 * Rows of a real log as bare work is to write them again.
 *
 * @module
 */
import type { DatabaseSync } from 'node:sqlite'
import type { BareEvent, BareRow } from './bare.ts'

/** Those behind a position, with their sealed part if they have one. */
export const rowsAfter = (log: DatabaseSync, position: number): readonly BareEvent[] => {
  const events = log.prepare('SELECT * FROM event WHERE pos > ? ORDER BY pos')
  const parts = log.prepare('SELECT * FROM event_sealed WHERE pos = ?')
  return events.all(position).map((row) => {
    const event = Object.values(row) as BareRow
    const [part] = parts.all(Number(event[0]))
    return part === undefined ? { event } : { event, sealed: Object.values(part) as BareRow }
  })
}

/** The same facts at another position, in a stream of their own. */
export const renumbered = ({ event, sealed }: BareEvent, position: number): BareEvent => {
  const id = `01J${String(position).padStart(23, '0')}`
  const again = { event: [position, id, `bare-${id}`, 0, ...event.slice(4)] }
  return sealed === undefined ? again : { ...again, sealed: [position, ...sealed.slice(1)] }
}
