/**
 * Commands that claim the same external id take turns: whose it is, is found in the read models, and
 * those must have seen the one before.
 *
 * @module
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Context, Outcome } from './context.ts'
import type { Refusal } from './refusal.ts'
import type { Step } from './request.ts'

type Answer = E.Either<Refusal, Outcome>

/** Carries out one command after the other where they claim the same, and all others at once. */
export type Turns = (claims: readonly string[], work: () => Promise<Answer>) => Promise<Answer>

export const turns = (settle: (position: number) => Promise<boolean>): Turns => {
  /** For each claim the last in line, which tells how far its events reach when it is done. */
  const lastInLine = new Map<string, Promise<number>>()

  return async (claims, work) => {
    const before = claims.flatMap((claim) => lastInLine.get(claim) ?? [])
    const { promise, resolve } = Promise.withResolvers<number>()
    // All places are taken in the same moment, so no two commands can wait for each other.
    for (const claim of claims) lastInLine.set(claim, promise)
    let reaches = 0
    try {
      if (before.length > 0) await settle(Math.max(...(await Promise.all(before))))
      const answer = await work()
      if (E.isRight(answer)) reaches = answer.right.position
      return answer
    } finally {
      resolve(reaches)
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
