/**
 * What may be asked of a quotation. The domain owns no clock and looks nothing up: the moment, the
 * company's day and every fact from elsewhere come with the question.
 *
 * @module
 */
import type { Ulid } from '../id.ts'
import type { Money } from '../money/money.ts'
import type { When as Told } from '../refusal.ts'
import type { CalendarDate } from '../time/calendar-date.ts'
import type { Instant } from '../time/instant.ts'
import type { AddressText, Conversion, DataOf, Link, Party, templateWords } from './events.ts'
import type { PricedItem, PricedLine } from './line.ts'
import type { PricedOption } from './option.ts'
import type { ApprovalLimits } from './state.ts'

/** The moment, and the company's local day of it. */
export interface When extends Told {
  readonly occurredOn: CalendarDate
}

interface Asked<Type extends string, Data = unknown> {
  readonly type: Type
  readonly data: Readonly<Data> & When
}

type Drafted = DataOf<'QuotationDrafted'>
type Revised = DataOf<'QuotationRevised'>
type Digits = Drafted['digits']
type VatRounding = Drafted['vatRounding']

export type QuotationCommand =
  | Asked<'DraftQuotation', Drafting>
  | Asked<'ReviseQuotation', Revising>
  | Asked<'AddQuotationLine', LineAdding>
  | Asked<'ReviseQuotationLine', LineRevising>
  | Asked<'RemoveQuotationLine', { readonly lineId: Ulid; readonly vatRounding: VatRounding }>
  | Asked<'AddressQuotation', Addressing>
  | Asked<'OfferOption', OptionOffering>
  | Asked<'ReviseOption', OptionRevising>
  | Asked<'WithdrawOption', OptionWithdrawing>
  | Asked<'ApplyQuotationTemplate', Applying & { readonly vatRounding: VatRounding }>
  | Asked<'RemoveQuotationTemplate'>
  /** By the customer, or for them, of an offer that stands. */
  | Asked<'AcceptOption', OptionTaking>
  | Asked<'DeclineOption', OptionAnswering>
  | Asked<'DecideQuotationApproval', ApprovalDeciding>
  | Asked<'SendQuotation', Sending>
  | Asked<'ExtendQuotation', Extending>
  /** A new draft beside the version that stands. */
  | Asked<'OpenQuotationVersion'>
  | Asked<'DiscardQuotationVersion'>
  | Asked<'IssueQuotationLink', { readonly link: Link }>
  | Asked<'RevokeQuotationLink'>
  /** By the customer; with the policy to `confirm`, it is confirmed in the same moment. */
  | Asked<'AcceptQuotation', Accepting>
  | Asked<'DeclineQuotation', Declining>
  /** Records what the clock has done already. */
  | Asked<'ExpireQuotation'>
  | Asked<'ConfirmQuotation', Confirming>
  | Asked<'CancelQuotation', Cancelling>
  | Asked<'ReinstateQuotation', { readonly causedBy?: Ulid | undefined }>
  | Asked<'ReturnQuotationToDraft'>
  | Asked<'CorrectQuotation', DataOf<'QuotationCorrected'>>
  | Asked<'DeleteQuotation'>

/** A line with the words of a note beside it. */
export interface LineWithText {
  readonly line: PricedLine
  /** Of a note. */
  readonly text?: string | undefined
}

export interface Drafting extends Omit<Drafted, 'lines' | 'words' | 'totals' | 'occurredOn'> {
  readonly lines: readonly LineWithText[]
  readonly options?: readonly PricedOption[] | undefined
  /** What it begins from; of what is said otherwise the template's is left out. */
  readonly template?: Applying | undefined
}

/** Whom it is for, as far as that differs from before; `null` where there is none any more. */
export type Addressing = DataOf<'QuotationAddressed'>

export interface Revising {
  /** Public fields are compared here; a personal one that arrives has been compared already. */
  readonly changes: Omit<Revised, 'totals' | 'digits' | 'vatRounding'> & {
    readonly contactId?: Ulid | undefined
    /** The whole list anew: a line with a known id stays, with what differs changed. */
    readonly lines?: readonly LineWithText[] | undefined
    /** The same of options: the answer to one that stays stays as far as it fits. */
    readonly options?: readonly PricedOption[] | undefined
  }
  /** Another customer has other addresses, and so has who is written to elsewhere. */
  readonly addressing?: Addressing | undefined
  /** Of the currency that it has after the change. */
  readonly digits: Digits
  readonly vatRounding: VatRounding
}

export interface LineAdding extends LineWithText {
  /** From 0; by default the end. */
  readonly position?: number | undefined
  readonly vatRounding: VatRounding
}

/** What may change of a line; a text that arrives has been compared already. */
export interface LineChanges
  extends Partial<Omit<PricedItem, 'id' | 'kind' | 'productId' | 'unit' | 'discountPercent'>> {
  readonly productId?: Ulid | null | undefined
  readonly unit?: string | null | undefined
  readonly discountPercent?: string | null | undefined
}

export interface LineRevising {
  readonly lineId: Ulid
  readonly changes: LineChanges
  readonly text?: string | undefined
  readonly position?: number | undefined
  readonly vatRounding: VatRounding
}

export interface OptionOffering {
  readonly option: PricedOption
  /** From 0; by default the end. */
  readonly position?: number | undefined
  readonly vatRounding: VatRounding
}

export interface OptionChanges extends LineChanges {
  readonly quantityEditable?: boolean | undefined
  readonly minQuantity?: string | null | undefined
  readonly maxQuantity?: string | null | undefined
}

export interface OptionRevising {
  readonly optionId: Ulid
  readonly changes: OptionChanges
  readonly position?: number | undefined
  readonly vatRounding: VatRounding
}

export interface OptionWithdrawing {
  readonly optionId: Ulid
  readonly vatRounding: VatRounding
}

/** A template as it is now, with lines and options that are priced already, under ids of their own. */
export interface Applying
  extends Pick<
    DataOf<'QuotationTemplateApplied'>,
    'templateId' | 'templateRevision' | 'name' | 'mode'
  > {
  readonly validityDays?: number | undefined
  readonly lines: readonly (LineWithText & { readonly templateLineId: Ulid })[]
  readonly options: readonly { readonly option: PricedOption; readonly templateLineId: Ulid }[]
  readonly words: { readonly [Name in (typeof templateWords)[number]]?: string | undefined }
  /** Lines of the template before that were changed by hand and are to go all the same. */
  readonly dropEdited?: readonly Ulid[] | undefined
}

/** An answer is given to the version that was seen. */
export interface OptionAnswering {
  readonly version: number
  readonly optionId: Ulid
}

export interface OptionTaking extends OptionAnswering {
  /** By default as much as was offered. */
  readonly quantity?: string | undefined
}

export interface ApprovalDeciding {
  readonly decision: 'request' | 'grant' | 'refuse'
  /** For whom it is asked or decided. */
  readonly by: string
  /** Of what is offered, as it was when the one who decides saw it. */
  readonly digest?: string | undefined
  readonly note?: string | undefined
}

export interface Sending {
  /** As the series gave it; a quotation that has a number keeps it, whatever this one is. */
  readonly number: string
  readonly by: 'mail' | 'hand'
  readonly channel?: string | undefined
  readonly to?: string[] | undefined
  readonly sendAt?: Instant | undefined
  readonly vatRounding: VatRounding
  /** As `validityOf` tells it, and the first moment of the day after in the company's zone. */
  readonly validUntil?: CalendarDate | undefined
  readonly expiresAt?: Instant | undefined
  readonly validity: DataOf<'QuotationSent'>['validity']
  readonly customer?: Party | undefined
  readonly invoiceAddress?: AddressText | undefined
  readonly deliveryAddress?: AddressText | undefined
  readonly rates: readonly Conversion[]
  readonly link: Link
  /** What is beyond them, somebody else than who sends it must have approved. */
  readonly limits?: ApprovalLimits | undefined
  /** For whom it is sent, as `kind:id`. */
  readonly sender?: string | undefined
}

export interface Extending {
  readonly validUntil: CalendarDate
  readonly expiresAt: Instant
  readonly note: string
  /** Whether one that has expired may be extended: by a manager, where the policy lets managers. */
  readonly mayBeLate: boolean
}

/** What an act is bound to: what the one who acts has seen. */
export interface Seen {
  readonly version: number
  readonly total: Money
}

/** The opportunity that a quotation belongs to, as it is now; of a merged one the survivor. */
export interface ForOpportunity {
  readonly id: Ulid
  readonly outcome: 'open' | 'won' | 'lost' | 'withdrawn'
}

interface Concluding {
  readonly orderNumber: string
  readonly opportunity?: ForOpportunity | undefined
  readonly policies: DataOf<'QuotationConfirmed'>['policies']
  readonly rates: readonly Conversion[]
}

export interface Confirming extends Concluding {
  /** Left out where the revision of the stream was named instead. */
  readonly seen?: Seen | undefined
  /** Confirms past the date, with a note; whether that is allowed is the policy's to say. */
  readonly override: boolean
  readonly note?: string | undefined
}

export interface Accepting extends Concluding {
  readonly seen: Seen
  readonly name: string
  readonly title?: string | undefined
  readonly customerReference?: string | undefined
  readonly note?: string | undefined
  readonly onAccept: 'confirm' | 'record'
}

export interface Declining {
  /** The version that the customer saw; staff decline what stands. */
  readonly version?: number | undefined
  readonly reason?: { readonly id: Ulid; readonly name: string } | undefined
  readonly note?: string | undefined
}

export type Cancelling =
  | { readonly cause: 'person'; readonly reason: string }
  | {
      /** Ends drafts and offers that are still valid; all others are let be. */
      readonly cause: 'opportunityLost' | 'siblingConfirmed'
      readonly causedBy?: Ulid | undefined
      readonly opportunityId: Ulid
    }
