/**
 * What may be asked of a draft about its template.
 *
 * @module
 */
import { Ulid } from '@forsat/domain'
import * as E from 'fp-ts/lib/Either.js'
import * as z from 'zod'
import { target } from '../input.ts'
import { notFound } from '../refusal.ts'
import { useCase } from '../use-case.ts'
import { contentIn } from './drafting.ts'
import { applyingOf } from './templating.ts'

const category = 'quotation'

export const templateApplyingUseCases = [
  useCase({
    name: 'ApplyQuotationTemplate',
    category,
    input: z.strictObject({
      ...target,
      templateId: Ulid,
      /** Instead of what is left untouched of the template before, or behind all there is. */
      mode: z.enum(['replace', 'append']),
      /** Lines and options of the template before that were changed by hand, and are to go too. */
      dropEdited: z.array(Ulid).max(600).optional(),
    }),
    command: async ({ id: _id, templateId, ...how }, setting, { state }) => {
      const { company, when } = setting
      const content = contentIn(state)
      if (content === undefined) return notFound
      const template = await applyingOf(templateId, how, content, setting)
      if (E.isLeft(template)) return template
      const { vatRounding } = company.policies
      return E.right({
        type: 'ApplyQuotationTemplate',
        data: { ...when, ...template.right, vatRounding },
      })
    },
  }),
  useCase({
    name: 'RemoveQuotationTemplate',
    category,
    input: z.strictObject(target),
    command: (_input, { when }) => E.right({ type: 'RemoveQuotationTemplate', data: when }),
  }),
] as const
