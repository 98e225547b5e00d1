/**
 * A mailer that keeps what it is given, for tests that are not about servers of mail.
 *
 * @internal
 * @module
 */
import type { Mail, Mailer } from '@forsat/application'

export interface LetterBox extends Mailer {
  /** In the order in which they came. */
  readonly mails: readonly Mail[]
}

export const letterBox = (): LetterBox => {
  const mails: Mail[] = []
  return {
    mails,
    from: { address: 'offers@example.com' },
    send: async (mail) => {
      mails.push(mail)
      return { outcome: 'taken', refusedFor: [] }
    },
  }
}
