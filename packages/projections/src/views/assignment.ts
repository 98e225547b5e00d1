/**
 * Runs of assignment as they are answered.
 *
 * @module
 */
import * as z from 'zod'
import { Actor, Count, DateText, Id, InstantText, Text } from './values.ts'

const Reason = Text.describe('In words.')

const AssignedView = z
  .strictObject({
    opportunityId: Id,
    teamId: Id,
    userId: Id,
    reason: Reason,
    /** Whether the member had asked for such leads. */
    pass: z.enum(['preferred', 'ordinary']),
    /** The first, second … of the places that were free. */
    place: Count,
    of: Count,
  })
  .meta({ id: 'Assigned' })

const Waiting = z.enum(['noCapacity', 'nobodyThere', 'noRuleMatched', 'duplicate', 'tooOld'])

const LeftView = z
  .strictObject({
    opportunityId: Id,
    reason: Reason,
    code: Waiting,
    /** The one that stands for a duplicate. */
    duplicateOf: Id.optional(),
  })
  .meta({ id: 'LeftOver' })

/** Of a run, all but the decisions themselves. */
export const RunSummaryView = z
  .strictObject({
    id: Id,
    at: InstantText,
    by: Actor,
    trigger: z.enum(['manual', 'scheduled']),
    teamId: Id.optional(),
    seed: Count,
    today: DateText,
    duplicates: z.enum(['merge', 'skip']),
    maxAgeDays: Count.optional(),
    /** The last event that the plan rests on. */
    lastInput: Id.optional(),
    digest: Text.describe('SHA-256 of the facts that the plan rests on.'),
    counts: z.strictObject({ assigned: Count, left: Count }),
    leftBecause: z.array(z.strictObject({ code: Waiting, count: Count })),
  })
  .meta({ id: 'AssignmentRunSummary' })
export type RunSummaryView = z.infer<typeof RunSummaryView>

export const RunView = RunSummaryView.extend({
  assigned: z.array(AssignedView),
  left: z.array(LeftView),
}).meta({ id: 'AssignmentRun' })
export type RunView = z.infer<typeof RunView>

/** A plan that nobody has carried out. */
export const PlanView = z
  .strictObject({
    seed: Count,
    assigned: z.array(AssignedView),
    left: z.array(LeftView),
  })
  .meta({ id: 'AssignmentPlan' })
export type PlanView = z.infer<typeof PlanView>
