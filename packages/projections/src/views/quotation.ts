/**
 * A quotation as it is answered: the version that is worked on, or else the one that stands, with
 * what the clock makes of it.
 *
 * @module
 */
import {
  AddressText,
  Conversion,
  Item,
  optional,
  Party,
  personal,
  Quantity,
  QuotationOption,
  quotationDescriptive,
  Totals,
} from '@forsat/domain'
import * as z from 'zod'
import { DeliveryView, QuestionView } from './delivery.ts'
import { Actor, Count, DateText, Id, InstantText, Money, Text } from './values.ts'

export const QuotationStatus = z.enum([
  'draft',
  'sent',
  'expired',
  'confirmed',
  'declined',
  'cancelled',
])
export type QuotationStatus = z.infer<typeof QuotationStatus>

/** A quotation, as far as a list of them needs it: the version that stands. */
export const QuotationSummary = z
  .strictObject({
    id: Id,
    number: Text.optional(),
    version: z.int(),
    status: QuotationStatus,
    net: Money,
    total: Money,
    sentAt: InstantText.optional(),
    validUntil: DateText.optional(),
    /** Whole days, 0 on the last valid one; only while it is valid. */
    daysLeft: z.int().optional(),
  })
  .meta({ id: 'QuotationSummary' })
export type QuotationSummary = z.infer<typeof QuotationSummary>

const place = { id: Id, position: Count }
const words = personal(Text, 'contact', 'document')

export const LineView = z
  .discriminatedUnion('kind', [
    Item.extend(place),
    z.strictObject({ ...place, kind: z.literal('section'), description: Text }),
    z.strictObject({ ...place, kind: z.literal('note'), description: words }),
  ])
  .meta({ id: 'QuotationLine' })
export type LineView = z.infer<typeof LineView>

/** Offered beside the lines; `quantity`, `discount` and `amount` are of what was offered. */
export const OptionView = QuotationOption.extend({
  ...place,
  /** How much of it the customer takes: that much counts in the totals. */
  taken: Quantity.optional(),
  takenDiscount: Money.optional(),
  takenAmount: Money.optional(),
  declined: z.literal(true).optional(),
}).meta({ id: 'QuotationOption' })
export type OptionView = z.infer<typeof OptionView>

/** One version: what it came to, and how it ended. */
export const VersionView = z
  .strictObject({
    version: z.int(),
    number: Text.optional(),
    status: z.enum([...QuotationStatus.options, 'superseded', 'discarded']),
    lines: z.array(LineView),
    options: z.array(OptionView),
    totals: Totals,
    validUntil: DateText.optional(),
    expiresAt: InstantText.optional(),
    sentAt: InstantText.optional(),
  })
  .meta({ id: 'QuotationVersion' })
export type VersionView = z.infer<typeof VersionView>

const Acceptance = z.strictObject({
  version: z.int(),
  name: words,
  title: words.optional(),
  customerReference: words.optional(),
  note: words.optional(),
  at: InstantText,
})

/** The order that a confirmation made. */
const OrderOfQuotation = z.strictObject({
  number: Text,
  status: z.enum(['confirmed', 'cancelled']),
  confirmedAt: InstantText,
})

const { tags, externalIds, attributes } = quotationDescriptive
const lists = { tags, externalIds, attributes }

export const QuotationView = z
  .strictObject({
    id: Id,
    revision: Count,
    company: Id.optional(),
    contactId: Id.optional(),
    language: Text,
    currency: Text,
    ...optional(quotationDescriptive),
    ...lists,
    pricesIncludeTax: z.boolean(),
    /** How tax is rounded: once for each rate, or line by line. */
    vatRounding: z.enum(['total', 'line']),
    lines: z.array(LineView),
    options: z.array(OptionView),
    /** What it was made from: a copy, as the template was at that revision. */
    template: z
      .strictObject({ id: Id, name: Text, revision: Count, validityDays: Count.optional() })
      .optional(),
    /** Of exactly what the version offers: a change of that makes it void. */
    approval: z
      .strictObject({
        state: z.enum(['requested', 'granted', 'refused']),
        by: Actor,
        requestedBy: Actor.optional(),
        note: words.optional(),
        at: InstantText,
      })
      .optional(),
    /** Of the lines and of what was taken of the options. */
    totals: Totals,
    /** Of the version shown: the quotation's own, from the second version on with a suffix. */
    number: Text.optional(),
    version: z.int(),
    status: QuotationStatus,
    /** The issued version that stands while the next is a draft. */
    live: QuotationSummary.omit({ id: true }).optional(),
    /** All there were, the first one first; the one shown too. */
    versions: z.array(VersionView),
    sentAt: InstantText.optional(),
    sentBy: z.enum(['mail', 'hand']).optional(),
    expiresAt: InstantText.optional(),
    daysLeft: z.int().optional(),
    /** Who it was issued to, as text; of a draft whom it is for. */
    customer: personal(Party, 'contact', 'document').optional(),
    invoiceAddress: personal(AddressText, 'contact', 'document').optional(),
    deliveryAddress: personal(AddressText, 'contact', 'document').optional(),
    /** Of a draft as it is now: whom it would be for today, and whether the draft knows that otherwise. */
    addresses: z
      .strictObject({
        customer: Party.optional(),
        invoice: AddressText.optional(),
        delivery: AddressText.optional(),
        changed: z.boolean(),
      })
      .optional(),
    /** Into the company's own currency, as known at the sending. */
    rates: z.array(Conversion).optional(),
    acceptance: Acceptance.optional(),
    declined: z
      .strictObject({
        reasonId: Id.optional(),
        reason: Text.optional(),
        note: words.optional(),
        at: InstantText,
      })
      .optional(),
    cancelled: z
      .strictObject({
        reason: words.optional(),
        cause: z.enum(['person', 'opportunityLost', 'siblingConfirmed']),
        at: InstantText,
      })
      .optional(),
    confirmed: z
      .strictObject({
        at: InstantText,
        by: Actor,
        basis: z.enum(['staff', 'acceptance', 'override']),
        overrideNote: words.optional(),
        note: words.optional(),
        missedDate: DateText.optional(),
      })
      .optional(),
    order: OrderOfQuotation.optional(),
    /** Of a confirmed one: what is still open for the same opportunity. */
    openQuotations: z.array(QuotationSummary).optional(),
    /** Of the version that stands. */
    delivery: DeliveryView,
    /** The customer's, of all versions. */
    questions: z.array(QuestionView),
    linkActive: z.boolean(),
    copiedFrom: Id.optional(),
    createdAt: InstantText,
    createdOn: DateText,
    updatedAt: InstantText,
  })
  .meta({ id: 'Quotation' })
export type QuotationView = z.infer<typeof QuotationView>

/** What `GET /quotations` lists: all but the lines and the other versions' lines. */
export const QuotationListItem = QuotationView.omit({
  lines: true,
  options: true,
  versions: true,
  addresses: true,
  openQuotations: true,
  questions: true,
}).meta({ id: 'QuotationListItem' })
export type QuotationListItem = z.infer<typeof QuotationListItem>

/** Figures of an opportunity's quotations; sums are of the versions that stand. */
export const QuotationTotals = z
  .strictObject({
    /** How many are drafts or sent, expired ones too. */
    quotations: Count,
    /** How many are confirmed. */
    orders: Count,
    counts: z.record(QuotationStatus, Count),
    /** Totals of drafts and of offers that are still valid. */
    open: z.array(Money),
    /** Totals and nets of confirmed ones. */
    confirmed: z.array(Money),
    confirmedNet: z.array(Money),
    /** The confirmed ones in the company's currency, where a rate is known for each. */
    confirmedConverted: z
      .strictObject({ total: Money, net: Money, rates: z.array(Conversion) })
      .optional(),
  })
  .meta({ id: 'QuotationTotals' })
export type QuotationTotals = z.infer<typeof QuotationTotals>

export const OrderView = z
  .strictObject({
    number: Text,
    status: z.enum(['confirmed', 'cancelled']),
    confirmedAt: InstantText,
    confirmedOn: DateText,
    confirmedBy: Actor,
    cancelledAt: InstantText.optional(),
    net: Money,
    total: Money,
    quotationId: Id,
    quotationNumber: Text,
    version: z.int(),
    contactId: Id.optional(),
    opportunityId: Id.optional(),
    company: Id.optional(),
  })
  .meta({ id: 'Order' })
export type OrderView = z.infer<typeof OrderView>

export const ExchangeRateView = z
  .strictObject({ base: Text, quote: Text, date: DateText, rate: Text, setAt: InstantText })
  .meta({ id: 'ExchangeRate' })
export type ExchangeRateView = z.infer<typeof ExchangeRateView>

/** What a customer sees through the link: nothing that is the seller's own business. */
export const PublicQuotationView = z
  .strictObject({
    number: Text,
    version: z.int(),
    status: z.enum([...QuotationStatus.options, 'superseded']),
    language: Text,
    currency: Text,
    seller: z.strictObject({
      name: Text,
      address: Text.optional(),
      identifiers: z.array(z.strictObject({ kind: Text, value: Text })).optional(),
    }),
    calendar: z.enum(['jalali', 'gregorian']),
    moneyUnit: z.enum(['rial', 'toman']),
    zone: Text,
    customer: personal(Party, 'contact', 'document').optional(),
    subject: words.optional(),
    customerReference: words.optional(),
    terms: Text.optional(),
    paymentTerms: Text.optional(),
    deliveryTerms: Text.optional(),
    pricesIncludeTax: z.boolean(),
    /** Without the ids of products. */
    lines: z.array(z.record(z.string(), z.unknown())),
    options: z.array(z.record(z.string(), z.unknown())),
    totals: Totals,
    sentOn: DateText,
    validUntil: DateText.optional(),
    daysLeft: z.int().optional(),
    /** Whether it can be accepted or declined now. */
    open: z.boolean(),
    acceptance: z.strictObject({ at: InstantText, name: words }).optional(),
  })
  .meta({ id: 'PublicQuotation' })
export type PublicQuotationView = z.infer<typeof PublicQuotationView>
