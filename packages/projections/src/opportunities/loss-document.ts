/**
 * A loss is one time an opportunity was lost, with what was known of it then. It keeps up with the
 * traits of its opportunity for as long as it stands; once reopened, it stays as it was.
 *
 * @module
 */
import type { OpportunityEvent } from '@forsat/domain'
import type { RecordedEvent } from '@forsat/event-store'
import type { LostView } from '../views/opportunity.ts'
import type { OpportunityDocument } from './opportunity-document.ts'
import { type Traits, traitsOf } from './traits.ts'

export interface LossDocument extends LostView {
  /** Of the event that lost it. */
  readonly id: string
  readonly opportunityId: string
  /** Whether it still counts: withdrawn with its opportunity, it does so no more. */
  readonly standing: 'lost' | 'reopened' | 'withdrawn'
  /** Those of the opportunity while this loss stood. */
  readonly traits: Traits
}

/** The loss that an event of its opportunity began, changed or ended; `undefined` if it touched none. */
export const lossAfter = (
  recorded: RecordedEvent,
  before: OpportunityDocument | undefined,
  after: OpportunityDocument,
): LossDocument | undefined => {
  if (after.lossId !== undefined) return lossOf(after, 'lost')
  if (before?.lossId === undefined) return undefined
  const { type } = recorded.event as OpportunityEvent
  return lossOf(before, type === 'OpportunityWithdrawn' ? 'withdrawn' : 'reopened')
}

const lossOf = (
  document: OpportunityDocument,
  standing: LossDocument['standing'],
): LossDocument | undefined => {
  const { lossId, lost, id } = document
  if (lossId === undefined || lost === undefined) return undefined
  return { id: lossId, opportunityId: id, standing, ...lost, traits: traitsOf(document) }
}
