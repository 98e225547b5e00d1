/**
 * What a company lets its scores be learnt from, and by which model.
 *
 * @module
 */
import * as z from 'zod'
import { CalendarDate } from '../time/calendar-date.ts'
import { ScoringModel } from './scoring.ts'

/** What may count or not; the stage and the team always do. */
export const ScoringVariable = z.enum([
  'country',
  'region',
  'phone',
  'email',
  'source',
  'language',
  'tags',
])
export type ScoringVariable = z.infer<typeof ScoringVariable>

export const ScoringSettings = z.strictObject({
  variables: z
    .array(ScoringVariable)
    .max(ScoringVariable.options.length)
    .refine((named) => new Set(named).size === named.length, 'must name each one once'),
  /** Deals that began before teach nothing; absent, all of them do. */
  since: CalendarDate.optional(),
  model: ScoringModel,
})
export type ScoringSettings = z.infer<typeof ScoringSettings>

/** The settings of a company that has set none. */
export const usualScoring: ScoringSettings = {
  variables: ScoringVariable.options,
  model: 'fold-counts',
}
