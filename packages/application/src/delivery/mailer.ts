/**
 * A mailer takes mails to their receivers' server. What it answers is certain, or says that it is not:
 * on that rests whether a mail is sent once more.
 *
 * @module
 */
import type { FailureCode } from '@forsat/domain'

export interface Sender {
  readonly address: string
  /** By default it is the company that a mail is of. */
  readonly name?: string | undefined
}

export interface Attachment {
  readonly filename: string
  readonly content: Uint8Array
}

export interface Mail {
  /** The same whenever this mail is tried again. */
  readonly messageId: string
  readonly from: Sender
  readonly to: readonly string[]
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly attachments: readonly Attachment[]
}

export type Posted =
  | { readonly outcome: 'taken'; readonly refusedFor: readonly string[] }
  | {
      readonly outcome: 'failed'
      /** `unknown` alone leaves it open whether the mail went. */
      readonly code: Exclude<FailureCode, 'withdrawn'>
      /** The server's own words, or what the network said. */
      readonly detail: string
    }

export interface Mailer {
  readonly from: Sender
  /** Never throws for what a network or a server does. */
  readonly send: (mail: Mail, stop: AbortSignal) => Promise<Posted>
}

/** What sending mail takes. */
export interface MailSettings {
  readonly mailer: Mailer
  /** Where customers reach their pages, without a slash at the end. */
  readonly origin: () => string
}
