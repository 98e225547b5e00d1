/**
 * A quotation as its timeline tells of it: the version that is worked on, field by field, its lines
 * and its options one by one.
 *
 * @module
 */
import { isErased, type QuotationEvent } from '@forsat/domain'
import type { RecordedEvent } from '@forsat/event-store'
import type { Change } from '../views/history.ts'
import type { QuotationDocument } from './quotation-document.ts'
import { shownOf } from './quotation-row.ts'

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
    template: shown.template?.name,
    approval: shown.approval?.state,
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

/** What is told one by one: lines and options. */
interface Entry {
  readonly id: string
}

interface Lists {
  readonly lines: readonly Entry[]
  readonly options: readonly Entry[]
}

/** Entries that came, went or moved whole; of those that stayed, the fields that differ. */
export const listChanges = (
  before: QuotationDocument | undefined,
  after: QuotationDocument,
  recorded: RecordedEvent,
): readonly Change[] => {
  const event = recorded.event as QuotationEvent
  const was = before === undefined ? { lines: [], options: [] } : listsIn(before, event)
  const is = listsIn(after, event)
  return (['lines', 'options'] as const).flatMap((list) =>
    was[list] === is[list]
      ? []
      : [
          ...entryChanges(list, was[list], is[list]),
          ...moved(list, was[list], is[list], movedIn(event)),
        ],
  )
}

/** A customer answers the version that stands, whatever is drafted beside it. */
const listsIn = (document: QuotationDocument, { type }: QuotationEvent): Lists =>
  type === 'OptionAccepted' || type === 'OptionDeclined' ? document.current : shownOf(document)

const entryChanges = (
  list: string,
  was: readonly Entry[],
  is: readonly Entry[],
): readonly Change[] => {
  const [from, to] = [byId(was), byId(is)]
  const fieldOf = ({ id }: Entry) => `${list}/${id}`
  return [
    ...was.filter(({ id }) => !to.has(id)).map((entry) => ({ field: fieldOf(entry), from: entry })),
    ...is.flatMap((entry) => {
      const known = from.get(entry.id)
      return known === undefined
        ? [{ field: fieldOf(entry), to: entry }]
        : differing(fieldOf(entry), known, entry)
    }),
  ]
}

const byId = (entries: readonly Entry[]): ReadonlyMap<string, Entry> =>
  new Map(entries.map((entry) => [entry.id, entry]))

const differing = (field: string, before: Entry, after: Entry): readonly Change[] => {
  if (before === after) return []
  const [from, to] = [new Map(Object.entries(before)), new Map(Object.entries(after))]
  return [...new Set([...from.keys(), ...to.keys()])].flatMap((name) => {
    const [was, is] = [from.get(name) as unknown, to.get(name) as unknown]
    if (JSON.stringify(was) === JSON.stringify(is) && !isErased(is)) return []
    const [left, right] = [was !== undefined && { from: was }, is !== undefined && { to: is }]
    return [{ field: `${field}/${name}`, ...left, ...right }]
  })
}

/** The entry that an event moved. */
const movedIn = ({ type, data }: QuotationEvent): string | undefined => {
  if (type === 'QuotationLineRevised') return data.position === undefined ? undefined : data.lineId
  if (type === 'OptionRevised') return data.position === undefined ? undefined : data.optionId
  return undefined
}

const moved = (
  list: string,
  was: readonly Entry[],
  is: readonly Entry[],
  id: string | undefined,
): readonly Change[] => {
  if (id === undefined) return []
  const placeIn = (entries: readonly Entry[]) => entries.findIndex((entry) => entry.id === id)
  return [{ field: `${list}/${id}/position`, from: placeIn(was), to: placeIn(is) }]
}
