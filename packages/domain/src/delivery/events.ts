/**
 * What can have happened to an offer on its way and at the customer's: none of it is the seller's
 * decision, so it stands in a stream of its own, under the quotation's id.
 *
 * @module
 */
import * as z from 'zod'
import { Ulid } from '../id.ts'
import { message } from '../message.ts'
import { personal } from '../personal.ts'
import { MailAddress } from '../text/mail-address.ts'
import { FreeText, Line } from '../text/text.ts'
import { CalendarDate } from '../time/calendar-date.ts'
import { Instant } from '../time/instant.ts'

const Version = z.int().min(1)

/** Which try this is: a mail is one `send`, made in one `attempt` or more. */
const turn = { version: Version, send: z.int().min(1), attempt: z.int().min(1) }

/** Whose keys seal what is said of them. */
const whom = { contactId: Ulid.optional() }

const Addresses = personal(z.array(MailAddress).min(1).max(10), 'contact', 'document')
const Words = personal(FreeText, 'contact')

/**
 * Why a mail did not go: it could not be written, no server was reached, it did not let us in, it said
 * "later" or "no", the offer stands no more; or nobody knows whether it went.
 */
export const FailureCode = z.enum([
  'unwritten',
  'unreachable',
  'loginRefused',
  'deferred',
  'refused',
  'withdrawn',
  'unknown',
])
export type FailureCode = z.infer<typeof FailureCode>

export const DeliveryEvent = z.discriminatedUnion('type', [
  /** Somebody took it on to send the mail, alone, and is sending it now. */
  message('DeliveryAttempted', {
    ...turn,
    ...whom,
    /** The same in all attempts of a send. */
    messageId: Line,
    to: Addresses,
    /** From then on nobody waits for the outcome any more. */
    until: Instant,
    /** When the next attempt may be made, should this one fail; absent on the last. */
    nextAt: Instant.optional(),
  }),
  /** The mail server has taken it. What becomes of it there, nobody tells us. */
  message('QuotationDelivered', {
    ...turn,
    /** Those whom the server would not take it for. */
    refusedFor: Addresses.optional(),
  }),
  message('DeliveryFailed', {
    ...turn,
    code: FailureCode,
    /** The server's own words. */
    detail: Words.optional(),
    /** Whether no further attempt is made. */
    final: z.boolean(),
  }),
  /** It came back, as staff were told. */
  message('DeliveryBounced', { version: Version, detail: Words.optional() }),
  /** Somebody opened the link; told at most once a day for each version. */
  message('QuotationViewed', { version: Version, occurredOn: CalendarDate }),
  message('CustomerAsked', { version: Version, ...whom, text: Words }),
])
export type DeliveryEvent = z.infer<typeof DeliveryEvent>
