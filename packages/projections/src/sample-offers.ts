/**
 * Offers of the sample company, as the domain decides them: what tests of quotations begin with.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import type { CalendarDate, PricedLine, PricedOption, QuotationCommand } from '@forsat/domain'
import { firstInvalidInstant } from '@forsat/domain/time'
import { acme, idOf, on, rials, type SampleLog } from './sample-log.ts'

const zone = 'Asia/Tehran'

/** Tells of the sample company itself: without it nobody knows its zone. */
export const foundsAcme = (log: SampleLog): Promise<number> =>
  log.tell('company', acme, [
    {
      type: 'CompanyCreated',
      data: {
        name: 'شرکت آکمه',
        currency: 'IRR',
        zone,
        language: 'fa',
        calendar: 'jalali',
        weekStartsOn: 'saturday',
        moneyUnit: 'toman',
      },
    },
  ])

type DataOf<Type extends QuotationCommand['type']> = Extract<
  QuotationCommand,
  { type: Type }
>['data']
type Drafting = Partial<DataOf<'DraftQuotation'>>
type Sending = Partial<DataOf<'SendQuotation'>>

const desk = idOf('P', 1)
export const lamp = idOf('P', 2)
const zand = { street: 'بلوار زند ۱۲', city: 'شیراز' }
export const ali = idOf('B', 1)

export const quotationId = (n: number): string => idOf('Q', n)
export const tokenHashOf = (n: number, version: number): string =>
  createHash('sha256').update(`${n}/${version}`).digest('hex')

type PricedItem = Extract<PricedLine, { kind: 'item' }>

/** The n-th line: a desk at so many rials, exempt from tax. */
export const item = (n: number, price = 1000, more: Partial<PricedItem> = {}): PricedItem => ({
  id: idOf('N', n),
  kind: 'item',
  productId: desk,
  description: `Desk ${n}`,
  quantity: '1',
  unitPrice: rials(price),
  taxRate: null,
  ...more,
})

/** The n-th option: lamps at so many rials each, as many as the customer wants. */
export const option = (n: number, price = 500, more: Partial<PricedOption> = {}): PricedOption => ({
  ...item(n, price, { id: idOf('Z', n), productId: lamp, description: `Lamp ${n}` }),
  quantityEditable: true,
  ...more,
})

export const draftQuotation = (fields: Drafting = {}, day = '2026-01-10'): QuotationCommand => ({
  type: 'DraftQuotation',
  data: {
    contactId: ali,
    language: 'fa',
    currency: 'IRR',
    digits: 0,
    pricesIncludeTax: false,
    vatRounding: 'total',
    lines: [{ line: item(1) }],
    ...fields,
    ...on(day),
  },
})

/** For ten days, unless told otherwise. */
export const sendQuotation = (
  n: number,
  version: number,
  { validUntil = '2026-01-20', ...more }: Sending = {},
  day = '2026-01-10',
): QuotationCommand => ({
  type: 'SendQuotation',
  data: {
    number: `Q-1404-${String(n).padStart(4, '0')}`,
    by: 'hand',
    vatRounding: 'total',
    validUntil,
    expiresAt: firstInvalidInstant(validUntil, zone),
    validity: 'company',
    customer: { name: 'علی رضایی' },
    invoiceAddress: zand,
    deliveryAddress: zand,
    rates: [],
    link: { nonce: 'A'.repeat(22), tokenHash: tokenHashOf(n, version) },
    ...more,
    ...on(day),
  },
})

export const policiesOfAct = {
  onConfirm: 'leave',
  onConfirmSiblings: 'leave',
  lateConfirm: 'manager',
} as const

export const confirmQuotation = (
  n: number,
  more: Partial<DataOf<'ConfirmQuotation'>> = {},
  day = '2026-01-15',
): QuotationCommand => ({
  type: 'ConfirmQuotation',
  data: {
    override: false,
    orderNumber: `S-1404-${String(n).padStart(4, '0')}`,
    policies: policiesOfAct,
    rates: [],
    ...more,
    ...on(day),
  },
})

export interface Offers {
  /** Of the n-th quotation. Each fails where the domain says no. */
  readonly drafts: (n: number, fields?: Drafting, day?: CalendarDate) => Promise<void>
  readonly sends: (n: number, more?: Sending, version?: number, day?: CalendarDate) => Promise<void>
  readonly confirms: (
    n: number,
    more?: Partial<DataOf<'ConfirmQuotation'>>,
    day?: CalendarDate,
  ) => Promise<void>
  readonly asks: (n: number, command: QuotationCommand) => Promise<void>
}

export const offersIn = (log: SampleLog): Offers => {
  const asks = async (n: number, command: QuotationCommand) => {
    const refused = await log.offer(quotationId(n), command)
    if (refused !== undefined) throw new Error(`${command.type}: ${refused}`)
  }
  return {
    asks,
    drafts: (n, fields, day) => asks(n, draftQuotation(fields, day)),
    sends: (n, more, version = 1, day) => asks(n, sendQuotation(n, version, more, day)),
    confirms: (n, more, day) => asks(n, confirmQuotation(n, more, day)),
  }
}
