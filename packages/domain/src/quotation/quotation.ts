/**
 * A quotation is a priced offer to one contact, good until the end of its last day. All its versions
 * are one history; at most one of them stands.
 *
 *     draft ──send──▶ sent ──confirm──▶ confirmed
 *
 * @module
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Decider } from '../decider.ts'
import { defined, isEmpty } from '../patch.ts'
import { alreadyExists, notFound } from '../refusal.ts'
import { optionAccepted, optionDeclined } from './answering.ts'
import { approvalDecided } from './approval.ts'
import type { Drafting, QuotationCommand, When } from './command.ts'
import { describedChanges } from './content.ts'
import { type Decision, fact, happened, refused } from './decision.ts'
import { drafted } from './drafting.ts'
import { addressedAnew, lineAdded, lineRemoved, lineRevised, revised } from './editing.ts'
import type { DataOf, QuotationEvent } from './events.ts'
import { evolve } from './evolve.ts'
import {
  extended,
  linkIssued,
  linkRevoked,
  returnedToDraft,
  sent,
  versionDiscarded,
  versionOpened,
} from './issuing.ts'
import { optionOffered, optionRevised, optionWithdrawn } from './offering.ts'
import { overtaken } from './order.ts'
import { accepted, cancelled, confirmed, declined, expired, reinstated } from './outcome.ts'
import type { QuotationRefusal } from './refusal.ts'
import { type Begun, hasBegun, type QuotationState } from './state.ts'
import { templateApplied, templateRemoved } from './templating.ts'

type Quotation = Decider<QuotationCommand, QuotationState, QuotationEvent, QuotationRefusal>

const decide: Quotation['decide'] = (command, state) => {
  if (command.type === 'DraftQuotation') {
    return state.status === 'none' ? begun(command.data) : alreadyExists
  }
  if (!hasBegun(state)) return notFound
  return E.flatMap((events: readonly QuotationEvent[]) => inOrder(events, command.data, state))(
    answer(command, state),
  )
}

/** What a draft begins with, and what its template brings, in one act. */
const begun = ({ template, ...asked }: Drafting & When): Decision => {
  const draft = drafted(asked)
  if (E.isLeft(draft) || template === undefined) return draft
  const state = draft.right.reduce(evolve, quotation.initialState)
  if (!hasBegun(state)) return draft
  const { vatRounding } = asked
  const brought = templateApplied({ ...template, vatRounding }, state)
  return E.map((events: readonly QuotationEvent[]) => [...draft.right, ...events])(brought)
}

const answer = (
  { type, data }: Exclude<QuotationCommand, { type: 'DraftQuotation' }>,
  state: Begun,
): Decision => {
  switch (type) {
    case 'ReviseQuotation':
      return revised(data, state)
    case 'AddQuotationLine':
      return lineAdded(data, state)
    case 'ReviseQuotationLine':
      return lineRevised(data, state)
    case 'RemoveQuotationLine':
      return lineRemoved(data, state)
    case 'AddressQuotation':
      return addressedAnew(data, state)
    case 'OfferOption':
      return optionOffered(data, state)
    case 'ReviseOption':
      return optionRevised(data, state)
    case 'WithdrawOption':
      return optionWithdrawn(data, state)
    case 'ApplyQuotationTemplate':
      return templateApplied(data, state)
    case 'RemoveQuotationTemplate':
      return templateRemoved(state)
    case 'DecideQuotationApproval':
      return approvalDecided(data, state)
    case 'AcceptOption':
      return optionAccepted(data, state)
    case 'DeclineOption':
      return optionDeclined(data, state)
    case 'SendQuotation':
      return sent(data, state)
    case 'ExtendQuotation':
      return extended(data, state)
    case 'OpenQuotationVersion':
      return versionOpened(state)
    case 'DiscardQuotationVersion':
      return versionDiscarded(state)
    case 'IssueQuotationLink':
      return linkIssued(data, state)
    case 'RevokeQuotationLink':
      return linkRevoked(state)
    case 'AcceptQuotation':
      return accepted(data, state)
    case 'DeclineQuotation':
      return declined(data, state)
    case 'ExpireQuotation':
      return expired(data, state)
    case 'ConfirmQuotation':
      return confirmed(data, state)
    case 'CancelQuotation':
      return cancelled(data, state)
    case 'ReinstateQuotation':
      return reinstated(data, state)
    case 'ReturnQuotationToDraft':
      return returnedToDraft(state)
    case 'CorrectQuotation':
      return corrected(data, state)
    case 'DeleteQuotation':
      return deleted(state)
  }
}

/** An issued document is mended for a reason, never in its figures. */
const corrected = (
  { reason, occurredAt: _at, occurredOn: _on, ...changes }: DataOf<'QuotationCorrected'> & When,
  { status, current }: Begun,
): Decision => {
  if (status === 'draft' || current.issue === undefined)
    return refused({ type: 'QuotationNotSent' })
  const { customer, invoiceAddress, deliveryAddress, ...fields } = changes
  const mended = defined({
    ...describedChanges(current.content, fields),
    customer,
    invoiceAddress,
    deliveryAddress,
  })
  return isEmpty(mended) ? happened() : happened(fact('QuotationCorrected', { ...mended, reason }))
}

const deleted = ({ status, current, number }: Begun): Decision =>
  status === 'draft' && current.issue === undefined && number === undefined
    ? happened(fact('QuotationDeleted', {}))
    : refused({ type: 'QuotationNotDraft', status })

/** The events as decided, unless one of them would overtake what happened before. */
const inOrder = (events: readonly QuotationEvent[], when: When, state: Begun): Decision => {
  for (const { type } of events) {
    const last = overtaken(type, when, state)
    if (last !== undefined) return refused({ type: 'OccurredTooEarly', last })
  }
  return E.right(events)
}

export const quotation: Quotation = { initialState: { status: 'none' }, decide, evolve }
