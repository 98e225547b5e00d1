/**
 * A policy says: whenever this happened there, ask that here. Policies are alone in seeing two
 * aggregates. They are pure: who runs them looks up what the command still needs, and carries it out.
 *
 * @module
 */
import type { Policies } from '../catalogue/policies.ts'
import type { Ulid } from '../id.ts'
import type { OpportunityEvent } from '../opportunity/events.ts'

/** What is to be asked of another aggregate because of an event. */
export interface Reaction {
  readonly category: 'opportunity'
  /** The id of the record that is asked. */
  readonly subject: Ulid
  /** The command's name, and as much of its data as the event tells. */
  readonly command: { readonly type: 'AbsorbOpportunity'; readonly data: { readonly from: Ulid } }
}

/** Where an event happened, and what its company has settled. */
export interface Circumstances {
  /** The id of the record that the event happened to. */
  readonly subject: Ulid
  readonly settings: Policies
}

/**
 * What follows from one kind of event. A policy that a company can choose reads the choice in
 * `settings`; one that always holds does not.
 */
type Policy<Event> = (event: Event, circumstances: Circumstances) => readonly Reaction[]

/** One opportunity has ended in another: the survivor takes over what it lacks. Always holds. */
const opportunityMerged: Policy<Extract<OpportunityEvent, { type: 'OpportunityMerged' }>> = (
  { data },
  { subject },
) => [
  {
    category: 'opportunity',
    subject: data.into,
    command: { type: 'AbsorbOpportunity', data: { from: subject } },
  },
]

export const policies: {
  /** The events that something may follow from; all others need not be looked at. */
  readonly awaited: ReadonlySet<OpportunityEvent['type']>
  /** What has to be asked after an event, in this order. From most events nothing follows. */
  readonly after: Policy<OpportunityEvent>
} = {
  awaited: new Set(['OpportunityMerged']),
  after: (event, circumstances) =>
    event.type === 'OpportunityMerged' ? opportunityMerged(event, circumstances) : [],
}
