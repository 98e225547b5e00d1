/**
 * How an opportunity ends, and how it is taken up again: won, lost, reopened, by hand or by its stage.
 *
 * @module
 */
import type { Ulid } from '../id.ts'
import type { Money } from '../money/money.ts'
import { defined } from '../patch.ts'
import { type CalendarDate, daysBetween } from '../time/calendar-date.ts'
import type { Losing, LostReasonFacts, Reopening, Staging, Winning } from './command.ts'
import type { DataOf } from './events.ts'
import type { When } from './order.ts'
import { closed, type Decision, happened, type OpportunityRefusal, refused } from './refusal.ts'
import type { Begun, Facts } from './state.ts'

/** A stage flagged as won is a win, and leaving it for an open one a reopening. */
export const staged = (
  { stage, quotedNet, occurredAt, occurredOn }: Staging & When,
  state: Begun,
): Decision => {
  const act = { cause: 'stage', occurredAt, occurredOn } as const
  if (state.outcome === 'lost') return closed(state)
  if (state.outcome === 'open' && stage.won) return won({ ...act, stage, quotedNet }, state)
  if (stage.id === state.facts.stageId) return happened()
  if (state.outcome === 'won' && !stage.won) return reopened({ ...act, stage }, state)
  return happened({ type: 'OpportunityStaged', data: { stageId: stage.id } })
}

export const won = (
  { revenue, quotedNet, cause, quotationId, stage, occurredOn }: Winning & When,
  state: Begun,
): Decision => {
  if (state.outcome !== 'open') return closed(state)
  const { facts } = state
  if (facts.kind === 'lead') return refused({ type: 'LeadNotQualified' })
  return happened({
    type: 'OpportunityWon',
    data: defined({
      ...earned(revenue, quotedNet, facts.described.expectedRevenue),
      cause,
      quotationId,
      stageId: stage?.id ?? facts.stageId,
      ageDays: age(facts, occurredOn),
      occurredOn,
    }),
  })
}

/** What a win brought: as given, else the net of its confirmed quotations, else as expected. */
const earned = (
  given: Money | undefined,
  quoted: Money | undefined,
  expected: Money | undefined,
): Pick<DataOf<'OpportunityWon'>, 'revenue' | 'basis'> => {
  if (given !== undefined) return { revenue: given, basis: 'given' }
  if (quoted !== undefined) return { revenue: quoted, basis: 'quotations' }
  if (expected !== undefined) return { revenue: expected, basis: 'expected' }
  return { basis: 'unknown' }
}

export const lost = (
  { reason, requireReason, stageName, quoted, occurredOn, ...told }: Losing & When,
  state: Begun,
): Decision => {
  if (state.outcome !== 'open') return closed(state)
  const { facts } = state
  if (reason === undefined && requireReason) return refused({ type: 'LostReasonMissing' })
  const stood = reason && objection(reason, told.note !== undefined)
  if (stood !== undefined) return refused(stood)
  return happened({
    type: 'OpportunityLost',
    data: defined({
      ...named(reason),
      note: told.note,
      competitor: told.competitor,
      competitorPrice: told.competitorPrice,
      cause: told.cause,
      stageId: facts.stageId,
      stage: stageName,
      expectedRevenue: facts.described.expectedRevenue,
      quoted: [...quoted],
      quotationSent: told.quotationSent,
      ageDays: age(facts, occurredOn),
      occurredOn,
    }),
  })
}

/** Why this reason cannot be given. */
export const objection = (
  reason: LostReasonFacts,
  notePresent: boolean,
): OpportunityRefusal | undefined => {
  const { id: reasonId } = reason
  if ('unknown' in reason) return { type: 'LostReasonUnknown', reasonId }
  if (reason.archived) return { type: 'LostReasonArchived', reasonId, reason: reason.name }
  if (reason.requiresNote && !notePresent) {
    return { type: 'LostNoteMissing', reasonId, reason: reason.name }
  }
  return undefined
}

const named = (reason: LostReasonFacts | undefined): { reasonId?: Ulid; reason?: string } =>
  reason === undefined || 'unknown' in reason ? {} : { reasonId: reason.id, reason: reason.name }

/** A lost one stays in its stage, a won one returns to that which it was won from, unless told. */
export const reopened = (
  { stage, cause, quotationId, occurredOn }: Reopening & When,
  state: Begun,
): Decision => {
  if (state.outcome === 'open') return refused({ type: 'OpportunityNotLost' })
  const before = state.outcome === 'won' ? state.win.from : state.facts.stageId
  return happened({
    type: 'OpportunityReopened',
    data: defined({
      from: state.outcome,
      cause,
      quotationId,
      stageId: stage?.id ?? before,
      occurredOn,
    }),
  })
}

const age = ({ began }: Facts, on: CalendarDate): number => daysBetween(began.on, on)
