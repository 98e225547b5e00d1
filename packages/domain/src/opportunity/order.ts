/**
 * Facts of one kind come in the order in which they happened, and none before the opportunity began.
 *
 * The day of an outcome is told by its event, the moment of any fact by the log's envelope. Where the
 * moment is known it decides, else the day does.
 *
 * @module
 */
import type { Occurred } from '../decider.ts'
import type { When as Told } from '../refusal.ts'
import type { CalendarDate } from '../time/calendar-date.ts'
import type { Instant } from '../time/instant.ts'
import type { OpportunityEvent } from './events.ts'

/** When something is said to happen: the moment, and the company's local day of it. */
export interface When extends Told {
  readonly occurredOn: CalendarDate
}

/** As much as is known of when something happened. */
export interface Moment {
  readonly on: CalendarDate | undefined
  readonly at: Instant | undefined
}

/** When it began: its day is always told. */
export interface Start extends Moment {
  readonly on: CalendarDate
}

/** The kinds of fact that keep their order, each by itself. */
export type Order = 'outcome' | 'stage' | 'assignment'

export const orderOf: Readonly<Record<OpportunityEvent['type'], Order | 'free'>> = {
  LeadCaptured: 'outcome',
  OpportunityOpened: 'outcome',
  LeadQualified: 'outcome',
  OpportunityRevised: 'free',
  OpportunityStaged: 'stage',
  OpportunityAssigned: 'assignment',
  OpportunityUnassigned: 'assignment',
  OpportunityNoted: 'free',
  ProbabilityOverridden: 'free',
  ProbabilityAutomated: 'free',
  OpportunityWon: 'outcome',
  OpportunityLost: 'outcome',
  OpportunityReopened: 'outcome',
  OpportunityMerged: 'outcome',
  OpportunityAbsorbed: 'free',
  OpportunityCorrected: 'free',
  OpportunityWithdrawn: 'outcome',
  PersonalDataErased: 'free',
}

export const momentOf = ({ data, occurredAt }: Occurred<OpportunityEvent>): Moment => ({
  on: 'occurredOn' in data ? data.occurredOn : undefined,
  at: occurredAt,
})

/** What would be overtaken: the moment, or the day where no moment is known. */
export const overtaken = (
  { occurredAt, occurredOn }: When,
  { at, on }: Moment,
): string | undefined => {
  if (at !== undefined) return occurredAt < at ? at : undefined
  return on !== undefined && occurredOn < on ? on : undefined
}
