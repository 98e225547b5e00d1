/**
 * How an offer reached its customer, and what they ask, as it is answered.
 *
 * @module
 */
import { FailureCode, personal } from '@forsat/domain'
import * as z from 'zod'
import { Count, InstantText, Text } from './values.ts'

const Addresses = personal(z.array(Text), 'contact', 'document')
const Words = personal(Text, 'contact')

/**
 * `sent` is handed over by its sender; `queued` is to be mailed, or tried again; `delivered` was taken
 * by the mail server; of `unknown` nobody knows whether it was.
 */
export const DeliveryState = z.enum([
  'none',
  'queued',
  'sent',
  'delivered',
  'failed',
  'bounced',
  'unknown',
])
export type DeliveryState = z.infer<typeof DeliveryState>

export const DeliveryView = z
  .strictObject({
    state: DeliveryState,
    by: z.enum(['mail', 'hand']).optional(),
    to: Addresses.optional(),
    /** Since when it is so. */
    at: InstantText.optional(),
    /** How often a mail of this version was tried. */
    attempts: Count,
    /** Why the last try came to nothing, by a code and in the server's own words. */
    code: FailureCode.optional(),
    detail: Words.optional(),
    /** Those whom the server would not take it for, though it did for others. */
    refusedFor: Addresses.optional(),
    /** Not before then is it mailed. */
    nextAt: InstantText.optional(),
    /** When somebody opened the customer's link, on the last day on which anybody did. */
    viewedAt: InstantText.optional(),
  })
  .meta({ id: 'Delivery' })
export type DeliveryView = z.infer<typeof DeliveryView>

/** What a customer asked, through the link. */
export const QuestionView = z
  .strictObject({ version: z.int(), text: Words, at: InstantText })
  .meta({ id: 'Question' })
export type QuestionView = z.infer<typeof QuestionView>
