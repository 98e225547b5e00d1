/**
 * A decider is an aggregate as three pure parts: where it begins, what it answers to a command, and
 * how an event changes it.
 *
 * @module
 */
import type { Either } from 'fp-ts/lib/Either.js'
import type { Instant } from './time/instant.ts'

/** An event with the moment it happened, where that is known: its envelope tells it, not its data. */
export type Occurred<Event> = Event & { readonly occurredAt?: Instant }

export interface Decider<Command, State, Event, Refusal> {
  readonly initialState: State
  /** The facts that follow from a command, or the rule that stood in the way. */
  readonly decide: (command: Command, state: State) => Either<Refusal, readonly Event[]>
  /** The state after an event. It never checks: history has already been accepted. */
  readonly evolve: (state: State, event: Occurred<Event>) => State
}

/** The state that a history leads to. */
export const fold = <State, Event>(
  { initialState, evolve }: Pick<Decider<never, State, Event, never>, 'initialState' | 'evolve'>,
  history: Iterable<Occurred<Event>>,
): State => {
  let state = initialState
  for (const event of history) state = evolve(state, event)
  return state
}
