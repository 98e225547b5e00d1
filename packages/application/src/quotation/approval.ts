/**
 * What of an offer needs somebody else's word, and how that is asked for and given.
 *
 * @module
 */
import { type aggregates, approvedOf, FreeText, workedOn } from '@forsat/domain'
import { canonical, stateDigest } from '@forsat/ledger'
import * as E from 'fp-ts/lib/Either.js'
import * as z from 'zod'
import type { CompanySettings } from '../company.ts'
import { target } from '../input.ts'
import { plain } from '../ledger/plain.ts'
import { useCase } from '../use-case.ts'

/** The limits of a company; without a policy there are none. */
export const limitsOf = ({ policies, currency }: CompanySettings) => {
  const { discountPercentAbove, totalAbove } = policies.approval ?? {}
  return {
    discountPercentAbove,
    totalAbove: totalAbove === undefined ? undefined : { amount: totalAbove, currency },
  }
}

type QuotationState = (typeof aggregates)['quotation']['decider']['initialState']

/** Of exactly what would be approved now; none where nothing is drafted. */
export const approvedDigest = (state: QuotationState): string | undefined => {
  const draft = 'current' in state ? workedOn(state) : undefined
  return draft && stateDigest(canonical(plain(approvedOf(draft.content))))
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
    command: ({ decision, note }, { when, person: by, mayManage }, { state }) =>
      decision !== 'request' && !mayManage
        ? E.left({ type: 'Forbidden' })
        : E.right({
            type: 'DecideQuotationApproval',
            data: { ...when, decision, by, digest: approvedDigest(state), note },
          }),
  }),
] as const
