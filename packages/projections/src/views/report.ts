/**
 * What reports answer: rows by the dimensions asked for, totals, and how far the log was read.
 *
 * @module
 */
import { optional } from '@forsat/domain'
import * as z from 'zod'
import { QuotationStatus } from './quotation.ts'
import { Count, DateText, Id, Percentage, Sums, Text } from './values.ts'

/** A record that figures are grouped by, under its name now. */
export const Entity = z.strictObject({ id: Id, name: Text.nullable(), archived: z.boolean() })
export type Entity = z.infer<typeof Entity>

/** A stretch of days, both ends included, under the name its calendar gives it. */
export const Bucket = z.strictObject({ key: Text, from: DateText, to: DateText })
export type Bucket = z.infer<typeof Bucket>

/** What a row stands for; null is what has no value there. Only what was grouped by is present. */
const groups = optional({
  reason: Entity.nullable(),
  category: Text.nullable(),
  team: Entity.nullable(),
  salesperson: Entity.nullable(),
  source: Text.nullable(),
  medium: Text.nullable(),
  campaign: Text.nullable(),
  country: Text.nullable(),
  region: Text.nullable(),
  language: Text.nullable(),
  tag: Text.nullable(),
  product: Entity.nullable(),
  industry: Text.nullable(),
  competitor: Text.nullable(),
  stage: Entity.nullable(),
  kind: Text.nullable(),
  quoted: z.boolean().nullable(),
  company: Entity.nullable(),
  attributes: z.record(z.string(), z.union([Text, z.number(), z.boolean()]).nullable()),
  day: Bucket.nullable(),
  week: Bucket.nullable(),
  month: Bucket.nullable(),
  quarter: Bucket.nullable(),
  year: Bucket.nullable(),
})

/** What offers alone are told apart by. */
const offerGroups = optional({ status: QuotationStatus, currency: Text })

const lossMeasures = {
  count: Count,
  /** Of all losses asked about; of several tags or products each counts once. */
  share: Percentage.nullable(),
  lostRevenue: Sums,
  medianAge: z.number().nullable(),
  p90Age: z.number().nullable(),
}
const winMeasures = {
  won: Count,
  lost: Count,
  open: Count,
  /** Won of won and lost. */
  winRate: Percentage.nullable(),
  wonRevenue: Sums,
  lostRevenue: Sums,
  openRevenue: Sums,
}

/** Each quotation counts once, by the version that stands, with the status it had at the moment asked for. */
const quotationMeasures = {
  count: Count,
  net: Sums,
  discount: Sums,
  total: Sums,
  /** Confirmed and not cancelled since. */
  confirmed: Count,
  confirmedNet: Sums,
  confirmedTotal: Sums,
  declined: Count,
  expired: Count,
  /** Confirmed of confirmed, declined and expired. */
  acceptanceRate: Percentage.nullable(),
}
/** What is open, and what was offered for it. */
const pipelineMeasures = {
  count: Count,
  expectedRevenue: Sums,
  /** Expected revenue times the probability, rounded for each opportunity. */
  weightedRevenue: Sums,
  /** Those without a probability: they weigh nothing. */
  unweighted: Count,
  /** Totals of drafts and of offers that are still valid, by the version that stands. */
  quotedTotal: Sums,
  confirmedTotal: Sums,
}

const report = <Measures extends Record<string, z.ZodType>, Groups extends z.ZodRawShape>(
  id: string,
  all: Measures,
  own: Groups,
) => {
  const measures = optional(all)
  const figures = { ...measures, previous: z.strictObject(measures).optional() }
  return z
    .strictObject({
      rows: z.array(z.strictObject({ ...groups, ...own, ...figures })),
      totals: z.strictObject(figures),
      /** Rows that `top` or `minCount` left out; the totals have them. */
      omitted: Count,
      /** The days that `previous` figures are of. */
      previous: z.strictObject({ from: DateText, to: DateText }).optional(),
      position: z.string(),
    })
    .meta({ id })
}

export const LossReport = report('LossReport', lossMeasures, {})
export type LossReport = z.infer<typeof LossReport>

export const WinReport = report('WinReport', winMeasures, {})
export type WinReport = z.infer<typeof WinReport>

export const QuotationReport = report('QuotationReport', quotationMeasures, offerGroups)
export type QuotationReport = z.infer<typeof QuotationReport>

export const PipelineReport = report('PipelineReport', pipelineMeasures, {})
export type PipelineReport = z.infer<typeof PipelineReport>

export const lossMeasureNames = Object.keys(lossMeasures) as (keyof typeof lossMeasures)[]
export type LossMeasure = keyof typeof lossMeasures
export const winMeasureNames = Object.keys(winMeasures) as (keyof typeof winMeasures)[]
export type WinMeasure = keyof typeof winMeasures
export const quotationMeasureNames = Object.keys(
  quotationMeasures,
) as (keyof typeof quotationMeasures)[]
export type QuotationMeasure = keyof typeof quotationMeasures
export const pipelineMeasureNames = Object.keys(
  pipelineMeasures,
) as (keyof typeof pipelineMeasures)[]
export type PipelineMeasure = keyof typeof pipelineMeasures
