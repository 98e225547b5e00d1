/**
 * What a company reckons one currency against another with, from a day on. Set again for the same
 * day, the last one counts.
 *
 * @module
 */
import type { CompanyEvent } from '@forsat/domain'
import type { RecordedEvent } from '@forsat/event-store'
import type { Documents, Table } from '../projection.ts'
import type { ExchangeRateView } from '../views/quotation.ts'

export interface ExchangeRateDocument extends ExchangeRateView {
  readonly company: string
  /** The position of the event that first set it: in this order rates came to be. */
  readonly began: number
}

export const exchangeRate: Table<ExchangeRateDocument> = {
  key: ['company', 'base', 'quote', 'date'],
  columns: {
    company: 'text',
    base: 'text',
    quote: 'text',
    date: 'text',
    rate: 'text',
    set_at: 'text',
    began: 'integer',
  },
  indexes: { order: ['company', 'date', 'began'] },
  row: ({ company, base, quote, date, rate, setAt, began }) => ({
    company,
    base,
    quote,
    date,
    rate,
    set_at: setAt,
    began,
  }),
}

export const keepRate = (
  table: Documents<ExchangeRateDocument>,
  { event, subject: company, position, occurredAt: setAt }: RecordedEvent,
): void => {
  const { type, data } = event as CompanyEvent
  if (type !== 'ExchangeRateSet') return
  const { base, quote, date } = data
  const began = table.get(company, base, quote, date)?.began ?? position
  table.put({ company, ...data, setAt, began })
}
