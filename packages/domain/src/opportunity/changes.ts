/**
 * Changes to an opportunity that lives: what describes it, who has it, or all at once.
 *
 * @module
 */
import * as E from 'fp-ts/lib/Either.js'
import { isEmpty } from '../patch.ts'
import type { Assignment, Revising } from './command.ts'
import { changesTo } from './description.ts'
import type { OpportunityEvent } from './events.ts'
import type { When } from './order.ts'
import { staged } from './outcome.ts'
import { closed, type Decision, happened } from './refusal.ts'
import { type Begun, evolve, hasBegun } from './state.ts'

/** Whatever is so already is left out, and so is never in the way. */
export const revised = (
  { changes, quotedNet, ...when }: Revising & When,
  state: Begun,
): Decision => {
  const { stage, teamId, salespersonId, ...described } = changes
  return inTurn(state, [
    ({ facts }) => {
      const data = changesTo(facts, described)
      return isEmpty(data) ? happened() : happened({ type: 'OpportunityRevised', data })
    },
    (now) => assigned({ teamId, salespersonId }, now),
    (now) =>
      stage === undefined || stage.id === now.facts.stageId
        ? happened()
        : staged({ stage, quotedNet, ...when }, now),
  ])
}

export const assigned = (
  { teamId: team, salespersonId: person }: Assignment,
  state: Begun,
): Decision => {
  const { facts } = state
  const teamId = (team === undefined ? facts.teamId : team) ?? null
  const salespersonId = (person === undefined ? facts.salespersonId : person) ?? null
  const same = teamId === (facts.teamId ?? null) && salespersonId === (facts.salespersonId ?? null)
  if (same) return happened()
  if (state.outcome === 'lost') return closed(state)
  return happened(
    teamId === null && salespersonId === null
      ? { type: 'OpportunityUnassigned', data: {} }
      : { type: 'OpportunityAssigned', data: { teamId, salespersonId } },
  )
}

/** Things asked together: each is decided on what those before it led to; all happen or none. */
const inTurn = (state: Begun, steps: readonly ((state: Begun) => Decision)[]): Decision => {
  const events: OpportunityEvent[] = []
  let now = state
  for (const step of steps) {
    const decision = step(now)
    if (E.isLeft(decision)) return decision
    events.push(...decision.right)
    const next = decision.right.reduce(evolve, now)
    if (hasBegun(next)) now = next
  }
  return E.right(events)
}
