import * as z from 'zod'

const pattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/

/** A moment in UTC to the millisecond, `2026-01-10T22:00:00.000Z`. Instants compare as text. */
export const Instant = z
  .string()
  .refine(
    (text) => pattern.test(text) && !Number.isNaN(Date.parse(text)),
    'must be an instant in UTC, YYYY-MM-DDTHH:MM:SS.sssZ',
  )
export type Instant = z.infer<typeof Instant>
