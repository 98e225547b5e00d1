/** The two reports that the page shows, as the API answers them; see `/openapi.json`. */
import type { Money } from '@forsat/domain'

export interface LossFigures {
  readonly count: number
  /** From 0 to 100; null where nothing was lost. */
  readonly share: number | null
  readonly lostRevenue: readonly Money[]
  /** In days. */
  readonly medianAge: number | null
}

export interface LossRow extends LossFigures {
  /** Null stands for the losses that name no reason. */
  readonly reason: {
    readonly id: string
    readonly name: string | null
    readonly archived: boolean
  } | null
}

export interface WinFigures {
  readonly won: number
  readonly lost: number
  readonly open: number
  readonly winRate: number | null
}

export interface Report {
  readonly rows: readonly LossRow[]
  readonly losses: LossFigures
  readonly wins: WinFigures
}

/** Days as ISO dates, both included; without one the period is open at that end. */
export interface Period {
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/** What asking came to. `detail` is the API's own sentence, where it sent one. */
export type Answer =
  | { readonly status: 'ready'; readonly report: Report }
  | { readonly status: 'locked' }
  | { readonly status: 'failed'; readonly detail?: string | undefined }

interface Request {
  readonly period: Period
  readonly key?: string | undefined
  readonly signal: AbortSignal
}

export const ask = async (request: Request): Promise<Answer> => {
  const [losses, wins] = await Promise.all([
    get('/v1/reports/lost-reasons', { groupBy: 'reason' }, request),
    get('/v1/reports/win-rate', {}, request),
  ])
  const refused = [losses, wins].find((response) => !response.ok)
  if (refused?.status === 401) return { status: 'locked' }
  if (refused !== undefined) return { status: 'failed', detail: await detailOf(refused) }
  const { rows, totals } = (await losses.json()) as { rows: LossRow[]; totals: LossFigures }
  const { totals: won } = (await wins.json()) as { totals: WinFigures }
  return { status: 'ready', report: { rows, losses: totals, wins: won } }
}

const get = (path: string, query: Record<string, string>, { period, key, signal }: Request) => {
  const search = new URLSearchParams(query)
  if (period.from !== undefined) search.set('from', period.from)
  if (period.to !== undefined) search.set('to', period.to)
  const headers = key === undefined ? {} : { authorization: `Bearer ${key}` }
  return fetch(search.size === 0 ? path : `${path}?${search}`, { headers, signal })
}

/** The sentence in a problem document (RFC 9457). */
const detailOf = async (response: Response): Promise<string | undefined> => {
  if (!response.headers.get('content-type')?.startsWith('application/problem+json'))
    return undefined
  const { detail, title } = (await response.json()) as { detail?: string; title?: string }
  return detail ?? title
}
