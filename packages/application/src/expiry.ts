/**
 * The sweep: offers whose last day is over are expired whether or not anybody has noticed; this
 * records it, each at the moment at which it happened.
 *
 * @module
 */
import { setTimeout } from 'node:timers/promises'
import type { Queries } from '@forsat/projections'
import * as E from 'fp-ts/lib/Either.js'
import type { Acting, Context, Outcome } from './context.ts'
import type { Refusal } from './refusal.ts'
import type { AnyCommand } from './request.ts'

interface Means {
  readonly executeUnchecked: (
    command: AnyCommand,
    context: Context,
  ) => Promise<E.Either<Refusal, Outcome>>
  readonly settle: () => Promise<boolean>
  readonly clock: { now(): string }
  readonly query: Pick<Queries, 'quotations' | 'companies'>
}

/** Only what was recorded now is told, so that of many sweeps at once each offer is told by one. */
export const expireDue = async (
  context: Acting,
  { query, executeUnchecked, settle, clock }: Means,
): Promise<{ readonly expired: readonly string[] }> => {
  await settle()
  const companies = context.company === undefined ? await allOf(query) : [context.company]
  const expired: string[] = []
  for (const company of companies) {
    for (const { id, expiresAt } of await query.quotations.due({ company }, clock.now())) {
      const command = { type: 'ExpireQuotation', data: { id } }
      // A key that was sent with the sweep is the sweep's, not that of each offer.
      const of = { ...context, company, occurredAt: expiresAt, idempotencyKey: undefined }
      const outcome = await executeUnchecked(command, of)
      // Confirmed, extended or cancelled a moment ago: it is due no more.
      if (E.isRight(outcome) && outcome.right.events.length > 0) expired.push(id)
    }
  }
  return { expired }
}

const allOf = async ({ companies }: Means['query']): Promise<readonly string[]> => {
  const scope = { company: '', everywhere: true }
  const ids: string[] = []
  for (let cursor: string | undefined, more = true; more; ) {
    const page = await companies.list(scope, { limit: 200, ...(cursor && { cursor }) })
    if (E.isLeft(page)) throw new Error('a list of companies was refused')
    ids.push(...page.right.items.map(({ id }) => id))
    cursor = page.right.next
    more = cursor !== undefined
  }
  return ids
}

/** Sweeps every so often until it is ended. What fails is said, and tried again the next time. */
export const startSweep = (
  forsat: { expireDue(context: Context): Promise<unknown> },
  report: (message: string) => void,
  everyMs = 60_000,
): AsyncDisposable => {
  const stopping = new AbortController()
  const sweeping = (async () => {
    while (!stopping.signal.aborted) {
      try {
        await forsat.expireDue({ actor: 'system:expiry' })
      } catch (error) {
        report(`the sweep of expired quotations failed, and is tried again: ${String(error)}`)
      }
      await setTimeout(everyMs, undefined, { signal: stopping.signal }).catch(() => {})
    }
  })()
  return {
    [Symbol.asyncDispose]: async () => {
      stopping.abort()
      await sweeping
    },
  }
}
