import { codecOf } from '../codec.ts'
import { OpportunityEvent } from './events.ts'
import { opportunityReopenedV1 } from './history/opportunity-reopened.v1.ts'
import { opportunityWonV1 } from './history/opportunity-won.v1.ts'

/** Between an opportunity's events and their stored shapes. */
export const opportunityCodec = codecOf({
  event: OpportunityEvent,
  versions: {
    LeadCaptured: 1,
    LeadQualified: 1,
    OpportunityOpened: 1,
    OpportunityRevised: 1,
    OpportunityStaged: 1,
    OpportunityAssigned: 1,
    OpportunityUnassigned: 1,
    OpportunityNoted: 1,
    ProbabilityOverridden: 1,
    ProbabilityAutomated: 1,
    OpportunityWon: 2,
    OpportunityLost: 1,
    OpportunityReopened: 2,
    OpportunityMerged: 1,
    OpportunityAbsorbed: 1,
    OpportunityCorrected: 1,
    OpportunityWithdrawn: 1,
    PersonalDataErased: 1,
  },
  history: [opportunityWonV1, opportunityReopenedV1],
})
