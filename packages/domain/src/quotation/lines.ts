/**
 * How the lines of a draft change: what differs of one, and how one whole list becomes another.
 *
 * @module
 */
import { changesIn, defined, isEmpty } from '../patch.ts'
import type { LineChanges } from './command.ts'
import type { DraftingEvent } from './content.ts'
import type { DataOf } from './events.ts'
import type { PricedLine, QuotationLine } from './line.ts'

/** The line as it will be; what has no place in its kind is let be. */
export const lineAfter = (line: PricedLine, changes: LineChanges): PricedLine => {
  if (line.kind === 'note') return line
  if (line.kind === 'section') {
    return { ...line, description: changes.description ?? line.description }
  }
  const { taxRate = line.taxRate, ...others } = changes
  // Of a tax rate alone, null is a value: exempt.
  const fields = Object.entries({ ...line, ...defined(others) })
  const said = Object.fromEntries(fields.filter(([, value]) => value !== null))
  return { ...said, taxRate } as PricedLine
}

type Differences = Omit<DataOf<'QuotationLineRevised'>, 'lineId' | 'position' | 'totals'>

/** What differs between two states of a line, the words of a note among it. */
export const lineDifferences = (
  before: QuotationLine,
  after: QuotationLine,
  text: string | undefined,
): Differences => {
  if (before.kind === 'note') return defined({ text })
  if (before.kind === 'section' && after.kind === 'section') {
    return changesIn(before, { description: after.description })
  }
  if (before.kind !== 'item' || after.kind !== 'item') return {}
  const { id: _id, kind: _kind, taxRate, ...fields } = after
  const { productId = null, unit = null, discountPercent = null } = after
  return {
    ...changesIn(before, { ...fields, productId, unit, discountPercent }),
    ...(taxRate === before.taxRate ? {} : { taxRate }),
  }
}

/** How one list becomes another: what is gone, then, from the top, what is new, changed or moved. */
export const listDifferences = (
  before: readonly QuotationLine[],
  after: readonly QuotationLine[],
  texts: ReadonlyMap<string, string | undefined>,
): readonly DraftingEvent[] => {
  const kinds = new Map(after.map(({ id, kind }) => [id, kind]))
  const stays = ({ id, kind }: QuotationLine) => kinds.get(id) === kind
  const known = new Map(before.filter(stays).map((line) => [line.id, line]))
  const inPlace = longestRun([...known.keys()], after)
  const order = [...known.keys()]
  const events: DraftingEvent[] = before
    .filter((line) => !stays(line))
    .map(({ id: lineId }) => ({ type: 'QuotationLineRemoved', data: { lineId } }))
  for (const [index, line] of after.entries()) {
    const { id } = line
    const was = known.get(id)
    const text = texts.get(id)
    const isMoved = was !== undefined && !inPlace.has(id)
    if (isMoved) order.splice(order.indexOf(id), 1)
    const position = order.indexOf(after[index - 1]?.id ?? '') + 1
    if (was === undefined || isMoved) order.splice(position, 0, id)
    if (was === undefined) {
      events.push({ type: 'QuotationLineAdded', data: defined({ line, text, position }) })
      continue
    }
    const differences = lineDifferences(was, line, text)
    const data = isMoved ? { ...differences, position } : differences
    if (!isEmpty(data)) events.push({ type: 'QuotationLineRevised', data: { lineId: id, ...data } })
  }
  return events
}

/** Lines that follow each other in both lists, with the place of the last one in the first list. */
interface Run {
  readonly id: string
  readonly place: number
  readonly behind: Run | undefined
}

/** The most lines that can stay where they are while all others move. */
const longestRun = (
  before: readonly string[],
  after: readonly QuotationLine[],
): ReadonlySet<string> => {
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
