import * as z from 'zod'
import { retired } from '../../codec.ts'
import { Ulid } from '../../id.ts'
import { Money } from '../../money/money.ts'
import { CalendarDate } from '../../time/calendar-date.ts'

/** Written until 2026-11. No confirmed quotation could bring a win about, so none was named. */
const V1 = z.strictObject({
  revenue: Money.optional(),
  basis: z.enum(['given', 'quotations', 'expected', 'unknown']),
  cause: z.enum(['person', 'stage', 'quotation', 'import']),
  stageId: Ulid.optional(),
  ageDays: z.int(),
  occurredOn: CalendarDate,
})

export const opportunityWonV1 = retired('OpportunityWon.v1', V1, (data) => ({
  type: 'OpportunityWon.v2',
  data,
}))
