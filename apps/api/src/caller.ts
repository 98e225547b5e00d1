/**
 * Who asks: an API key's user, or the local user where the server takes everybody on its own machine
 * at their word. What a caller may do follows from the roles in the company acted for.
 *
 * @module
 */
import type { Forsat } from '@forsat/application'
import { Role, Ulid } from '@forsat/domain'
import type { Scope } from '@forsat/projections'
import type { FastifyReply, FastifyRequest } from 'fastify'
import * as z from 'zod'
import { granted, Refused } from './problem.ts'
import { invalidRequest } from './schemas.ts'

export interface Caller {
  /** `user:ID`. */
  readonly actor: string
  /** Whose idempotency keys are meant. */
  readonly keyId: string
  readonly onBehalfOf: string | undefined
  /** The company acted for. */
  readonly company: string
  /** All whose records the role reaches; only `company` where it was named. */
  readonly companies: readonly string[]
  /** All in which the role holds, whichever was named: a child may be made of a record of any. */
  readonly reach: readonly string[]
  /** Rules over all companies. */
  readonly everywhere: boolean
  readonly roles: readonly { readonly companyId: string; readonly role: z.infer<typeof Role> }[]
}

/** What a route asks of its caller's role; a `public` one asks nobody who they are. */
export type Need = OfRole | 'public'
type OfRole = 'read' | 'sell' | 'manage' | 'administer'

const allowed: Readonly<Record<OfRole, readonly z.infer<typeof Role>[]>> = {
  read: Role.options,
  sell: ['sales', 'manager', 'admin'],
  manage: ['manager', 'admin'],
  administer: ['admin'],
}

export const mayIn = ({ roles, everywhere }: Caller, company: string, need: OfRole): boolean =>
  everywhere ||
  roles.some(({ companyId, role }) => companyId === company && allowed[need].includes(role))

/** The companies to look for a record in, the one acted for first. */
export const scopesOf = ({ company, companies, everywhere }: Caller): readonly Scope[] => [
  { company, everywhere },
  ...companies.filter((each) => each !== company).map((each) => ({ company: each, everywhere })),
]

/** The companies that the caller manages; `undefined` where that is all there are. */
export const managedBy = (caller: Caller): readonly string[] | undefined =>
  caller.everywhere
    ? undefined
    : caller.companies.filter((company) => mayIn(caller, company, 'manage'))

/** The company that lists and reports are about. */
export const scopeOf = ({ company, everywhere }: Caller): Scope => ({ company, everywhere })

declare module 'fastify' {
  interface FastifyRequest {
    /** Of every route but the public ones. */
    caller: Caller
  }
}

export interface Access {
  readonly forsat: Forsat
  readonly auth: 'keys' | 'none'
}

/** Finds out who calls, before anything else of a request is looked at. */
export const identifying =
  ({ forsat, auth }: Access) =>
  async (request: FastifyRequest, _reply: FastifyReply): Promise<void> => {
    const need = request.routeOptions.schema?.['x-role']
    // Open to everybody is nothing that a route may become by leaving something out.
    if (need === undefined) throw new TypeError('the route says of no role that it may call it')
    if (need === 'public') return
    const caller =
      auth === 'none' ? await localUser(forsat, request) : await keyHolder(forsat, request)
    if (!mayIn(caller, caller.company, need)) throw new Refused({ type: 'Forbidden' })
    // Nor is a record within reach of a role that is held in another company.
    const holds = (each: string) => mayIn(caller, each, need)
    const [companies, reach] = [caller.companies.filter(holds), caller.reach.filter(holds)]
    request.caller = { ...caller, companies, reach }
  }

const localUser = async ({ query }: Forsat, request: FastifyRequest): Promise<Caller> => {
  const everything = { company: '', everywhere: true }
  const { items } = granted(
    await query.companies.list(everything, { sort: 'createdAt', limit: 200 }),
  )
  const all = items.map(({ id }) => id)
  const other = headerId(request, 'forsat-on-behalf-of')
  return {
    actor: 'user:local',
    keyId: 'local',
    onBehalfOf: other === undefined ? undefined : `user:${other}`,
    everywhere: true,
    roles: [],
    ...companiesOf(all, request),
  }
}

/** Whoever the request's key stands for; `undefined` without one, or with one that opens nothing. */
const holderOf = async (forsat: Forsat, { headers }: FastifyRequest) => {
  const [, key] = /^Bearer ([\x21-\x7E]{1,200})$/i.exec(headers.authorization ?? '') ?? []
  return key === undefined ? undefined : await forsat.authenticate(key)
}

/** Whether somebody of a company looks at what is open to everybody. */
export const isStaffOf = async (
  company: string,
  forsat: Forsat,
  request: FastifyRequest,
): Promise<boolean> => {
  const holder = await holderOf(forsat, request)
  return holder?.roles.some(({ companyId }) => companyId === company) === true
}

const keyHolder = async (forsat: Forsat, request: FastifyRequest): Promise<Caller> => {
  const holder = await holderOf(forsat, request)
  if (holder === undefined) throw new Refused({ type: 'Unauthenticated' })
  const { keyId, userId, roles, delegate } = holder
  const companies = companiesOf([...new Set(roles.map(({ companyId }) => companyId))], request)
  const other = headerId(request, 'forsat-on-behalf-of')
  const own = { actor: `user:${userId}`, keyId, everywhere: false, ...companies }
  if (other === undefined) return { ...own, onBehalfOf: undefined, roles }
  const user = delegate
    ? await forsat.query.users.get(other, { company: companies.company })
    : undefined
  if (user === undefined || user.archived) throw new Refused({ type: 'Forbidden' })
  // Neither lends the other more than both may do.
  const both = roles.flatMap((mine) =>
    user.roles
      .filter(({ companyId }) => companyId === mine.companyId)
      .map((theirs) => (weightOf(theirs.role) < weightOf(mine.role) ? theirs : mine)),
  )
  return { ...own, onBehalfOf: `user:${user.id}`, roles: both }
}

/** In how many ways a role may act. */
const weightOf = (role: z.infer<typeof Role>): number =>
  Object.values(allowed).filter((roles) => roles.includes(role)).length

const companiesOf = (all: readonly string[], request: FastifyRequest) => {
  const named = headerId(request, 'forsat-company')
  // A company that the caller may not see is to them as if it were not there.
  if (named !== undefined && !all.includes(named)) throw new Refused({ type: 'NotFound' })
  const company = named ?? all[0]
  if (company === undefined) throw new Refused({ type: 'CompanyRequired' })
  return { company, companies: named === undefined ? all : [named], reach: all }
}

const headerId = (request: FastifyRequest, name: string): string | undefined => {
  const value = request.headers[name]
  if (value === undefined) return undefined
  const parsed = Ulid.safeParse(value)
  if (parsed.success) return parsed.data
  throw invalidRequest('header', { pointer: `/${name}`, detail: 'must be a ULID, sent once' })
}
