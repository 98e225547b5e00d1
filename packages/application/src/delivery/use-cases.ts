/**
 * What may be asked of a quotation's delivery. Its stream begins with the first thing that is told.
 *
 * @module
 */
import { DeliveryEvent, FreeText, MailAddress, openOffer } from '@forsat/domain'
import * as E from 'fp-ts/lib/Either.js'
import * as z from 'zod'
import type { Aggregate, StateOf } from '../aggregate.ts'
import type { Quotation } from '../facts.ts'
import { target } from '../input.ts'
import { notFound } from '../refusal.ts'
import { type Setting, useCase } from '../use-case.ts'
import { claimOf } from './claim.ts'
import { listed, noMail, Recipients, recipientsOf } from './recipients.ts'

const category = 'delivery'
const kind = 'open'
/** It is the quotation's, under the same id. */
const parent = ({ id }: { readonly id: string }) => ({ category: 'quotation', id }) as const

const Count = z.int().min(1)
const turn = { version: Count, send: Count, attempt: Count }
const { code, final } = DeliveryEvent.options[2].shape.data.shape

type Delivery = Aggregate<StateOf<'delivery'>>
type Begun = Extract<StateOf<'quotation'>, { readonly current: unknown }>

/** The quotation that a delivery is of. */
const offered = async (
  id: string,
  { facts, company }: Setting,
): Promise<(Quotation & { readonly state: Begun }) | undefined> => {
  const found = await facts.quotation(id, company.id)
  return found !== undefined && 'current' in found.state
    ? { ...found, state: found.state }
    : undefined
}

/** Whom the version that stands went to, if that was by mail; else the address of the contact. */
const formerly = ({ personal, state }: Quotation & { readonly state: Begun }, setting: Setting) => {
  const { data } = z.array(MailAddress).min(1).safeParse(personal['to'])
  return state.current.issue?.by === 'mail' && data !== undefined
    ? E.right(data)
    : recipientsOf(state.current.content.contactId, setting)
}

export const deliveryUseCases = [
  /** Sends the offer that stands once more, or for the first time by mail. */
  useCase({
    name: 'ResendQuotation',
    category,
    kind,
    parent,
    input: z.strictObject({
      ...target,
      /** If not to those whom it went to before, or to the address of the contact. */
      to: Recipients.optional(),
    }),
    command: async ({ id, to }, setting, { state }: Delivery) => {
      const found = await offered(id, setting)
      if (found === undefined) return notFound
      const { when, mail } = setting
      const offer = openOffer(found.state, when)
      if (E.isLeft(offer)) return offer
      const { version, content } = offer.right
      if (mail === undefined) return E.left(noMail)
      if (found.state.link?.version !== version) return E.left({ type: 'LinkMissing' })
      const whom = to === undefined ? await formerly(found, setting) : E.right(listed(to))
      if (E.isLeft(whom)) return whom
      const next = { version, send: (state.last?.send ?? 0) + 1, attempt: 1 }
      const claim = claimOf(id, next, when.occurredAt, mail)
      const { contactId } = content
      const data = { ...claim, occurredAt: when.occurredAt, contactId, to: whom.right }
      return E.right({ type: 'AttemptDelivery', data })
    },
  }),
  /** Whoever is let sends the mail, alone. */
  useCase({
    name: 'AttemptDelivery',
    category,
    kind,
    parent,
    input: z.strictObject({ ...target, ...turn, to: z.array(MailAddress).min(1).max(10) }),
    command: async ({ id, to, ...next }, setting) => {
      const found = await offered(id, setting)
      if (found === undefined) return notFound
      const { mail, when } = setting
      if (mail === undefined) return E.left(noMail)
      const { occurredAt } = when
      const { contactId } = found.state.current.content
      const data = { ...claimOf(id, next, occurredAt, mail), occurredAt, contactId, to }
      return E.right({ type: 'AttemptDelivery', data })
    },
  }),
  useCase({
    name: 'RecordDelivery',
    category,
    kind,
    parent,
    input: z.strictObject({
      ...target,
      ...turn,
      refusedFor: z.array(MailAddress).min(1).max(10).optional(),
    }),
    command: ({ id: _id, ...told }, { when: { occurredAt } }) =>
      E.right({ type: 'RecordDelivery', data: { ...told, occurredAt } }),
  }),
  useCase({
    name: 'FailDelivery',
    category,
    kind,
    parent,
    input: z.strictObject({ ...target, ...turn, code, final, detail: FreeText.optional() }),
    command: ({ id: _id, ...told }, { when: { occurredAt } }) =>
      E.right({ type: 'FailDelivery', data: { ...told, occurredAt } }),
  }),
  /** That it came back, as staff were told. */
  useCase({
    name: 'BounceDelivery',
    category,
    kind,
    parent,
    input: z.strictObject({ ...target, detail: FreeText.optional() }),
    command: async ({ id, detail }, setting) => {
      const found = await offered(id, setting)
      if (found === undefined) return notFound
      const { version } = found.state.current
      const { occurredAt } = setting.when
      return E.right({ type: 'BounceDelivery', data: { version, detail, occurredAt } })
    },
  }),
  /** That somebody opened the link of a version. */
  useCase({
    name: 'ViewQuotation',
    category,
    kind,
    parent,
    input: z.strictObject({ ...target, version: Count }),
    command: ({ version }, { when }) =>
      E.right({ type: 'ViewQuotation', data: { ...when, version } }),
  }),
  /** By the customer, of the version that the link was made for. */
  useCase({
    name: 'AskAboutQuotation',
    category,
    kind,
    parent,
    input: z.strictObject({ ...target, version: Count, text: FreeText }),
    command: async ({ id, version, text }, setting) => {
      const found = await offered(id, setting)
      if (found === undefined) return notFound
      const { occurredAt } = setting.when
      const offer = openOffer(found.state, { seen: version, occurredAt })
      if (E.isLeft(offer)) return offer
      const { contactId } = offer.right.content
      return E.right({ type: 'AskAboutQuotation', data: { version, contactId, text, occurredAt } })
    },
  }),
] as const
