/**
 * A casebook keeps closed deals as rows of numbers, close together: as objects, a million of them
 * would fill a gigabyte. Each case has a number of its own until it is struck out.
 *
 * @module
 */
import type { CalendarDate } from '../time/calendar-date.ts'
import type { Deal, Outcome, StagePlace, Trait } from './deal.ts'
import { type Vocabulary, vocabulary } from './vocabulary.ts'

export interface Casebook {
  readonly stages: readonly StagePlace[]
  readonly traits: Vocabulary
  /** The numbers of cases are below. */
  readonly size: number
  write(outcome: Outcome): number
  strike(entry: number): void
  find(id: string): number | undefined
  entries(): Iterable<number>

  isWon(entry: number): boolean
  /** Days as numbers that follow each other as days do. */
  openedOn(entry: number): number
  closedOn(entry: number): number
  ageDays(entry: number): number
  /** A hash of the id: any two machines make the same. */
  hash(entry: number): number
  /** By closing day, then by id. */
  compare(a: number, b: number): number
  /** Whether it is among those that are learnt from. */
  isTaught(entry: number): boolean
  setTaught(entry: number, isTaught: boolean): void

  /** Where the numbers of deals stand, until the next case is written or struck out. */
  readonly cells: Int32Array
  /** Where the deal stands as which a case began, and as which it ended. */
  first(entry: number): number
  end(entry: number): number
  /**
   * As it was when it came to a stage, or past it; `undefined` if it never did. A win has come
   * through all stages.
   */
  arrival(entry: number, stage: number): number | undefined
  /** The deal as it was told, but for its place in a stage that nobody knows. */
  dealAt(at: number): Deal
}

/** Before the traits of a deal stand its stage, whether the first of them is its team, and how many. */
export const head = 3

/** The place of a stage that nobody knows. */
const nowhere = -1

/** The figures of a case: where in the cells its deals begin, how long they are, where the last is. */
const column = {
  start: 0,
  length: 1,
  ended: 2,
  won: 3,
  opened: 4,
  closed: 5,
  age: 6,
  hashed: 7,
  taught: 8,
} as const
const width = 9

/** Gaps as short as this are left alone. */
const fewestToClose = 65_536

export const casebook = (stages: readonly StagePlace[]): Casebook => {
  const traits = vocabulary()
  const places = new Map(stages.map(({ id }, place) => [id, place]))
  const entries = new Map<string, number>()
  const ids: string[] = []
  const free: number[] = []
  let figures = new Int32Array(64 * width)
  let cells = new Int32Array(1024)
  /** Of the cells, how many are taken, and how many of those by cases that were struck out. */
  let [taken, wasted] = [0, 0]

  const figure = (entry: number, at: number): number => figures[entry * width + at] ?? 0
  const setFigure = (entry: number, at: number, value: number): void => {
    figures[entry * width + at] = value
  }

  /** Said twice, a trait is still one. */
  const writeTrait = (trait: Trait, from: number): void => {
    const number = traits.learn(trait)
    for (let cell = from; cell < taken; cell += 1) if (cells[cell] === number) return
    cells[taken] = number
    taken += 1
  }

  const writeDeal = ({ stageId, teamId, traits: told }: Deal): number => {
    const at = taken
    cells = grown(cells, at + head + 1 + told.length)
    taken = at + head
    if (teamId !== undefined) writeTrait({ variable: 'team', value: teamId }, taken)
    for (const trait of told) writeTrait(trait, at + head)
    cells[at] = stageId === undefined ? nowhere : (places.get(stageId) ?? nowhere)
    cells[at + 1] = teamId === undefined ? 0 : 1
    cells[at + 2] = taken - at - head
    return at
  }

  const isSame = (at: number, before: number): boolean => {
    const size = taken - at
    if (at - before !== size) return false
    for (let index = 0; index < size; index += 1) {
      if (cells[at + index] !== cells[before + index]) return false
    }
    return true
  }

  /** A deal mostly ends as what it was in its last stage: that is written once. */
  const writeDeals = ({ path, end }: Outcome): number => {
    let last = nowhere
    for (const deal of path) last = writeDeal(deal)
    const at = writeDeal(end)
    if (last === nowhere || !isSame(at, last)) return at
    taken = at
    return last
  }

  const closeGaps = (): void => {
    const next = new Int32Array(cells.length)
    let to = 0
    for (const entry of entries.values()) {
      const [from, size] = [figure(entry, column.start), figure(entry, column.length)]
      next.set(cells.subarray(from, from + size), to)
      setFigure(entry, column.start, to)
      to += size
    }
    cells = next
    taken = to
    wasted = 0
  }

  const dealAt = (at: number): Deal => {
    const told = Array.from({ length: cells[at + 2] ?? 0 }, (_, index) =>
      traits.trait(cells[at + head + index] ?? nowhere),
    ).filter((trait) => trait !== undefined)
    const team = cells[at + 1] === 1 ? told[0] : undefined
    return {
      stageId: stages[cells[at] ?? nowhere]?.id,
      teamId: team?.value,
      traits: team === undefined ? told : told.slice(1),
    }
  }

  const first = (entry: number): number => figure(entry, column.start)
  const end = (entry: number): number => figure(entry, column.start) + figure(entry, column.ended)

  return {
    stages,
    traits,
    get cells() {
      return cells
    },
    get size() {
      return ids.length
    },
    find: (id) => entries.get(id),
    entries: () => entries.values(),
    write: (outcome) => {
      const { id } = outcome
      const entry = free.pop() ?? ids.length
      ids[entry] = id
      entries.set(id, entry)
      figures = grown(figures, (entry + 1) * width)
      const from = taken
      const last = writeDeals(outcome)
      setFigure(entry, column.start, from)
      setFigure(entry, column.length, taken - from)
      setFigure(entry, column.ended, last - from)
      setFigure(entry, column.won, Number(outcome.won))
      setFigure(entry, column.opened, dayNumber(outcome.openedOn))
      setFigure(entry, column.closed, dayNumber(outcome.closedOn))
      setFigure(entry, column.age, outcome.ageDays)
      setFigure(entry, column.hashed, hashOf(id))
      setFigure(entry, column.taught, 0)
      return entry
    },
    strike: (entry) => {
      entries.delete(ids[entry] ?? '')
      ids[entry] = ''
      setFigure(entry, column.taught, 0)
      free.push(entry)
      wasted += figure(entry, column.length)
      if (wasted > fewestToClose && wasted > taken / 2) closeGaps()
    },
    isWon: (entry) => figure(entry, column.won) === 1,
    openedOn: (entry) => figure(entry, column.opened),
    closedOn: (entry) => figure(entry, column.closed),
    ageDays: (entry) => figure(entry, column.age),
    hash: (entry) => figure(entry, column.hashed),
    compare: (a, b) =>
      figure(a, column.closed) - figure(b, column.closed) ||
      ((ids[a] ?? '') < (ids[b] ?? '') ? -1 : 1),
    isTaught: (entry) => figure(entry, column.taught) === 1,
    setTaught: (entry, isTaught) => {
      setFigure(entry, column.taught, Number(isTaught))
    },
    first,
    end,
    arrival: (entry, stage) => {
      const { position = 0, teamId } = stages[stage] ?? {}
      const last = end(entry)
      // A stage of a team's own is reached by that team's deals alone.
      if (teamId !== undefined && teamId !== dealAt(last).teamId) return undefined
      for (let at = first(entry); at <= last; at += head + (cells[at + 2] ?? 0)) {
        const here = stages[cells[at] ?? nowhere]
        if (here !== undefined && here.position >= position) return at
      }
      return figure(entry, column.won) === 1 ? last : undefined
    },
    dealAt,
  }
}

/** The same numbers, with room for so many. */
export const grown = (numbers: Int32Array<ArrayBuffer>, size: number): Int32Array<ArrayBuffer> => {
  if (size <= numbers.length) return numbers
  const larger = new Int32Array(Math.max(size, 2 * numbers.length))
  larger.set(numbers)
  return larger
}

/** @example 2026-01-10 is 20260110 */
export const dayNumber = (day: CalendarDate): number =>
  digitsIn(day, 0, 4) * 10_000 + digitsIn(day, 5, 7) * 100 + digitsIn(day, 8, 10)

const digitsIn = (text: string, from: number, to: number): number => {
  let number = 0
  for (let index = from; index < to; index += 1)
    number = 10 * number + text.charCodeAt(index) - zero
  return number
}

const zero = '0'.charCodeAt(0)

/** FNV-1a. */
const hashOf = (id: string): number => {
  let hash = 0x811c9dc5
  for (let index = 0; index < id.length; index += 1) {
    hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193)
  }
  return hash | 0
}
