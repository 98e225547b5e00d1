/**
 * Offers for tests, as a salesperson makes them over HTTP.
 *
 * @internal
 * @module
 */
import type { Made, Served } from './served.ts'

export interface Money {
  readonly amount: string
  readonly currency: string
}
export const euros = (amount: string): Money => ({ amount, currency: 'EUR' })
export const rials = (amount: string): Money => ({ amount, currency: 'IRR' })

export interface Totals {
  readonly net: Money
  readonly discount: Money
  readonly taxes: readonly {
    readonly rate: string | null
    readonly base: Money
    readonly tax: Money
  }[]
  readonly total: Money
}

export interface Delivery {
  readonly state: string
  readonly by?: string
  readonly to?: readonly string[]
  readonly attempts: number
  readonly code?: string
  readonly detail?: string
  readonly nextAt?: string
  readonly viewedAt?: string
}

export interface Quotation extends Made {
  readonly company: string
  readonly number?: string
  readonly status: string
  readonly version: number
  readonly versions: readonly {
    readonly version: number
    readonly status: string
    readonly totals: Totals
  }[]
  readonly lines: readonly Made[]
  readonly options: readonly (Made & {
    readonly taken?: string
    readonly takenAmount?: Money
    readonly declined?: true
  })[]
  readonly totals: Totals
  readonly customerUrl?: string
  readonly delivery: Delivery
  readonly questions: readonly { readonly text: string; readonly version: number }[]
  readonly order?: { readonly number: string; readonly status: string }
}

/** One that was sent, with what its link ends in. */
export interface Offered extends Quotation {
  readonly token: string
}

/** One item at a price; exempt unless a rate is named. */
export const item = (unitPrice: Money, more: object = {}) => ({
  kind: 'item',
  description: 'Desk',
  quantity: '1',
  unitPrice,
  taxRate: null,
  ...more,
})

/** What the one who confirms or accepts has seen. */
export const seen = ({ version, totals }: Pick<Quotation, 'version' | 'totals'>) => ({
  version,
  total: totals.total,
})

/** Where invoices and goods go alike. */
export const address = { street: '12 Zand', city: 'Shiraz' }

export const offersOn = (server: () => Served) => {
  const post = <Body = Quotation>(path: string, body?: object) =>
    server().done<Body>('POST', `/v1${path}`, body)
  const contact = async () => {
    const { id } = await post<Made>('/contacts', { name: 'Aftab Trading' })
    await post(`/contacts/${id}/addresses`, address)
    return id
  }
  const draft = async (lines: readonly object[], more: object = {}) =>
    post('/quotations', { contactId: await contact(), lines, ...more })
  const act = (id: string, command: string, body?: object) =>
    post(`/quotations/${id}/${command}`, body)
  const send = async (id: string): Promise<Offered> => {
    const sent = await act(id, 'send')
    return { ...sent, token: sent.customerUrl?.split('/').at(-1) ?? '' }
  }
  return {
    contact,
    draft,
    act,
    send,
    /** Drafted and sent. */
    offer: async (lines: readonly object[], more: object = {}) =>
      send((await draft(lines, more)).id),
    /** Drafted from an opportunity and sent. */
    offerFor: async (opportunityId: string, lines: readonly object[], more: object = {}) =>
      send((await post(`/opportunities/${opportunityId}/quotations`, { lines, ...more })).id),
    shown: (id: string) => server().read<Quotation>(`/v1/quotations/${id}`),
    /** Tries a command that may be refused. */
    attempt: (id: string, command: string, body?: object, headers?: Record<string, string>) =>
      server().call<Quotation>('POST', `/v1/quotations/${id}/${command}`, body, headers),
    /** Answers an option through the link. */
    answerOption: (
      token: string,
      optionId: string,
      verb: 'accept' | 'decline',
      body: object = {},
    ) => server().call('POST', `/v1/public/quotations/${token}/options/${optionId}/${verb}`, body),
    asCustomer: (token: string, command: 'accept' | 'decline' | 'questions', body: object) =>
      server().call('POST', `/v1/public/quotations/${token}/${command}`, body),
  }
}
