/**
 * How the lines of a draft change: what differs of one, and how one whole list becomes another.
 *
 * @module
 */
import { changesIn, defined, isEmpty } from '../patch.ts'
import type { LineChanges } from './command.ts'
import type { DataOf, DraftingEvent } from './events.ts'
import type { PricedLine, QuotationLine } from './line.ts'
import { stepsBetween } from './listing.ts'

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

/** How one list of lines becomes another. */
export const listDifferences = (
  before: readonly QuotationLine[],
  after: readonly QuotationLine[],
  texts: ReadonlyMap<string, string | undefined>,
): readonly DraftingEvent[] => {
  const kinds = new Map(after.map(({ id, kind }) => [id, kind]))
  const isKept = ({ id, kind }: QuotationLine) => kinds.get(id) === kind
  return stepsBetween(before, after, isKept).flatMap((step): readonly DraftingEvent[] => {
    if (step.kind === 'removed') {
      return [{ type: 'QuotationLineRemoved', data: { lineId: step.before.id } }]
    }
    const { after: line, position } = step
    const text = texts.get(line.id)
    if (step.kind === 'added') {
      return [
        { type: 'QuotationLineAdded', data: defined({ line, text, position: step.position }) },
      ]
    }
    const differences = lineDifferences(step.before, line, text)
    const data = defined({ ...differences, position })
    return isEmpty(data)
      ? []
      : [{ type: 'QuotationLineRevised', data: { lineId: line.id, ...data } }]
  })
}
