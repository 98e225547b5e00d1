/**
 * What can have happened to the assignment of a company: it was set up, and runs decided who takes
 * which lead. All runs of a company stand in one stream, so that no two plan from the same facts.
 *
 * A run is told in parts, for an event has its limits, and ends with its summary. Parts that no
 * summary follows are void: whoever wrote them was stopped, or was slower than another.
 *
 * @module
 */
import * as z from 'zod'
import { Ulid } from '../id.ts'
import { message } from '../message.ts'
import { clearable, optional } from '../patch.ts'
import { CalendarDate } from '../time/calendar-date.ts'
import { largestSeed } from './turns.ts'

/** How often a run is due: an ISO 8601 duration of one unit, `PT15M`, `PT1H`, `P1D`, `P1W`. */
const Every = z
  .string()
  .regex(/^P(?:T[1-9]\d?[MH]|[1-9]\d?[DW])$/, 'must be an ISO 8601 duration such as PT15M or P1D')

const settings = {
  mode: z.enum(['manual', 'scheduled']),
  every: Every,
  /** Whether duplicates end in the lead that stands for them, or wait for a person to look at them. */
  duplicates: z.enum(['merge', 'skip']),
}
/** Older leads are dealt by hand only. */
const limits = { maxAgeDays: z.int().min(0).max(100_000) }

/** How a company assigns. */
export const AssignmentSettings = z.strictObject({ ...settings, ...optional(limits) })
export type AssignmentSettings = z.infer<typeof AssignmentSettings>

export const Seed = z.int().min(0).max(largestSeed)

/** Somebody takes a lead: as the first, second … of the places that were free. */
const Assigned = z.strictObject({
  opportunityId: Ulid,
  teamId: Ulid,
  userId: Ulid,
  reason: z.strictObject({
    pass: z.enum(['preferred', 'ordinary']),
    place: z.int().min(1),
    of: z.int().min(1),
  }),
})

const LeftOver = z.strictObject({
  opportunityId: Ulid,
  reason: z.discriminatedUnion('code', [
    z.strictObject({ code: z.literal('noCapacity') }),
    z.strictObject({ code: z.literal('nobodyThere') }),
    z.strictObject({ code: z.literal('noRuleMatched'), by: z.enum(['teams', 'members']) }),
    z.strictObject({ code: z.literal('duplicate'), of: Ulid, joined: z.boolean() }),
    z.strictObject({ code: z.literal('tooOld'), ageDays: z.int().min(0) }),
  ]),
})

export const AssignmentPlan = z.strictObject({
  assigned: z.array(Assigned),
  left: z.array(LeftOver),
})

/** What a run rested on beside the history up to its last input. */
export const RunBasis = z.strictObject({
  trigger: z.enum(['manual', 'scheduled']),
  /** The one that was asked for alone. */
  teamId: Ulid.optional(),
  seed: Seed,
  /** The company's local day. */
  today: CalendarDate,
  duplicates: settings.duplicates,
  ...optional(limits),
  /** The last event that was known; none, where the log was empty. */
  lastInput: Ulid.optional(),
  /** SHA-256 of the facts in canonical JSON, in hex: who plans again compares it first. */
  digest: z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in hex'),
})
export type RunBasis = z.infer<typeof RunBasis>

const Count = z.int().min(0)

export const AssignmentRunEvent = z.discriminatedUnion('type', [
  message('AssignmentConfigured', { ...optional(settings), ...clearable(limits) }),
  message('AssignmentsDecided', { runId: Ulid, ...AssignmentPlan.shape }),
  message('AssignmentRunCompleted', {
    runId: Ulid,
    ...RunBasis.shape,
    counts: z.strictObject({ assigned: Count, left: Count }),
    /** How many were left over for which reason. */
    left: z.array(z.strictObject({ code: z.string().max(40), count: z.int().min(1) })).max(20),
  }),
])
export type AssignmentRunEvent = z.infer<typeof AssignmentRunEvent>
