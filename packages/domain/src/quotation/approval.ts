/**
 * What goes beyond a company's limits is sent only after somebody else agreed to exactly that. Any
 * later change of what is offered, or of its price, makes the agreement void.
 *
 * @module
 */
import * as E from 'fp-ts/lib/Either.js'
import { compareMoney, times } from '../money/arithmetic.ts'
import { compareDecimals } from '../money/exact.ts'
import type { Money } from '../money/money.ts'
import { defined } from '../patch.ts'
import type { ApprovalDeciding } from './command.ts'
import { type Decision, editable, fact, happened, refused } from './decision.ts'
import type { Conversion, QuotationEvent } from './events.ts'
import type { Approval, ApprovalLimits, Begun, Content } from './state.ts'

const standings = { request: 'requested', grant: 'granted', refuse: 'refused' } as const

export const approvalDecided = (
  { decision, by, digest, note }: ApprovalDeciding,
  state: Begun,
): Decision => {
  const draft = editable(state)
  if (E.isLeft(draft)) return draft
  const { version, content, approval } = draft.right
  const standing = standings[decision]
  const isGranted = approval?.state === 'granted' && decision === 'request'
  if (approval !== undefined && (approval.state === standing || isGranted)) {
    return refused({ type: 'ApprovalUnchanged', state: approval.state })
  }
  if (decision !== 'request' && approval?.requestedBy === by) {
    return refused({ type: 'ApprovalOwn' })
  }
  const data = defined({ version, by, total: content.totals.total, digest, note })
  switch (decision) {
    case 'request':
      return happened(fact('QuotationApprovalRequested', data))
    case 'grant':
      return happened(fact('QuotationApprovalGranted', data))
    case 'refuse':
      return happened(fact('QuotationApprovalRefused', data))
  }
}

/** Exactly what is approved: what is offered and what it comes to, without words and dates. */
export const approvedOf = ({
  currency,
  digits,
  pricesIncludeTax,
  vatRounding,
  lines,
  options,
  totals,
}: Content) => ({ currency, digits, pricesIncludeTax, vatRounding, lines, options, totals })

type ApprovalEvent = Extract<
  QuotationEvent,
  {
    type: 'QuotationApprovalRequested' | 'QuotationApprovalGranted' | 'QuotationApprovalRefused'
  }
>

export const approvalAfter = (
  before: Approval | undefined,
  { type, data: { by } }: ApprovalEvent,
): Approval => {
  if (type === 'QuotationApprovalRequested') return { state: 'requested', by, requestedBy: by }
  const state = type === 'QuotationApprovalGranted' ? 'granted' : 'refused'
  return { ...before, state, by }
}

const figuring = ['currency', 'digits', 'pricesIncludeTax', 'vatRounding', 'totals']

const listed: ReadonlySet<QuotationEvent['type']> = new Set([
  'QuotationLineAdded',
  'QuotationLineRevised',
  'QuotationLineRemoved',
  'OptionOffered',
  'OptionRevised',
  'OptionWithdrawn',
])

/** Whether it changes what is offered, or its price: words and dates are let be. */
export const voidsApproval = ({ type, data }: QuotationEvent): boolean =>
  listed.has(type) || (type === 'QuotationRevised' && figuring.some((name) => name in data))

/** Somebody else than who sends has to have agreed. */
export const isApproved = (approval: Approval | undefined, sender: string | undefined): boolean =>
  approval?.state === 'granted' && approval.by !== sender

/** The limits that an offer goes beyond; a total that nobody can convert may be any. */
export const exceeded = (
  { discountPercentAbove, totalAbove }: ApprovalLimits,
  { lines, options }: Pick<Content, 'lines' | 'options'>,
  total: Money,
  rates: readonly Conversion[],
): ApprovalLimits | undefined => {
  const isDiscounted =
    discountPercentAbove !== undefined &&
    [...lines, ...options].some(
      (line) =>
        line.kind === 'item' &&
        compareDecimals(line.discountPercent ?? '0', discountPercentAbove) > 0,
    )
  const isLarge = totalAbove !== undefined && isAbove(total, totalAbove, rates)
  if (!isDiscounted && !isLarge) return undefined
  return {
    ...(isDiscounted && { discountPercentAbove }),
    ...(isLarge && { totalAbove }),
  }
}

const isAbove = (total: Money, limit: Money, rates: readonly Conversion[]): boolean => {
  const known = rates.find(({ base, quote }) => base === total.currency && quote === limit.currency)
  const converted =
    known === undefined
      ? total
      : times({ amount: total.amount, currency: limit.currency }, [known.rate], exactDigits)
  const order = compareMoney(converted, limit)
  return E.isLeft(order) || order.right > 0
}

/** More than any amount and rate have together. */
const exactDigits = 20
