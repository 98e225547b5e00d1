/**
 * A quotation as it is answered: the version that is worked on, or else the one that stands, with
 * what the clock makes of it.
 *
 * @module
 */
import type { Actors } from '../queries/people.ts'
import type { LineView, QuotationStatus, QuotationView, VersionView } from '../views/quotation.ts'
import type { DeliveryDocument } from './delivery-document.ts'
import { deliveryView } from './delivery-view.ts'
import { optionsOf } from './option-document.ts'
import type { QuotationDocument } from './quotation-document.ts'
import { expiryOf, shownOf } from './quotation-row.ts'
import { daysLeft, type Moment, standingOf, statusAt, summaryOf } from './standing.ts'
import type { ApprovalDocument, Issue, LineDocument, VersionDocument } from './version-document.ts'

export const quotationView = (
  document: QuotationDocument,
  moment: Moment,
  actors: Actors,
  delivery?: DeliveryDocument,
): QuotationView => {
  const { id, revision, company, current, past, copiedFrom } = document
  const { createdAt, createdOn, updatedAt } = document
  const shown = shownOf(document)
  const isBeside = shown !== current
  const standing = standingStatus(document, moment.now)
  const status = isBeside ? 'draft' : standing
  const { digits: _digits, validUntil, ...fields } = shown.fields
  const { id: _id, ...live } = summaryOf(standingOf(document), moment)
  const versions = [...past, current, ...(isBeside ? [shown] : [])]
  return {
    id,
    revision,
    ...(company !== undefined && { company }),
    ...fields,
    tags: fields.tags ?? [],
    externalIds: fields.externalIds ?? [],
    attributes: fields.attributes ?? {},
    ...(shown.issue === undefined && validUntil !== undefined && { validUntil }),
    lines: linesOf(shown),
    options: optionsOf(shown),
    ...(shown.template && { template: shown.template }),
    ...(shown.approval && { approval: approvalView(shown.approval, actors) }),
    totals: shown.totals,
    version: shown.version,
    status,
    ...(isBeside && { live }),
    versions: versions
      .map((each) => versionView(each, each === current ? standing : 'draft'))
      .toSorted((a, b) => a.version - b.version),
    ...(shown.issue && issueView(shown.issue)),
    ...daysLeft(status, shown.issue?.validUntil, moment.today),
    ...endsOf(document, actors),
    delivery: deliveryView(delivery, current, moment.now),
    questions: [...(delivery?.questions ?? [])],
    linkActive: document.link !== undefined,
    ...(copiedFrom !== undefined && { copiedFrom }),
    createdAt,
    createdOn,
    updatedAt,
  }
}

/** What the clock makes of the version that stands. */
export const standingStatus = (document: QuotationDocument, now: string): QuotationStatus =>
  statusAt(document.status, expiryOf(document), now)

/** Lines with their place in the list. */
export const linesOf = ({ lines }: VersionDocument): LineView[] =>
  lines.map((line: LineDocument, position) => ({ ...line, position }))

const versionView = (document: VersionDocument, status: VersionView['status']): VersionView => {
  const { version, totals, issue, ended = status } = document
  const { number, validUntil = issue ? undefined : document.fields.validUntil } = issue ?? {}
  const { expiresAt, sentAt } = issue ?? {}
  return {
    version,
    ...(number !== undefined && { number }),
    status: ended,
    lines: linesOf(document),
    options: optionsOf(document),
    totals,
    ...(validUntil !== undefined && { validUntil }),
    ...(expiresAt !== undefined && { expiresAt }),
    ...(sentAt !== undefined && { sentAt }),
  }
}

const issueView = ({ by: sentBy, sentOn: _on, channel: _channel, ...issue }: Issue) => ({
  ...issue,
  rates: [...issue.rates],
  sentBy,
})

/** How it ended, as far as it did. */
const endsOf = (
  { acceptance, declined, cancelled, confirmed, order }: QuotationDocument,
  actors: Actors,
): Pick<QuotationView, 'acceptance' | 'declined' | 'cancelled' | 'confirmed' | 'order'> => ({
  ...(acceptance && { acceptance: withoutDay(acceptance) }),
  ...(declined && { declined: withoutDay(declined) }),
  ...(cancelled && { cancelled: withoutDay(cancelled) }),
  ...(confirmed && { confirmed: confirmedView(confirmed, actors) }),
  ...(order && { order: orderOf(order) }),
})

const withoutDay = <End extends { readonly on: string }>({ on: _on, ...end }: End) => end

const confirmedView = (
  { on: _on, rates: _rates, by, ...confirmed }: NonNullable<QuotationDocument['confirmed']>,
  actors: Actors,
) => ({ ...confirmed, by: actors(by) })

const approvalView = ({ by, requestedBy, ...approval }: ApprovalDocument, actors: Actors) => ({
  ...approval,
  by: actors(by),
  ...(requestedBy !== undefined && { requestedBy: actors(requestedBy) }),
})

const orderOf = ({ id: _id, ...order }: NonNullable<QuotationDocument['order']>) => order
