/**
 * What the printed quotation is made from: one version as its own stream tells it, and its seller as
 * the company's stream tells it up to the sending. Later changes of either change nothing of it.
 *
 * @module
 */
import type { DocumentFacts, DocumentLine, DocumentOption, Standing } from '@forsat/document'
import { erased, type QuotationEvent } from '@forsat/domain'
import type { RecordedEvent } from '@forsat/event-store'
import {
  type QuotationDocument,
  quotationDocument,
  type VersionDocument,
} from '@forsat/projections'
import type { Facts } from '../facts.ts'
import { partiesOf } from '../quotation/parties.ts'
import { eventsUpTo, type Log, sellerAt } from './seller.ts'

export interface DocumentRequest {
  readonly company: string
  /** By default the one worked on, or else the one that stands. */
  readonly version?: number | undefined
  /** Of what was ordered: with the customer whom the law wants kept after an erasure. */
  readonly kept?: boolean | undefined
}

type Parties = Pick<DocumentFacts, 'customer' | 'invoiceAddress' | 'deliveryAddress'>

/** `undefined` where the company has no such version to show; what was thrown away is none. */
export const documentOf = async (
  id: string,
  { company, version }: DocumentRequest,
  log: Log,
  facts: Facts,
): Promise<DocumentFacts | undefined> => {
  const events: RecordedEvent[] = []
  for await (const event of eventsUpTo(log, `quotation-${id}`)) events.push(event)
  const document = quotationDocument(events)
  if (document?.company !== company || document.status === 'deleted') return undefined
  const shown = versionIn(document, version)
  if (shown === undefined) return undefined
  const seller = await sellerAt(log, company, sendingOf(events, shown.version))
  if (seller === undefined) return undefined
  const { issue, fields, lines, options, totals } = shown
  const { language, currency, pricesIncludeTax, subject, customerReference } = fields
  const { terms, paymentTerms, deliveryTerms } = fields
  return {
    standing: standingOf(document, shown),
    number: issue?.number,
    version: shown.version,
    language,
    currency,
    seller,
    ...(issue === undefined ? await partiesNow(shown, company, facts) : partiesIn(issue)),
    subject,
    customerReference,
    sentOn: issue?.sentOn,
    validUntil: issue === undefined ? fields.validUntil : issue.validUntil,
    order: shown === document.current ? orderOf(document) : undefined,
    pricesIncludeTax,
    lines: lines.map(lineOf),
    options: options.map(optionOf),
    totals,
    terms,
    paymentTerms,
    deliveryTerms,
    madeAt: issue?.sentAt ?? document.updatedAt,
  }
}

const versionIn = (
  { current, draft, past }: QuotationDocument,
  version: number | undefined,
): VersionDocument | undefined => {
  if (version === undefined) return draft ?? current
  const all = [draft, current, ...past].filter((each) => each !== undefined)
  return all.find((each) => each.version === version && each.ended !== 'discarded')
}

/** Where in the log a version was issued. */
const sendingOf = (events: readonly RecordedEvent[], version: number): number | undefined =>
  events.find(({ event }) => {
    const { type, data } = event as QuotationEvent
    return type === 'QuotationSent' && data.version === version
  })?.position

const standingOf = ({ current, status }: QuotationDocument, shown: VersionDocument): Standing => {
  const recorded = shown === current ? status : (shown.ended ?? 'draft')
  switch (recorded) {
    case 'draft':
    case 'confirmed':
    case 'declined':
    case 'cancelled':
    case 'superseded':
      return recorded
    case 'sent':
    case 'expired':
    case 'discarded':
    case 'deleted':
      return 'offered'
  }
}

const orderOf = ({ order, confirmed }: QuotationDocument): DocumentFacts['order'] =>
  order && confirmed && { number: order.number, confirmedOn: confirmed.on }

const partiesIn = ({
  customer,
  invoiceAddress,
  deliveryAddress,
}: NonNullable<VersionDocument['issue']>): Parties => ({
  customer,
  invoiceAddress,
  deliveryAddress,
})

/** Of a draft: who it would be sent to as things are, where it does not know itself. */
const partiesNow = async (
  { fields }: VersionDocument,
  company: string,
  facts: Facts,
): Promise<Parties> => {
  const now = await partiesOf(fields, { company: { id: company }, facts })
  // A contact that there is but that has no name was erased.
  const unnamed = fields.contactId === undefined ? undefined : erased
  return {
    customer: fields.customer ?? now.customer ?? unnamed,
    invoiceAddress: fields.invoiceAddress ?? now.invoiceAddress,
    deliveryAddress: fields.deliveryAddress ?? now.deliveryAddress,
  }
}

const lineOf = (line: VersionDocument['lines'][number]): DocumentLine => {
  if (line.kind !== 'item') return line
  const { productId: _product, ...item } = line
  return item
}

/** What was offered and what was answered, without how much of it might have been taken. */
const optionOf = ({
  kind: _kind,
  productId: _product,
  quantityEditable: _editable,
  minQuantity: _least,
  maxQuantity: _most,
  ...option
}: VersionDocument['options'][number]): DocumentOption => option
