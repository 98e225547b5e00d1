import * as z from 'zod'
import { Ulid } from '../id.ts'
import { message } from '../message.ts'

/**
 * What can have happened to a series of numbers: one was taken. Each company has a stream for each
 * series and year, so the numbers of one stream are 1, 2, 3 without a gap and never doubled.
 */
export const NumberingEvent = z.discriminatedUnion('type', [
  message('NumberTaken', {
    series: z.enum(['quotation', 'order']),
    /** As the pattern counts years: `1404`, `2026`; empty where it never starts anew. */
    year: z.string().regex(/^\d{0,4}$/),
    value: z.int().min(1),
    /** The document it was taken for. */
    for: Ulid,
  }),
])
export type NumberingEvent = z.infer<typeof NumberingEvent>
