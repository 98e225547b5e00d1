/**
 * The read model of quotations: each with the version that stands, the links that customers were
 * given, and the orders that came of them.
 *
 * @module
 */
import type { QuotationEvent } from '@forsat/domain'
import type { RecordedEvent } from '@forsat/event-store'
import { type Documents, projection, type Table } from '../projection.ts'
import { externalIds, keepExternalIds } from '../read-models/external-id.ts'
import { type DeliveryDocument, delivery, deliveryAfter } from './delivery-document.ts'
import { order, orderAfter } from './order-document.ts'
import { type QuotationDocument, quotationAfter } from './quotation-document.ts'
import {
  quotationColumns,
  quotationRow,
  shownOf,
  standingColumns,
  standingRow,
} from './quotation-row.ts'

const quotation: Table<QuotationDocument> = {
  key: ['id'],
  isPersonal: true,
  columns: quotationColumns,
  indexes: {
    created: ['company', 'created_at', 'began'],
    opportunity: ['opportunity_id', 'began'],
    contact: ['contact_id'],
    number: ['company', 'number_key'],
    expiry: ['company', 'status', 'expires_at'],
  },
  row: quotationRow,
  history: {
    columns: standingColumns,
    row: standingRow,
    indexes: { opportunity: ['opportunity_id'] },
  },
}

/** A link that a customer was given: of it only what its token hashes to. */
interface LinkDocument {
  readonly token_hash: string
  readonly quotation_id: string
  readonly company: string
  readonly version: number
  readonly issued_at: string
  /** Until it was revoked, or another was made for the same version. */
  readonly alive: boolean
}

const link: Table<LinkDocument> = {
  key: ['token_hash'],
  columns: {
    token_hash: 'text',
    quotation_id: 'text',
    company: 'text',
    version: 'integer',
    issued_at: 'text',
    alive: 'integer',
  },
  row: ({ alive, ...facts }) => ({ ...facts, alive: Number(alive) }),
}

/** A link lives on when its version is superseded: then it tells the customer so. */
const keepLinks = (
  table: Documents<LinkDocument>,
  before: QuotationDocument | undefined,
  after: QuotationDocument,
  { event, occurredAt: issued_at }: RecordedEvent,
): void => {
  if (before?.link?.tokenHash === after.link?.tokenHash) return
  const isSuperseded = (event as QuotationEvent).type === 'QuotationSent'
  const known = before?.link && table.get(before.link.tokenHash)
  if (known !== undefined && !isSuperseded) table.put({ ...known, alive: false })
  if (after.link === undefined) return
  const { id: quotation_id, company = '' } = after
  const { tokenHash: token_hash, version } = after.link
  // No two links are made with one token, so nobody need look for another.
  table.add({ token_hash, quotation_id, company, version, issued_at, alive: true })
}

const keepDelivery = (table: Documents<DeliveryDocument>, recorded: RecordedEvent): void => {
  const after = deliveryAfter(table.get(recorded.subject), recorded)
  if (after !== undefined) table.put(after)
}

/** What other systems call it. */
const knownAs = (document: QuotationDocument) => ({
  id: document.id,
  company: document.company,
  externalIds: shownOf(document).fields.externalIds,
})

export const quotations = projection({
  name: 'quotations',
  version: 2,
  tables: {
    quotation,
    quotation_delivery: delivery,
    quotation_link: link,
    sales_order: order,
    quotation_external_id: externalIds,
  },
  apply: (recorded, tables) => {
    if (recorded.category === 'delivery') return keepDelivery(tables.quotation_delivery, recorded)
    if (recorded.category !== 'quotation') return
    if (recorded.event.type === 'QuotationSent') keepDelivery(tables.quotation_delivery, recorded)
    const isFirst = recorded.revision === 0
    const before = isFirst ? undefined : tables.quotation.get(recorded.subject)
    const after = quotationAfter(before, recorded)
    if (after === undefined) return
    if (isFirst) tables.quotation.add(after)
    else tables.quotation.put(after)
    keepLinks(tables.quotation_link, before, after, recorded)
    if (after.order !== undefined && after.order !== before?.order) {
      // What confirms it makes an order anew; whatever else touches one finds it.
      const isNew = recorded.event.type === 'QuotationConfirmed'
      const known = isNew ? undefined : tables.sales_order.get(after.order.id)
      const made = orderAfter(recorded, known, after)
      if (made !== undefined && isNew) tables.sales_order.add(made)
      else if (made !== undefined) tables.sales_order.put(made)
    }
    keepExternalIds(tables.quotation_external_id, before && knownAs(before), knownAs(after))
  },
})
