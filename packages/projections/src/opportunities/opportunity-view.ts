import type { OpportunityView, ProbabilityView } from '../views/opportunity.ts'
import type { OpportunityDocument } from './opportunity-document.ts'

/** The document as it is answered: what follows from the outcome is added, what is ours left out. */
export const opportunityView = (document: OpportunityDocument): OpportunityView => {
  const { began: _began, manualProbability: _manual, lossId: _loss, ...view } = document
  return {
    ...none,
    ...view,
    archived: document.outcome === 'lost',
    probability: probabilityOf(document),
    quotations: [],
    quotationTotals: [],
    conflicts: [],
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
