/**
 * A plan says who takes which lead, and of every lead that nobody takes why. It follows from what it is
 * given and from nothing else: whoever plans again from the same facts and seed gets the same plan.
 *
 * Leads come one by one, the likeliest first. Each goes to the first in turn who has a free place and
 * whose team and rules take it; leads that somebody prefers are dealt among those who do, before the
 * others. The order of places is fixed beforehand, so one more place never leaves more leads over.
 *
 * @module
 */
import type { Ulid } from '../id.ts'
import type { Condition } from '../rules/condition.ts'
import { type Comparable, comparison, matcherOf } from '../rules/matching.ts'
import type { CalendarDate } from '../time/calendar-date.ts'
import { isAway, type Member, placesOf } from './capacity.ts'
import { type Dealt, dealt, type Table } from './dealing.ts'
import { duplicatesAmong } from './duplicates.ts'
import type { Lead } from './lead.ts'
import { starts } from './turns.ts'

/** A group of people that leads are given to. */
export interface TakingTeam {
  readonly id: Ulid
  /** What the team takes; all, where nothing is said. */
  readonly rules?: Condition | undefined
  readonly members: readonly Member[]
}

/** What a plan rests on. */
export interface Situation {
  readonly today: CalendarDate
  readonly seed: number
  /** Those that take part. */
  readonly teams: readonly TakingTeam[]
  /** All that are open, owned ones too: a new lead may be the same sale as one of them. */
  readonly leads: readonly Lead[]
  /** Whether a duplicate ends in the one that stands for it, or waits for a person to look at it. */
  readonly duplicates: 'merge' | 'skip'
  /** Older ones are left to people. */
  readonly maxAgeDays?: number | undefined
}

/** Why somebody takes a lead: which of the places that were free, and whether it was asked for. */
export interface Taking {
  readonly pass: 'preferred' | 'ordinary'
  readonly place: number
  readonly of: number
}

export interface Assigned {
  readonly opportunityId: Ulid
  readonly teamId: Ulid
  readonly userId: Ulid
  readonly reason: Taking
}

/** Why nobody takes a lead. */
export type Waiting =
  /** Whoever takes such leads has no place left. */
  | { readonly code: 'noCapacity' }
  /** Whoever takes such leads is away. */
  | { readonly code: 'nobodyThere' }
  /** No team takes it, or of those that do no member. */
  | { readonly code: 'noRuleMatched'; readonly by: 'teams' | 'members' }
  | { readonly code: 'duplicate'; readonly of: Ulid; readonly joined: boolean }
  | { readonly code: 'tooOld'; readonly ageDays: number }

export interface LeftOver {
  readonly opportunityId: Ulid
  readonly reason: Waiting
}

export interface Plan {
  readonly assigned: readonly Assigned[]
  readonly left: readonly LeftOver[]
}

export const plan = (situation: Situation): Plan => {
  const { leads, duplicates: policy, maxAgeDays = Infinity } = situation
  const open = leads.filter(({ outcome }) => outcome === 'open')
  const unowned = open.filter(({ salespersonId }) => salespersonId === undefined)
  const heads = duplicatesAmong(open)

  const left: LeftOver[] = []
  const waiting: Lead[] = []
  for (const lead of unowned.toSorted(likeliestFirst)) {
    const { id: opportunityId, ageDays } = lead
    const of = heads.get(opportunityId)
    if (of !== undefined) {
      left.push({ opportunityId, reason: { code: 'duplicate', of, joined: policy === 'merge' } })
    } else if (ageDays > maxAgeDays) {
      left.push({ opportunityId, reason: { code: 'tooOld', ageDays } })
    } else waiting.push(lead)
  }

  const known = comparison()
  const comparable = waiting.map((lead) => ({ id: lead.id, facts: known(lead) }))
  const tables = tablesOf(situation)
  const { taken, over } = dealt(comparable, tables)
  return {
    assigned: taken.map(assignedBy),
    left: [
      ...left,
      ...over.map(({ id, facts }) => ({ opportunityId: id, reason: why(facts, tables) })),
    ],
  }
}

const likeliestFirst = (a: Lead, b: Lead): number =>
  (b.probability ?? -1) - (a.probability ?? -1) || b.ageDays - a.ageDays || (a.id < b.id ? -1 : 1)

const byId =
  <Named>(id: (named: Named) => Ulid) =>
  (a: Named, b: Named) =>
    id(a) < id(b) ? -1 : Number(id(a) > id(b))

/** One seat for each member, in an order that does not depend on how they are listed. */
const tablesOf = ({ teams, today, seed }: Situation): readonly Table[] => {
  const begin = starts(
    seed,
    teams.reduce((sum, { members }) => sum + members.length, 0),
  ).values()
  return teams.toSorted(byId(({ id }) => id)).map(({ id: teamId, rules, members }) => {
    const matches = matcherOf(rules)
    return {
      id: teamId,
      // What is a team's already is asked no more whether the team takes it.
      takes: (lead) => (lead.teamId === undefined ? matches(lead) : lead.teamId === teamId),
      seats: members.toSorted(byId(({ userId }) => userId)).map((member) => ({
        teamId,
        userId: member.userId,
        accepts: matcherOf(member.rules),
        prefers: member.preferred && matcherOf(member.preferred),
        isAway: isAway(member, today),
        places: isAway(member, today) ? 0 : placesOf(member),
        start: begin.next().value ?? 0,
      })),
    }
  })
}

const assignedBy = ({
  id,
  seat: { teamId, userId, places: of },
  pass,
  place,
}: Dealt): Assigned => ({
  opportunityId: id,
  teamId,
  userId,
  reason: { pass, place, of },
})

const why = (lead: Comparable, tables: readonly Table[]): Waiting => {
  const inTeams = tables.filter(({ takes }) => takes(lead))
  if (inTeams.length === 0) return { code: 'noRuleMatched', by: 'teams' }
  const willing = inTeams.flatMap(({ seats }) => seats).filter(({ accepts }) => accepts(lead))
  if (willing.length === 0) return { code: 'noRuleMatched', by: 'members' }
  return { code: willing.every((seat) => seat.isAway) ? 'nobodyThere' : 'noCapacity' }
}
