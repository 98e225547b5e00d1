/**
 * What is asked, before anything is looked up: commands by their names, their data checked against
 * their schemas, the times they tell.
 *
 * @module
 */
import { parseInstant } from '@forsat/domain'
import * as E from 'fp-ts/lib/Either.js'
import type { Acting } from './context.ts'
import { invalid, issuesOf, type Refusal } from './refusal.ts'
import type { UseCase } from './use-case.ts'

/** A command as it is given: its name, and data that nobody has checked yet. */
export interface AnyCommand {
  readonly type: string
  readonly data: object
}

/** One command of several on the same record, each at its own time. */
export interface Step {
  readonly command: AnyCommand
  readonly occurredAt?: string | undefined
}

/** A command that was checked. */
export interface Prepared {
  readonly useCase: UseCase
  readonly input: Readonly<Record<string, unknown>>
  /** As it was told; else it happens now. */
  readonly occurredAt: string | undefined
}

/** The commands, all for one record; that they are not is a mistake of the program that asks. */
export const prepared = (
  steps: readonly Step[],
  context: Acting,
  now: string,
  useCases: ReadonlyMap<string, UseCase>,
): E.Either<Refusal, readonly [Prepared, ...Prepared[]]> => {
  const all: Prepared[] = []
  for (const step of steps) {
    const each = prepare(step, context, now, useCases)
    if (E.isLeft(each)) return each
    all.push(each.right)
  }
  const [first, ...others] = all
  if (first === undefined) throw new TypeError('there is nothing to handle')
  for (const { useCase, input } of others) {
    if (useCase.category !== first.useCase.category || input['id'] !== first.input['id']) {
      throw new TypeError('commands that are handled together must be for one record')
    }
  }
  return E.right([first, ...others])
}

const prepare = (
  step: Step,
  context: Acting,
  now: string,
  useCases: ReadonlyMap<string, UseCase>,
): E.Either<Refusal, Prepared> => {
  const { type, data } = step.command
  const useCase = useCases.get(type)
  if (useCase === undefined) return invalid('/type', 'is not a known command')
  const parsed = useCase.input.safeParse(composed(data))
  if (!parsed.success) return E.left({ type: 'InvalidRequest', errors: issuesOf(parsed.error) })
  const told = step.occurredAt ?? context.occurredAt
  const occurredAt = told === undefined ? undefined : parseInstant(told)
  if (told !== undefined && occurredAt === undefined) {
    return invalid('/occurredAt', 'must be a moment of ISO 8601, with its offset')
  }
  if (occurredAt !== undefined && occurredAt > now) {
    return E.left({ type: 'OccurredInFuture', now })
  }
  return E.right({ useCase, input: parsed.data, occurredAt })
}

/** The same with its text in Unicode NFC, wherever it stands; what is so already is not copied. */
export const composed = (value: unknown): unknown => {
  if (typeof value === 'string') return value.normalize('NFC')
  if (typeof value !== 'object' || value === null) return value
  const before = Object.entries(value)
  const after = before.map(([name, each]) => [name, composed(each)] as const)
  if (after.every(([, each], index) => each === before[index]?.[1])) return value
  return Array.isArray(value) ? after.map(([, each]) => each) : Object.fromEntries(after)
}

/** What was asked, as a repeat asks it again: the id of a record to be made may be minted anew. */
export const requestOf = (steps: readonly Step[], { useCase }: Prepared): AnyCommand => {
  const asked =
    useCase.kind !== 'create'
      ? steps
      : steps.map(({ command: { type, data }, ...step }) => ({
          ...step,
          command: { type, data: { ...data, id: undefined } },
        }))
  const [only] = asked
  return only !== undefined && asked.length === 1 ? only.command : { type: 'Steps', data: asked }
}
