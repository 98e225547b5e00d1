import type { Deal, Score } from '@forsat/domain'
import type { Standing } from '../quotations/standing.ts'
import { dealOf } from '../scoring/known-deal.ts'
import type { OpportunityView, ProbabilityView } from '../views/opportunity.ts'
import type { OpportunityDocument } from './opportunity-document.ts'
import { type Circumstances, quotedOf } from './quoted.ts'

/** What scores open ones; absent where nothing is known of a company yet. */
type Scoring = ((deal: Deal) => Score | undefined) | undefined

/**
 * The document as it is answered: what follows from the outcome and what was offered is added, what
 * is ours left out.
 */
export const opportunityView = (
  document: OpportunityDocument,
  standings: readonly Standing[],
  circumstances: Circumstances,
  scoring: Scoring,
): OpportunityView => {
  const { began: _began, manualProbability: _manual, lossId: _loss, ...view } = document
  return {
    ...none,
    ...view,
    archived: document.outcome === 'lost',
    probability: probabilityOf(document, scoring),
    ...quotedOf(document.outcome, standings, circumstances),
  }
}

const none = { tags: [], productIds: [], participants: [], externalIds: [], attributes: {} }

/**
 * The outcome decides; on an open one what a person set, else the model. Beside what a person set the
 * model goes on: it is shown for as long as it may count again.
 */
export const probabilityOf = (document: OpportunityDocument, scoring: Scoring): ProbabilityView => {
  const { outcome, manualProbability } = document
  const mode = manualProbability === undefined ? 'automatic' : 'manual'
  const certain = { won: 100, lost: 0, merged: null, withdrawn: null, open: undefined }[outcome]
  if (certain !== undefined) return { value: certain, mode, automatic: certain, enoughData: true }
  const score = scoring?.(dealOf(document))
  const automatic = score?.probability ?? null
  const value = manualProbability ?? automatic
  return { value, mode, automatic, enoughData: score?.enoughData ?? false }
}
