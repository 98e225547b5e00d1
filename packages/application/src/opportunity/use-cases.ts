/**
 * What may be asked of an opportunity, and the facts that each answer rests on.
 *
 * @module
 */
import {
  clearable,
  FreeText,
  type Money,
  type OpportunityState,
  opportunityCodec,
  opportunityDescriptive,
  opportunityRequired,
  optional,
  plain,
  type StageFacts,
  Ulid,
} from '@forsat/domain'
import * as E from 'fp-ts/lib/Either.js'
import * as z from 'zod'
import { type Aggregate, withoutUnchanged } from '../aggregate.ts'
import { Email, made, Phone, target } from '../input.ts'
import { ownChanges, withAttributes } from '../own-fields.ts'
import { confirmedNet, quotationsOf } from '../quotations.ts'
import { invalid, notFound } from '../refusal.ts'
import { type Setting, useCase } from '../use-case.ts'
import { absorbable } from './absorption.ts'
import { closingUseCases } from './closing.ts'
import { beginning, changesOf, openStageOf, stageOf } from './fields.ts'

const required = plain(opportunityRequired)
const descriptive = { ...plain(opportunityDescriptive), email: Email, phone: Phone }
const responsible = { teamId: Ulid, salespersonId: Ulid }

const begin = z.strictObject({
  ...made,
  ...required,
  ...optional(descriptive),
  ...optional(responsible),
  stageId: Ulid.optional(),
})

const standsIn = (state: OpportunityState): string | undefined =>
  'facts' in state ? state.facts.stageId : undefined

/** What the confirmed quotations bring, where the stage is a win. */
const netOfWin = async (
  stage: StageFacts | undefined,
  opportunity: Aggregate<OpportunityState>,
  setting: Setting,
): Promise<Money | undefined> =>
  stage?.won === true && opportunity.state.outcome === 'open'
    ? confirmedNet(await quotationsOf(opportunity, setting))
    : undefined

const category = 'opportunity'

export const opportunityUseCases = [
  ...closingUseCases,
  useCase({
    name: 'CaptureLead',
    category,
    kind: 'create',
    input: begin,
    command: async (input, setting) => {
      if (!setting.company.policies.features.leads) {
        return E.left({ type: 'FeatureOff', feature: 'leads' })
      }
      const data = await beginning(input, setting)
      return E.isLeft(data) ? data : E.right({ type: 'CaptureLead', data: data.right })
    },
  }),
  useCase({
    name: 'OpenOpportunity',
    category,
    kind: 'create',
    input: begin,
    command: async (input, setting) => {
      const data = await beginning(input, setting)
      return E.isLeft(data) ? data : E.right({ type: 'OpenOpportunity', data: data.right })
    },
  }),
  useCase({
    name: 'QualifyLead',
    category,
    input: z.strictObject({ ...target, contactId: Ulid.optional(), stageId: Ulid.optional() }),
    command: async ({ contactId, stageId }, { when, company, facts }, { state }) => {
      if (contactId !== undefined && !(await facts.contact(contactId, company.id))) {
        return invalid('/contactId', 'is no contact of this company')
      }
      const stage = await openStageOf(stageId, company.id, facts)
      if (E.isLeft(stage)) return stage
      const stands = 'facts' in state && state.facts.stageId !== undefined
      const first = stands ? undefined : await facts.firstStage(company.id, undefined)
      return E.right({
        type: 'QualifyLead',
        data: { ...when, contactId, stageId: stage.right?.id ?? first?.id },
      })
    },
  }),
  useCase({
    name: 'ReviseOpportunity',
    category,
    input: z.strictObject({
      ...target,
      ...optional(required),
      ...clearable(descriptive),
      ...clearable(responsible),
      ...ownChanges,
      stageId: Ulid.optional(),
    }),
    command: async ({ id: _id, stageId, ...asked }, setting, opportunity) => {
      const { id, personal, state } = opportunity
      const { when, company, facts } = setting
      const known = 'facts' in state ? state.facts.described.attributes : undefined
      const merged = withAttributes(asked, known)
      if (E.isLeft(merged)) return merged
      const changes = await changesOf(merged.right, setting, id)
      if (E.isLeft(changes)) return changes
      const stage = await stageOf(stageId, company.id, facts, standsIn(state))
      if (E.isLeft(stage)) return stage
      const quotedNet = await netOfWin(stage.right, opportunity, setting)
      const marked = opportunityCodec.personal.OpportunityRevised
      return E.right({
        type: 'ReviseOpportunity',
        data: {
          ...when,
          quotedNet,
          changes: { ...withoutUnchanged(changes.right, personal, marked), stage: stage.right },
        },
      })
    },
  }),
  useCase({
    name: 'StageOpportunity',
    category,
    input: z.strictObject({ ...target, stageId: Ulid }),
    command: async ({ stageId }, setting, opportunity) => {
      const { when, company, facts } = setting
      const { state } = opportunity
      const stage = await stageOf(stageId, company.id, facts, standsIn(state))
      if (E.isLeft(stage)) return stage
      if (stage.right === undefined) return notFound
      const quotedNet = await netOfWin(stage.right, opportunity, setting)
      return E.right({ type: 'StageOpportunity', data: { ...when, stage: stage.right, quotedNet } })
    },
  }),
  useCase({
    name: 'AssignOpportunity',
    category,
    input: z.strictObject({ ...target, ...clearable(responsible) }),
    command: async ({ id: _id, ...asked }, setting, { id }) => {
      const { teamId, salespersonId } = asked
      const checked = await changesOf({ teamId, salespersonId }, setting, id)
      return E.isLeft(checked)
        ? checked
        : E.right({ type: 'AssignOpportunity', data: { ...setting.when, ...checked.right } })
    },
  }),
  useCase({
    name: 'NoteOpportunity',
    category,
    input: z.strictObject({ ...target, text: FreeText }),
    command: ({ text }, { when }) => E.right({ type: 'NoteOpportunity', data: { ...when, text } }),
  }),
  useCase({
    name: 'OverrideProbability',
    category,
    input: z.strictObject({
      ...target,
      value: z.number().min(0).max(100).multipleOf(0.01, 'must have at most two decimals'),
    }),
    command: ({ value }, { when, company }) =>
      E.right({
        type: 'OverrideProbability',
        data: {
          ...when,
          probability: value,
          allowCertainty: company.policies.manualCertainty === 'allow',
        },
      }),
  }),
  useCase({
    name: 'AutomateProbability',
    category,
    input: z.strictObject(target),
    command: (_input, { when }) => E.right({ type: 'AutomateProbability', data: when }),
  }),
  useCase({
    name: 'MergeOpportunity',
    category,
    input: z.strictObject({ ...target, into: Ulid }),
    command: async ({ id, into }, { when, company, facts }) => {
      const survivor = await facts.opportunity(into, company.id)
      return survivor === undefined
        ? notFound
        : E.right({
            type: 'MergeOpportunity',
            data: { ...when, id, into, survivor: survivor.state },
          })
    },
  }),
  useCase({
    name: 'AbsorbOpportunity',
    category,
    input: z.strictObject({ ...target, from: Ulid }),
    command: async ({ from }, { when, company, facts }) => {
      const merged = await facts.opportunity(from, company.id)
      if (merged === undefined) return notFound
      const before = await facts.beforeMerging(merged)
      return E.right({ type: 'AbsorbOpportunity', data: { ...when, from, ...absorbable(before) } })
    },
  }),
] as const
