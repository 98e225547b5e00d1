/**
 * The names, days and ids that the tests of this folder speak of.
 *
 * @module
 */
import type { Occurred } from '../decider.ts'

const ulid = (last: string) => last.padStart(26, '0')

export const pars = ulid('B1')
export const north = ulid('B2')
export const sara = ulid('E1')
export const omid = ulid('E2')

export const yesterday = '2026-01-10T08:00:00.000Z'
export const now = '2026-01-11T08:00:00.000Z'
export const when = { occurredAt: now }

/** The event as the log tells it, with its moment. */
export const at = <Event extends object>(event: Event, occurredAt: string): Occurred<Event> => ({
  ...event,
  occurredAt,
})
