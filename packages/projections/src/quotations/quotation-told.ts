/**
 * A quotation as its timeline tells of it: the version that is worked on, field by field, and its
 * lines one by one.
 *
 * @module
 */
import { isErased, type QuotationEvent } from '@forsat/domain'
import type { RecordedEvent } from '@forsat/event-store'
import type { Change } from '../views/history.ts'
import type { QuotationDocument } from './quotation-document.ts'
import { shownOf } from './quotation-row.ts'
import type { LineDocument } from './version-document.ts'

/** They change the version that stands, whatever is drafted beside it. */
const ofStanding: ReadonlySet<string> = new Set(['QuotationCorrected', 'QuotationExtended'])

/** All but the lines. What a person reads comes first, and nothing that is only bookkeeping. */
export const quotationTold = (document: QuotationDocument, { event }: RecordedEvent): object => {
  const { status, current, link, order, acceptance } = document
  const shown = ofStanding.has(event.type) ? current : shownOf(document)
  const { digits: _digits, validUntil: typed, ...fields } = shown.fields
  const { number } = shown.issue ?? {}
  const { customer, invoiceAddress, deliveryAddress } = shown.issue ?? shown.fields
  return {
    status: shown === current ? status : 'draft',
    version: shown.version,
    ...fields,
    validUntil: shown.issue === undefined ? typed : shown.issue.validUntil,
    number,
    customer,
    invoiceAddress,
    deliveryAddress,
    net: shown.totals.net,
    total: shown.totals.total,
    linkActive: link === undefined ? undefined : true,
    acceptedBy: acceptance?.name,
    order: order?.number,
    orderStatus: order?.status,
  }
}

/** Lines that came, went or moved whole; of those that stayed, the fields that differ. */
export const lineChanges = (
  before: QuotationDocument | undefined,
  after: QuotationDocument,
  { event }: RecordedEvent,
): readonly Change[] => {
  const was = before === undefined ? [] : shownOf(before).lines
  const is = shownOf(after).lines
  if (was === is) return []
  const [from, to] = [byId(was), byId(is)]
  return [
    ...was.filter(({ id }) => !to.has(id)).map((line) => ({ field: fieldOf(line), from: line })),
    ...is.flatMap((line) => {
      const known = from.get(line.id)
      return known === undefined ? [{ field: fieldOf(line), to: line }] : differing(known, line)
    }),
    ...moved(was, is, event as QuotationEvent),
  ]
}

const byId = (lines: readonly LineDocument[]): ReadonlyMap<string, LineDocument> =>
  new Map(lines.map((line) => [line.id, line]))

const fieldOf = ({ id }: LineDocument): string => `lines/${id}`

const differing = (before: LineDocument, after: LineDocument): readonly Change[] => {
  if (before === after) return []
  const [from, to] = [new Map(Object.entries(before)), new Map(Object.entries(after))]
  return [...new Set([...from.keys(), ...to.keys()])].flatMap((name) => {
    const [was, is] = [from.get(name) as unknown, to.get(name) as unknown]
    if (JSON.stringify(was) === JSON.stringify(is) && !isErased(is)) return []
    const field = `${fieldOf(after)}/${name}`
    return [{ field, ...(was !== undefined && { from: was }), ...(is !== undefined && { to: is }) }]
  })
}

const moved = (
  was: readonly LineDocument[],
  is: readonly LineDocument[],
  { type, data }: QuotationEvent,
): readonly Change[] => {
  if (type !== 'QuotationLineRevised' || data.position === undefined) return []
  const placeIn = (lines: readonly LineDocument[]) =>
    lines.findIndex(({ id }) => id === data.lineId)
  return [{ field: `lines/${data.lineId}/position`, from: placeIn(was), to: placeIn(is) }]
}
