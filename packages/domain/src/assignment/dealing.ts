/**
 * Dealing leads out: first those that somebody prefers, among those who do, then all others among all.
 *
 * @module
 */
import type { Ulid } from '../id.ts'
import type { Comparable, Matcher } from '../rules/matching.ts'
import { turns } from './turns.ts'

/** A team at the table. */
export interface Table {
  readonly id: Ulid
  readonly takes: Matcher
  readonly seats: readonly Seat[]
}

/** A member at the table. */
export interface Seat {
  readonly teamId: Ulid
  readonly userId: Ulid
  readonly accepts: Matcher
  readonly prefers: Matcher | undefined
  readonly isAway: boolean
  readonly places: number
  /** Where in the round the turns begin. */
  readonly start: number
}

interface Waiting {
  readonly id: Ulid
  readonly facts: Comparable
}

type Pass = 'preferred' | 'ordinary'

export interface Dealt {
  readonly id: Ulid
  readonly seat: Seat
  readonly pass: Pass
  /** The first, second … that the member was given. */
  readonly place: number
}

/** A place whose turn is to come. */
interface Place {
  readonly seat: Seat
  readonly moment: number
  /** The first, second … of the member's. */
  readonly number: number
  /** The moments of those behind it. */
  readonly rest: Iterator<number, undefined>
}

/** The next place of each member of a team, in the order of their turns. */
interface Queue {
  readonly takes: Matcher
  readonly places: Place[]
}

/** Leads in this order, each to the first in turn who takes it. */
export const dealt = (
  leads: readonly Waiting[],
  tables: readonly Table[],
): { readonly taken: readonly Dealt[]; readonly over: readonly Waiting[] } => {
  const queues = tables.map(queueOf)
  const taken: Dealt[] = []
  const dealing = (pass: Pass, waiting: readonly Waiting[]): readonly Waiting[] =>
    waiting.filter(({ id, facts }) => {
      const found = firstInTurn(queues, facts, pass)
      if (found === undefined) return true
      const { seat, number: place } = found.place
      taken.push({ id, seat, pass, place })
      giveAway(found)
      return false
    })
  const arePreferred = tables.some(({ seats }) => seats.some(({ prefers }) => prefers))
  const over = dealing('ordinary', arePreferred ? dealing('preferred', leads) : leads)
  return { taken, over }
}

const queueOf = ({ takes, seats }: Table): Queue => ({
  takes,
  places: seats
    .flatMap((seat) => placeAfter(seat, turns(seat.places, seat.start), 0))
    .toSorted((a, b) => a.moment - b.moment),
})

const placeAfter = (seat: Seat, rest: Place['rest'], before: number): readonly Place[] => {
  const { value: moment } = rest.next()
  return moment === undefined ? [] : [{ seat, moment, number: before + 1, rest }]
}

interface Found {
  readonly queue: Queue
  readonly at: number
  readonly place: Place
}

const firstInTurn = (queues: readonly Queue[], lead: Comparable, pass: Pass): Found | undefined => {
  let first: Found | undefined
  for (const queue of queues) {
    const [next] = queue.places
    // A team without a place, or whose first turn comes later, need not be asked.
    if (next === undefined || (first !== undefined && next.moment >= first.place.moment)) continue
    if (!queue.takes(lead)) continue
    const at = queue.places.findIndex(
      ({ seat }) => (pass === 'ordinary' || seat.prefers?.(lead) === true) && seat.accepts(lead),
    )
    const place = queue.places[at]
    if (place === undefined) continue
    if (first === undefined || place.moment < first.place.moment) first = { queue, at, place }
  }
  return first
}

/** The place is taken; the member's next one takes its turn behind those that are not later. */
const giveAway = ({ queue: { places }, at, place: { seat, rest, number } }: Found): void => {
  places.splice(at, 1)
  for (const again of placeAfter(seat, rest, number)) {
    const behind = places.findIndex(({ moment }) => moment > again.moment)
    places.splice(behind === -1 ? places.length : behind, 0, again)
  }
}
