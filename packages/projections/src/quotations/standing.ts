/**
 * How a quotation stands, by its columns and the clock: what a list of them shows of each, and what
 * they come to together.
 *
 * @module
 */
import { type Conversion, daysBetween, hasExpired } from '@forsat/domain'
import type { CellValue } from '../projection.ts'
import type { QuotationStatus, QuotationSummary } from '../views/quotation.ts'
import type { QuotationDocument } from './quotation-document.ts'
import { standingRow } from './quotation-row.ts'

/** A moment, and the company's local day of it, where its zone is known. */
export interface Moment {
  readonly now: string
  readonly today?: string
}

/** The columns that a summary is made of. */
export const standingNames = [
  'id',
  'number',
  'version',
  'status',
  'currency',
  'net_amount',
  'total_amount',
  'rates',
  'sent_at',
  'valid_until',
  'expires_at',
] as const

export type Standing = Readonly<Record<(typeof standingNames)[number], CellValue>>

export const standingOf = (document: QuotationDocument): Standing => ({
  id: document.id,
  ...standingRow(document),
})

/** One that was sent has expired from its first invalid moment on, whether or not that was recorded. */
export const statusAt = (
  status: string,
  expiresAt: string | null | undefined,
  now: string,
): QuotationStatus =>
  status === 'sent' && hasExpired({ expiresAt: expiresAt ?? undefined }, now)
    ? 'expired'
    : (status as QuotationStatus)

export const summaryOf = (standing: Standing, { now, today }: Moment): QuotationSummary => {
  const { number, sent_at: sentAt, valid_until: validUntil } = standing
  const currency = String(standing.currency)
  const status = statusAt(String(standing.status), textIn(standing.expires_at), now)
  return {
    id: String(standing.id),
    ...(typeof number === 'string' && { number }),
    version: Number(standing.version),
    status,
    net: { amount: String(standing.net_amount), currency },
    total: { amount: String(standing.total_amount), currency },
    ...(typeof sentAt === 'string' && { sentAt }),
    ...(typeof validUntil === 'string' && { validUntil }),
    ...daysLeft(status, textIn(validUntil), today),
  }
}

const textIn = (cell: CellValue): string | undefined =>
  typeof cell === 'string' ? cell : undefined

/** Whole days, 0 on the last valid one; only while it is valid. */
export const daysLeft = (
  status: QuotationStatus,
  validUntil: string | undefined,
  today: string | undefined,
): { readonly daysLeft?: number } =>
  status !== 'sent' || validUntil === undefined || today === undefined || today > validUntil
    ? {}
    : { daysLeft: daysBetween(today, validUntil) }

/** The conversions that its confirmation recorded, else its sending. */
export const ratesOf = ({ rates }: Standing): readonly Conversion[] =>
  typeof rates === 'string' ? (JSON.parse(rates) as Conversion[]) : []
