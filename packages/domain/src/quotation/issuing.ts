/**
 * How an offer reaches its customer: issued as a version with a number, a date and a link, and how the
 * next version takes its place. A version is issued once.
 *
 * @module
 */
import * as E from 'fp-ts/lib/Either.js'
import { defined } from '../patch.ts'
import { isAfter } from '../time/calendar-date.ts'
import { exceeded, isApproved } from './approval.ts'
import type { Extending, Sending, When } from './command.ts'
import {
  type Decision,
  discarding,
  editable,
  fact,
  finished,
  happened,
  isOver,
  offerOf,
  refused,
} from './decision.ts'
import type { Link } from './events.ts'
import { reckoned } from './reckoning.ts'
import type { Begun } from './state.ts'
import { versionNumber } from './version.ts'

/** With figures by the rules of this moment, fixed from here on. */
export const sent = (asked: Sending & When, state: Begun): Decision => {
  const draft = editable(state)
  if (E.isLeft(draft)) return draft
  const { version, content } = draft.right
  const { contactId, currency, digits, pricesIncludeTax, lines, options } = content
  if (!lines.some(({ kind }) => kind === 'item')) return refused({ type: 'QuotationEmpty' })
  if (contactId === undefined) return refused({ type: 'ContactMissing' })
  const { validUntil, vatRounding, occurredOn } = asked
  if (validUntil !== undefined && isAfter(occurredOn, validUntil)) {
    return refused({ type: 'ExpiryInPast', validUntil, today: occurredOn })
  }
  const by = { currency, digits, pricesIncludeTax, vatRounding }
  const result = reckoned({ lines, options }, by)
  if (E.isLeft(result)) return result
  const { totals } = result.right
  if (totals.total.amount.startsWith('-')) {
    return refused({ type: 'TotalNegative', total: totals.total })
  }
  const { invoiceAddress, deliveryAddress } = asked
  if (invoiceAddress === undefined) return refused({ type: 'AddressMissing', kind: 'invoice' })
  if (deliveryAddress === undefined) return refused({ type: 'AddressMissing', kind: 'delivery' })
  const limit = exceeded(asked.limits ?? {}, content, totals.total, asked.rates)
  const { approval } = draft.right
  if (limit !== undefined && !isApproved(approval, asked.sender)) {
    return refused({ type: 'ApprovalRequired', limit, approval: approval?.state })
  }
  return happened(
    fact(
      'QuotationSent',
      defined({
        version,
        number: versionNumber(state.number ?? asked.number, version),
        by: asked.by,
        channel: asked.channel,
        to: asked.to,
        sendAt: asked.sendAt,
        contactId,
        ...by,
        totals,
        validUntil,
        expiresAt: asked.expiresAt,
        validity: asked.validity,
        customer: asked.customer,
        invoiceAddress,
        deliveryAddress,
        rates: [...asked.rates],
        link: asked.link,
        supersedes: state.draft === undefined ? undefined : state.current.version,
        occurredOn,
      }),
    ),
  )
}

/** To a later day. One whose date is over comes back to life only where that was allowed. */
export const extended = (
  { validUntil, expiresAt, note, mayBeLate, occurredAt, occurredOn }: Extending & When,
  state: Begun,
): Decision => {
  const offer = offerOf(state)
  if (E.isLeft(offer)) return offer
  const { version, issue } = offer.right
  if (issue.validUntil === undefined) return refused({ type: 'ExtensionTooShort' })
  if (isOver(state, occurredAt) && !mayBeLate) {
    return refused({ type: 'QuotationExpired', validUntil: issue.validUntil })
  }
  if (isAfter(occurredOn, validUntil)) {
    return refused({ type: 'ExpiryInPast', validUntil, today: occurredOn })
  }
  if (!isAfter(validUntil, issue.validUntil)) {
    return refused({ type: 'ExtensionTooShort', validUntil: issue.validUntil })
  }
  return happened(fact('QuotationExtended', { version, validUntil, expiresAt, note }))
}

export const versionOpened = (state: Begun): Decision => {
  const offer = offerOf(state)
  if (E.isLeft(offer)) return offer
  const { draft, lastVersion } = state
  if (draft !== undefined) return refused({ type: 'VersionAlreadyOpen', version: draft.version })
  return happened(fact('QuotationVersionOpened', { version: lastVersion + 1 }))
}

export const versionDiscarded = (state: Begun): Decision => {
  const end = finished(state)
  if (end !== undefined) return refused(end)
  return state.draft === undefined
    ? refused({ type: 'NoVersionOpen' })
    : happened(...discarding(state))
}

/** From sent, expired and cancelled. A version that was issued is not issued again. */
export const returnedToDraft = (state: Begun): Decision => {
  const { status, current, draft, lastVersion } = state
  const end = status === 'cancelled' ? undefined : finished(state)
  if (end !== undefined) return refused(end)
  if (status === 'draft') return refused({ type: 'QuotationNotSent' })
  const last = Math.max(lastVersion, draft?.version ?? 0)
  const version = current.issue === undefined ? current.version : last + 1
  return happened(...discarding(state), fact('QuotationReturnedToDraft', { version }))
}

/** A finished offer may still be looked at. */
export const linkIssued = (
  { link }: { readonly link: Link },
  { current, status }: Begun,
): Decision =>
  current.issue === undefined || status === 'draft'
    ? refused({ type: 'QuotationNotSent' })
    : happened(fact('QuotationLinkIssued', { version: current.version, link }))

export const linkRevoked = ({ link }: Begun): Decision =>
  link === undefined
    ? happened()
    : happened(fact('QuotationLinkRevoked', { version: link.version }))
