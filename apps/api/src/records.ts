/**
 * A record is what has an address of its own: read with GET, changed by commands, always answered the
 * same way.
 *
 * @module
 */
import type { Forsat, Outcome } from '@forsat/application'
import type { Scope } from '@forsat/projections'
import type { FastifyReply } from 'fastify'
import type { At } from './asking.ts'
import { type Caller, scopesOf } from './caller.ts'
import { Refused } from './problem.ts'

export interface View {
  readonly id: string
  readonly revision: number
}

export type Get<Shown extends View> = (
  id: string,
  scope: Scope,
  at?: At,
) => Promise<Shown | undefined>

/** The record, in whichever of the caller's companies it is. */
export const found = async <Shown>(
  caller: Caller,
  get: (scope: Scope) => Promise<Shown | undefined>,
): Promise<Shown> => {
  for (const scope of scopesOf(caller)) {
    const view = await get(scope)
    if (view !== undefined) return view
  }
  throw new Refused({ type: 'NotFound' })
}

/** The record as a command left it: from the read models, or from its own stream if they are late. */
export const afterwards = async <Shown extends View>(
  { settle }: Pick<Forsat, 'settle'>,
  get: Get<Shown>,
  { id, position }: Pick<Outcome, 'id' | 'position'>,
  caller: Caller,
  reply: FastifyReply,
): Promise<Shown> => {
  const settled = await settle(position)
  if (!settled) reply.header('forsat-stale', 'true')
  reply.header('forsat-position', String(position))
  const at = settled ? undefined : { position }
  return found(caller, (scope) => get(id, scope, at))
}

/** Says where a record that was just made is. */
export const createdAt = (reply: FastifyReply, path: string): void => {
  reply.code(201).header('location', `/v1${path}`)
}

/** The revision for `If-Match`. */
export const tagged = <Shown extends Pick<View, 'revision'>>(
  reply: FastifyReply,
  view: Shown,
): Shown => {
  reply.header('etag', `"${view.revision}"`)
  return view
}
