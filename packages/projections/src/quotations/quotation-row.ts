/**
 * The columns of a quotation: those of the version that stands, and what became of it. They are what
 * lists ask for, what reports count, and what SQL finds.
 *
 * @module
 */

import { isErased } from '@forsat/domain'
import type { CellValue, Columns } from '../projection.ts'
import { compareKeyOf, searchKeyOf } from '../read-models/search-key.ts'
import { takenLines } from './option-document.ts'
import type { QuotationDocument } from './quotation-document.ts'
import type { Fields, VersionDocument } from './version-document.ts'

/** What reports and opportunities need, and so is kept in all its versions; nothing personal. */
export const standingColumns = {
  company: 'text',
  opportunity_id: 'text?',
  contact_id: 'text?',
  salesperson_id: 'text?',
  team_id: 'text?',
  source: 'text?',
  medium: 'text?',
  campaign: 'text?',
  language: 'text',
  /** Lists and own fields as JSON. */
  tags: 'text?',
  product_ids: 'text?',
  template_id: 'text?',
  attributes: 'text?',
  /** As recorded, `deleted` too: one that is sent has expired from `expires_at` on. */
  status: 'text',
  number: 'text?',
  version: 'integer',
  /** Whether the next version is a draft beside the one that stands. */
  draft_beside: 'integer',
  currency: 'text',
  net_amount: 'text',
  discount_amount: 'text',
  total_amount: 'text',
  /** Conversions into the company's currency as JSON: at the confirmation, else at the sending. */
  rates: 'text?',
  created_on: 'text',
  first_sent_on: 'text?',
  sent_on: 'text?',
  sent_at: 'text?',
  sent_by: 'text?',
  valid_until: 'text?',
  /** The first moment at which it is valid no more; what the customer accepted in time expires never. */
  expires_at: 'text?',
  accepted_on: 'text?',
  declined_on: 'text?',
  decline_reason_id: 'text?',
  cancelled_on: 'text?',
  cancel_cause: 'text?',
  /** Stays after a cancellation of what was confirmed. */
  confirmed_on: 'text?',
  confirm_basis: 'text?',
  order_number: 'text?',
} as const satisfies Columns

export const standingRow = (
  document: QuotationDocument,
): Record<keyof typeof standingColumns, CellValue> => {
  const { current, declined, cancelled, confirmed } = document
  const { fields, totals, issue } = current
  return {
    company: document.company ?? '',
    opportunity_id: fields.opportunityId ?? null,
    contact_id: fields.contactId ?? null,
    salesperson_id: fields.salespersonId ?? null,
    team_id: fields.teamId ?? null,
    source: fields.source ?? null,
    medium: fields.medium ?? null,
    campaign: fields.campaign ?? null,
    language: fields.language,
    tags: json(fields.tags),
    product_ids: json(productsOf(current)),
    template_id: current.template?.id ?? null,
    attributes: json(fields.attributes),
    status: document.status,
    number: issue?.number ?? null,
    version: current.version,
    draft_beside: Number(isDraftBeside(document)),
    currency: fields.currency,
    net_amount: totals.net.amount,
    discount_amount: totals.discount.amount,
    total_amount: totals.total.amount,
    rates: json(confirmed?.rates ?? issue?.rates),
    created_on: document.createdOn,
    first_sent_on: document.firstSentOn ?? null,
    sent_on: issue?.sentOn ?? null,
    sent_at: issue?.sentAt ?? null,
    sent_by: issue?.by ?? null,
    valid_until: (issue === undefined ? fields.validUntil : issue.validUntil) ?? null,
    expires_at: expiryOf(document) ?? null,
    accepted_on: document.acceptance?.on ?? null,
    declined_on: declined?.on ?? null,
    decline_reason_id: declined?.reasonId ?? null,
    cancelled_on: cancelled?.on ?? null,
    cancel_cause: cancelled?.cause ?? null,
    confirmed_on: confirmed?.on ?? null,
    confirm_basis: confirmed?.basis ?? null,
    order_number: document.order?.number ?? null,
  }
}

/** When it expires; what the customer accepted in time holds past its date. */
export const expiryOf = ({ current, acceptance }: QuotationDocument): string | undefined =>
  acceptance === undefined ? current.issue?.expiresAt : undefined

/** While it is cancelled nobody works on its next version; reinstated, both are back. */
const isDraftBeside = ({ draft, status }: QuotationDocument): boolean =>
  draft !== undefined && status !== 'cancelled' && status !== 'deleted'

/** The version that is worked on: the open draft, else the one that stands. */
export const shownOf = (document: QuotationDocument): VersionDocument =>
  (isDraftBeside(document) ? document.draft : undefined) ?? document.current

export const quotationColumns = {
  id: 'text',
  began: 'integer',
  ...standingColumns,
  created_at: 'text',
  updated_at: 'text',
  subject: 'text?',
  /** Its own number, without a version, as it is compared. */
  number_key: 'text?',
  /** For the order alone: amounts are exact in `total_amount`. */
  total_order: 'real?',
  search_key: 'text',
} as const satisfies Columns

export const quotationRow = (
  document: QuotationDocument,
): Record<keyof typeof quotationColumns, CellValue> => {
  const { fields, totals } = document.current
  const { subject } = fields
  return {
    id: document.id,
    began: document.began,
    ...standingRow(document),
    created_at: document.createdAt,
    updated_at: document.updatedAt,
    subject: subject === undefined || isErased(subject) ? null : subject,
    number_key: compareKeyOf(document.number),
    total_order: Number(totals.total.amount),
    search_key: searchKeyOf([...wordsOf(document)], []),
  }
}

/** What it is found by, in either version. */
const wordsOf = (document: QuotationDocument): ReadonlySet<Fields['subject']> => {
  const { number, current, acceptance } = document
  const { fields } = shownOf(document)
  const { customer } = current.issue ?? {}
  return new Set([
    number,
    current.issue?.number,
    current.fields.subject,
    fields.subject,
    current.fields.customerReference,
    fields.customerReference,
    acceptance?.customerReference,
    customer === undefined || isErased(customer) ? undefined : customer.name,
  ])
}

const productsOf = ({ lines, options }: VersionDocument): readonly string[] => [
  ...new Set(
    [...lines, ...takenLines(options)].flatMap((line) =>
      line.kind === 'item' && line.productId !== undefined ? [line.productId] : [],
    ),
  ),
]

const json = (value: readonly unknown[] | object | undefined): string | null =>
  value === undefined || Object.keys(value).length === 0 ? null : JSON.stringify(value)
