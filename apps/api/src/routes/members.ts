/**
 * Who is in a team, and with how much room.
 *
 * @module
 */
import type { Forsat } from '@forsat/application'
import { Ulid } from '@forsat/domain'
import { MemberView, type TeamView } from '@forsat/projections'
import * as z from 'zod'
import { contextOf, creationHeaders, minPosition, reached, readHeaders } from '../asking.ts'
import { bodyOf, dataOf, recordPath } from '../command-body.ts'
import { type Api, answers, creates, none, operation } from '../operation.ts'
import { granted, Refused } from '../problem.ts'
import { afterwards, found, locatedAt, tagged } from '../records.ts'
import { commandRoutes, type Resource } from '../resource.ts'

const memberOf = ({ members }: TeamView, userId: unknown): MemberView => {
  const member = members.find((each) => each.userId === userId)
  if (member === undefined) throw new Refused({ type: 'MemberUnknown', userId })
  return member
}

const memberPath = recordPath.extend({ userId: Ulid.describe('A ULID.') })

export const memberRoutes = (api: Api, forsat: Forsat, team: Resource<TeamView>): void => {
  const { path, tag, records } = team
  api.get(
    `${path}/:id/members`,
    {
      schema: {
        ...operation({ summary: 'Lists the members of a team', tag, role: 'read' }),
        params: recordPath,
        querystring: z.strictObject(minPosition),
        headers: readHeaders,
        response: answers(z.strictObject({ items: z.array(MemberView) })),
      },
    },
    async (request, reply) => {
      await reached(forsat, request.query.minPosition)
      const { id } = request.params
      const { members } = tagged(
        reply,
        await found(request.caller, (scope) => records.get(id, scope)),
      )
      return { items: members }
    },
  )
  api.get(
    `${path}/:id/members/:userId`,
    {
      schema: {
        ...operation({ summary: 'Reads a member of a team', tag, role: 'read' }),
        params: memberPath,
        querystring: z.strictObject(minPosition),
        headers: readHeaders,
        response: answers(MemberView),
      },
    },
    async (request, reply) => {
      await reached(forsat, request.query.minPosition)
      const { id, userId } = request.params
      const shown = await found(request.caller, (scope) => records.get(id, scope))
      return memberOf(tagged(reply, shown), userId)
    },
  )
  api.post(
    `${path}/:id/members`,
    {
      schema: {
        ...operation({
          summary: 'Takes a user into a team',
          tag,
          role: 'manage',
          command: 'JoinTeam',
        }),
        params: recordPath,
        querystring: none,
        headers: creationHeaders,
        body: bodyOf('JoinTeam'),
        response: creates(MemberView),
      },
    },
    async (request, reply) => {
      const { occurredAt, data } = dataOf(request.body)
      const { id } = request.params
      const asked = { type: 'JoinTeam', data: { ...data, id } }
      const outcome = granted(await forsat.executeUnchecked(asked, contextOf(request, occurredAt)))
      const shown = tagged(reply, await afterwards(forsat, records, outcome, request.caller, reply))
      const member = memberOf(shown, data['userId'])
      locatedAt(reply, `${path}/${id}/members/${member.userId}`)
      return member
    },
  )
  commandRoutes(api, forsat, team, [
    {
      method: 'PUT',
      path: '/:id/rules',
      command: 'SetAssignmentRules',
      role: 'manage',
      summary: 'Sets which leads a team takes',
      description: 'A condition on what is known of a lead; null for all.',
    },
    {
      method: 'PATCH',
      path: '/:id/members/:userId',
      command: 'ReviseMember',
      role: 'manage',
      summary: 'Changes how much room a member has',
      description: 'Only the fields named change; null clears one.',
      part: { view: MemberView, of: (shown, { userId }) => memberOf(shown, userId) },
    },
    {
      method: 'DELETE',
      path: '/:id/members/:userId',
      command: 'LeaveTeam',
      role: 'manage',
      summary: 'Takes a user out of a team',
    },
  ])
}
