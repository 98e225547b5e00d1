/**
 * A plan of who takes which lead: many leads, many people, each with rules of their own.
 *
 * @module
 */
import { type Condition, type Lead, type Plan, plan, type TakingTeam } from '@forsat/domain'
import { contest, perSecond, type Row } from './measure.ts'

const count = 100_000
const teamCount = 50
const membersEach = 10
const rulesEach = 5

const countries = ['IR', 'AE', 'DE', 'FR', 'TR', 'IQ', 'GB', 'US', 'CN', 'IN']
const sources = ['web', 'fair', 'referral', 'ads', 'phone']
const tagged = ['vip', 'export', 'retail', 'public']
const pick = <Value>(values: readonly Value[], index: number): Value => {
  const value = values[index % values.length]
  if (value === undefined) throw new RangeError('nothing to pick from')
  return value
}

const leads: readonly Lead[] = Array.from({ length: count }, (_, index) => ({
  id: `01JBENCH${String(index).padStart(18, '0')}`,
  kind: index % 3 === 0 ? 'opportunity' : 'lead',
  outcome: 'open',
  probability: (index * 7) % 101,
  country: pick(countries, index),
  source: pick(sources, index >> 2),
  tags: [pick(tagged, index >> 3), pick(tagged, index >> 5)],
  expectedRevenue: { amount: `${(index * 131) % 50_000}.00`, currency: 'EUR' },
  ageDays: index % 40,
}))

interface Limits {
  readonly country: string
  readonly other: string
  readonly probability: number
  readonly source: string
  readonly tag: string
  readonly revenue: number
  readonly ageDays: number
}

const limitsOf = (teamIndex: number, index: number): Limits => ({
  country: pick(countries, teamIndex),
  other: pick(countries, teamIndex + 3),
  probability: 5 * index,
  source: pick(sources, teamIndex + index),
  tag: pick(tagged, index),
  revenue: 40_000 - 1000 * index,
  ageDays: 35 - index,
})

const within = (limits: Limits): Condition => ({
  all: [
    { field: 'country', op: 'in', value: [limits.country, limits.other] },
    { field: 'probability', op: 'gte', value: limits.probability },
    { field: 'ageDays', op: 'lte', value: limits.ageDays },
    {
      field: 'expectedRevenue',
      op: 'lte',
      value: { amount: `${limits.revenue}`, currency: 'EUR' },
    },
    {
      any: [
        { field: 'source', op: 'ne', value: limits.source },
        { field: 'tags', op: 'contains', value: limits.tag },
      ],
    },
  ],
})

const teams: readonly TakingTeam[] = Array.from({ length: teamCount }, (_, teamIndex) => ({
  id: `T${String(teamIndex).padStart(2, '0')}`,
  rules: within({ ...limitsOf(teamIndex, 0), ageDays: 40, revenue: 50_000 }),
  members: Array.from({ length: membersEach }, (_member, index) => ({
    userId: `${teamIndex}-${String(index).padStart(2, '0')}`,
    capacityPer30Days: 300,
    rules: within(limitsOf(teamIndex, index)),
  })),
}))

const planned = (seed: number): Plan =>
  plan({ today: '2026-02-08', seed, teams, leads, duplicates: 'skip' })

/** The same rules written out, on numbers that were read beforehand, and everybody in turn. */
const bare = () => {
  const known = leads
    .map((lead) => ({ ...lead, revenue: Number(lead.expectedRevenue?.amount) }))
    .toSorted((a, b) => (b.probability ?? 0) - (a.probability ?? 0))
  const takes = (lead: (typeof known)[number], limits: Limits): boolean =>
    (lead.country === limits.country || lead.country === limits.other) &&
    (lead.probability ?? 0) >= limits.probability &&
    lead.ageDays <= limits.ageDays &&
    lead.revenue <= limits.revenue &&
    (lead.source !== limits.source || lead.tags?.includes(limits.tag) === true)
  const table = teams.map(({ id, members }, teamIndex) => ({
    id,
    limits: { ...limitsOf(teamIndex, 0), ageDays: 40, revenue: 50_000 },
    turn: 0,
    members: members.map(({ userId }, index) => ({
      userId,
      limits: limitsOf(teamIndex, index),
      places: 300,
    })),
  }))
  let assigned = 0
  for (const [index, lead] of known.entries()) {
    taking: for (let step = 0; step < table.length; step += 1) {
      const team = pick(table, index + step)
      if (!takes(lead, team.limits)) continue
      for (let at = 0; at < team.members.length; at += 1) {
        const member = pick(team.members, team.turn + at)
        if (member.places === 0 || !takes(lead, member.limits)) continue
        member.places -= 1
        team.turn += 1
        assigned += 1
        break taking
      }
    }
  }
  return assigned
}

export const assignmentRows = async (): Promise<readonly Row[]> => {
  const made = planned(0)
  const each = new Set(made.assigned.map(({ opportunityId }) => opportunityId))
  if (each.size < bare() * 0.95) throw new Error('the plan deals fewer leads than bare work does')
  let seed = 0
  const part = made.assigned.length / count
  return [
    await contest({
      row: 'assign-100k',
      unit: 'leads/s',
      aim: 0.07,
      note: `${count} leads, ${teamCount} teams of ${membersEach}, ${rulesEach} comparisons a rule, ${Math.round(part * 100)} % dealt; bare: the same rules written out, everybody in turn`,
      ours: () => perSecond(count, () => planned((seed += 1))),
      ceiling: () => perSecond(count, bare),
    }),
  ]
}
