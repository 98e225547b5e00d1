/**
 * Users over HTTP, with their role in each company.
 *
 * @module
 */
import type { Forsat, Step } from '@forsat/application'
import { Role, Ulid } from '@forsat/domain'
import { UserView } from '@forsat/projections'
import * as z from 'zod'
import { commandHeaders, contextOf, creationHeaders, reached } from '../asking.ts'
import { type Caller, mayIn } from '../caller.ts'
import { bodyOf, bodyWith, dataOf, recordPath } from '../command-body.ts'
import { exampleOf } from '../examples.ts'
import { type Api, answers, creates, none, operation } from '../operation.ts'
import { granted, Refused } from '../problem.ts'
import { afterwards, found, locatedAt, tagged } from '../records.ts'
import { commandRoutes, readRoute } from '../resource.ts'
import { type ListedResource, listRoute } from './catalogue.ts'

const Held = z.strictObject({ companyId: Ulid, role: Role })
type Held = z.infer<typeof Held>

const roles = z
  .array(Held)
  .max(100)
  .optional()
  .describe('Every role in the companies that the caller rules over.')
const exampleRoles = { roles: [{ companyId: '01KDQ1A0M0C0MPANY000000006', role: 'sales' }] }

const isSame = (a: Held) => (b: Held) => a.companyId === b.companyId && a.role === b.role

/** What makes the roles that are held the roles that were asked for. */
const roleSteps = (
  id: string,
  held: readonly Held[],
  wanted: readonly Held[] | undefined,
  caller: Caller,
): readonly Step[] => {
  if (wanted === undefined) return []
  if (!wanted.every(({ companyId }) => mayIn(caller, companyId, 'administer'))) {
    throw new Refused({ type: 'Forbidden' })
  }
  const ruled = held.filter(({ companyId }) => mayIn(caller, companyId, 'administer'))
  const step = (type: string) => (role: Held) => ({ command: { type, data: { ...role, id } } })
  return [
    ...wanted.filter((role) => !ruled.some(isSame(role))).map(step('GrantRole')),
    ...ruled.filter((role) => !wanted.some(isSame(role))).map(step('RevokeRole')),
  ]
}

export const userRoutes = (api: Api, forsat: Forsat): void => {
  const { users } = forsat.query
  const resource: ListedResource<UserView> = {
    path: '/users',
    tag: 'Users',
    noun: 'a user',
    view: UserView,
    records: users,
    readsPast: false,
  }
  const { path, tag, view } = resource
  listRoute(api, forsat, resource)

  api.post(
    path,
    {
      schema: {
        ...operation({
          summary: 'Registers a user',
          tag,
          role: 'administer',
          command: ['RegisterUser', 'GrantRole'],
        }),
        params: none,
        querystring: none,
        headers: creationHeaders,
        body: bodyWith(
          { ...bodyOf('RegisterUser').shape, roles },
          { ...exampleOf('RegisterUser'), ...exampleRoles },
        ),
        response: creates(view),
      },
    },
    async (request, reply) => {
      const { occurredAt, data } = dataOf(request.body)
      const { roles: wanted, ...fields } = data as { readonly roles?: readonly Held[] }
      const { caller } = request
      const id = forsat.ids.next()
      const steps = [
        { command: { type: 'RegisterUser', data: { ...fields, id } } },
        ...roleSteps(id, [], wanted, caller),
      ]
      const outcome = granted(await forsat.executeTogether(steps, contextOf(request, occurredAt)))
      const shown = await afterwards(forsat, users, outcome, caller, reply)
      locatedAt(reply, `${path}/${shown.id}`)
      return tagged(reply, shown)
    },
  )

  readRoute(api, forsat, resource)

  api.patch(
    `${path}/:id`,
    {
      schema: {
        ...operation({
          summary: 'Changes a user and their roles',
          tag,
          role: 'administer',
          command: ['ReviseUser', 'GrantRole', 'RevokeRole'],
          description: 'Only the fields named change; null clears an optional one.',
        }),
        consumes: ['application/json', 'application/merge-patch+json'],
        params: recordPath,
        querystring: none,
        headers: commandHeaders,
        body: bodyWith(
          { ...bodyOf('ReviseUser').shape, roles },
          { ...exampleOf('ReviseUser'), ...exampleRoles },
        ),
        response: answers(view),
      },
    },
    async (request, reply) => {
      const { caller } = request
      const { id } = request.params
      const { occurredAt, data } = dataOf(request.body)
      const { roles: wanted, ...fields } = data as { readonly roles?: readonly Held[] }
      // The roles that are held must be those of now, not those of a read model that is late.
      await reached(forsat, await forsat.store.head())
      const now = await found(caller, (scope) => users.get(id, scope))
      const steps = [
        { command: { type: 'ReviseUser', data: { ...fields, id } } },
        ...roleSteps(id, now.roles, wanted, caller),
      ]
      const outcome = granted(await forsat.executeTogether(steps, contextOf(request, occurredAt)))
      return tagged(reply, await afterwards(forsat, users, outcome, caller, reply))
    },
  )

  commandRoutes(api, forsat, resource, [
    {
      method: 'DELETE',
      path: '/:id',
      command: 'DeactivateUser',
      role: 'administer',
      summary: 'Removes a user',
      description: 'Keys of the user stop working; what they did stays under their name.',
    },
    {
      method: 'POST',
      path: '/:id/archive',
      command: 'DeactivateUser',
      role: 'administer',
      summary: 'Puts a user away',
    },
  ])
}
