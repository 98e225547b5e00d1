/**
 * How API keys are issued: each is shown once, and kept only as its SHA-256.
 *
 * @module
 */
import { randomBytes } from 'node:crypto'
import * as E from 'fp-ts/lib/Either.js'
import { hashOfKey } from './authentication.ts'
import type { Context } from './context.ts'
import type { Forsat } from './forsat.ts'
import type { Refusal } from './refusal.ts'

/** Tells what it is wherever it turns up, to people and to scanners for secrets. */
const prefix = 'forsat_'

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
