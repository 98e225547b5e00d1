/**
 * How likely wins are and why, as it is answered.
 *
 * @module
 */
import { ScoringModel } from '@forsat/domain'
import * as z from 'zod'
import { Count, Id, Percentage, Text } from './values.ts'

const tally = { won: Count, lost: Count }

/** One thing known of an opportunity. `points` are log-odds, and add up with the base. */
const FactorView = z.strictObject({
  variable: Text,
  value: Text,
  /** Of a stage or a team its name; else the value as people write it. */
  name: Text,
  ...tally,
  /** Of those, the share of wins. */
  share: Percentage.nullable(),
  points: z.number(),
  /** The same as a sentence. */
  words: z.strictObject({ fa: Text, en: Text }),
})
export type FactorView = z.infer<typeof FactorView>

export const ExplanationView = z
  .strictObject({
    opportunityId: Id,
    /** What counts: the outcome, else what a person set, else the model. */
    value: Percentage.nullable(),
    mode: z.enum(['automatic', 'manual']),
    /** What the model says; null of what is merged or withdrawn. */
    automatic: Percentage.nullable(),
    enoughData: z.boolean(),
    model: ScoringModel,
    /** The closed opportunities that it was learnt from. */
    outcomes: z.strictObject(tally),
    /** The points of one of which nothing is known. */
    base: z.number(),
    factors: z.array(FactorView),
    words: z.strictObject({ fa: Text, en: Text }),
  })
  .meta({ id: 'Explanation' })
export type ExplanationView = z.infer<typeof ExplanationView>

export const FrequenciesView = z
  .strictObject({
    ...tally,
    items: z.array(
      z.strictObject({ teamId: Id.optional(), variable: Text, value: Text, name: Text, ...tally }),
    ),
  })
  .meta({ id: 'Frequencies' })
export type FrequenciesView = z.infer<typeof FrequenciesView>

const measure = z.number().nullable()

export const EvaluationView = z
  .strictObject({
    /** All that were closed; those judged are fewer, as somebody must be learnt from first. */
    outcomes: z.strictObject(tally),
    models: z.array(
      z.strictObject({
        model: z.enum(['base-rate', ...ScoringModel.options]),
        count: Count,
        auc: measure,
        logLoss: measure,
        brier: measure,
        ece: measure,
        reliability: z.array(
          z.strictObject({
            from: Percentage,
            to: Percentage,
            count: Count,
            meanProbability: z.number(),
            shareWon: z.number(),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'Evaluation' })
export type EvaluationView = z.infer<typeof EvaluationView>
