import * as z from 'zod'
import { Count, Id, Text } from './values.ts'

/** How far a projection is, and whether it goes on. */
export const ProjectionStatus = z
  .strictObject({
    name: Text,
    version: Count,
    /** Of the last event it has seen. */
    position: z.string(),
    /** Events of the log it has not seen yet, as positions tell: gaps are counted too. */
    lag: Count,
    state: z.enum(['live', 'catching-up', 'rebuilding', 'stopped']),
    /** Why it stopped, and at which event. */
    reason: Text.optional(),
    stoppedAt: z.string().optional(),
    /** Which process projects; absent while none does. */
    leaseholder: Id.optional(),
  })
  .meta({ id: 'Projection' })
export type ProjectionStatus = z.infer<typeof ProjectionStatus>
