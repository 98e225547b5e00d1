/**
 * What a plan of a company rests on, put together from the read models: who takes part, what waits, and
 * what everybody was given already.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import {
  type AssignmentSettings,
  plusDays,
  type Situation,
  type TakingTeam,
  windowDays,
} from '@forsat/domain'
import { localDate, startOfDay } from '@forsat/domain/time'
import { canonical } from '@forsat/ledger'
import type { Queries, TeamView } from '@forsat/projections'
import * as E from 'fp-ts/lib/Either.js'
import type { CompanySettings } from '../company.ts'

export interface Asked {
  readonly company: Pick<CompanySettings, 'id' | 'zone'>
  readonly settings: AssignmentSettings
  readonly trigger: 'manual' | 'scheduled'
  /** The only team that takes part; without it all. */
  readonly teamId?: string | undefined
  readonly seed: number
  readonly now: string
}

interface Means {
  readonly query: Pick<Queries, 'assignment' | 'teams'>
  /** Whether a user still works here. */
  readonly isActive: (userId: string) => Promise<boolean>
}

export const situationOf = async (
  { company, settings, trigger, teamId, seed, now }: Asked,
  { query, isActive }: Means,
): Promise<Situation> => {
  const { id, zone } = company
  const today = localDate(now, zone)
  const since = startOfDay(plusDays(today, 1 - windowDays), zone)
  const given = await query.assignment.given(
    { company: id },
    { since, today: startOfDay(today, zone) },
  )
  const all = await teamsOf(query, id)
  const teams: TakingTeam[] = []
  for (const team of all) {
    if (teamId !== undefined && team.id !== teamId) continue
    const there = await Promise.all(team.members.map(({ userId }) => isActive(userId)))
    const members = team.members
      .filter((_member, index) => there[index])
      .map((member) => {
        const own = given.filter(
          (each) => each.userId === member.userId && (each.teamId ?? team.id) === team.id,
        )
        const sum = (of: 'today' | 'in30Days') =>
          own.reduce((total, { received }) => total + received[of], 0)
        return { ...member, received: { today: sum('today'), in30Days: sum('in30Days') } }
      })
    teams.push({ id: team.id, rules: team.rules, members })
  }
  return {
    today,
    seed,
    teams,
    leads: await query.assignment.open({ company: id }, today),
    duplicates: settings.duplicates,
    // By hand everything is dealt, however old.
    maxAgeDays: trigger === 'scheduled' ? settings.maxAgeDays : undefined,
  }
}

const teamsOf = async (
  { teams }: Pick<Queries, 'teams'>,
  company: string,
): Promise<readonly TeamView[]> => {
  const all: TeamView[] = []
  for (let cursor: string | undefined, more = true; more; ) {
    const page = await teams.list(
      { company },
      { limit: 200, filters: { archived: false }, ...(cursor && { cursor }) },
    )
    if (E.isLeft(page)) throw new Error('a list of teams was refused')
    all.push(...page.right.items)
    cursor = page.right.next
    more = cursor !== undefined
  }
  return all
}

/**
 * SHA-256 of the facts in canonical JSON, a line each, in hex. What leads have in common is left out:
 * it is made of personal data, and the decisions tell which were duplicates.
 */
export const digestOf = ({ leads, teams, ...others }: Situation): string => {
  const hash = createHash('sha256')
  const told = (fact: object) => hash.update(`${canonical(JSON.parse(JSON.stringify(fact)))}\n`)
  told(others)
  for (const team of teams.toSorted(byId)) told(team)
  for (const { sameAs: _keys, ...lead } of leads.toSorted(byId)) told(lead)
  return hash.digest('hex')
}

const byId = (a: { readonly id: string }, b: { readonly id: string }) => (a.id < b.id ? -1 : 1)
