/**
 * How an offer ends: confirmed into an order, accepted, declined, cancelled, expired; and how one that
 * fell with its opportunity comes back.
 *
 * @module
 */
import * as E from 'fp-ts/lib/Either.js'
import { compareMoney } from '../money/arithmetic.ts'
import type { Money } from '../money/money.ts'
import { defined } from '../patch.ts'
import type { Instant } from '../time/instant.ts'
import type {
  Accepting,
  Cancelling,
  Confirming,
  Declining,
  ForOpportunity,
  Seen,
  When,
} from './command.ts'
import {
  type Decision,
  discarding,
  fact,
  finished,
  happened,
  isOver,
  type Offer,
  offerOf,
  refused,
  superseded,
} from './decision.ts'
import type { QuotationEvent } from './events.ts'
import type { QuotationRefusal } from './refusal.ts'
import type { Begun } from './state.ts'

export const confirmed = (asked: Confirming & When, state: Begun): Decision => {
  const { seen, override, note, opportunity, policies, occurredAt } = asked
  const offer = standing(seen, opportunity, state)
  if (E.isLeft(offer)) return offer
  const { validUntil } = offer.right.issue
  if (!isOver(state, occurredAt) || validUntil === undefined) {
    return concluded(asked, offer.right, state, {
      basis: state.accepted ? 'acceptance' : 'staff',
      note,
    })
  }
  if (!override || policies.lateConfirm === 'refuse') {
    return refused({ type: 'QuotationExpired', validUntil })
  }
  if (note === undefined) return refused({ type: 'OverrideNoteMissing', validUntil })
  return concluded(asked, offer.right, state, {
    basis: 'override',
    overrideNote: note,
    missedDate: validUntil,
  })
}

export const accepted = (asked: Accepting & When, state: Begun): Decision => {
  const { seen, opportunity, occurredAt, occurredOn, onAccept } = asked
  const offer = standing(seen, opportunity, state)
  if (E.isLeft(offer)) return offer
  const { version, issue, content } = offer.right
  if (isOver(state, occurredAt) && issue.validUntil !== undefined) {
    return refused({ type: 'QuotationExpired', validUntil: issue.validUntil })
  }
  if (state.accepted) return refused({ type: 'QuotationAlreadyAccepted' })
  const { name, title, customerReference, note } = asked
  const acceptance = fact(
    'QuotationAccepted',
    defined({
      version,
      total: content.totals.total,
      name,
      title,
      customerReference,
      note,
      occurredOn,
    }),
  )
  if (onAccept === 'record') return happened(acceptance)
  const conclusion = concluded(asked, offer.right, state, { basis: 'acceptance' })
  return E.map((events: readonly QuotationEvent[]) => [acceptance, ...events])(conclusion)
}

/** The offer, where nothing but time stands in the way of its conclusion. */
const standing = (
  seen: Seen | undefined,
  opportunity: ForOpportunity | undefined,
  state: Begun,
): E.Either<QuotationRefusal, Offer> => {
  const old = superseded(seen?.version, state)
  if (old !== undefined) return refused(old)
  const offer = offerOf(state)
  if (E.isLeft(offer)) return offer
  const { version, content } = offer.right
  const { total } = content.totals
  if (seen !== undefined && (seen.version !== version || !isEqual(seen.total, total))) {
    return refused({ type: 'QuotationChanged', version, total })
  }
  if (opportunity?.outcome === 'lost') {
    return refused({ type: 'OpportunityLost', opportunityId: opportunity.id })
  }
  return offer
}

const isEqual = (a: Money, b: Money): boolean => {
  const order = compareMoney(a, b)
  return E.isRight(order) && order.right === 0
}

const concluded = (
  { orderNumber, opportunity, policies, rates, occurredOn }: (Confirming | Accepting) & When,
  { version, issue, content }: Offer,
  state: Begun,
  basis: {
    readonly basis: 'staff' | 'acceptance' | 'override'
    readonly note?: string | undefined
    readonly overrideNote?: string
    readonly missedDate?: string
  },
): Decision =>
  happened(
    ...discarding(state),
    fact(
      'QuotationConfirmed',
      defined({
        version,
        number: issue.number,
        orderNumber,
        opportunityId: opportunity?.id,
        net: content.totals.net,
        total: content.totals.total,
        ...basis,
        policies,
        rates: [...rates],
        occurredOn,
      }),
    ),
  )

/** The offer while it waits for its customer, who saw a version of it; staff mean what stands. */
export const openOffer = (
  state: Begun,
  { seen, occurredAt }: { readonly seen?: number | undefined; readonly occurredAt: Instant },
): E.Either<QuotationRefusal, Offer> => {
  const old = superseded(seen, state)
  if (old !== undefined) return refused(old)
  const offer = offerOf(state)
  if (E.isLeft(offer)) return offer
  if (seen !== undefined && state.accepted) return refused({ type: 'QuotationAlreadyAccepted' })
  const { validUntil } = offer.right.issue
  return isOver(state, occurredAt) && validUntil !== undefined
    ? refused({ type: 'QuotationExpired', validUntil })
    : offer
}

/** Who accepted is bound to it; that the customer has changed their mind is for staff to say. */
export const declined = (
  { version: seen, reason, note, occurredAt, occurredOn }: Declining & When,
  state: Begun,
): Decision => {
  const offer = openOffer(state, { seen, occurredAt })
  if (E.isLeft(offer)) return offer
  const { version } = offer.right
  return happened(
    ...discarding(state),
    fact(
      'QuotationDeclined',
      defined({ version, reasonId: reason?.id, reason: reason?.name, note, occurredOn }),
    ),
  )
}

/** By a person from wherever it stands; by policy only what is a draft or still valid. */
export const cancelled = (
  { occurredAt, occurredOn, ...asked }: Cancelling & When,
  state: Begun,
): Decision => {
  const { status, current } = state
  const from = status === 'sent' && isOver(state, occurredAt) ? 'expired' : status
  if (from === 'cancelled' || from === 'declined') {
    const end = finished(state)
    return asked.cause === 'person' && end !== undefined ? refused(end) : happened()
  }
  if (asked.cause !== 'person' && from !== 'draft' && from !== 'sent') return happened()
  const { opportunityId } = current.content.described
  return happened(
    fact(
      'QuotationCancelled',
      defined({ version: current.version, from, opportunityId, ...asked, occurredOn }),
    ),
  )
}

/** What fell with its opportunity, and nobody touched since. */
export const reinstated = (
  { causedBy, occurredOn }: { readonly causedBy?: string | undefined } & When,
  { status, cancelled: end, current }: Begun,
): Decision => {
  if (status !== 'cancelled' || end?.cause !== 'opportunityLost') return happened()
  const { version } = current
  const to = end.from === 'draft' ? 'draft' : 'sent'
  return happened(fact('QuotationReinstated', defined({ version, to, causedBy, occurredOn })))
}

/** Records what the clock has done; where it has done nothing, nothing is recorded. */
export const expired = ({ occurredAt }: When, state: Begun): Decision => {
  const { version, issue } = state.current
  const { validUntil, expiresAt } = issue ?? {}
  if (state.status !== 'sent' || !isOver(state, occurredAt)) return happened()
  if (validUntil === undefined || expiresAt === undefined) return happened()
  return happened(fact('QuotationExpired', { version, validUntil, expiresAt }))
}
