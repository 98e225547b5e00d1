/**
 * Commands that claim the same external id take turns: whose it is, is found in the read models, and
 * those must have seen the one before.
 *
 * @module
 */
import type * as E from 'fp-ts/lib/Either.js'
import type { Context, Outcome } from './context.ts'
import type { Refusal } from './refusal.ts'
import type { Step } from './request.ts'

type Answer = E.Either<Refusal, Outcome>

/** Carries out one command after the other where they claim the same, and all others at once. */
export type Turns = (claims: readonly string[], work: () => Promise<Answer>) => Promise<Answer>

/** `settle` waits until the read models have seen all there is. */
export const turns = (settle: () => Promise<unknown>): Turns => {
  /** For each claim the end of the last one in line. */
  const lastInLine = new Map<string, Promise<void>>()

  return async (claims, work) => {
    if (claims.length === 0) return work()
    const before = claims.flatMap((claim) => lastInLine.get(claim) ?? [])
    const { promise, resolve } = Promise.withResolvers<void>()
    // All places are taken in the same moment, so no two commands can wait for each other.
    for (const claim of claims) lastInLine.set(claim, promise)
    try {
      await Promise.all(before)
      await settle()
      return await work()
    } finally {
      resolve()
      for (const claim of claims) {
        if (lastInLine.get(claim) === promise) lastInLine.delete(claim)
      }
    }
  }
}

/** What commands claim, as it came: nobody has checked it yet. */
export const claimsOf = (steps: readonly Step[], { company }: Context): readonly string[] =>
  steps.flatMap(({ command: { data } }) => {
    const ids: unknown = 'externalIds' in data ? data.externalIds : undefined
    return Array.isArray(ids) ? ids.map((id) => claimOf(company, id)) : []
  })

const claimOf = (company: string | undefined, id: unknown): string => {
  const named =
    typeof id === 'object' && id !== null
      ? Object.entries(id).toSorted(([a], [b]) => (a < b ? -1 : 1))
      : id
  return JSON.stringify([company, named])
}
