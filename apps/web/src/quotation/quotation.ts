/** A quotation as its customer sees it through the link; see `/openapi.json`. */
import type { Erased, Item, Money, Party, Totals } from '@forsat/domain'

type Words = string | Erased

export type ItemLine = Omit<Item, 'productId'>

export type Line =
  | ItemLine
  | { readonly id: string; readonly kind: 'section'; readonly description: string }
  | { readonly id: string; readonly kind: 'note'; readonly description: Words }

/** Offered beside the lines; `quantity`, `discount` and `amount` are of what was offered. */
export interface OfferedOption extends ItemLine {
  readonly quantityEditable: boolean
  readonly minQuantity?: string | undefined
  readonly maxQuantity?: string | undefined
  /** How much of it was taken, and what that much comes to. */
  readonly taken?: string | undefined
  readonly takenDiscount?: Money | undefined
  readonly takenAmount?: Money | undefined
  readonly declined?: true | undefined
}

export interface Quotation {
  readonly number: string
  readonly version: number
  readonly status:
    | 'draft'
    | 'sent'
    | 'expired'
    | 'confirmed'
    | 'declined'
    | 'cancelled'
    | 'superseded'
  readonly language: string
  readonly currency: string
  readonly seller: {
    readonly name: string
    readonly address?: string | undefined
    readonly identifiers?: readonly { readonly kind: string; readonly value: string }[] | undefined
  }
  readonly calendar: 'jalali' | 'gregorian'
  readonly moneyUnit: 'rial' | 'toman'
  /** The seller's, in which the days of the document are counted. */
  readonly zone: string
  readonly customer?: Party | Erased | undefined
  readonly subject?: Words | undefined
  readonly customerReference?: Words | undefined
  readonly terms?: string | undefined
  readonly paymentTerms?: string | undefined
  readonly deliveryTerms?: string | undefined
  readonly pricesIncludeTax: boolean
  readonly lines: readonly Line[]
  readonly options: readonly OfferedOption[]
  readonly totals: Totals
  readonly sentOn: string
  readonly validUntil?: string | undefined
  readonly daysLeft?: number | undefined
  /** Whether it can be accepted or declined now. */
  readonly open: boolean
  readonly acceptance?: { readonly at: string; readonly name: Words } | undefined
}

/**
 * What a customer answers: to all of one version at one total, or not at all; and before that, to one
 * option of it. Or they ask first.
 */
export type Act =
  | {
      readonly kind: 'accept'
      readonly body: {
        readonly version: number
        readonly total: Money
        readonly name: string
        readonly customerReference?: string
        readonly note?: string
      }
    }
  | { readonly kind: 'decline'; readonly body: { readonly reason: string } }
  | { readonly kind: 'questions'; readonly body: { readonly text: string } }
  | {
      readonly kind: 'take'
      readonly optionId: string
      readonly body: { readonly quantity?: string }
    }
  | { readonly kind: 'leave'; readonly optionId: string; readonly body: object }

export type Fetched =
  | { readonly status: 'ready'; readonly quotation: Quotation }
  | { readonly status: 'unknown' }
  | { readonly status: 'failed' }

/** What an act came to; `code` is the rule that stood in the way. */
export type Outcome =
  | { readonly status: 'done' }
  | { readonly status: 'refused'; readonly code: string }
  /** Nobody knows whether it arrived: the same attempt may be sent again under its key. */
  | { readonly status: 'failed' }

const pathOf = (token: string) => `/v1/public/quotations/${encodeURIComponent(token)}`

/** Where the document lies, as it is printed. */
export const documentPath = (token: string, format: 'html' | 'pdf'): string =>
  `${pathOf(token)}/document?format=${format}`

export const fetchQuotation = async (token: string, signal: AbortSignal): Promise<Fetched> => {
  const key = sessionStorage.getItem('forsat-key')
  // Staff who look at their own offer are no customers, and their look is not told as one.
  const headers = key === null ? {} : { authorization: `Bearer ${key}` }
  const response = await fetch(pathOf(token), { cache: 'no-store', headers, signal })
  if (response.status === 404) return { status: 'unknown' }
  if (!response.ok) return { status: 'failed' }
  return { status: 'ready', quotation: (await response.json()) as Quotation }
}

const answerOf = (act: Act): string => {
  switch (act.kind) {
    case 'accept':
    case 'decline':
    case 'questions':
      return act.kind
    case 'take':
      return `options/${act.optionId}/accept`
    case 'leave':
      return `options/${act.optionId}/decline`
  }
}

export const send = async (token: string, act: Act, key: string): Promise<Outcome> => {
  const response = await fetch(`${pathOf(token)}/${answerOf(act)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify(act.body),
  })
  if (response.ok) return { status: 'done' }
  if (response.status >= 500) return { status: 'failed' }
  const { code } = (await response.json()) as { code: string }
  return { status: 'refused', code }
}

/** One key for each thing asked: asked once more after no answer, it is the same attempt. */
export const attempts = () => {
  let open: { readonly asked: string; readonly key: string } | undefined
  return {
    keyOf: (act: Act): string => {
      const asked = JSON.stringify(act)
      if (open?.asked !== asked) open = { asked, key: freshKey() }
      return open.key
    },
    /** An answer came: what is asked from here on is asked anew. */
    end: (): void => {
      open = undefined
    },
  }
}

/** 128 random bits; `randomUUID` is not there on a page that came by plain HTTP. */
const freshKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
