/**
 * An opportunity as it is answered: its fields, and what follows from its outcome.
 *
 * @module
 */
import { Erased, opportunityDescriptive, opportunityRequired, optional } from '@forsat/domain'
import * as z from 'zod'
import { QuotationSummary, QuotationTotals } from './quotation.ts'
import { Count, DateText, Id, InstantText, Money, Percentage, Text } from './values.ts'

export const Outcome = z.enum(['open', 'won', 'lost', 'merged', 'withdrawn'])
export type Outcome = z.infer<typeof Outcome>

const Kind = z.enum(['lead', 'opportunity'])

/** How likely a win is. `value` follows from the outcome, else from `mode`. */
export const ProbabilityView = z.strictObject({
  value: Percentage.nullable(),
  mode: z.enum(['automatic', 'manual']),
  /** What the model says, beside a value by hand too; null where a company does without scores. */
  automatic: Percentage.nullable(),
  /** Whether the history is long enough for it to be more than a guess. */
  enoughData: z.boolean(),
})
export type ProbabilityView = z.infer<typeof ProbabilityView>

/** The loss that stands; losses before a reopening are in the history. */
export const LostView = z.strictObject({
  reasonId: Id.nullable(),
  /** The reason's name then. */
  reason: Text.nullable(),
  note: z.union([Text, Erased]).optional(),
  competitor: Text.optional(),
  competitorPrice: Money.optional(),
  stageId: Id.optional(),
  /** The stage's name then. */
  stage: Text.optional(),
  expectedRevenue: Money.optional(),
  quoted: z.array(Money),
  quotationSent: z.boolean(),
  ageDays: z.int(),
  at: InstantText,
  occurredOn: DateText,
})
export type LostView = z.infer<typeof LostView>

const WonView = z.strictObject({
  revenue: Money.optional(),
  basis: z.enum(['given', 'quotations', 'expected', 'unknown']),
  /** The one whose confirmation won it. */
  quotationId: Id.optional(),
  ageDays: z.int(),
  at: InstantText,
  occurredOn: DateText,
})

/** Two decisions that met: both stand until a person settles it. */
const Conflict = z.strictObject({ code: Text, quotationId: Id })

/** What may hold several, and is there when it holds none. */
const { tags, productIds, participants, externalIds, attributes } = opportunityDescriptive
const lists = { tags, productIds, participants, externalIds, attributes }

export const OpportunityView = z
  .strictObject({
    id: Id,
    revision: Count,
    company: Id.optional(),
    kind: Kind,
    ...opportunityRequired,
    ...optional(opportunityDescriptive),
    ...lists,
    stageId: Id.optional(),
    teamId: Id.optional(),
    salespersonId: Id.optional(),
    outcome: Outcome,
    /** A lost one is put away; reopening takes it back. */
    archived: z.boolean(),
    probability: ProbabilityView,
    lost: LostView.optional(),
    won: WonView.optional(),
    quotations: z.array(QuotationSummary),
    quotationTotals: QuotationTotals,
    conflicts: z.array(Conflict),
    /** Where a merged one goes on. */
    mergedInto: Id.optional(),
    createdAt: InstantText,
    /** The company's local day. */
    createdOn: DateText,
    /** When it was won or lost, while it is. */
    closedAt: InstantText.optional(),
    closedOn: DateText.optional(),
    /** When it was last given to its salesperson. */
    assignedAt: InstantText.optional(),
    updatedAt: InstantText,
  })
  .meta({ id: 'Opportunity' })
export type OpportunityView = z.infer<typeof OpportunityView>

/** Another opportunity that may be the same sale, and what the two have in common. */
export const DuplicateView = OpportunityView.extend({
  same: z.array(z.enum(['contact', 'email', 'phone'])).min(1),
}).meta({ id: 'Duplicate' })
export type DuplicateView = z.infer<typeof DuplicateView>
