/**
 * Merging takes one decision on each opportunity that ends; what the survivor takes over follows by
 * policy. All are looked at first, so that a merge that cannot be is refused before anything is done.
 *
 * @module
 */
import { Ulid } from '@forsat/domain'
import * as E from 'fp-ts/lib/Either.js'
import * as z from 'zod'
import type { Aggregates } from '../aggregate.ts'
import type { CommandHandler } from '../command-handler.ts'
import type { Acting, Outcome } from '../context.ts'
import { target } from '../input.ts'
import { invalid, issuesOf, notFound, type Refusal } from '../refusal.ts'
import type { AnyCommand, Step } from '../request.ts'

/** `from` end in `id`. */
export const MergeOpportunities = z.strictObject({
  ...target,
  from: z.array(Ulid).min(1).max(50),
})

interface Means {
  readonly handler: Pick<CommandHandler, 'attempt'>
  readonly aggregates: Aggregates
  readonly executeTogether: (
    steps: readonly Step[],
    context: Acting,
  ) => Promise<E.Either<Refusal, Outcome>>
}

export const mergeOpportunities = async (
  data: object,
  context: Acting,
  { handler, aggregates, executeTogether }: Means,
): Promise<E.Either<Refusal, Outcome>> => {
  const parsed = MergeOpportunities.safeParse(data)
  if (!parsed.success) return E.left({ type: 'InvalidRequest', errors: issuesOf(parsed.error) })
  const { id, from } = parsed.data
  if (new Set(from).size < from.length) return invalid('/from', 'must name each opportunity once')

  const before = await aggregates.load('opportunity', id)
  if (before.revision < 0) return notFound
  const { expectedRevision = before.revision, ...others } = context

  const merges = from.map((each, index): readonly [AnyCommand, Acting] => [
    { type: 'MergeOpportunity', data: { id: each, into: id } },
    { ...others, idempotencyKey: keyOf(context, index) },
  ])
  for (const [command, of] of merges) {
    const attempted = await handler.attempt([{ command }], of)
    if (E.isLeft(attempted)) return attempted
  }
  // Only now it is sure that the caller may know how the survivor stands.
  if (expectedRevision !== before.revision) {
    const { stream, revision: current } = before
    return E.left({ type: 'RevisionConflict', stream, expected: expectedRevision, current })
  }
  const outcomes: Outcome[] = []
  for (const [command, of] of merges) {
    const outcome = await executeTogether([{ command }], of)
    if (E.isLeft(outcome)) return outcome
    outcomes.push(outcome.right)
  }
  const survivor = await aggregates.load('opportunity', id)
  return E.right({
    id,
    stream: survivor.stream,
    revision: survivor.revision,
    position: Math.max(survivor.position, ...outcomes.map(({ position }) => position)),
    events: outcomes.flatMap(({ events }) => events),
  })
}

/** A key of its own for each part, so that a repeat goes on where a crash stopped. */
const keyOf = ({ idempotencyKey }: Acting, index: number): string | undefined =>
  idempotencyKey === undefined ? undefined : `${idempotencyKey}/${index}`
