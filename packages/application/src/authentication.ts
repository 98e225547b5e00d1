/**
 * How a caller is known: by an API key, of which nothing but the hash is kept.
 *
 * @module
 */
import { hash } from 'node:crypto'
import type { RoleInCompany } from '@forsat/domain'
import type { Queries } from '@forsat/projections'
import type { Aggregates } from './aggregate.ts'

export const hashOfKey = (key: string): string => hash('sha256', key, 'hex')

export interface Caller {
  readonly keyId: string
  readonly userId: string
  /** Every role in every company that the key reaches. */
  readonly roles: readonly RoleInCompany[]
  readonly delegate: boolean
}

/** Whoever a key stands for; `undefined` for one that is unknown, revoked, or of a user who left. */
export type Authenticate = (key: string) => Promise<Caller | undefined>

/**
 * The read models only find a key, once, for its hash never changes. What it may do now its own stream
 * and its user's tell, so that what one process takes away no other goes on granting.
 */
export const authenticateBy = ({
  query,
  aggregates,
}: {
  readonly query: Queries
  readonly aggregates: Aggregates
}): Authenticate => {
  const found = new Map<string, string>()

  const idOf = async (hashed: string): Promise<string | undefined> => {
    const id = found.get(hashed) ?? (await query.apiKeys.byHash(hashed))?.id
    if (id !== undefined) found.set(hashed, id)
    return id
  }

  return async (key) => {
    const keyId = await idOf(hashOfKey(key))
    if (keyId === undefined) return undefined
    const { state } = await aggregates.load('apikey', keyId)
    if (state.status !== 'issued') return undefined
    const { userId, companyIds, delegate } = state.issued
    const { state: user } = await aggregates.load('user', userId)
    if (user.status !== 'active') return undefined
    const reached = ({ companyId }: RoleInCompany) =>
      companyIds.length === 0 || companyIds.includes(companyId)
    return { keyId, userId, roles: user.roles.filter(reached), delegate }
  }
}
