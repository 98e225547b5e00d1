/**
 * What a printed quotation is made from: recorded facts of one version and of the two sides, as they
 * were. Nothing here is worked out, and nothing is the seller's own business.
 *
 * @module
 */
import type {
  AddressText,
  CalendarDate,
  CompanyFields,
  Erased,
  Instant,
  Item,
  Party,
  Totals,
} from '@forsat/domain'

/** What is offered at a price, without whose product it is. */
export type DocumentItem = Omit<Item, 'productId'>

export type DocumentLine =
  | DocumentItem
  | { readonly id: string; readonly kind: 'section'; readonly description: string }
  | { readonly id: string; readonly kind: 'note'; readonly description: string | Erased }

/** An option: what was offered, and what of it the customer took. */
export interface DocumentOption extends Omit<DocumentItem, 'kind'> {
  readonly taken?: Pick<Item, 'quantity' | 'discount' | 'amount'> | undefined
  readonly declined?: boolean | undefined
}

/** The company as it was when the version was issued. */
export interface Seller
  extends Pick<CompanyFields, 'name' | 'identifiers' | 'address' | 'bankAccount'> {
  readonly calendar: CompanyFields['calendar']
  readonly moneyUnit: CompanyFields['moneyUnit']
}

/** How a version stands, as far as it is recorded: that time has run out shows the last valid day. */
export type Standing = 'draft' | 'offered' | 'confirmed' | 'declined' | 'cancelled' | 'superseded'

export interface DocumentFacts {
  readonly standing: Standing
  /** Of the version, with its suffix; a draft that was never sent has none. */
  readonly number?: string | undefined
  readonly version: number
  /** A tag of BCP 47. */
  readonly language: string
  readonly currency: string
  readonly seller: Seller
  readonly customer?: Party | Erased | undefined
  readonly invoiceAddress?: AddressText | Erased | undefined
  readonly deliveryAddress?: AddressText | Erased | undefined
  readonly subject?: string | Erased | undefined
  readonly customerReference?: string | Erased | undefined
  readonly sentOn?: CalendarDate | undefined
  readonly validUntil?: CalendarDate | undefined
  readonly order?: { readonly number: string; readonly confirmedOn: CalendarDate } | undefined
  readonly pricesIncludeTax: boolean
  readonly lines: readonly DocumentLine[]
  readonly options: readonly DocumentOption[]
  /** Of the lines and of the options taken. */
  readonly totals: Totals
  readonly terms?: string | undefined
  readonly paymentTerms?: string | undefined
  readonly deliveryTerms?: string | undefined
  /** When it was issued; of a draft, when something last changed. */
  readonly madeAt: Instant
}
