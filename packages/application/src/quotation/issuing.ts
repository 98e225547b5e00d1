/**
 * What may be asked of a quotation on its way to the customer: sending, extending, its versions and
 * its link.
 *
 * @module
 */
import { CalendarDate, FreeText, Label, validityOf, workedOn } from '@forsat/domain'
import { firstInvalidInstant } from '@forsat/domain/time'
import * as E from 'fp-ts/lib/Either.js'
import * as z from 'zod'
import { mailing, Recipients } from '../delivery/recipients.ts'
import { Moment, target } from '../input.ts'
import { notFound } from '../refusal.ts'
import { useCase } from '../use-case.ts'
import { limitsOf } from './approval.ts'
import { numbered } from './numbered.ts'
import { partiesToSend, ratesOf } from './parties.ts'

const category = 'quotation'

export const issuingUseCases = [
  useCase({
    name: 'SendQuotation',
    category,
    input: z.strictObject({
      ...target,
      /** How it reaches the customer: by mail of ours, or however its sender hands it over. */
      by: z.enum(['mail', 'hand']).default('hand'),
      channel: Label.optional(),
      /** By mail: to whom, if not to the address of the contact. */
      to: Recipients.optional(),
      /** By mail: not before then. */
      sendAt: Moment.optional(),
    }),
    command: async ({ id, by, channel: over, ...asked }, setting, quotation) => {
      const { state } = quotation
      if (!('current' in state)) return notFound
      const { when, company, numbers, links, person } = setting
      const { version, content } = workedOn(state) ?? state.current
      const { described, contactId, currency } = content
      const { validUntil, validity } = validityOf({
        typed: described.validUntil,
        templateDays: content.template?.validityDays,
        companyDays: company.policies.validityDays,
        today: when.occurredOn,
      })
      const expiresAt = validUntil && firstInvalidInstant(validUntil, company.zone)
      const mailed = await mailing({ ...asked, by, contactId, expiresAt }, setting)
      if (E.isLeft(mailed)) return mailed
      const data = {
        ...when,
        ...mailed.right,
        by,
        channel: over,
        vatRounding: company.policies.vatRounding,
        validUntil,
        expiresAt,
        validity,
        ...(await partiesToSend({ ...described, contactId }, quotation, setting)),
        rates: await ratesOf(currency, setting),
        link: await links.issue(id, version),
        limits: limitsOf(company),
        sender: person,
      }
      return numbered(
        state,
        (number) => ({ type: 'SendQuotation', data: { ...data, number } }),
        async () =>
          state.number === undefined
            ? numbers.take('quotation', id, version)
            : E.right(state.number),
      )
    },
  }),
  useCase({
    name: 'ExtendQuotation',
    category,
    input: z.strictObject({ ...target, validUntil: CalendarDate, note: FreeText }),
    command: ({ validUntil, note }, { when, company, mayManage }) =>
      E.right({
        type: 'ExtendQuotation',
        data: {
          ...when,
          validUntil,
          expiresAt: firstInvalidInstant(validUntil, company.zone),
          note,
          mayBeLate: mayManage && company.policies.lateConfirm === 'manager',
        },
      }),
  }),
  useCase({
    name: 'OpenQuotationVersion',
    category,
    input: z.strictObject(target),
    command: (_input, { when }) => E.right({ type: 'OpenQuotationVersion', data: when }),
  }),
  useCase({
    name: 'DiscardQuotationVersion',
    category,
    input: z.strictObject(target),
    command: (_input, { when }) => E.right({ type: 'DiscardQuotationVersion', data: when }),
  }),
  useCase({
    name: 'ReturnQuotationToDraft',
    category,
    input: z.strictObject(target),
    command: (_input, { when }) => E.right({ type: 'ReturnQuotationToDraft', data: when }),
  }),
  useCase({
    name: 'IssueQuotationLink',
    category,
    input: z.strictObject(target),
    command: async ({ id }, { when, links }, { state }) => {
      if (!('current' in state)) return notFound
      const link = await links.issue(id, state.current.version)
      return E.right({ type: 'IssueQuotationLink', data: { ...when, link } })
    },
  }),
  useCase({
    name: 'RevokeQuotationLink',
    category,
    input: z.strictObject(target),
    command: (_input, { when }) => E.right({ type: 'RevokeQuotationLink', data: when }),
  }),
] as const
