import type { Standing } from '../quotations/standing.ts'
import type { OpportunityView, ProbabilityView } from '../views/opportunity.ts'
import type { OpportunityDocument } from './opportunity-document.ts'
import { type Circumstances, quotedOf } from './quoted.ts'

/**
 * The document as it is answered: what follows from the outcome and what was offered is added, what
 * is ours left out.
 */
export const opportunityView = (
  document: OpportunityDocument,
  standings: readonly Standing[],
  circumstances: Circumstances,
): OpportunityView => {
  const { began: _began, manualProbability: _manual, lossId: _loss, ...view } = document
  return {
    ...none,
    ...view,
    archived: document.outcome === 'lost',
    probability: probabilityOf(document),
    ...quotedOf(document.outcome, standings, circumstances),
  }
}

const none = { tags: [], productIds: [], participants: [], externalIds: [], attributes: {} }

/** The outcome decides; on an open one what a person set, else the model, of which there is none yet. */
const probabilityOf = ({ outcome, manualProbability }: OpportunityDocument): ProbabilityView => {
  const mode = manualProbability === undefined ? 'automatic' : 'manual'
  const certain = { won: 100, lost: 0, merged: null, withdrawn: null, open: undefined }[outcome]
  const value = certain === undefined ? (manualProbability ?? null) : certain
  return { value, mode, automatic: null, enoughData: false }
}
