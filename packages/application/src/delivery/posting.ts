/**
 * How one mail that somebody took on is written, handed over, and its outcome told.
 *
 * @module
 */
import { type FailureCode, isErased } from '@forsat/domain'
import type { Aggregates } from '../aggregate.ts'
import { companySettings } from '../company.ts'
import type { AnyCommand } from '../request.ts'
import type { Attachment, Mail, MailSettings, Posted } from './mailer.ts'
import { wording } from './wording.ts'

/** The document of a version, to go with its mail. */
export type AttachmentOf = (quotationId: string, version: number) => Promise<Attachment>

/** A mail that is ours to send. */
export interface Claimed {
  readonly id: string
  readonly version: number
  readonly send: number
  readonly attempt: number
  readonly messageId: string
  readonly to: readonly string[]
  /** When another attempt may be made; absent on the last. */
  readonly nextAt?: string | undefined
}

export interface Means {
  readonly aggregates: Aggregates
  /** What the customer's link to a quotation ends in. */
  readonly tokenOf: (quotationId: string) => Promise<string | undefined>
  readonly mail: MailSettings
  readonly attachment: AttachmentOf | undefined
  /** Told what went wrong inside. */
  readonly report: (message: string) => void
}

type Written = { readonly mail: Mail; readonly token: string }

/** Sends it, and answers the command that tells how it went. */
export const posted = async (
  claimed: Claimed,
  means: Means,
  stop: AbortSignal,
): Promise<AnyCommand> => {
  const written = await writing(claimed, means)
  if (written === undefined) return failing(claimed, 'unwritten', '')
  const answer = await means.mail.mailer.send(written.mail, stop)
  return concluded(claimed, answer, written.token)
}

/** `undefined` where it cannot be written now; why, is said aloud. */
const writing = async (claimed: Claimed, means: Means): Promise<Written | undefined> => {
  try {
    return await written(claimed, means)
  } catch (error) {
    means.report(`the mail of quotation ${claimed.id} could not be written: ${String(error)}`)
    return undefined
  }
}

const written = async (
  { id, version, messageId, to }: Claimed,
  { aggregates, tokenOf, mail: { mailer, origin }, attachment }: Means,
): Promise<Written> => {
  const { state, personal, company } = await aggregates.load('quotation', id)
  const seller = companySettings(await aggregates.load('company', company ?? ''))
  const token = await tokenOf(id)
  if (!('current' in state) || seller === undefined || token === undefined) {
    throw new Error('it has no link')
  }
  const { content, issue } = state.current
  const words = wording(
    {
      language: content.language,
      number: issue?.number ?? '',
      customer: nameIn(personal['customer']),
      validUntil: issue?.validUntil,
      link: `${origin()}/q/${token}`,
    },
    seller,
  )
  const document = await attachment?.(id, version)
  const from = { name: seller.name, ...mailer.from }
  const attachments = document === undefined ? [] : [document]
  return { token, mail: { messageId, from, to, ...words, attachments } }
}

const nameIn = (customer: unknown): string | undefined =>
  typeof customer === 'object' && customer !== null && !isErased(customer) && 'name' in customer
    ? String(customer.name)
    : undefined

const concluded = (claimed: Claimed, answer: Posted, token: string): AnyCommand => {
  if (answer.outcome === 'failed') {
    // Servers quote what they turn down, and the link is kept nowhere.
    return failing(claimed, answer.code, answer.detail.replaceAll(token, '…'))
  }
  const { refusedFor } = answer
  const told = refusedFor.length === 0 ? {} : { refusedFor }
  return { type: 'RecordDelivery', data: { ...turnOf(claimed), ...told } }
}

/** What no further attempt would mend, and what may have gone after all. */
const lasting: ReadonlySet<FailureCode> = new Set(['refused', 'withdrawn', 'unknown'])

/** As much of a server's words as is worth keeping. */
const longest = 500

export const failing = (
  claimed: Omit<Claimed, 'messageId' | 'to'>,
  code: FailureCode,
  words: string,
): AnyCommand => {
  const detail = words
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .slice(0, longest)
    .trim()
  const final = lasting.has(code) || claimed.nextAt === undefined
  const told = { code, final, ...(detail !== '' && { detail }) }
  return { type: 'FailDelivery', data: { ...turnOf(claimed), ...told } }
}

const turnOf = ({ id, version, send, attempt }: Omit<Claimed, 'messageId' | 'to'>) => ({
  id,
  version,
  send,
  attempt,
})
