/**
 * How a caller is known: by an API key, of which nothing but the hash is kept.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import type { RoleInCompany } from '@forsat/domain'
import type { Queries } from '@forsat/projections'
import type { Aggregates } from './aggregate.ts'

export const hashOfKey = (key: string): string => createHash('sha256').update(key).digest('hex')

export interface Caller {
  readonly keyId: string
  readonly userId: string
  /** Every role in every company that the key reaches. */
  readonly roles: readonly RoleInCompany[]
  readonly delegate: boolean
}

/**
 * Whoever a key stands for; `undefined` for one that is unknown, revoked, or of a user who left. The
 * read models only find it: what it may do now its own stream and its user's tell, so that what one
 * process takes away no other goes on granting.
 */
export const authenticate = async (
  key: string,
  { query, aggregates }: { readonly query: Queries; readonly aggregates: Aggregates },
): Promise<Caller | undefined> => {
  const known = await query.apiKeys.byHash(hashOfKey(key))
  if (known === undefined) return undefined
  const { state } = await aggregates.load('apikey', known.id)
  if (state.status !== 'issued') return undefined
  const { userId, companyIds, delegate } = state.issued
  const { state: user } = await aggregates.load('user', userId)
  if (user.status !== 'active') return undefined
  const reached = ({ companyId }: RoleInCompany) =>
    companyIds.length === 0 || companyIds.includes(companyId)
  return { keyId: known.id, userId, roles: user.roles.filter(reached), delegate }
}
