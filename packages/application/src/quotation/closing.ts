/**
 * What may be asked of a quotation at its end: confirmed, accepted, declined, cancelled, expired,
 * corrected.
 *
 * @module
 */
import {
  AddressText,
  clearable,
  FreeText,
  Line,
  Money,
  optional,
  Party,
  plain,
  type QuotationState,
  quotationCodec,
  quotationDescriptive,
  Ulid,
} from '@forsat/domain'
import * as E from 'fp-ts/lib/Either.js'
import * as z from 'zod'
import { withoutUnchanged } from '../aggregate.ts'
import { exactly, target } from '../input.ts'
import { invalid, notFound, type Refusal } from '../refusal.ts'
import { type Setting, useCase } from '../use-case.ts'
import { checkedFields } from './fields.ts'
import { numbered } from './numbered.ts'
import { ratesOf } from './parties.ts'

interface Seen {
  readonly version: number
  readonly total: Money
}

type Begun = Extract<QuotationState, { readonly current: unknown }>

/** What every conclusion rests on: the opportunity as it is now, the policies, the rates of the day. */
const circumstances = async ({ current }: Begun, setting: Setting) => {
  const { when, company, facts } = setting
  const { described, currency } = current.content
  const { opportunityId } = described
  const opportunity = opportunityId && (await facts.survivor(opportunityId, company.id))
  const outcome = opportunity ? opportunity.state.outcome : undefined
  const { onConfirm, onConfirmSiblings, lateConfirm } = company.policies
  return {
    ...when,
    opportunity:
      opportunity && outcome !== undefined && outcome !== 'none' && outcome !== 'merged'
        ? { id: opportunity.id, outcome }
        : undefined,
    policies: { onConfirm, onConfirmSiblings, lateConfirm },
    rates: await ratesOf(currency, setting),
  }
}

interface Said {
  readonly version?: number | undefined
  readonly total?: Money | undefined
}

/** The total that was seen, in the digits that the document is kept with. */
const exactTotal = (total: Money, { current }: Begun, { company }: Setting) => {
  const { currency: own, digits } = current.content
  const digitsOf = (currency: string) => (currency === own ? digits : company.digitsOf(currency))
  return exactly('/total', total, { digitsOf })
}

const seenIn = (
  { version, total }: Said,
  state: Begun,
  setting: Setting,
): E.Either<Refusal, Seen | undefined> => {
  if (version === undefined && total === undefined) return E.right(undefined)
  if (version === undefined) return invalid('/version', 'is required beside total')
  if (total === undefined) return invalid('/total', 'is required beside version')
  return E.map((exact: Money) => ({ version, total: exact }))(exactTotal(total, state, setting))
}

const { customerReference, subject, internalNote, salespersonId, teamId, source } =
  plain(quotationDescriptive)
const { medium, campaign, tags, externalIds, attributes } = plain(quotationDescriptive)
const mendable = {
  customerReference,
  subject,
  internalNote,
  salespersonId,
  teamId,
  source,
  medium,
  campaign,
  tags,
  externalIds,
  attributes,
}

const parties = { customer: Party, invoiceAddress: AddressText, deliveryAddress: AddressText }

const category = 'quotation'

export const closingUseCases = [
  useCase({
    name: 'ConfirmQuotation',
    category,
    input: z.strictObject({
      ...target,
      /** What the one who confirms has seen. */
      version: z.int().min(1).optional(),
      total: Money.optional(),
      /** Past the date, by a manager, with a note. */
      override: z.boolean().optional(),
      note: FreeText.optional(),
    }),
    command: async ({ id, override = false, note, ...said }, setting, { state }) => {
      if (!('current' in state)) return notFound
      if (override && !setting.mayManage) return E.left({ type: 'Forbidden' })
      const seen = seenIn(said, state, setting)
      if (E.isLeft(seen)) return seen
      const known = await circumstances(state, setting)
      const data = { ...known, seen: seen.right, override, note }
      return numbered(
        state,
        (orderNumber) => ({ type: 'ConfirmQuotation', data: { ...data, orderNumber } }),
        () => setting.numbers.take('order', id, state.current.version),
      )
    },
  }),
  /** By the customer, through the link. */
  useCase({
    name: 'AcceptQuotation',
    category,
    input: z.strictObject({
      ...target,
      version: z.int().min(1),
      total: Money,
      name: Line,
      title: Line.optional(),
      customerReference: Line.optional(),
      note: FreeText.optional(),
    }),
    command: async ({ id, version, total, ...signed }, setting, { state }) => {
      if (!('current' in state)) return notFound
      const exact = exactTotal(total, state, setting)
      if (E.isLeft(exact)) return exact
      const { onAccept } = setting.company.policies
      const known = await circumstances(state, setting)
      const seen = { version, total: exact.right }
      const data = { ...known, ...signed, seen, onAccept }
      return numbered(
        state,
        (orderNumber) => ({ type: 'AcceptQuotation', data: { ...data, orderNumber } }),
        // What is only recorded makes no order yet.
        () =>
          onAccept === 'record'
            ? Promise.resolve(E.right(''))
            : setting.numbers.take('order', id, state.current.version),
      )
    },
  }),
  useCase({
    name: 'DeclineQuotation',
    category,
    input: z.strictObject({
      ...target,
      version: z.int().min(1).optional(),
      reasonId: Ulid.optional(),
      note: FreeText.optional(),
    }),
    command: async ({ version, reasonId, note }, { when, company, facts, actor }) => {
      // Staff decline what stands; a customer answers the version that the link was made for.
      if (version === undefined && actor.startsWith('customer:')) {
        return invalid('/version', 'is required of a customer')
      }
      const known = reasonId && (await facts.lostReason(reasonId, company.id))
      if (known && 'unknown' in known) {
        return E.left({ type: 'LostReasonUnknown', reasonId: known.id })
      }
      if (known && known.archived) {
        return E.left({ type: 'LostReasonArchived', reasonId: known.id, reason: known.name })
      }
      if (known && known.requiresNote && note === undefined) {
        return E.left({ type: 'LostNoteMissing', reasonId: known.id, reason: known.name })
      }
      const reason = known ? { id: known.id, name: known.name } : undefined
      return E.right({ type: 'DeclineQuotation', data: { ...when, version, reason, note } })
    },
  }),
  useCase({
    name: 'CancelQuotation',
    category,
    input: z.strictObject({ ...target, reason: FreeText }),
    command: ({ reason }, { when }) =>
      E.right({ type: 'CancelQuotation', data: { ...when, cause: 'person', reason } }),
  }),
  useCase({
    name: 'ExpireQuotation',
    category,
    afterClosing: true,
    input: z.strictObject(target),
    command: (_input, { when }) => E.right({ type: 'ExpireQuotation', data: when }),
  }),
  useCase({
    name: 'CorrectQuotation',
    category,
    afterClosing: true,
    input: z.strictObject({
      ...target,
      reason: FreeText,
      ...clearable(mendable),
      /** Whom the document is for: the whole anew. */
      ...optional(parties),
    }),
    command: async ({ id, reason, ...asked }, setting, { state, personal, personalBeside }) => {
      if (!('current' in state)) return notFound
      const { contactId } = state.current.content
      const fields = await checkedFields(asked, setting, contactId, id)
      if (E.isLeft(fields)) return fields
      const marked = quotationCodec.personal.QuotationCorrected
      // What is mended is the document that was issued, whatever the draft beside it says.
      const issued = state.draft === undefined ? personal : (personalBeside ?? personal)
      const changes = withoutUnchanged(fields.right, issued, marked)
      return E.right({ type: 'CorrectQuotation', data: { ...setting.when, ...changes, reason } })
    },
  }),
] as const
