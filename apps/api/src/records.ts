/**
 * A record is what has an address of its own. It is looked up in the companies that its reader sees,
 * and carries its revision.
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

export interface Records<Shown extends View> {
  get(id: string, scope: Scope, at?: At): Promise<Shown | undefined>
}

const lookUp = async <Shown>(
  caller: Caller,
  get: (scope: Scope) => Promise<Shown | undefined>,
): Promise<Shown | undefined> => {
  for (const scope of scopesOf(caller)) {
    const view = await get(scope)
    if (view !== undefined) return view
  }
  return undefined
}

/** What is looked for, in whichever of the caller's companies it is. */
export const found = async <Shown>(
  caller: Caller,
  get: (scope: Scope) => Promise<Shown | undefined>,
): Promise<Shown> => {
  const view = await lookUp(caller, get)
  if (view === undefined) throw new Refused({ type: 'NotFound' })
  return view
}

/** Whether the read models have seen what was just written; the answer says how far it is, and if not. */
export const awaited = async (
  { settle }: Pick<Forsat, 'settle'>,
  position: number,
  reply: FastifyReply,
): Promise<boolean> => {
  const settled = await settle(position)
  if (!settled) reply.header('forsat-stale', 'true')
  reply.header('forsat-position', String(position))
  return settled
}

/** The record as a command left it: from the read models, or from its own stream if they are late. */
export const afterwards = async <Shown extends View>(
  forsat: Pick<Forsat, 'settle'>,
  records: Records<Shown>,
  { id, position }: Pick<Outcome, 'id' | 'position'>,
  caller: Caller,
  reply: FastifyReply,
): Promise<Shown> => {
  const settled = await awaited(forsat, position, reply)
  const at = settled ? undefined : { position }
  const view = await lookUp(caller, (scope) => records.get(id, scope, at))
  // Lists have no past to read: what is new in one is there once the read models are.
  if (view === undefined) throw new Refused({ type: settled ? 'NotFound' : 'NotReady' })
  return view
}

/** A record as it stands. One that is newer than the read models is read from its own stream. */
export const current = async <Shown extends View>(
  { settle, store }: Pick<Forsat, 'settle' | 'store'>,
  { records, readsPast }: { readonly records: Records<Shown>; readonly readsPast: boolean },
  id: string,
  caller: Caller,
  reply: FastifyReply,
): Promise<Shown> => {
  const known = await lookUp(caller, (scope) => records.get(id, scope))
  if (known !== undefined) return known
  if (await settle(undefined, 0)) throw new Refused({ type: 'NotFound' })
  if (!readsPast) throw new Refused({ type: 'NotReady' })
  reply.header('forsat-stale', 'true')
  const position = await store.head()
  return await found(caller, (scope) => records.get(id, scope, { position }))
}

/** Says where a record that was just made is. */
export const locatedAt = (reply: FastifyReply, path: string): void => {
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
