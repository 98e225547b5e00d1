import type { OpenStage, OpportunityState } from '@forsat/domain'
import type { Setting, When } from '../use-case.ts'

/** The stage that a reopened opportunity goes back to. */
const returnsTo = (state: OpportunityState): string | undefined => {
  if (state.outcome === 'won') return state.win.from
  return 'facts' in state ? state.facts.stageId : undefined
}

/** When an opportunity is reopened, and in which stage it then stands. */
export const reopening = async (
  state: OpportunityState,
  { when, company, facts }: Setting,
): Promise<When & { readonly stage?: OpenStage }> => {
  // One that was imported as won stands in no open stage: it returns to the first one.
  const before = returnsTo(state)
  const known = before === undefined ? undefined : await facts.stage(before, company.id)
  const stage = known?.won === false ? undefined : await facts.firstStage(company.id, undefined)
  return { ...when, ...(stage?.won === false ? { stage } : {}) }
}
