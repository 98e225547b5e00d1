/**
 * What can have happened to a quotation. Stored for good: a shape changes only by gaining a version.
 * Fields are public unless they are marked `personal`.
 *
 * @module
 */
import * as z from 'zod'
import { Ulid } from '../id.ts'
import { message } from '../message.ts'
import { Quantity, Rate } from '../money/decimal.ts'
import { Currency, Money } from '../money/money.ts'
import { ownFields } from '../own-fields.ts'
import { clearable, optional } from '../patch.ts'
import { personal } from '../personal.ts'
import { Label } from '../text/label.ts'
import { MailAddress } from '../text/mail-address.ts'
import { FreeText, Line } from '../text/text.ts'
import { CalendarDate } from '../time/calendar-date.ts'
import { Instant } from '../time/instant.ts'
import { itemFields, mostLines, QuotationLine } from './line.ts'
import { mostOptions, QuotationOption, Taken } from './option.ts'
import { Totals } from './totals.ts'

/** What may describe an offer, and may be cleared again. */
export const quotationDescriptive = {
  opportunityId: Ulid,
  salespersonId: Ulid,
  teamId: Ulid,
  source: Label,
  medium: Label,
  campaign: Label,
  tags: z.array(Label).max(50),
  customerReference: personal(Line, 'contact', 'document'),
  subject: personal(Line, 'contact', 'document'),
  terms: FreeText,
  paymentTerms: FreeText,
  deliveryTerms: FreeText,
  /** For the seller's own people; no customer ever reads it. */
  internalNote: personal(FreeText, 'contact'),
  /** As typed; without it the company's usual days count from the sending. */
  validUntil: CalendarDate,
  invoiceAddressId: Ulid,
  deliveryAddressId: Ulid,
  ...ownFields,
}

/** The words that a template may bring. */
export const templateWords = ['subject', 'terms', 'paymentTerms', 'deliveryTerms'] as const

/** What fixes how figures are worked out. */
const figuring = {
  currency: Currency,
  /** The digits after the point that the company keeps the currency with. */
  digits: z.int().min(0).max(4),
  pricesIncludeTax: z.boolean(),
  vatRounding: z.enum(['total', 'line']),
}

/** The words of note lines by the ids of the lines. */
const Words = personal(z.record(Ulid, FreeText), 'contact', 'document')
const Word = personal(FreeText, 'contact', 'document')

/** Those of the whole offer after the act; of several events of one act the last one tells them. */
const after = { totals: Totals.optional() }

/** Where in the list a line stands, from 0. */
const Position = z.int().min(0).max(mostLines)

/** What may change of an item. `null` clears, but a tax rate of `null` is exempt. */
const itemChanges = {
  ...optional(
    clearable({
      productId: Ulid,
      unit: Label,
      discountPercent: itemFields.discountPercent.unwrap(),
    }),
  ),
  description: itemFields.description.optional(),
  quantity: itemFields.quantity.optional(),
  unitPrice: itemFields.unitPrice.optional(),
  taxRate: itemFields.taxRate.optional(),
  /** As they are after the change. */
  discount: Money.optional(),
  amount: Money.optional(),
}

/** A conversion into the company's own currency: one `base` is `rate` of `quote`. */
export const Conversion = z.strictObject({
  base: Currency,
  quote: Currency,
  rate: Rate,
  date: CalendarDate,
})
export type Conversion = z.infer<typeof Conversion>

/** Who is written to, as text: a later change of the contact changes nothing here. */
export const Party = z.strictObject({
  name: Line,
  identifiers: z
    .array(z.strictObject({ kind: Label, value: Line }))
    .max(10)
    .optional(),
  email: Line.optional(),
  phone: Line.optional(),
})
export type Party = z.infer<typeof Party>

/** An address as text. */
export const AddressText = z.strictObject({
  name: Line.optional(),
  street: Line,
  city: Line,
  region: Label.optional(),
  postalCode: Line.optional(),
  country: Label.optional(),
  phone: Line.optional(),
})
export type AddressText = z.infer<typeof AddressText>

/** What a customer's link is made from; the link itself is kept nowhere. */
export const Link = z.strictObject({
  nonce: z.string().regex(/^[A-Za-z0-9_-]{22}$/, 'must be 128 bits in base64url'),
  tokenHash: z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in hex'),
})
export type Link = z.infer<typeof Link>

const Version = z.int().min(1)

/** What a document shows of the two sides. */
const parties = {
  customer: personal(Party, 'contact', 'document'),
  invoiceAddress: personal(AddressText, 'contact', 'document'),
  deliveryAddress: personal(AddressText, 'contact', 'document'),
}

/** Of exactly the content that the version had. */
const approval = {
  version: Version,
  /** Who asks or decides, as `kind:id`: not both may be one. */
  by: Line,
  /** What it came to then. */
  total: Money,
  /** SHA-256 in base64url over what was offered then, line by line, in canonical JSON. */
  digest: z
    .string()
    .regex(/^[\w-]{43}$/, 'must be a SHA-256 in base64url')
    .optional(),
  note: personal(FreeText, 'contact').optional(),
}

/** The policies in force at an act. */
const confirming = {
  onConfirm: z.enum(['win', 'leave']),
  onConfirmSiblings: z.enum(['leave', 'cancel']),
  lateConfirm: z.enum(['manager', 'refuse']),
}

export const QuotationEvent = z.discriminatedUnion('type', [
  message('QuotationDrafted', {
    contactId: Ulid.optional(),
    language: Label,
    ...figuring,
    ...optional(quotationDescriptive),
    /** Whom it is for, as it was then; what changes later, only a sending or a refreshing takes over. */
    ...optional(parties),
    lines: z.array(QuotationLine).max(mostLines),
    words: Words.optional(),
    totals: Totals,
    /** The quotation it is a copy of. */
    copiedFrom: Ulid.optional(),
    occurredOn: CalendarDate,
  }),
  message('QuotationRevised', {
    language: Label.optional(),
    ...optional(figuring),
    ...clearable(quotationDescriptive),
    ...after,
  }),
  message('QuotationCustomerChanged', { contactId: Ulid }),
  /** Whom a draft is for, as known by then: what differs from before. */
  message('QuotationAddressed', clearable(parties)),
  message('QuotationLineAdded', {
    line: QuotationLine,
    /** Of a note. */
    text: Word.optional(),
    position: Position,
    ...after,
  }),
  message('QuotationLineRevised', {
    lineId: Ulid,
    ...itemChanges,
    text: Word.optional(),
    position: Position.optional(),
    ...after,
  }),
  message('QuotationLineRemoved', { lineId: Ulid, ...after }),
  message('OptionOffered', {
    option: QuotationOption,
    position: z.int().min(0).max(mostOptions),
    ...after,
  }),
  message('OptionRevised', {
    optionId: Ulid,
    ...itemChanges,
    quantityEditable: z.boolean().optional(),
    ...clearable({ minQuantity: Quantity, maxQuantity: Quantity }),
    /** What the answer of the customer comes to then; `null` where it does not fit any more. */
    taken: Taken.nullable().optional(),
    position: z.int().min(0).max(mostOptions).optional(),
    ...after,
  }),
  message('OptionWithdrawn', { optionId: Ulid, ...after }),
  /** What it brought is told by the events around it, line by line. */
  message('QuotationTemplateApplied', {
    templateId: Ulid,
    templateRevision: z.int().min(0),
    /** The template's name then. */
    name: Label,
    mode: z.enum(['replace', 'append']),
    /** Left out, the company's days count; 0 is no end. */
    validityDays: z.int().min(0).optional(),
    lines: z.array(z.strictObject({ lineId: Ulid, templateLineId: Ulid })).max(mostLines),
    options: z.array(z.strictObject({ optionId: Ulid, templateLineId: Ulid })).max(mostOptions),
    /** Which words are the template's. */
    words: z.array(z.enum(templateWords)).max(templateWords.length),
    ...after,
  }),
  /** Lines, options and words stay; its days count no more. */
  message('QuotationTemplateRemoved', {}),
  /** By the customer, or for them; an answer takes the place of the one before. */
  message('OptionAccepted', { version: Version, optionId: Ulid, ...Taken.shape, totals: Totals }),
  message('OptionDeclined', { version: Version, optionId: Ulid, totals: Totals }),
  /** For what goes beyond the limits of the company. */
  message('QuotationApprovalRequested', approval),
  message('QuotationApprovalGranted', approval),
  message('QuotationApprovalRefused', approval),
  /** A version was issued: from here on its figures and dates are fixed. */
  message('QuotationSent', {
    version: Version,
    /** Of this version: the quotation's own number, from the second version on with a suffix. */
    number: Line,
    by: z.enum(['mail', 'hand']),
    channel: Label.optional(),
    /** By mail: to whom, and not before when. */
    to: personal(z.array(MailAddress).min(1).max(10), 'contact', 'document').optional(),
    sendAt: Instant.optional(),
    contactId: Ulid,
    ...figuring,
    totals: Totals,
    /** The last valid day; absent where the offer never expires. */
    validUntil: CalendarDate.optional(),
    /** The first moment at which it is valid no more. */
    expiresAt: Instant.optional(),
    validity: z.enum(['typed', 'template', 'company']),
    ...optional(parties),
    rates: z.array(Conversion).max(5),
    link: Link,
    /** The version that it takes the place of, in the same moment. */
    supersedes: Version.optional(),
    occurredOn: CalendarDate,
  }),
  message('QuotationExtended', {
    version: Version,
    validUntil: CalendarDate,
    expiresAt: Instant,
    note: personal(FreeText, 'contact'),
  }),
  /** A new draft beside the version that stands; it begins as that one is. */
  message('QuotationVersionOpened', { version: Version }),
  message('QuotationVersionDiscarded', { version: Version }),
  /** The link before is dead. */
  message('QuotationLinkIssued', { version: Version, link: Link }),
  message('QuotationLinkRevoked', { version: Version }),
  /** By the customer. */
  message('QuotationAccepted', {
    version: Version,
    total: Money,
    name: personal(Line, 'contact', 'document'),
    title: personal(Line, 'contact', 'document').optional(),
    customerReference: personal(Line, 'contact', 'document').optional(),
    note: personal(FreeText, 'contact', 'document').optional(),
    occurredOn: CalendarDate,
  }),
  message('QuotationDeclined', {
    version: Version,
    reasonId: Ulid.optional(),
    /** The reason's name then. */
    reason: Line.optional(),
    note: personal(FreeText, 'contact').optional(),
    occurredOn: CalendarDate,
  }),
  /** Occurred at `expiresAt`, whenever it was noticed. */
  message('QuotationExpired', { version: Version, validUntil: CalendarDate, expiresAt: Instant }),
  message('QuotationConfirmed', {
    version: Version,
    number: Line,
    orderNumber: Line,
    opportunityId: Ulid.optional(),
    net: Money,
    total: Money,
    /** What it rests on: staff decided, the customer accepted, or staff decided past the date. */
    basis: z.enum(['staff', 'acceptance', 'override']),
    /** Why it was confirmed all the same, and which date it missed. */
    overrideNote: personal(FreeText, 'contact').optional(),
    missedDate: CalendarDate.optional(),
    /** A note without an override. */
    note: personal(FreeText, 'contact').optional(),
    policies: z.strictObject(confirming),
    rates: z.array(Conversion).max(5),
    occurredOn: CalendarDate,
  }),
  message('QuotationCancelled', {
    version: Version,
    /** What it was before. */
    from: z.enum(['draft', 'sent', 'expired', 'confirmed']),
    /** A person's; what follows by policy has none. */
    reason: personal(FreeText, 'contact').optional(),
    cause: z.enum(['person', 'opportunityLost', 'siblingConfirmed']),
    /** The event it follows from. */
    causedBy: Ulid.optional(),
    opportunityId: Ulid.optional(),
    occurredOn: CalendarDate,
  }),
  /** As it was before the opportunity was lost: number, version, link and date. */
  message('QuotationReinstated', {
    version: Version,
    to: z.enum(['draft', 'sent']),
    /** The event it follows from. */
    causedBy: Ulid.optional(),
    occurredOn: CalendarDate,
  }),
  /** `version` is the draft's: a version that was sent once is never sent again. */
  message('QuotationReturnedToDraft', { version: Version }),
  /** A mended fact of an issued document; the first record of it stays in the history. */
  message('QuotationCorrected', {
    reason: personal(FreeText, 'contact'),
    ...clearable({
      customerReference: quotationDescriptive.customerReference,
      subject: quotationDescriptive.subject,
      internalNote: quotationDescriptive.internalNote,
      salespersonId: Ulid,
      teamId: Ulid,
      source: Label,
      medium: Label,
      campaign: Label,
      tags: quotationDescriptive.tags,
      ...ownFields,
    }),
    ...optional(parties),
  }),
  /** A draft that nobody outside has seen. */
  message('QuotationDeleted', {}),
])
export type QuotationEvent = z.infer<typeof QuotationEvent>

/** What an event of this type tells. */
export type DataOf<Type extends QuotationEvent['type']> = Extract<
  QuotationEvent,
  { type: Type }
>['data']

/** The events that change what a draft says. */
export type DraftingEvent = Extract<
  QuotationEvent,
  {
    type:
      | 'QuotationRevised'
      | 'QuotationCustomerChanged'
      | 'QuotationAddressed'
      | 'QuotationLineAdded'
      | 'QuotationLineRevised'
      | 'QuotationLineRemoved'
      | 'OptionOffered'
      | 'OptionRevised'
      | 'OptionWithdrawn'
      | 'QuotationTemplateApplied'
      | 'QuotationTemplateRemoved'
  }
>
