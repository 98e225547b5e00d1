/**
 * The sweep: offers whose last day is over are expired whether or not anybody has noticed; this
 * records it, each at the moment at which it happened.
 *
 * @module
 */
import type { Queries } from '@forsat/projections'
import * as E from 'fp-ts/lib/Either.js'
import { everyCompany } from './companies.ts'
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
  const companies = context.company === undefined ? await everyCompany(query) : [context.company]
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
