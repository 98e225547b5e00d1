/**
 * What a command leads to, and the refusals that many rules share.
 *
 * @module
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Instant } from '../time/instant.ts'
import type { DataOf, QuotationEvent } from './events.ts'
import type { QuotationRefusal } from './refusal.ts'
import type { Begun, Version } from './state.ts'
import { hasExpired } from './validity.ts'
import { workedOn } from './version.ts'

export type Decision = E.Either<QuotationRefusal, readonly QuotationEvent[]>

export const happened = (...events: readonly QuotationEvent[]): Decision => E.right(events)

export const refused = (refusal: QuotationRefusal): E.Either<QuotationRefusal, never> =>
  E.left(refusal)

export const fact = <Type extends QuotationEvent['type']>(type: Type, data: DataOf<Type>) =>
  ({ type, data }) as QuotationEvent

/** Why one that is finished takes no further act; `undefined` for a draft, a sent or an expired one. */
export const finished = ({ status, order }: Begun): QuotationRefusal | undefined => {
  switch (status) {
    case 'confirmed':
      return { type: 'QuotationAlreadyConfirmed', orderNumber: order?.number ?? '' }
    case 'declined':
      return { type: 'QuotationDeclined' }
    case 'cancelled':
      return { type: 'QuotationCancelled' }
    case 'draft':
    case 'sent':
    case 'expired':
      return undefined
  }
}

/** The version that can be changed. */
export const editable = (state: Begun): E.Either<QuotationRefusal, Version> => {
  const end = finished(state)
  if (end !== undefined) return refused(end)
  const version = workedOn(state)
  return version === undefined
    ? refused({ type: 'QuotationNotDraft', status: state.status })
    : E.right(version)
}

/** An issued version whose standing is still open. */
export interface Offer extends Version {
  readonly issue: NonNullable<Version['issue']>
}

/** The offer that stands: sent, whether or not its date is over. */
export const offerOf = (state: Begun): E.Either<QuotationRefusal, Offer> => {
  const end = finished(state)
  if (end !== undefined) return refused(end)
  const { current, status } = state
  if (status === 'draft' || current.issue === undefined)
    return refused({ type: 'QuotationNotSent' })
  return E.right({ ...current, issue: current.issue })
}

/** Whoever saw an earlier version than the one issued is told so, however that one ended. */
export const superseded = (
  version: number | undefined,
  { status, current }: Begun,
): QuotationRefusal | undefined =>
  version !== undefined && version < current.version && status !== 'draft'
    ? { type: 'QuotationSuperseded', version: current.version }
    : undefined

/** Whether the date is over, recorded or not; what the customer accepted in time holds past it. */
export const isOver = ({ status, current, accepted }: Begun, at: Instant): boolean =>
  !accepted && (status === 'expired' || hasExpired(current.issue ?? {}, at))

/** The draft beside, put away in the same moment as something ends. */
export const discarding = ({ draft }: Begun): readonly QuotationEvent[] =>
  draft === undefined ? [] : [fact('QuotationVersionDiscarded', { version: draft.version })]
