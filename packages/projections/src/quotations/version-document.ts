/**
 * One version of a quotation: what it says, and, once it was sent, what is fixed of it.
 *
 * @module
 */
import {
  type Erased,
  isErased,
  type Option,
  type QuotationEvent,
  type QuotationLine,
} from '@forsat/domain'
import { patched } from '../patch.ts'
import type { QuotationStatus, QuotationView } from '../views/quotation.ts'
import { type OptionEvent, optionsAfter } from './option-document.ts'

/** What an event of this type tells. */
export type DataOf<Type extends QuotationEvent['type']> = Extract<
  QuotationEvent,
  { type: Type }
>['data']

type Drafted = DataOf<'QuotationDrafted'>
type Sent = DataOf<'QuotationSent'>

/** All that is said of the offer as a whole. */
export type Fields = Omit<Drafted, 'lines' | 'words' | 'totals' | 'copiedFrom' | 'occurredOn'>

/** A line with its words in their place. */
export type LineDocument =
  | Exclude<QuotationLine, { kind: 'note' }>
  | { readonly id: string; readonly kind: 'note'; readonly description: string | Erased }

/** What the sending fixed, and an extension moved on. */
export interface Issue
  extends Pick<
    Sent,
    | 'number'
    | 'by'
    | 'channel'
    | 'validUntil'
    | 'expiresAt'
    | 'customer'
    | 'invoiceAddress'
    | 'deliveryAddress'
    | 'rates'
  > {
  readonly sentAt: string
  readonly sentOn: string
}

/** Who asked or decided last, as `kind:id`; names are looked up on reading. */
export interface ApprovalDocument
  extends Omit<NonNullable<QuotationView['approval']>, 'by' | 'requestedBy'> {
  readonly by: string
  readonly requestedBy?: string
}

export interface VersionDocument {
  readonly version: number
  readonly fields: Fields
  readonly lines: readonly LineDocument[]
  readonly options: readonly Option[]
  /** What it was begun from, or changed to. */
  readonly template?: NonNullable<QuotationView['template']>
  readonly totals: Drafted['totals']
  readonly approval?: ApprovalDocument
  readonly issue?: Issue
  /** How it ended, of one that neither stands nor is worked on. */
  readonly ended?: QuotationStatus | 'superseded' | 'discarded'
}

export const firstVersion = ({
  lines,
  words = {},
  totals,
  copiedFrom: _copied,
  occurredOn: _on,
  ...fields
}: Drafted): VersionDocument => ({
  version: 1,
  fields,
  lines: lines.map((line) => lineWith(line, isErased(words) ? words : words[line.id])),
  options: [],
  totals,
})

const lineWith = (line: QuotationLine, text: string | Erased | undefined): LineDocument =>
  line.kind === 'note' ? { ...line, description: text ?? '' } : line

/** The next version begins as this one is, but for a date that was typed for this one alone. */
export const nextVersion = (
  { issue: _issue, ended: _ended, approval: _approval, fields, ...content }: VersionDocument,
  version: number,
): VersionDocument => ({ ...content, fields: patched(fields, { validUntil: null }), version })

type LineChange = Extract<
  QuotationEvent,
  { type: 'QuotationLineAdded' | 'QuotationLineRevised' | 'QuotationLineRemoved' }
>

export const revised = (
  document: VersionDocument,
  { totals, ...changes }: DataOf<'QuotationRevised'> & DataOf<'QuotationAddressed'>,
): VersionDocument => patched(document, { fields: patched(document.fields, changes), totals })

/** Addresses are chosen among the customer's own. */
export const forCustomer = (
  { fields, ...document }: VersionDocument,
  contactId: string,
): VersionDocument => ({
  ...document,
  fields: patched(fields, { contactId, invoiceAddressId: null, deliveryAddressId: null }),
})

export const withLines = (document: VersionDocument, event: LineChange): VersionDocument =>
  patched(document, { lines: linesAfter(document.lines, event), totals: event.data.totals })

export const withOptions = (document: VersionDocument, event: OptionEvent): VersionDocument =>
  patched(document, { options: optionsAfter(document.options, event), totals: event.data.totals })

export const withTemplate = (
  document: VersionDocument,
  { templateId: id, name, templateRevision: revision, ...data }: DataOf<'QuotationTemplateApplied'>,
): VersionDocument =>
  patched(document, {
    template: patched({ id, name, revision }, { validityDays: data.validityDays }),
    totals: data.totals,
  })

type ApprovalEvent = Extract<
  QuotationEvent,
  {
    type: 'QuotationApprovalRequested' | 'QuotationApprovalGranted' | 'QuotationApprovalRefused'
  }
>

export const withApproval = (
  document: VersionDocument,
  { type, data: { by, note } }: ApprovalEvent,
  at: string,
): VersionDocument => {
  const isRequest = type === 'QuotationApprovalRequested'
  const decided = type === 'QuotationApprovalGranted' ? 'granted' : 'refused'
  const state = isRequest ? 'requested' : decided
  const requestedBy = isRequest ? by : document.approval?.requestedBy
  return patched(document, { approval: patched({ state, by, at }, { note, requestedBy }) })
}

/** An approval is of exactly what was approved. */
export const unapproved = (document: VersionDocument): VersionDocument =>
  patched(document, { approval: null })

export const withoutTemplate = (document: VersionDocument): VersionDocument =>
  patched(document, { template: null })

const linesAfter = (
  lines: readonly LineDocument[],
  { type, data }: LineChange,
): readonly LineDocument[] => {
  switch (type) {
    case 'QuotationLineAdded':
      return lines.toSpliced(data.position, 0, lineWith(data.line, data.text))
    case 'QuotationLineRemoved':
      return lines.filter(({ id }) => id !== data.lineId)
    case 'QuotationLineRevised': {
      const known = lines.find(({ id }) => id === data.lineId)
      if (known === undefined) return lines
      const line = lineAfter(known, data)
      if (data.position === undefined) return lines.with(lines.indexOf(known), line)
      return lines.filter((each) => each !== known).toSpliced(data.position, 0, line)
    }
  }
}

/** A tax rate of `null` is exempt; everywhere else it clears. */
const lineAfter = (
  line: LineDocument,
  {
    lineId: _id,
    position: _position,
    totals: _totals,
    taxRate,
    text,
    ...changes
  }: DataOf<'QuotationLineRevised'>,
): LineDocument => ({
  ...patched(line, { ...changes, description: text ?? changes.description }),
  ...(taxRate !== undefined && { taxRate }),
})

export const issued = (
  { fields, ended: _ended, ...document }: VersionDocument,
  { occurredOn: sentOn, totals, number, by, rates, ...data }: Sent,
  sentAt: string,
): VersionDocument => {
  const { channel, validUntil, expiresAt, customer, invoiceAddress, deliveryAddress } = data
  const { contactId, currency, digits, pricesIncludeTax, vatRounding } = data
  const issue: Issue = { number, by, rates, sentAt, sentOn }
  const parties = { customer, invoiceAddress, deliveryAddress }
  return {
    ...document,
    // The next version begins with whom this one was issued to.
    fields: patched(fields, {
      contactId,
      currency,
      digits,
      pricesIncludeTax,
      vatRounding,
      ...parties,
    }),
    totals,
    issue: patched(issue, { channel, validUntil, expiresAt, ...parties }),
  }
}

/** With other facts of its issue; nothing changes of one that was not issued. */
export const reissued = (document: VersionDocument, changes: Partial<Issue>): VersionDocument =>
  document.issue === undefined ? document : { ...document, issue: patched(document.issue, changes) }
