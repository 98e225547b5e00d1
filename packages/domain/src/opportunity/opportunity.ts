/**
 * An opportunity is a possible sale: from the first contact, often as a lead, to won or lost.
 *
 *     CaptureLead ──▶ lead ──QualifyLead──▶ opportunity ◀── OpenOpportunity
 *
 *     open ──WinOpportunity──▶ won        open ──MergeOpportunity──▶ merged into another
 *     open ──LoseOpportunity─▶ lost       any ──WithdrawOpportunity─▶ withdrawn
 *     won, lost ──ReopenOpportunity──▶ open
 *
 * Its outcome is the fact; probability, archive flag and closing date follow from it.
 *
 * @module
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Decider } from '../decider.ts'
import { type ErasePersonalData, erasing } from '../erasure/erasure.ts'
import { defined } from '../patch.ts'
import { assigned, revised } from './changes.ts'
import type { OpportunityCommand, Overriding, Qualifying, Withdrawing } from './command.ts'
import { corrected } from './correction.ts'
import type { OpportunityEvent } from './events.ts'
import { absorbed, merged } from './merging.ts'
import { orderOf, overtaken, type When } from './order.ts'
import { lost, reopened, staged, won } from './outcome.ts'
import { closed, type Decision, happened, type OpportunityRefusal, refused } from './refusal.ts'
import { type Begun, evolve, hasBegun, type OpportunityState } from './state.ts'

type Opportunity = Decider<
  OpportunityCommand,
  OpportunityState,
  OpportunityEvent,
  OpportunityRefusal
>

const decide: Opportunity['decide'] = (command, state) => {
  if (command.type === 'CaptureLead' || command.type === 'OpenOpportunity') {
    return begun(command, state)
  }
  if (command.type === 'ErasePersonalData') {
    return state.outcome === 'none' ? refused({ type: 'NotFound' }) : erasing(command)
  }
  if (state.outcome === 'merged') return refused({ type: 'OpportunityMerged', into: state.into })
  if (!hasBegun(state)) return refused({ type: 'NotFound' })
  const decision = decided(command, state)
  return E.isLeft(decision) ? decision : inOrder(decision.right, command.data, state)
}

const decided = (
  command: Exclude<OpportunityCommand, Beginning | ErasePersonalData>,
  state: Begun,
): Decision => {
  const { type, data } = command
  switch (type) {
    case 'QualifyLead':
      return qualified(data, state)
    case 'ReviseOpportunity':
      return revised(data, state)
    case 'StageOpportunity':
      return staged(data, state)
    case 'AssignOpportunity':
      return state.outcome === 'lost' ? closed(state) : assigned(data, state)
    case 'NoteOpportunity':
      return happened({ type: 'OpportunityNoted', data: { text: data.text } })
    case 'OverrideProbability':
      return overridden(data, state)
    case 'AutomateProbability':
      if (state.outcome !== 'open') return closed(state)
      if (state.facts.probability.mode === 'automatic') return happened()
      return happened({ type: 'ProbabilityAutomated', data: {} })
    case 'WinOpportunity':
      return won(data, state)
    case 'LoseOpportunity':
      return lost(data, state)
    case 'ReopenOpportunity':
      return reopened(data, state)
    case 'MergeOpportunity':
      return merged(data, state)
    case 'AbsorbOpportunity':
      return absorbed(data, state)
    case 'CorrectOpportunity':
      return corrected(data, state)
    case 'WithdrawOpportunity':
      return withdrawn(data)
  }
}

type Beginning = Extract<OpportunityCommand, { type: 'CaptureLead' | 'OpenOpportunity' }>

const begun = ({ type, data }: Beginning, state: OpportunityState): Decision => {
  if (state.outcome !== 'none') return refused({ type: 'AlreadyExists' })
  const { occurredAt: _told, ...facts } = data
  return happened({
    type: type === 'CaptureLead' ? 'LeadCaptured' : 'OpportunityOpened',
    data: defined(facts),
  })
}

const qualified = (
  { contactId, stageId, occurredOn }: Qualifying & When,
  state: Begun,
): Decision => {
  if (state.outcome !== 'open') return closed(state)
  const { facts } = state
  if (facts.kind === 'opportunity') return refused({ type: 'LeadAlreadyQualified' })
  return happened({
    type: 'LeadQualified',
    data: defined({
      contactId: contactId === facts.described.contactId ? undefined : contactId,
      stageId: stageId === facts.stageId ? undefined : stageId,
      occurredOn,
    }),
  })
}

const overridden = ({ probability, allowCertainty }: Overriding, state: Begun): Decision => {
  if (state.outcome !== 'open') return closed(state)
  const certain = probability === 0 || probability === 100
  if (certain && !allowCertainty) return refused({ type: 'ProbabilityNotCertain', probability })
  const now = state.facts.probability
  if (now.mode === 'manual' && now.value === probability) return happened()
  return happened({ type: 'ProbabilityOverridden', data: { probability } })
}

/** `quotationBlocks` names the rule that a quotation puts in the way. */
const withdrawn = ({ reason, quotationBlocks, occurredOn }: Withdrawing & When): Decision => {
  if (quotationBlocks !== undefined) {
    const { code, quotationId } = quotationBlocks
    return refused({ type: code, quotationId })
  }
  return happened({ type: 'OpportunityWithdrawn', data: { reason, occurredOn } })
}

/** The events as decided, unless one of them comes before the last of its kind. */
const inOrder = (events: readonly OpportunityEvent[], when: When, { facts }: Begun): Decision => {
  for (const { type } of events) {
    const order = orderOf[type]
    const floor = (order === 'free' ? undefined : facts.last[order]) ?? facts.began
    const later = overtaken(when, floor)
    if (later !== undefined) return refused({ type: 'OccurredTooEarly', last: later })
  }
  return E.right(events)
}

export const opportunity: Opportunity = { initialState: { outcome: 'none' }, decide, evolve }
