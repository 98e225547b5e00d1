/**
 * What a plan of a company rests on, and the digest by which somebody who plans again knows it.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import type { RunBasis, Situation } from '@forsat/domain'
import { canonical } from '@forsat/ledger'
import type { Queries } from '@forsat/projections'

/** What a run says of itself before it knows the facts. */
export type Asked = Pick<
  RunBasis,
  'today' | 'seed' | 'trigger' | 'teamId' | 'duplicates' | 'maxAgeDays'
>

interface Known {
  readonly situation: Situation
  /** The last event that it rests on. */
  readonly lastInput: string | undefined
}

/** As the read models have it; `undefined` where they do not know the company. */
export const situationOf = async (
  company: string,
  { today, seed, trigger, teamId, duplicates, maxAgeDays }: Asked,
  { assignment }: Pick<Queries, 'assignment'>,
): Promise<Known | undefined> => {
  const facts = await assignment.facts({ company }, { today, teamId })
  if (facts === undefined) return undefined
  const { teams, leads, lastInput } = facts
  return {
    situation: {
      today,
      seed,
      teams,
      leads,
      duplicates,
      // By hand everything is dealt, however old.
      maxAgeDays: trigger === 'scheduled' ? maxAgeDays : undefined,
    },
    lastInput,
  }
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
