/**
 * What somebody takes on with a mail: under which id, how long they are waited for, and when somebody
 * may try again.
 *
 * @module
 */
import type { MailSettings } from './mailer.ts'

const minute = 60_000

/** How long nobody else touches a mail. Longer than a mailer takes, whatever its server does. */
const claimMs = 5 * minute

/** Behind which attempt how long nothing is tried; behind the last one no other follows. */
const pauses: readonly number[] = [1, 5, 15, 60, 240].map((minutes) => minutes * minute)

interface Turned {
  readonly version: number
  readonly send: number
  readonly attempt: number
}

export const claimOf = (
  quotationId: string,
  { version, send, attempt }: Turned,
  now: string,
  { mailer }: Pick<MailSettings, 'mailer'>,
) => {
  const pause = pauses[attempt - 1]
  const domain = mailer.from.address.split('@').at(-1) ?? ''
  return {
    version,
    send,
    attempt,
    // Whatever happens between here and there, one mail has one id: who gets it twice can tell.
    messageId: `<${quotationId}.${version}.${send}@${domain}>`,
    until: after(now, claimMs),
    ...(pause !== undefined && { nextAt: after(now, pause) }),
  }
}

const after = (instant: string, ms: number): string =>
  new Date(Date.parse(instant) + ms).toISOString()
