/**
 * What can have happened to an opportunity. Stored for good: a shape changes only by gaining a
 * version. Fields are public unless they are marked `personal`.
 *
 * @module
 */
import * as z from 'zod'
import { personalDataErased } from '../erasure/erasure.ts'
import { Ulid } from '../id.ts'
import { message } from '../message.ts'
import { Money } from '../money/money.ts'
import { ownFields } from '../own-fields.ts'
import { clearable, optional } from '../patch.ts'
import { personal } from '../personal.ts'
import { Label } from '../text/label.ts'
import { FreeText, Line } from '../text/text.ts'
import { CalendarDate } from '../time/calendar-date.ts'

/** A person's part in a sale: who decides, who uses, who pays. */
const Participant = z.strictObject({ contactId: Ulid, role: Label })

/** What every opportunity has. */
export const opportunityRequired = { title: personal(Line, 'record') }

/** What may describe it, and may be cleared again. */
export const opportunityDescriptive = {
  contactId: Ulid,
  companyName: personal(Line, 'contact'),
  contactName: personal(Line, 'contact'),
  email: personal(Line, 'contact'),
  phone: personal(Line, 'contact'),
  country: Label,
  region: Label,
  language: Label,
  source: Label,
  medium: Label,
  campaign: Label,
  industry: Label,
  tags: z.array(Label).max(50),
  productIds: z.array(Ulid).max(50),
  participants: z.array(Participant).max(50),
  priority: z.int().min(0).max(3),
  expectedRevenue: Money,
  expectedCloseOn: CalendarDate,
  nextStep: personal(Line, 'record'),
  nextStepOn: CalendarDate,
  ...ownFields,
}

/** Whether the sealed fields hold something: all that rules and scoring may know of them. */
const presence = { emailPresent: z.boolean(), phonePresent: z.boolean() }

const begun = {
  ...opportunityRequired,
  ...optional(opportunityDescriptive),
  ...presence,
  stageId: Ulid.optional(),
  teamId: Ulid.optional(),
  salespersonId: Ulid.optional(),
  /** The company's local day. */
  occurredOn: CalendarDate,
}

/** Only what changed; `null` clears. */
const changed = {
  ...optional(opportunityRequired),
  ...clearable(opportunityDescriptive),
  ...optional(presence),
}

/** Who or what brought an outcome about. */
const OutcomeCause = z.enum(['person', 'stage', 'quotation', 'import'])

export const OpportunityEvent = z.discriminatedUnion('type', [
  message('LeadCaptured', begun),
  message('OpportunityOpened', begun),
  message('LeadQualified', {
    contactId: Ulid.optional(),
    stageId: Ulid.optional(),
    occurredOn: CalendarDate,
  }),
  message('OpportunityRevised', changed),
  message('OpportunityStaged', { stageId: Ulid }),
  message('OpportunityAssigned', { teamId: Ulid.nullable(), salespersonId: Ulid.nullable() }),
  message('OpportunityUnassigned', {}),
  message('OpportunityNoted', { text: personal(FreeText, 'record') }),
  message('ProbabilityOverridden', { probability: z.number().min(0).max(100) }),
  message('ProbabilityAutomated', {}),
  message('OpportunityWon', {
    /** What was earned: as given, else the net of confirmed quotations, else as expected. */
    revenue: Money.optional(),
    basis: z.enum(['given', 'quotations', 'expected', 'unknown']),
    cause: OutcomeCause,
    /** The one that was confirmed, where that brought it about. */
    quotationId: Ulid.optional(),
    stageId: Ulid.optional(),
    ageDays: z.int(),
    occurredOn: CalendarDate,
  }),
  message('OpportunityLost', {
    reasonId: Ulid.optional(),
    /** The reason's name then. */
    reason: Line.optional(),
    note: personal(FreeText, 'record').optional(),
    competitor: Label.optional(),
    competitorPrice: Money.optional(),
    cause: OutcomeCause,
    stageId: Ulid.optional(),
    /** The stage's name then. */
    stage: Line.optional(),
    expectedRevenue: Money.optional(),
    /** The quoted totals then, one for each currency. */
    quoted: z.array(Money),
    quotationSent: z.boolean(),
    ageDays: z.int(),
    occurredOn: CalendarDate,
  }),
  message('OpportunityReopened', {
    from: z.enum(['won', 'lost']),
    cause: OutcomeCause,
    /** The one whose confirmation was cancelled, where that brought it about. */
    quotationId: Ulid.optional(),
    stageId: Ulid.optional(),
    occurredOn: CalendarDate,
  }),
  /** On the one that ends; its id answers with a pointer from then on. */
  message('OpportunityMerged', { into: Ulid, occurredOn: CalendarDate }),
  /** On the survivor: what it took over, so that nothing has to be looked up elsewhere. */
  message('OpportunityAbsorbed', { from: Ulid, ...changed }),
  /** A mended fact of a closed opportunity; the first record of it stays in the history. */
  message('OpportunityCorrected', {
    reason: personal(FreeText, 'record'),
    revenue: Money.optional(),
    lostReasonId: Ulid.optional(),
    lostReason: Line.optional(),
    note: personal(FreeText, 'record').nullable().optional(),
    competitor: Label.nullable().optional(),
    competitorPrice: Money.nullable().optional(),
  }),
  message('OpportunityWithdrawn', {
    reason: personal(FreeText, 'record'),
    occurredOn: CalendarDate,
  }),
  personalDataErased,
])
export type OpportunityEvent = z.infer<typeof OpportunityEvent>

/** What an event of this type tells. */
export type DataOf<Type extends OpportunityEvent['type']> = Extract<
  OpportunityEvent,
  { type: Type }
>['data']
