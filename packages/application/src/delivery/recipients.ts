/**
 * Whom a mail goes to: those named, else the address of the contact.
 *
 * @module
 */
import { MailAddress } from '@forsat/domain'
import * as E from 'fp-ts/lib/Either.js'
import * as z from 'zod'
import { invalid, type Refusal } from '../refusal.ts'
import type { Setting } from '../use-case.ts'

/** One address, or a list of them. */
export const Recipients = z.union([MailAddress, z.array(MailAddress).min(1).max(10)])
type Recipients = z.infer<typeof Recipients>

export const noMail = { type: 'MailNotSet', instead: 'hand' } as const

/** The address of a contact, where it is one that mail can go to. */
export const recipientsOf = async (
  contactId: string | undefined,
  { facts, company }: Pick<Setting, 'facts' | 'company'>,
): Promise<E.Either<Refusal, string[]>> => {
  const contact = contactId && (await facts.contactFacts(contactId, company.id))
  const { data } = MailAddress.safeParse(contact ? contact.personal['email'] : undefined)
  return data === undefined ? E.left({ type: 'RecipientMissing' }) : E.right([data])
}

export const listed = (to: Recipients): string[] => [...new Set([to].flat())]

interface Asked {
  readonly by: 'mail' | 'hand'
  readonly to?: Recipients | undefined
  readonly sendAt?: string | undefined
  readonly contactId: string | undefined
  readonly expiresAt: string | undefined
}

/** What a sending tells of its mail; by hand there is none. */
export const mailing = async (
  { by, to, sendAt, contactId, expiresAt }: Asked,
  setting: Setting,
): Promise<E.Either<Refusal, { readonly to?: string[]; readonly sendAt?: string }>> => {
  if (by === 'hand') {
    if (to !== undefined) return invalid('/to', 'is for what goes by mail')
    if (sendAt !== undefined) return invalid('/sendAt', 'is for what goes by mail')
    return E.right({})
  }
  if (setting.mail === undefined) return E.left(noMail)
  if (sendAt !== undefined && sendAt <= setting.when.occurredAt) {
    return invalid('/sendAt', 'must be later than the sending')
  }
  if (sendAt !== undefined && expiresAt !== undefined && sendAt >= expiresAt) {
    return invalid('/sendAt', 'must be before the offer expires')
  }
  const known = to === undefined ? await recipientsOf(contactId, setting) : E.right(listed(to))
  return E.map((all: string[]) => ({ to: all, ...(sendAt !== undefined && { sendAt }) }))(known)
}
