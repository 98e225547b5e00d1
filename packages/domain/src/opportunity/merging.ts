/**
 * How duplicates become one. The one that ends points to the survivor; the survivor takes over what it
 * lacks. Each decides on its own stream, the second because of the first.
 *
 * @module
 */
import { isSame } from '../patch.ts'
import { isErased } from '../personal.ts'
import type { Absorbing, Merging } from './command.ts'
import { type Changes, changesTo, type Described, holds, isField } from './description.ts'
import type { OpportunityEvent } from './events.ts'
import { overtaken, type When } from './order.ts'
import { closed, type Decision, happened, refused } from './refusal.ts'
import type { Begun, Facts } from './state.ts'

export const merged = ({ id, into, survivor, ...when }: Merging & When, state: Begun): Decision => {
  if (into === id) return refused({ type: 'MergedIntoItself' })
  if (state.outcome !== 'open') return closed(state)
  switch (survivor.outcome) {
    case 'none':
    case 'withdrawn':
      return refused({ type: 'NotFound' })
    case 'merged':
      return refused({ type: 'OpportunityMerged', into: survivor.into })
    case 'won':
      return refused({ type: 'OpportunityWon', opportunityId: into })
    case 'lost':
      return refused({ type: 'OpportunityLost', opportunityId: into })
    case 'open': {
      // What the survivor takes over happens at the same moment, so it must have begun by then.
      const later = survivor.facts && overtaken(when, survivor.facts.began)
      if (later !== undefined) return refused({ type: 'OccurredTooEarly', last: later })
      return happened({
        type: 'OpportunityMerged',
        data: { into, occurredOn: when.occurredOn },
      })
    }
  }
}

/**
 * A second asking changes nothing, and a survivor closed meanwhile takes over all the same: the other
 * one has already ended. A lead that takes over an opportunity has become one.
 */
export const absorbed = (
  { from, kind, fields, ...when }: Absorbing & When,
  state: Begun,
): Decision => {
  const { facts } = state
  if (facts.absorbed.includes(from)) return happened()
  const qualified: OpportunityEvent = {
    type: 'LeadQualified',
    data: { occurredOn: when.occurredOn },
  }
  const qualifies =
    state.outcome === 'open' &&
    facts.kind === 'lead' &&
    kind === 'opportunity' &&
    overtaken(when, facts.last.outcome) === undefined
  return happened(
    { type: 'OpportunityAbsorbed', data: { from, ...changesTo(facts, taken(fields, facts)) } },
    ...(qualifies ? [qualified] : []),
  )
}

/** Fields that mean little without each other are taken together or not at all. */
const pairs = [
  ['country', 'region'],
  ['nextStep', 'nextStepOn'],
] as const

/** What one opportunity lacks and the other has. What was erased there cannot be taken over. */
const taken = (theirs: Changes, facts: Facts): Changes => {
  const lacking = Object.entries(theirs).filter(([name, value]) => {
    if (!isField(name) || isErased(value)) return false
    const together = pairs.find((pair) => pair.some((each) => each === name)) ?? [name]
    return !together.some((each) => holds(facts, each))
  })
  return { ...Object.fromEntries(lacking), ...united(facts.described, theirs) }
}

/** What is taken from both: lists and own fields united, ours first, and the higher priority. */
const united = (ours: Described, theirs: Changes): Changes => ({
  tags: both(ours.tags, theirs.tags),
  productIds: both(ours.productIds, theirs.productIds),
  participants: both(ours.participants, theirs.participants),
  externalIds: both(ours.externalIds, theirs.externalIds, 20),
  attributes: Object.fromEntries(
    Object.entries({ ...ours.attributes, ...theirs.attributes, ...ours.attributes }).slice(0, most),
  ),
  priority: Math.max(ours.priority ?? 0, theirs.priority ?? 0) || undefined,
})

/** The longest list that an event may carry. */
const most = 50

const both = <Item>(
  ours: readonly Item[] = [],
  theirs: readonly Item[] | null = [],
  limit = most,
): Item[] => {
  const more = (theirs ?? []).filter((item) => !ours.some((own) => isSame(own, item)))
  return [...ours, ...more].slice(0, limit)
}
