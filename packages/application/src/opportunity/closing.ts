/**
 * What may be asked of an opportunity at its end: won, lost, reopened, corrected, withdrawn.
 *
 * @module
 */
import { FreeText, Label, Money, opportunityCodec, Ulid } from '@forsat/domain'
import * as E from 'fp-ts/lib/Either.js'
import * as z from 'zod'
import { withoutUnchanged } from '../aggregate.ts'
import { exactly, target } from '../input.ts'
import { blocking, confirmedNet, quotationsOf, quoted } from '../quotations.ts'
import { useCase } from '../use-case.ts'
import { reopening } from './reopening.ts'

/** Why an outcome came about: somebody decided it, or it was brought along from elsewhere. */
const causeOf = (actor: string) => (actor.startsWith('import:') ? 'import' : 'person')

const category = 'opportunity'

export const closingUseCases = [
  useCase({
    name: 'WinOpportunity',
    category,
    input: z.strictObject({ ...target, revenue: Money.optional() }),
    command: async ({ revenue }, setting, opportunity) => {
      const { when, company, facts, actor } = setting
      const { state } = opportunity
      const exact = revenue && exactly('/revenue', revenue, company)
      if (exact !== undefined && E.isLeft(exact)) return exact
      const quotedNet =
        exact === undefined && state.outcome === 'open'
          ? confirmedNet(await quotationsOf(opportunity, setting))
          : undefined
      const teamId = 'facts' in state ? state.facts.teamId : undefined
      return E.right({
        type: 'WinOpportunity',
        data: {
          ...when,
          revenue: exact?.right,
          quotedNet,
          cause: causeOf(actor),
          stage: await facts.wonStage(company.id, teamId),
        },
      })
    },
  }),
  useCase({
    name: 'LoseOpportunity',
    category,
    input: z.strictObject({
      ...target,
      reasonId: Ulid.optional(),
      note: FreeText.optional(),
      competitor: Label.optional(),
      competitorPrice: Money.optional(),
    }),
    command: async (input, setting, opportunity) => {
      const { when, company, facts, actor } = setting
      const { state } = opportunity
      const { reasonId, note, competitor, competitorPrice } = input
      const exact = competitorPrice && exactly('/competitorPrice', competitorPrice, company)
      if (exact !== undefined && E.isLeft(exact)) return exact
      const stageId = 'facts' in state ? state.facts.stageId : undefined
      const stage = stageId === undefined ? undefined : await facts.stage(stageId, company.id)
      return E.right({
        type: 'LoseOpportunity',
        data: {
          ...when,
          reason: reasonId === undefined ? undefined : await facts.lostReason(reasonId, company.id),
          requireReason: company.policies.requireLostReason,
          note,
          competitor,
          competitorPrice: exact?.right,
          stageName: stage?.name,
          ...quoted(await quotationsOf(opportunity, setting)),
          cause: causeOf(actor),
        },
      })
    },
  }),
  useCase({
    name: 'ReopenOpportunity',
    category,
    input: z.strictObject(target),
    command: async (_input, setting, { state }) => {
      const data = await reopening(state, setting)
      return E.right({
        type: 'ReopenOpportunity',
        data: { ...data, cause: causeOf(setting.actor) },
      })
    },
  }),
  useCase({
    name: 'CorrectOpportunity',
    category,
    afterClosing: true,
    input: z.strictObject({
      ...target,
      reason: FreeText,
      revenue: Money.optional(),
      lostReasonId: Ulid.optional(),
      note: FreeText.nullable().optional(),
      competitor: Label.nullable().optional(),
      competitorPrice: Money.nullable().optional(),
    }),
    command: async (input, { when, company, facts }, { personal }) => {
      const { reason, lostReasonId, competitor } = input
      const revenue = input.revenue && exactly('/revenue', input.revenue, company)
      if (revenue !== undefined && E.isLeft(revenue)) return revenue
      const price =
        input.competitorPrice && exactly('/competitorPrice', input.competitorPrice, company)
      if (price && E.isLeft(price)) return price
      const marked = opportunityCodec.personal.OpportunityCorrected
      return E.right({
        type: 'CorrectOpportunity',
        data: {
          ...when,
          ...withoutUnchanged({ note: input.note }, personal, marked),
          reason,
          revenue: revenue?.right,
          lostReason:
            lostReasonId === undefined
              ? undefined
              : await facts.lostReason(lostReasonId, company.id),
          competitor,
          competitorPrice: input.competitorPrice === null ? null : price?.right,
        },
      })
    },
  }),
  useCase({
    name: 'WithdrawOpportunity',
    category,
    input: z.strictObject({ ...target, reason: FreeText }),
    command: async ({ reason }, setting, opportunity) => {
      const { when } = setting
      const quotations = await quotationsOf(opportunity, setting)
      const quotationBlocks = blocking(quotations, when.occurredAt)
      return E.right({ type: 'WithdrawOpportunity', data: { ...when, reason, quotationBlocks } })
    },
  }),
] as const
