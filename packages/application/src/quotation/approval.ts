/**
 * What of an offer needs somebody else's word, and how that is asked for and given.
 *
 * @module
 */
import { FreeText } from '@forsat/domain'
import * as E from 'fp-ts/lib/Either.js'
import * as z from 'zod'
import type { CompanySettings } from '../company.ts'
import { target } from '../input.ts'
import { useCase } from '../use-case.ts'

/** The limits of a company; without a policy there are none. */
export const limitsOf = ({ policies, currency }: CompanySettings) => {
  const { discountPercentAbove, totalAbove } = policies.approval ?? {}
  return {
    discountPercentAbove,
    totalAbove: totalAbove === undefined ? undefined : { amount: totalAbove, currency },
  }
}

export const approvalUseCases = [
  useCase({
    name: 'DecideQuotationApproval',
    category: 'quotation',
    input: z.strictObject({
      ...target,
      decision: z.enum(['request', 'grant', 'refuse']),
      note: FreeText.optional(),
    }),
    command: ({ decision, note }, { when, person: by, mayManage }) =>
      decision !== 'request' && !mayManage
        ? E.left({ type: 'Forbidden' })
        : E.right({ type: 'DecideQuotationApproval', data: { ...when, decision, by, note } }),
  }),
] as const
