/**
 * What only policies ask: what follows in one record from what happened to another.
 *
 * @module
 */
import { Ulid } from '@forsat/domain'
import * as E from 'fp-ts/lib/Either.js'
import * as z from 'zod'
import { target } from '../input.ts'
import { reopening } from '../opportunity/reopening.ts'
import { confirmedNet } from '../quotations.ts'
import { useCase } from '../use-case.ts'

/** Nothing is left to do: somebody has decided otherwise meanwhile. */
const nothing = E.right(undefined)

const because = { quotationId: Ulid, causedBy: Ulid.optional() }

export const policyUseCases = [
  useCase({
    name: 'WinByQuotation',
    category: 'opportunity',
    input: z.strictObject({ ...target, ...because }),
    command: async ({ quotationId }, { when, company, facts }, { id, state }) => {
      if (state.outcome !== 'open' && state.outcome !== 'merged') return nothing
      const quotations = await facts.quotationsOf(id, company.id)
      const cause = await facts.quotation(quotationId, company.id)
      if (cause?.state.status !== 'confirmed') return nothing
      const all = quotations.some((each) => each.id === quotationId)
        ? quotations
        : [...quotations, cause]
      const teamId = 'facts' in state ? state.facts.teamId : undefined
      return E.right({
        type: 'WinOpportunity',
        data: {
          ...when,
          cause: 'quotation',
          quotationId,
          quotedNet: confirmedNet(all, quotationId),
          stage: await facts.wonStage(company.id, teamId),
        },
      })
    },
  }),
  /** Reopens what the cancelled confirmation had won, if no other one is left. */
  useCase({
    name: 'ReopenByQuotation',
    category: 'opportunity',
    input: z.strictObject({ ...target, ...because }),
    command: async ({ quotationId }, setting, { id, state }) => {
      // Its survivor is asked in its place: that is what the confirmation won.
      if (state.outcome === 'merged') return E.left({ type: 'OpportunityMerged', into: state.into })
      if (state.outcome !== 'won' || state.win.quotationId !== quotationId) return nothing
      const { company, facts } = setting
      const quotations = await facts.quotationsOf(id, company.id)
      if (quotations.some((each) => each.state.status === 'confirmed')) return nothing
      const data = await reopening(state, setting)
      return E.right({
        type: 'ReopenOpportunity',
        data: { ...data, cause: 'quotation', quotationId },
      })
    },
  }),
  useCase({
    name: 'CancelByPolicy',
    category: 'quotation',
    input: z.strictObject({
      ...target,
      cause: z.enum(['opportunityLost', 'siblingConfirmed']),
      opportunityId: Ulid,
      causedBy: Ulid.optional(),
    }),
    command: async ({ id: _id, ...cause }, { when, company, facts }) => {
      const opportunity = await facts.survivor(cause.opportunityId, company.id)
      const isLost = opportunity?.state.outcome === 'lost'
      // A loss that was taken back before anybody came to this cancels nothing.
      if (cause.cause === 'opportunityLost' && !isLost) return nothing
      return E.right({ type: 'CancelQuotation', data: { ...when, ...cause } })
    },
  }),
  useCase({
    name: 'ReinstateQuotation',
    category: 'quotation',
    input: z.strictObject({ ...target, causedBy: Ulid.optional() }),
    command: async ({ causedBy }, { when, company, facts }, { state }) => {
      const of = 'current' in state ? state.current.content.described.opportunityId : undefined
      const opportunity = of === undefined ? undefined : await facts.survivor(of, company.id)
      // A reopening that was taken back before anybody came to this reinstates nothing.
      if (opportunity?.state.outcome === 'lost') return nothing
      return E.right({ type: 'ReinstateQuotation', data: { ...when, causedBy } })
    },
  }),
] as const
