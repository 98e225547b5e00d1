/**
 * How one list becomes another with as few steps as can be: what is gone, then, from the top, what is
 * new, what stays and what moves.
 *
 * @module
 */

interface Entry {
  readonly id: string
}

/** What becomes of an entry. `position` is its place at that step; of one that stays, if it moves. */
export type Step<Before extends Entry, After extends Entry> =
  | { readonly kind: 'removed'; readonly before: Before }
  | { readonly kind: 'added'; readonly after: After; readonly position: number }
  | {
      readonly kind: 'kept'
      readonly before: Before
      readonly after: After
      readonly position: number | undefined
    }

/** The steps from one list to another; `isKept` tells of an entry whether it can stay the same one. */
export const stepsBetween = <Before extends Entry, After extends Entry>(
  before: readonly Before[],
  after: readonly After[],
  isKept: (entry: Before) => boolean,
): readonly Step<Before, After>[] => {
  const known = new Map(before.filter(isKept).map((entry) => [entry.id, entry]))
  const inPlace = longestRun([...known.keys()], after)
  const order = [...known.keys()]
  const steps: Step<Before, After>[] = before
    .filter((entry) => !isKept(entry))
    .map((entry) => ({ kind: 'removed', before: entry }))
  for (const [index, entry] of after.entries()) {
    const { id } = entry
    const was = known.get(id)
    const isMoved = was !== undefined && !inPlace.has(id)
    if (isMoved) order.splice(order.indexOf(id), 1)
    const position = order.indexOf(after[index - 1]?.id ?? '') + 1
    if (was === undefined || isMoved) order.splice(position, 0, id)
    steps.push(
      was === undefined
        ? { kind: 'added', after: entry, position }
        : { kind: 'kept', before: was, after: entry, position: isMoved ? position : undefined },
    )
  }
  return steps
}

/** Entries that follow each other in both lists, with the place of the last one in the first list. */
interface Run {
  readonly id: string
  readonly place: number
  readonly behind: Run | undefined
}

/** The most entries that can stay where they are while all others move. */
const longestRun = (before: readonly string[], after: readonly Entry[]): ReadonlySet<string> => {
  const places = new Map(before.map((id, place) => [id, place]))
  // Of the runs of each length, the one that ends earliest: most can still follow it.
  const runs: Run[] = []
  for (const { id } of after) {
    const place = places.get(id)
    if (place === undefined) continue
    const longer = runs.findIndex((run) => run.place > place)
    const length = longer === -1 ? runs.length : longer
    runs[length] = { id, place, behind: runs[length - 1] }
  }
  const ids = new Set<string>()
  for (let run = runs.at(-1); run !== undefined; run = run.behind) ids.add(run.id)
  return ids
}

/** The list with one entry changed, and moved where a place is named. */
export const listWith = <Known extends Entry>(
  entries: readonly Known[],
  id: string,
  change: (entry: Known) => Known,
  position: number | undefined,
): readonly Known[] => {
  const at = entries.findIndex((entry) => entry.id === id)
  const entry = entries[at]
  if (entry === undefined) return entries
  return position === undefined
    ? entries.with(at, change(entry))
    : entries.toSpliced(at, 1).toSpliced(position, 0, change(entry))
}
