/**
 * What an opportunity's quotations amount to, as far as an outcome of it tells.
 *
 * @module
 */

import { hasExpired, type Money, sumByCurrency } from '@forsat/domain'
import { noStream } from '@forsat/event-store'
import type { Aggregate } from './aggregate.ts'
import type { Quotation } from './facts.ts'
import type { Setting } from './use-case.ts'

/** Those of an opportunity; one that is only being made has none. */
export const quotationsOf = async (
  { id, revision }: Aggregate,
  { company, facts }: Pick<Setting, 'company' | 'facts'>,
): Promise<readonly Quotation[]> =>
  revision === noStream ? [] : facts.quotationsOf(id, company.id)

/**
 * The net of the confirmed ones. Sums of several currencies are never one: then it is that of the
 * quotation which brought the outcome about, if one did.
 */
export const confirmedNet = (
  quotations: readonly Quotation[],
  cause?: string,
): Money | undefined => {
  const confirmed = quotations.flatMap(({ id, state }) =>
    'current' in state && state.status === 'confirmed'
      ? [{ id, net: state.current.content.totals.net }]
      : [],
  )
  const sums = sumByCurrency(confirmed.map(({ net }) => net))
  if (sums.length === 1) return sums[0]
  return confirmed.find(({ id }) => id === cause)?.net
}

/** What was offered, and whether anything ever was: cancelled offers count for nothing. */
export const quoted = (
  quotations: readonly Quotation[],
): { readonly quoted: readonly Money[]; readonly quotationSent: boolean } => {
  const issued = quotations.flatMap(({ state }) =>
    'current' in state && state.current.issue !== undefined ? [state] : [],
  )
  const standing = issued.filter(({ status }) => status !== 'cancelled' && status !== 'draft')
  return {
    quoted: sumByCurrency(standing.map(({ current }) => current.content.totals.total)),
    quotationSent: issued.length > 0,
  }
}

/** The quotation that keeps its opportunity from being withdrawn: a customer has it in hand. */
export const blocking = (quotations: readonly Quotation[], at: string) => {
  for (const { id: quotationId, state } of quotations) {
    if (!('current' in state)) continue
    if (state.status === 'confirmed') {
      return { code: 'QuotationAlreadyConfirmed' as const, quotationId }
    }
    const { issue } = state.current
    if (state.status === 'sent' && issue !== undefined && !hasExpired(issue, at)) {
      return { code: 'QuotationNotDraft' as const, quotationId }
    }
  }
  return undefined
}
