/**
 * Given events, when a command, then events or a refusal: a sentence about any decider. A sentence
 * that does not hold throws an error that shows both sides, whatever test runner is used.
 *
 * @example
 * const { given } = specification(quotation)
 * given(sent).when(confirm(lastDay)).thenEvents(confirmed)
 *
 * @module
 */
import * as E from 'fp-ts/lib/Either.js'
import { type Decider, fold, type Occurred } from './decider.ts'

/** What `thenEvents` and `thenFails` throw; test runners show `actual` beside `expected`. */
export class SpecificationError extends Error {
  readonly actual: unknown
  readonly expected: unknown
  constructor(message: string, actual: unknown, expected: unknown) {
    super(`${message}\nexpected: ${show(expected)}\nactual:   ${show(actual)}`)
    this.name = 'SpecificationError'
    this.actual = actual
    this.expected = expected
  }
}

export const specification = <Command, State, Event, Refusal>(
  decider: Decider<Command, State, Event, Refusal>,
) => ({
  given: (...history: readonly Occurred<Event>[]) => ({
    when: (command: Command) => {
      const outcome = decider.decide(command, fold(decider, history))
      return {
        /** The command adds exactly these events. */
        thenEvents: (...expected: readonly Event[]): void => {
          if (E.isLeft(outcome)) {
            throw new SpecificationError('The command was refused.', outcome.left, expected)
          }
          same('The command led to other events.', outcome.right, expected)
        },
        /** The command changes nothing, and is not refused either. */
        thenNothing: (): void => same('The command was to change nothing.', outcome, E.right([])),
        /** The command is refused for exactly this reason. */
        thenFails: (expected: Refusal): void => {
          if (E.isRight(outcome)) {
            throw new SpecificationError('The command was accepted.', outcome.right, expected)
          }
          same('The command was refused for another reason.', outcome.left, expected)
        },
      }
    },
    /** The state that the history leads to. */
    thenState: (expected: State): void =>
      same('The history leads to another state.', fold(decider, history), expected),
  }),
})

const same = (message: string, actual: unknown, expected: unknown): void => {
  if (show(actual) !== show(expected)) throw new SpecificationError(message, actual, expected)
}

/** JSON with sorted keys and without `undefined`: equal texts are equal values. */
const show = (value: unknown): string =>
  JSON.stringify(
    value,
    (_key, each: unknown) =>
      typeof each === 'object' && each !== null && !Array.isArray(each)
        ? Object.fromEntries(
            Object.entries(each).toSorted(([a], [b]) => (a < b ? -1 : Number(a > b))),
          )
        : typeof each === 'bigint'
          ? `${each}n`
          : each,
    2,
  )
