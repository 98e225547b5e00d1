/**
 * One offer of three desks, told in facts and questions: what the tests of this folder speak of.
 *
 * @module
 */
import * as E from 'fp-ts/lib/Either.js'
import { fold, type Occurred } from '../decider.ts'
import { specification } from '../specification.ts'
import type { QuotationCommand, When } from './command.ts'
import type { DataOf, QuotationEvent } from './events.ts'
import type { PricedItem } from './line.ts'
import { quotation } from './quotation.ts'
import { figured } from './totals.ts'

export const { given } = specification(quotation)

const ulid = (last: string) => last.padStart(26, '0')

export const customer = ulid('C1')
export const otherCustomer = ulid('C2')
export const sale = ulid('A1')
export const tooExpensive = ulid('R1')
export const deskLine = ulid('11')
export const chairLine = ulid('12')
export const noteLine = ulid('13')
export const loss = ulid('E1')

export const eur = (amount: string) => ({ amount, currency: 'EUR' })

/** Days of the story, in order: the offer holds through `lastDay`. */
export const firstDay = '2026-02-01'
export const lastDay = '2026-02-11'
export const dayAfter = '2026-02-12'
/** Tehran's midnight after the last day. */
export const expiresAt = '2026-02-11T20:30:00.000Z'
export const lastInstant = '2026-02-11T20:29:59.999Z'

/** At noon, unless the moment is told. */
export const on = (occurredOn: string, occurredAt = `${occurredOn}T08:30:00.000Z`): When => ({
  occurredAt,
  occurredOn,
})

type Question<Type extends QuotationCommand['type']> = Extract<
  QuotationCommand,
  { type: Type }
>['data']

/** Without its moment; each kind of a question that has several. */
type Untimed<Data> = Data extends unknown ? Omit<Data, keyof When> : never

/** A question of the first day, unless it names another. */
export const ask = <Type extends QuotationCommand['type']>(
  type: Type,
  data: Untimed<Question<Type>> & Partial<When>,
): QuotationCommand => ({ type, data: { ...on(firstDay), ...data } }) as QuotationCommand

export const fact = <Type extends QuotationEvent['type']>(
  type: Type,
  data: DataOf<Type>,
): QuotationEvent => ({ type, data }) as QuotationEvent

export const at = (occurredAt: string, event: QuotationEvent): Occurred<QuotationEvent> => ({
  ...event,
  occurredAt,
})

export const desks: PricedItem = {
  id: deskLine,
  kind: 'item',
  description: 'Desk',
  quantity: '3',
  unitPrice: eur('400.00'),
  taxRate: '10',
}
export const chairs: PricedItem = {
  id: chairLine,
  kind: 'item',
  description: 'Chair',
  quantity: '6',
  unitPrice: eur('90.00'),
  taxRate: '10',
}

const by = {
  currency: 'EUR',
  digits: 2,
  pricesIncludeTax: false,
  vatRounding: 'total',
} as const

/** What these items come to. */
export const worth = (...items: readonly PricedItem[]) => {
  const result = figured(items, by)
  if (E.isLeft(result)) throw new Error('the examples are in one currency')
  return result.right
}

export const oneOffer = worth(desks)

export const drafted = fact('QuotationDrafted', {
  contactId: customer,
  language: 'en',
  ...by,
  opportunityId: sale,
  lines: [...oneOffer.lines],
  totals: oneOffer.totals,
  occurredOn: firstDay,
})

export const link = { nonce: 'A'.repeat(22), tokenHash: 'a'.repeat(64) }
export const nextLink = { nonce: 'B'.repeat(22), tokenHash: 'b'.repeat(64) }

/** Where the customer is written to. */
export const valiasr = { street: 'Valiasr St. 300', city: 'Tehran' }
export const chamran = { street: 'Chamran Blvd. 150', city: 'Shiraz' }
const addresses = { invoiceAddress: valiasr, deliveryAddress: valiasr }

const issued = {
  by: 'hand',
  contactId: customer,
  ...by,
  totals: oneOffer.totals,
  validUntil: lastDay,
  expiresAt,
  validity: 'company',
  ...addresses,
  rates: [],
  link,
  occurredOn: firstDay,
} as const

export const sent = fact('QuotationSent', { version: 1, number: 'Q-1', ...issued, rates: [] })
export const opened = fact('QuotationVersionOpened', { version: 2 })
export const sentAgain = fact('QuotationSent', {
  version: 2,
  number: 'Q-1-v2',
  ...issued,
  rates: [],
  link: nextLink,
  supersedes: 1,
})
export const expired = fact('QuotationExpired', { version: 1, validUntil: lastDay, expiresAt })

const policies = { onConfirm: 'win', onConfirmSiblings: 'leave', lateConfirm: 'manager' } as const

export const confirmed = fact('QuotationConfirmed', {
  version: 1,
  number: 'Q-1',
  orderNumber: 'S-1',
  opportunityId: sale,
  net: oneOffer.totals.net,
  total: oneOffer.totals.total,
  basis: 'staff',
  policies,
  rates: [],
  occurredOn: firstDay,
})
export const declined = fact('QuotationDeclined', { version: 1, occurredOn: firstDay })
export const cancelled = fact('QuotationCancelled', {
  version: 1,
  from: 'sent',
  reason: 'No longer sold',
  cause: 'person',
  opportunityId: sale,
  occurredOn: firstDay,
})
export const fallen = fact('QuotationCancelled', {
  version: 1,
  from: 'sent',
  cause: 'opportunityLost',
  causedBy: loss,
  opportunityId: sale,
  occurredOn: firstDay,
})

export const draft = (data: Partial<Question<'DraftQuotation'>> = {}) =>
  ask('DraftQuotation', {
    contactId: customer,
    language: 'en',
    ...by,
    lines: [{ line: desks }],
    ...data,
  })

export const send = (data: Partial<Question<'SendQuotation'>> = {}) =>
  ask('SendQuotation', {
    number: 'Q-1',
    by: 'hand',
    vatRounding: 'total',
    validUntil: lastDay,
    expiresAt,
    validity: 'company',
    ...addresses,
    rates: [],
    link,
    ...data,
  })

const seen = { version: 1, total: oneOffer.totals.total }

export const confirm = (data: Partial<Question<'ConfirmQuotation'>> = {}) =>
  ask('ConfirmQuotation', {
    seen,
    override: false,
    orderNumber: 'S-1',
    opportunity: { id: sale, outcome: 'open' },
    policies,
    rates: [],
    ...data,
  })

export const accept = (data: Partial<Question<'AcceptQuotation'>> = {}) =>
  ask('AcceptQuotation', {
    seen,
    name: 'Leila Karimi',
    onAccept: 'confirm',
    orderNumber: 'S-1',
    opportunity: { id: sale, outcome: 'open' },
    policies,
    rates: [],
    ...data,
  })

export const cancel = (data: Partial<When> = {}) =>
  ask('CancelQuotation', { cause: 'person', reason: 'No longer sold', ...data })

/** The state that a history leads to. */
export const after = (...history: readonly Occurred<QuotationEvent>[]) => fold(quotation, history)
