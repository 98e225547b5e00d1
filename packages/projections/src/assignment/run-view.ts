import { type Plan, reasonInWords } from '@forsat/domain'
import type { Actors } from '../queries/people.ts'
import type { PlanView, RunSummaryView } from '../views/assignment.ts'
import type { RunDocument } from './assignments.ts'

/** Decisions as they are answered: every reason in words, and its code and facts beside. */
export const planView = ({ assigned, left }: Plan): Omit<PlanView, 'seed'> => ({
  assigned: assigned.map(({ reason, ...decision }) => ({
    ...decision,
    ...reason,
    reason: reasonInWords(reason, { language: 'en' }),
  })),
  left: left.map(({ opportunityId, reason }) => ({
    opportunityId,
    reason: reasonInWords(reason, { language: 'en' }),
    code: reason.code,
    ...(reason.code === 'duplicate' && { duplicateOf: reason.of }),
  })),
})

export const runSummary = (
  { company: _company, began: _began, eventId: _event, left, by, ...run }: RunDocument,
  actors: Actors,
): RunSummaryView => ({
  ...run,
  by: actors(by),
  leftBecause: left as RunSummaryView['leftBecause'],
})
