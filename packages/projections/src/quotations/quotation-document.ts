/**
 * A quotation with all its versions as the fold of its stream: what read models keep of it, and what
 * a past of it is read from. It has no clock, so its status is the recorded one.
 *
 * @module
 */
import { type QuotationEvent, voidsApproval } from '@forsat/domain'
import type { RecordedEvent } from '@forsat/event-store'
import { patched } from '../patch.ts'
import type { QuotationStatus, QuotationView } from '../views/quotation.ts'
import {
  type DataOf,
  firstVersion,
  forCustomer,
  issued,
  nextVersion,
  reissued,
  revised,
  unapproved,
  type VersionDocument,
  withApproval,
  withLines,
  withOptions,
  withoutTemplate,
  withTemplate,
} from './version-document.ts'

type Confirmed = DataOf<'QuotationConfirmed'>

export interface QuotationDocument {
  readonly id: string
  readonly revision: number
  readonly company?: string
  /** The position of its first event: in this order quotations came to be. */
  readonly began: number
  readonly createdAt: string
  readonly createdOn: string
  readonly updatedAt: string
  readonly copiedFrom?: string
  /** Of `current`, as recorded. */
  readonly status: QuotationStatus | 'deleted'
  /** The version that stands: issued last, or the first draft while none was. */
  readonly current: VersionDocument
  /** The next one, beside an issued one. */
  readonly draft?: VersionDocument
  /** Those that stand no more, in the order in which they ended. */
  readonly past: readonly VersionDocument[]
  /** Its own, without a version. */
  readonly number?: string
  readonly firstSentOn?: string
  readonly link?: { readonly version: number; readonly tokenHash: string }
  readonly acceptance?: NonNullable<QuotationView['acceptance']> & { readonly on: string }
  readonly declined?: NonNullable<QuotationView['declined']> & { readonly on: string }
  readonly cancelled?: NonNullable<QuotationView['cancelled']> & { readonly on: string }
  readonly confirmed?: Pick<
    Confirmed,
    'basis' | 'overrideNote' | 'note' | 'missedDate' | 'rates'
  > & {
    readonly at: string
    readonly on: string
    /** `kind:id`; the name is looked up on reading. */
    readonly by: string
  }
  /** What the confirmation made, under the id of its event. */
  readonly order?: NonNullable<QuotationView['order']> & { readonly id: string }
}

/** `null` clears a field, `undefined` says nothing of it. */
type Changes = {
  readonly [Name in keyof QuotationDocument]?: QuotationDocument[Name] | null | undefined
}

/** The document after an event of its stream; `undefined` before it has begun. */
export const quotationAfter = (
  document: QuotationDocument | undefined,
  recorded: RecordedEvent,
): QuotationDocument | undefined => {
  const event = recorded.event as QuotationEvent
  if (event.type === 'QuotationDrafted') return drafted(event.data, recorded)
  if (document === undefined) return undefined
  const { revision, occurredAt: updatedAt } = recorded
  const known = voidsApproval(event) ? withoutApproval(document) : document
  return patched(known, { ...changesBy(event, known, recorded), revision, updatedAt })
}

export const quotationDocument = (
  events: Iterable<RecordedEvent>,
): QuotationDocument | undefined => {
  let document: QuotationDocument | undefined
  for (const event of events) document = quotationAfter(document, event)
  return document
}

const drafted = (
  data: DataOf<'QuotationDrafted'>,
  { subject: id, revision, company, position: began, occurredAt }: RecordedEvent,
): QuotationDocument => {
  const document: QuotationDocument = {
    id,
    revision,
    began,
    createdAt: occurredAt,
    createdOn: data.occurredOn,
    updatedAt: occurredAt,
    status: 'draft',
    current: firstVersion(data),
    past: [],
  }
  return patched(document, { company, copiedFrom: data.copiedFrom })
}

type Later = Exclude<QuotationEvent, { type: 'QuotationDrafted' }>

const changesBy = (
  event: Later,
  document: QuotationDocument,
  { id, occurredAt: at, actor }: RecordedEvent,
): Changes => {
  const { current, draft, past } = document
  switch (event.type) {
    case 'QuotationRevised':
    case 'QuotationAddressed':
      return worked(document, revised(draft ?? current, event.data))
    case 'QuotationCustomerChanged':
      return worked(document, forCustomer(draft ?? current, event.data.contactId))
    case 'QuotationLineAdded':
    case 'QuotationLineRevised':
    case 'QuotationLineRemoved':
      return worked(document, withLines(draft ?? current, event))
    case 'OptionOffered':
    case 'OptionRevised':
    case 'OptionWithdrawn':
      return worked(document, withOptions(draft ?? current, event))
    case 'QuotationTemplateApplied':
      return worked(document, withTemplate(draft ?? current, event.data))
    case 'QuotationTemplateRemoved':
      return worked(document, withoutTemplate(draft ?? current))
    case 'QuotationApprovalRequested':
    case 'QuotationApprovalGranted':
    case 'QuotationApprovalRefused':
      return worked(document, withApproval(draft ?? current, event, at))
    case 'OptionAccepted':
    case 'OptionDeclined':
      return { current: withOptions(current, event) }
    case 'QuotationSent':
      return sent(event.data, document, at)
    case 'QuotationExtended': {
      const { validUntil, expiresAt } = event.data
      return { status: 'sent', current: reissued(current, { validUntil, expiresAt }) }
    }
    case 'QuotationVersionOpened':
      return { draft: nextVersion(current, event.data.version) }
    case 'QuotationVersionDiscarded':
      if (draft === undefined) return {}
      return { draft: null, past: [...past, { ...draft, ended: 'discarded' }] }
    case 'QuotationLinkIssued': {
      const { version, link } = event.data
      return { link: { version, tokenHash: link.tokenHash } }
    }
    case 'QuotationLinkRevoked':
      return { link: null }
    case 'QuotationAccepted': {
      const { total: _total, occurredOn: on, ...acceptance } = event.data
      return { acceptance: { ...acceptance, at, on } }
    }
    case 'QuotationDeclined': {
      const { version: _version, occurredOn: on, ...declined } = event.data
      return { status: 'declined', declined: { ...declined, at, on } }
    }
    case 'QuotationExpired':
      return { status: 'expired' }
    case 'QuotationConfirmed':
      return confirmed(event.data, { id, at, by: actor })
    case 'QuotationCancelled': {
      const { reason, cause, occurredOn: on } = event.data
      const { order } = document
      return {
        status: 'cancelled',
        cancelled: { ...(reason !== undefined && { reason }), cause, at, on },
        order: order && { ...order, status: 'cancelled' },
      }
    }
    case 'QuotationReinstated':
      return { status: event.data.to, cancelled: null }
    case 'QuotationReturnedToDraft':
      return returned(event.data.version, document, at)
    case 'QuotationCorrected':
      return { current: corrected(current, event.data) }
    case 'QuotationDeleted':
      return { status: 'deleted' }
  }
}

/** With another version of what is edited: the draft beside an issued one, else the one that stands. */
const worked = ({ draft }: QuotationDocument, version: VersionDocument): Changes =>
  draft === undefined ? { current: version } : { draft: version }

const withoutApproval = (document: QuotationDocument): QuotationDocument =>
  patched(document, worked(document, unapproved(document.draft ?? document.current)))

/** What was true of an issued version and is not of the next one. */
const notEnded = { acceptance: null, declined: null, cancelled: null, confirmed: null, order: null }

const sent = (
  data: DataOf<'QuotationSent'>,
  { current, draft, past, number, firstSentOn }: QuotationDocument,
  at: string,
): Changes => ({
  ...notEnded,
  status: 'sent',
  number: number ?? data.number,
  firstSentOn: firstSentOn ?? data.occurredOn,
  current: issued(draft ?? current, data, at),
  draft: null,
  past: draft === undefined ? past : [...past, { ...current, ended: 'superseded' }],
  link: { version: data.version, tokenHash: data.link.tokenHash },
})

const confirmed = (
  data: Confirmed,
  { id, at, by }: { readonly id: string; readonly at: string; readonly by: string },
): Changes => {
  const { basis, rates, overrideNote, note, missedDate, orderNumber, occurredOn: on } = data
  return {
    status: 'confirmed',
    confirmed: patched({ at, on, by, basis, rates }, { overrideNote, note, missedDate }),
    order: { id, number: orderNumber, status: 'confirmed', confirmedAt: at },
  }
}

const returned = (
  version: number,
  { current, past, status }: QuotationDocument,
  at: string,
): Changes => {
  const begun = { ...notEnded, status: 'draft' as const, link: null }
  if (version === current.version) return begun
  const { expiresAt } = current.issue ?? {}
  const hasExpired = expiresAt !== undefined && expiresAt <= at
  const ended = status === 'cancelled' ? status : hasExpired ? 'expired' : 'superseded'
  return {
    ...begun,
    current: nextVersion(current, version),
    past: [...past, { ...current, ended }],
  }
}

const corrected = (
  version: VersionDocument,
  {
    reason: _reason,
    customer,
    invoiceAddress,
    deliveryAddress,
    ...fields
  }: DataOf<'QuotationCorrected'>,
): VersionDocument => {
  const parties = { customer, invoiceAddress, deliveryAddress }
  return reissued(revised(version, { ...fields, ...parties }), parties)
}
