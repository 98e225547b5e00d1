/**
 * How long an offer holds. It is valid through the whole of its last day in the company's zone, and
 * expires by itself; a draft never expires.
 *
 * @module
 */
import { type CalendarDate, plusDays } from '../time/calendar-date.ts'
import type { Instant } from '../time/instant.ts'
import type { DataOf } from './events.ts'
import type { Issue } from './state.ts'

export interface Validity {
  /** The last valid day; absent where the offer never expires. */
  readonly validUntil?: CalendarDate
  readonly validity: DataOf<'QuotationSent'>['validity']
}

/**
 * The last valid day of an offer: the day typed, else the template's days, else the company's, counted
 * from the day of sending. 0 days are no end; a template without days leaves it to the company.
 */
export const validityOf = ({
  typed,
  templateDays,
  companyDays,
  today,
}: {
  readonly typed?: CalendarDate | undefined
  readonly templateDays?: number | undefined
  readonly companyDays: number
  readonly today: CalendarDate
}): Validity => {
  if (typed !== undefined) return { validUntil: typed, validity: 'typed' }
  const days = templateDays ?? companyDays
  const validity = templateDays === undefined ? 'company' : 'template'
  return days === 0 ? { validity } : { validUntil: plusDays(today, days), validity }
}

/** Whether an offer is valid no more at a moment. */
export const hasExpired = ({ expiresAt }: Pick<Issue, 'expiresAt'>, at: Instant): boolean =>
  expiresAt !== undefined && at >= expiresAt
