/**
 * How a caller is known: an API key is shown once when it is issued, and kept only as its SHA-256.
 *
 * @module
 */
import { createHash, randomBytes } from 'node:crypto'
import type { RoleInCompany } from '@forsat/domain'
import type { Queries } from '@forsat/projections'
import * as E from 'fp-ts/lib/Either.js'
import type { Aggregates } from './aggregate.ts'
import type { Context } from './context.ts'
import type { Forsat } from './forsat.ts'
import type { Refusal } from './refusal.ts'

/** Tells what it is wherever it turns up, to people and to scanners for secrets. */
const prefix = 'forsat_'

export const hashOfKey = (key: string): string => createHash('sha256').update(key).digest('hex')

export interface KeyRequest {
  readonly userId: string
  readonly name: string
  /** None: every company in which the user has a role. */
  readonly companyIds?: readonly string[]
  /** Whether it may act on behalf of other users. */
  readonly delegate?: boolean
}

/** Issues a key with 256 random bits. It cannot be shown again. */
export const issueApiKey = async (
  { execute }: Pick<Forsat, 'execute'>,
  { userId, name, companyIds = [], delegate = false }: KeyRequest,
  context: Context,
): Promise<E.Either<Refusal, { readonly id: string; readonly key: string }>> => {
  const key = `${prefix}${randomBytes(32).toString('base64url')}`
  const data = { userId, name, companyIds: [...companyIds], delegate, hash: hashOfKey(key) }
  const issued = await execute({ type: 'IssueApiKey', data }, context)
  return E.isLeft(issued) ? issued : E.right({ id: issued.right.id, key })
}

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
