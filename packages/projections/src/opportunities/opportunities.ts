/**
 * The read model of opportunities and of every time one was lost.
 *
 * @module
 */
import { isErased } from '@forsat/domain'
import { type CellValue, projection, type Table } from '../projection.ts'
import { externalIds, keepExternalIds } from '../read-models/external-id.ts'
import { compareKeyOf, phoneKeyOf, searchKeyOf } from '../read-models/search-key.ts'
import type { Money } from '../views/values.ts'
import { type LossDocument, lossAfter } from './loss-document.ts'
import { type OpportunityDocument, opportunityAfter } from './opportunity-document.ts'
import { traitColumns, traitRow } from './traits.ts'

/** What reports need, and so is kept in all its versions. */
export const outcomeColumns = {
  ...traitColumns,
  outcome: 'text',
  stage_id: 'text?',
  closed_on: 'text?',
  expected_amount: 'text?',
  expected_currency: 'text?',
  won_amount: 'text?',
  won_currency: 'text?',
  reason_id: 'text?',
  competitor: 'text?',
  quoted: 'integer?',
  /** As a person set it. */
  manual_probability: 'real?',
  expected_close_on: 'text?',
  merged_into: 'text?',
} as const

const outcomeRow = (
  document: OpportunityDocument,
): Record<keyof typeof outcomeColumns, CellValue> => ({
  ...traitRow(document),
  outcome: document.outcome,
  stage_id: document.stageId ?? null,
  closed_on: document.closedOn ?? null,
  ...money('expected', document.expectedRevenue),
  ...money('won', document.won?.revenue),
  reason_id: document.lost?.reasonId ?? null,
  competitor: document.lost?.competitor ?? null,
  quoted: document.lost === undefined ? null : Number(document.lost.quotationSent),
  manual_probability: document.manualProbability ?? null,
  expected_close_on: document.expectedCloseOn ?? null,
  merged_into: document.mergedInto ?? null,
})

const opportunity: Table<OpportunityDocument> = {
  key: ['id'],
  isPersonal: true,
  columns: {
    id: 'text',
    began: 'integer',
    ...outcomeColumns,
    title: 'text?',
    contact_id: 'text?',
    priority: 'integer?',
    created_at: 'text',
    updated_at: 'text',
    closed_at: 'text?',
    next_step_on: 'text?',
    /** The reason's name then. */
    reason: 'text?',
    /** Titles in the order of their letters, whatever marks they are typed with. */
    title_key: 'text?',
    /** For the order alone: amounts are exact in `expected_amount`. */
    expected_order: 'real?',
    search_key: 'text',
    email_key: 'text?',
    phone_key: 'text?',
  },
  indexes: {
    created: ['company', 'created_at', 'began'],
    contact: ['contact_id'],
    merged: ['merged_into'],
    email: ['email_key'],
    phone: ['phone_key'],
  },
  row: (document) => ({
    id: document.id,
    began: document.began,
    ...outcomeRow(document),
    title: isErased(document.title) ? null : document.title,
    contact_id: document.contactId ?? null,
    priority: document.priority ?? null,
    created_at: document.createdAt,
    updated_at: document.updatedAt,
    closed_at: document.closedAt ?? null,
    next_step_on: document.nextStepOn ?? null,
    reason: document.lost?.reason ?? null,
    title_key: compareKeyOf(document.title),
    expected_order:
      document.expectedRevenue === undefined ? null : Number(document.expectedRevenue.amount),
    search_key: searchKeyOf(
      [document.title, document.companyName, document.contactName, document.email],
      [document.phone],
    ),
    email_key: compareKeyOf(document.email),
    phone_key: phoneKeyOf(document.phone),
  }),
  history: { columns: outcomeColumns, row: outcomeRow },
}

const lossColumns = {
  ...traitColumns,
  opportunity_id: 'text',
  standing: 'text',
  occurred_on: 'text',
  reason_id: 'text?',
  competitor: 'text?',
  stage_id: 'text?',
  quoted: 'integer',
  age_days: 'integer',
  expected_amount: 'text?',
  expected_currency: 'text?',
} as const

const lossRow = (document: LossDocument): Record<keyof typeof lossColumns, CellValue> => ({
  ...traitRow(document.traits),
  opportunity_id: document.opportunityId,
  standing: document.standing,
  occurred_on: document.occurredOn,
  reason_id: document.reasonId,
  competitor: document.competitor ?? null,
  stage_id: document.stageId ?? null,
  quoted: Number(document.quotationSent),
  age_days: document.ageDays,
  ...money('expected', document.expectedRevenue),
})

const loss: Table<LossDocument> = {
  key: ['id'],
  isPersonal: true,
  columns: {
    id: 'text',
    ...lossColumns,
    /** The names then. */
    reason: 'text?',
    stage: 'text?',
    note: 'text?',
  },
  indexes: { opportunity: ['opportunity_id'], reason: ['reason_id'] },
  row: (document) => ({
    id: document.id,
    ...lossRow(document),
    reason: document.reason,
    stage: document.stage ?? null,
    note: document.note === undefined || isErased(document.note) ? null : document.note,
  }),
  history: { columns: lossColumns, row: lossRow },
}

const money = <Name extends string>(name: Name, value: Money | undefined) =>
  ({
    [`${name}_amount`]: value?.amount ?? null,
    [`${name}_currency`]: value?.currency ?? null,
  }) as Record<`${Name}_amount` | `${Name}_currency`, string | null>

export const opportunities = projection({
  name: 'opportunities',
  version: 2,
  tables: { opportunity, loss, opportunity_external_id: externalIds },
  apply: (recorded, tables) => {
    if (recorded.category !== 'opportunity') return
    const isFirst = recorded.revision === 0
    const before = isFirst ? undefined : tables.opportunity.get(recorded.subject)
    const after = opportunityAfter(before, recorded)
    if (after === undefined) return
    if (isFirst) tables.opportunity.add(after)
    else tables.opportunity.put(after)
    const lost = lossAfter(recorded, before, after)
    if (lost?.id === recorded.id) tables.loss.add(lost)
    else if (lost !== undefined) tables.loss.put(lost)
    keepExternalIds(tables.opportunity_external_id, before, after)
  },
})
