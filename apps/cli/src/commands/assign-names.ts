import { isErased, type Plan } from '@forsat/domain'
import type { Session } from '../session.ts'

/** The names of teams, people and leads that a plan speaks of; what has none goes by its id. */
export const namesIn = async (
  { forsat, scope, company, texts }: Session,
  { assigned, left }: Plan,
): Promise<(id: string) => string> => {
  const { teams, users, opportunities } = forsat.query
  const known = new Map<string, string>()
  const learn = async (
    ids: Iterable<string>,
    find: (id: string) => Promise<object | undefined>,
  ): Promise<void> => {
    for (const id of new Set(ids)) {
      const found: { readonly name?: unknown; readonly title?: unknown } = (await find(id)) ?? {}
      const name = found.name ?? found.title
      if (isErased(name)) known.set(id, texts.history.erased)
      else if (typeof name === 'string') known.set(id, name)
    }
  }
  const everybody = { company: company.id, everywhere: true }
  await learn(
    assigned.map(({ teamId }) => teamId),
    (id) => teams.get(id, scope),
  )
  await learn(
    assigned.map(({ userId }) => userId),
    (id) => users.get(id, everybody),
  )
  const duplicated = left.flatMap(({ reason }) => (reason.code === 'duplicate' ? [reason.of] : []))
  const leads = [...assigned, ...left].map(({ opportunityId }) => opportunityId)
  await learn([...leads, ...duplicated], (id) => opportunities.get(id, scope))
  return (id) => known.get(id) ?? id
}
