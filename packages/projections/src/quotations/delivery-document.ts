/**
 * How the version that was issued last reached its customer, and what the customer did with it: the
 * fold of a quotation's sendings and of its delivery.
 *
 * @module
 */
import type { DeliveryEvent, FailureCode, QuotationEvent } from '@forsat/domain'
import type { RecordedEvent } from '@forsat/event-store'
import { patched } from '../patch.ts'
import type { Table } from '../projection.ts'
import type { DeliveryView, QuestionView } from '../views/delivery.ts'

export interface DeliveryDocument {
  readonly quotation_id: string
  readonly company: string
  readonly version: number
  readonly by: 'mail' | 'hand'
  readonly state: 'sent' | 'queued' | 'underWay' | 'delivered' | 'failed' | 'bounced' | 'unknown'
  /** Since when it is so. */
  readonly at: string
  readonly attempts: number
  readonly to?: DeliveryView['to']
  readonly refusedFor?: DeliveryView['refusedFor']
  readonly code?: FailureCode
  readonly detail?: DeliveryView['detail']
  /** While it is under way: until when its outcome is waited for. */
  readonly until?: string
  /** Not before then is it sent, or tried again. */
  readonly nextAt?: string
  readonly viewedAt?: string
  readonly questions: readonly QuestionView[]
}

export const delivery: Table<DeliveryDocument> = {
  key: ['quotation_id'],
  isPersonal: true,
  columns: {
    quotation_id: 'text',
    company: 'text',
    version: 'integer',
    state: 'text',
    until: 'text?',
    /** From when on somebody has to look after it; empty for at once. */
    due_at: 'text?',
  },
  indexes: { due: ['company', 'due_at'] },
  row: (document) => ({
    quotation_id: document.quotation_id,
    company: document.company,
    version: document.version,
    state: document.state,
    until: document.until ?? null,
    due_at: dueAt(document),
  }),
}

const dueAt = ({ state, until, nextAt }: DeliveryDocument): string | null => {
  if (state === 'queued') return nextAt ?? ''
  return state === 'underWay' ? (until ?? null) : null
}

/** The document after an event of either stream; `undefined` while nothing was sent. */
export const deliveryAfter = (
  known: DeliveryDocument | undefined,
  recorded: RecordedEvent,
): DeliveryDocument | undefined => {
  const event = recorded.event as DeliveryEvent | QuotationEvent
  if (event.type === 'QuotationSent') return sent(event.data, known, recorded)
  return recorded.category === 'delivery'
    ? told(event as DeliveryEvent, known ?? nothingTold(event as DeliveryEvent, recorded), recorded)
    : known
}

const nothingTold = (
  { data: { version } }: DeliveryEvent,
  { subject, company = '', occurredAt: at }: RecordedEvent,
): DeliveryDocument => ({
  quotation_id: subject,
  company,
  version,
  by: 'hand',
  state: 'sent',
  at,
  attempts: 0,
  questions: [],
})

const sent = (
  { version, by, to, sendAt }: Extract<QuotationEvent, { type: 'QuotationSent' }>['data'],
  known: DeliveryDocument | undefined,
  { subject: quotation_id, company = '', occurredAt: at }: RecordedEvent,
): DeliveryDocument => {
  const state = by === 'hand' ? 'sent' : 'queued'
  const { questions = [] } = known ?? {}
  const begun: DeliveryDocument = {
    quotation_id,
    company,
    version,
    by,
    state,
    at,
    attempts: 0,
    questions,
  }
  return patched(begun, { to, nextAt: sendAt })
}

const told = (
  event: DeliveryEvent,
  known: DeliveryDocument,
  { occurredAt: at }: RecordedEvent,
): DeliveryDocument => {
  const { type, data } = event
  if (type === 'CustomerAsked') {
    const { version, text } = data
    return { ...known, questions: [...known.questions, { version, text, at }] }
  }
  // Of a version that has been superseded meanwhile nobody waits for anything.
  if (data.version !== known.version) return known
  switch (type) {
    case 'DeliveryAttempted': {
      const { to, until, nextAt } = data
      return patched(known, {
        ...settled,
        by: 'mail',
        state: 'underWay',
        at,
        attempts: known.attempts + 1,
        to,
        until,
        nextAt: nextAt ?? null,
      })
    }
    case 'QuotationDelivered':
      return patched(known, {
        ...settled,
        state: 'delivered',
        at,
        refusedFor: data.refusedFor ?? null,
      })
    case 'DeliveryFailed': {
      const { code, detail, final } = data
      const isOver = final || known.nextAt === undefined
      const state = code === 'unknown' ? 'unknown' : isOver ? 'failed' : 'queued'
      const nextAt = isOver ? null : known.nextAt
      return patched(known, { ...settled, state, at, code, detail: detail ?? null, nextAt })
    }
    case 'DeliveryBounced':
      return patched(known, { ...settled, state: 'bounced', at, detail: data.detail ?? null })
    case 'QuotationViewed':
      return { ...known, viewedAt: at }
  }
}

/** What is true of one attempt alone. */
const settled = { until: null, nextAt: null, code: null, detail: null }
