/**
 * What an opportunity has been offered: its quotations, what they come to, and where one of them
 * contradicts its outcome.
 *
 * @module
 */
import { type Conversion, sumByCurrency, times } from '@forsat/domain'
import { type Moment, ratesOf, type Standing, summaryOf } from '../quotations/standing.ts'
import type { OpportunityView, Outcome } from '../views/opportunity.ts'
import type { QuotationSummary, QuotationTotals } from '../views/quotation.ts'
import type { Money } from '../views/values.ts'

/** What amounts are converted into: the company's own currency, and the digits it keeps it with. */
interface OwnCurrency {
  readonly currency: string
  readonly digits: number
}

export interface Circumstances extends Moment {
  readonly own?: OwnCurrency
}

type Quoted = Pick<OpportunityView, 'quotations' | 'quotationTotals' | 'conflicts'>

export const quotedOf = (
  outcome: Outcome,
  standings: readonly Standing[],
  circumstances: Circumstances,
): Quoted => {
  const offered = standings.map((standing) => ({
    summary: summaryOf(standing, circumstances),
    rates: ratesOf(standing),
  }))
  const quotations = offered.map(({ summary }) => summary)
  const confirmed = offered.filter(({ summary }) => summary.status === 'confirmed')
  const converted = convertedOf(confirmed, circumstances.own)
  return {
    quotations,
    quotationTotals: {
      ...totalsOf(quotations),
      ...(converted && { confirmedConverted: converted }),
    },
    conflicts: outcome === 'lost' ? confirmed.map(({ summary }) => conflict(summary)) : [],
  }
}

const conflict = ({ id }: QuotationSummary) => ({ code: 'ConfirmedWhileLost', quotationId: id })

const totalsOf = (
  quotations: readonly QuotationSummary[],
): Omit<QuotationTotals, 'confirmedConverted'> => {
  const counts = { draft: 0, sent: 0, expired: 0, confirmed: 0, declined: 0, cancelled: 0 }
  for (const { status } of quotations) counts[status] += 1
  const open = quotations.filter(({ status }) => status === 'draft' || status === 'sent')
  const confirmed = quotations.filter(({ status }) => status === 'confirmed')
  return {
    quotations: counts.draft + counts.sent + counts.expired,
    orders: counts.confirmed,
    counts,
    open: [...sumByCurrency(open.map(({ total }) => total))],
    confirmed: [...sumByCurrency(confirmed.map(({ total }) => total))],
    confirmedNet: [...sumByCurrency(confirmed.map(({ net }) => net))],
  }
}

interface Confirmed {
  readonly summary: QuotationSummary
  readonly rates: readonly Conversion[]
}

/** In the company's own currency, at the rates that the confirmations recorded; all or nothing. */
const convertedOf = (
  confirmed: readonly Confirmed[],
  own: OwnCurrency | undefined,
): QuotationTotals['confirmedConverted'] => {
  if (own === undefined || confirmed.length === 0) return undefined
  const used = new Map<string, Conversion>()
  const [nets, totals]: [Money[], Money[]] = [[], []]
  for (const { summary, rates } of confirmed) {
    const { net, total } = summary
    const rate = rates.find(({ base, quote }) => base === net.currency && quote === own.currency)
    if (rate === undefined && net.currency !== own.currency) return undefined
    if (rate !== undefined) used.set(`${rate.base} ${rate.date} ${rate.rate}`, rate)
    nets.push(inOwn(net, rate, own))
    totals.push(inOwn(total, rate, own))
  }
  const [net, total] = [sumByCurrency(nets)[0], sumByCurrency(totals)[0]]
  return net && total && { net, total, rates: [...used.values()] }
}

const inOwn = (money: Money, rate: Conversion | undefined, { currency, digits }: OwnCurrency) =>
  rate === undefined ? money : times({ amount: money.amount, currency }, [rate.rate], digits)
