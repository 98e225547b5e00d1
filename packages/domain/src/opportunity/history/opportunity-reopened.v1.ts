import * as z from 'zod'
import { retired } from '../../codec.ts'
import { Ulid } from '../../id.ts'
import { CalendarDate } from '../../time/calendar-date.ts'

/** Written until 2026-11. No cancelled quotation could reopen a sale, so none was named. */
const V1 = z.strictObject({
  from: z.enum(['won', 'lost']),
  cause: z.enum(['person', 'stage', 'quotation', 'import']),
  stageId: Ulid.optional(),
  occurredOn: CalendarDate,
})

export const opportunityReopenedV1 = retired('OpportunityReopened.v1', V1, (data) => ({
  type: 'OpportunityReopened.v2',
  data,
}))
