/**
 * What is known of a delivery, as much as its rules must know.
 *
 *     attempted ──▶ delivered ──▶ bounced
 *         │  └────▶ unknown ───────┘
 *         └───────▶ failed ──▶ attempted again, unless it was final
 *
 * @module
 */
import type { Occurred } from '../decider.ts'
import type { Ulid } from '../id.ts'
import type { DataOf } from '../message.ts'
import { defined } from '../patch.ts'
import type { CalendarDate } from '../time/calendar-date.ts'
import type { Instant } from '../time/instant.ts'
import type { DeliveryEvent } from './events.ts'

/** Which mail of a quotation, and which try at it; both from 1. */
export interface Turn {
  readonly send: number
  readonly attempt: number
}

/** The try that was made last. */
export interface Attempt extends Turn {
  readonly version: number
  readonly outcome: 'open' | 'delivered' | 'failed' | 'unknown' | 'bounced'
  /** Until when its outcome is waited for. */
  readonly until?: Instant | undefined
  /** When there may be another, should it fail. */
  readonly nextAt?: Instant | undefined
  /** When the last thing happened to it. */
  readonly at?: Instant | undefined
}

export interface DeliveryState {
  readonly last?: Attempt | undefined
  /** Whom it was for. */
  readonly contactId?: Ulid | undefined
  /** The last day on which each version was looked at. */
  readonly viewedOn: Readonly<Record<number, CalendarDate>>
  /** How many questions there were of each version. */
  readonly questions: Readonly<Record<number, number>>
}

export const nothingYet: DeliveryState = { viewedOn: {}, questions: {} }

export const evolve = (
  state: DeliveryState,
  { type, data, occurredAt: at }: Occurred<DeliveryEvent>,
): DeliveryState => {
  switch (type) {
    case 'DeliveryAttempted': {
      const { contactId, version, send, attempt, until, nextAt } = data
      const last = defined<Attempt>({ version, send, attempt, until, nextAt, outcome: 'open', at })
      return { ...state, last, contactId }
    }
    case 'QuotationDelivered':
      return { ...state, last: ended(data, 'delivered', at) }
    case 'DeliveryFailed':
      return { ...state, last: failed(state, data, at) }
    case 'DeliveryBounced':
      return state.last === undefined ? state : { ...state, last: ended(state.last, 'bounced', at) }
    case 'QuotationViewed':
      return { ...state, viewedOn: { ...state.viewedOn, [data.version]: data.occurredOn } }
    case 'CustomerAsked': {
      const { version } = data
      const asked = (state.questions[version] ?? 0) + 1
      return { ...state, questions: { ...state.questions, [version]: asked } }
    }
  }
}

const ended = (
  { version, send, attempt }: Pick<Attempt, 'version' | 'send' | 'attempt'>,
  outcome: Attempt['outcome'],
  at: Instant | undefined,
): Attempt => defined({ version, send, attempt, outcome, at })

/** One that is not final leaves open when the next one may be made. */
const failed = (
  { last }: DeliveryState,
  data: DataOf<DeliveryEvent, 'DeliveryFailed'>,
  at: Instant | undefined,
): Attempt => {
  const end = ended(data, data.code === 'unknown' ? 'unknown' : 'failed', at)
  return data.final || last?.nextAt === undefined ? end : { ...end, nextAt: last.nextAt }
}
