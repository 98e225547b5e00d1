/**
 * The rules of approval, worked out again from history: whatever a program let through, the log tells
 * whether two people agreed, and on what.
 *
 * @module
 */
import { aggregates, exceeded, isApproved, workedOn } from '@forsat/domain'
import type { EventStore, RecordedEvent } from '@forsat/event-store'
import type { StateOf } from '../aggregate.ts'
import { companySettings } from '../company.ts'
import { approvedDigest, limitsOf } from '../quotation/approval.ts'
import { readWithoutKeys, states } from './states.ts'

type RuleCode =
  | 'APPROVER_IS_REQUESTER'
  | 'APPROVAL_OF_OTHER_CONTENT'
  | 'SENT_WITHOUT_APPROVAL'
  | 'SENT_BY_APPROVER'

/** An act that a rule did not allow. */
export interface RuleBroken {
  readonly rule: RuleCode
  readonly stream: string
  readonly id: string
  /** From 0. */
  readonly index: number
  readonly actor: string
}

/** Looks at every approval and every sending, in one company or in all. */
export const rulesBroken = async (
  store: EventStore,
  company?: string,
): Promise<{ readonly checked: number; readonly broken: readonly RuleBroken[] }> => {
  const all = states()
  const broken: RuleBroken[] = []
  let checked = 0
  for await (const page of store.readLog()) {
    for (const stored of page) {
      const event = readWithoutKeys(stored)
      const isAsked = company === undefined || event.company === company
      if (event.category === 'quotation' && isAsked && judged.has(event.event.type)) {
        checked += 1
        const state = all.of(event.stream) as StateOf<'quotation'> | undefined
        const owner = all.of(`company-${event.company}`) as StateOf<'company'> | undefined
        const { id, stream, position, actor } = event
        for (const rule of rulesAgainst(event, state, owner)) {
          broken.push({ rule, stream, id, index: position - 1, actor })
        }
      }
      all.apply(event)
    }
  }
  return { checked, broken }
}

const judged = new Set(['QuotationApprovalGranted', 'QuotationApprovalRefused', 'QuotationSent'])

const rulesAgainst = (
  { event, actor, onBehalfOf, company: id = '' }: RecordedEvent,
  state: StateOf<'quotation'> = aggregates.quotation.decider.initialState,
  owner: StateOf<'company'> = aggregates.company.decider.initialState,
): readonly RuleCode[] => {
  const draft = 'current' in state ? workedOn(state) : undefined
  if (draft === undefined) return []
  const { content, approval } = draft
  if (event.type !== 'QuotationSent') {
    const { by, digest } = event.data as { readonly by: string; readonly digest?: string }
    const isOther = digest !== undefined && digest !== approvedDigest(state)
    return [
      ...(approval?.requestedBy === by ? (['APPROVER_IS_REQUESTER'] as const) : []),
      ...(isOther ? (['APPROVAL_OF_OTHER_CONTENT'] as const) : []),
    ]
  }
  const settings = companySettings({ id, state: owner })
  const { totals, rates } = event.data as Sent
  const limit = settings && exceeded(limitsOf(settings), content, totals.total, rates)
  if (limit === undefined || isApproved(approval, onBehalfOf ?? actor)) return []
  return [approval?.state === 'granted' ? 'SENT_BY_APPROVER' : 'SENT_WITHOUT_APPROVAL']
}

interface Sent {
  readonly totals: { readonly total: Parameters<typeof exceeded>[2] }
  readonly rates: Parameters<typeof exceeded>[3]
}
