/**
 * An order is what a confirmation made. A cancellation ends it; a later confirmation of the same
 * quotation makes another one.
 *
 * @module
 */
import type { RecordedEvent } from '@forsat/event-store'
import type { Table } from '../projection.ts'
import { compareKeyOf } from '../read-models/search-key.ts'
import type { OrderView } from '../views/quotation.ts'
import type { QuotationDocument } from './quotation-document.ts'

export interface OrderDocument extends Omit<OrderView, 'confirmedBy'> {
  /** Of the event that confirmed the quotation. */
  readonly id: string
  /** The position of that event: in this order orders came to be. */
  readonly began: number
  /** `kind:id`; the name is looked up on reading. */
  readonly confirmedBy: string
}

export const order: Table<OrderDocument> = {
  key: ['id'],
  columns: {
    id: 'text',
    began: 'integer',
    company: 'text',
    number: 'text',
    status: 'text',
    quotation_id: 'text',
    quotation_number: 'text',
    version: 'integer',
    contact_id: 'text?',
    opportunity_id: 'text?',
    currency: 'text',
    net_amount: 'text',
    total_amount: 'text',
    confirmed_at: 'text',
    confirmed_on: 'text',
    confirmed_by: 'text',
    cancelled_at: 'text?',
    number_key: 'text?',
    /** For the order of lists alone: amounts are exact in `total_amount`. */
    total_order: 'real?',
  },
  indexes: {
    confirmed: ['company', 'confirmed_at', 'began'],
    number: ['company', 'number_key'],
    quotation: ['quotation_id'],
  },
  row: (document) => ({
    id: document.id,
    began: document.began,
    company: document.company ?? '',
    number: document.number,
    status: document.status,
    quotation_id: document.quotationId,
    quotation_number: document.quotationNumber,
    version: document.version,
    contact_id: document.contactId ?? null,
    opportunity_id: document.opportunityId ?? null,
    currency: document.total.currency,
    net_amount: document.net.amount,
    total_amount: document.total.amount,
    confirmed_at: document.confirmedAt,
    confirmed_on: document.confirmedOn,
    confirmed_by: document.confirmedBy,
    cancelled_at: document.cancelledAt ?? null,
    number_key: compareKeyOf(document.number),
    total_order: Number(document.total.amount),
  }),
}

/** The order that an event of its quotation made or changed; `undefined` if it touched none. */
export const orderAfter = (
  { position }: RecordedEvent,
  known: OrderDocument | undefined,
  { id: quotationId, company, order: made, confirmed, cancelled, current }: QuotationDocument,
): OrderDocument | undefined => {
  if (made === undefined || confirmed === undefined) return undefined
  const { fields, totals, version, issue } = current
  const { contactId, opportunityId } = fields
  const { id, number, status, confirmedAt } = made
  return {
    id,
    began: known?.began ?? position,
    number,
    status,
    confirmedAt,
    confirmedOn: confirmed.on,
    confirmedBy: confirmed.by,
    ...(cancelled !== undefined && { cancelledAt: cancelled.at }),
    net: totals.net,
    total: totals.total,
    quotationId,
    quotationNumber: issue?.number ?? '',
    version,
    ...(contactId !== undefined && { contactId }),
    ...(opportunityId !== undefined && { opportunityId }),
    ...(company !== undefined && { company }),
  }
}
