/**
 * The refusals that all aggregates share: nothing is there, something is there already, or something
 * is said to have happened before what is known to come before it.
 *
 * @module
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Instant } from './time/instant.ts'

export type CommonRefusal =
  | { readonly type: 'NotFound' }
  | { readonly type: 'AlreadyExists' }
  | { readonly type: 'OccurredTooEarly'; readonly last: Instant }

export const notFound = E.left({ type: 'NotFound' as const })
export const alreadyExists = E.left({ type: 'AlreadyExists' as const })

/** When something is said to happen. */
export interface When {
  readonly occurredAt: Instant
}

/** Facts of one kind come in the order in which they happened. */
export const isTooEarly = ({ occurredAt }: When, last: Instant | undefined): last is Instant =>
  last !== undefined && occurredAt < last

export const tooEarly = (last: Instant) => E.left({ type: 'OccurredTooEarly' as const, last })
