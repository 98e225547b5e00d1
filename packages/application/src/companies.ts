import type { Queries } from '@forsat/projections'
import * as E from 'fp-ts/lib/Either.js'

/** The ids of all companies of a store, those put away too. */
export const everyCompany = async ({
  companies,
}: Pick<Queries, 'companies'>): Promise<readonly string[]> => {
  const scope = { company: '', everywhere: true }
  const ids: string[] = []
  for (let cursor: string | undefined, more = true; more; ) {
    const page = await companies.list(scope, { limit: 200, ...(cursor && { cursor }) })
    if (E.isLeft(page)) throw new Error('a list of companies was refused')
    ids.push(...page.right.items.map(({ id }) => id))
    cursor = page.right.next
    more = cursor !== undefined
  }
  return ids
}
