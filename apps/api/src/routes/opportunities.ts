/**
 * Opportunities over HTTP: lists, one with its past, and the commands of its life.
 *
 * @module
 */
import type { Forsat } from '@forsat/application'
import { type OpportunitySort, OpportunityView } from '@forsat/projections'
import * as z from 'zod'
import { contextOf, creationHeaders, minPosition, reached, readHeaders } from '../asking.ts'
import { scopeOf } from '../caller.ts'
import { bodyOf, bodyWith, dataOf } from '../command-body.ts'
import { exampleOf } from '../examples.ts'
import { dimensionFilters, known, pageOf, paging, period, sortBy } from '../lists.ts'
import { type Api, answers, creates, none, operation } from '../operation.ts'
import { granted } from '../problem.ts'
import { afterwards, locatedAt, tagged } from '../records.ts'
import { type CommandRoute, commandRoutes, type Resource, readRoute } from '../resource.ts'
import { choice, externalId, flag, ids } from '../values.ts'
import { type BulkRoute, bulkRoutes } from './bulk.ts'
import { duplicatesRoute } from './duplicates.ts'
import { historyRoute } from './history.ts'
import { qualifyRoute } from './qualify.ts'

const sorts = [
  'createdAt',
  'updatedAt',
  'closedAt',
  'title',
  'expectedRevenue',
  'expectedCloseOn',
  'nextStepOn',
  'priority',
] as const satisfies readonly OpportunitySort[]

const listQuery = z.strictObject({
  ...paging,
  ...minPosition,
  sort: sortBy(sorts),
  ...dimensionFilters,
  ...period,
  outcome: choice(z.enum(['open', 'won', 'lost', 'merged', 'withdrawn']))
    .optional()
    .describe('By default every one but merged and withdrawn.'),
  contactId: ids.optional(),
  priority: choice(z.enum(['0', '1', '2', '3'])).optional(),
  externalId: externalId.optional().describe('As another system knows it, system:id.'),
  conflict: flag.optional().describe('Two decisions met on it that nobody has settled.'),
  confirmed: flag.optional().describe('A quotation of it stands confirmed.'),
  q: z.string().min(1).max(200).optional().describe('In title, names, mail or phone.'),
})

const commands: readonly CommandRoute<OpportunityView>[] = [
  {
    method: 'PATCH',
    path: '/:id',
    command: 'ReviseOpportunity',
    role: 'sell',
    summary: 'Changes fields of an opportunity',
    description: 'Only the fields named change; null clears an optional one.',
  },
  {
    method: 'DELETE',
    path: '/:id',
    command: 'WithdrawOpportunity',
    role: 'sell',
    summary: 'Withdraws an opportunity that should not have been entered',
    description: 'It leaves the lists; its history stays.',
  },
  {
    method: 'POST',
    path: '/:id/stage',
    command: 'StageOpportunity',
    role: 'sell',
    summary: 'Moves an opportunity to a stage',
    description: 'A won stage is a win; leaving one is a reopening.',
  },
  {
    method: 'POST',
    path: '/:id/assign',
    command: 'AssignOpportunity',
    role: 'sell',
    summary: 'Gives an opportunity to a team or a salesperson',
    description: 'null takes it away.',
  },
  {
    method: 'POST',
    path: '/:id/win',
    command: 'WinOpportunity',
    role: 'sell',
    summary: 'Wins an opportunity',
  },
  {
    method: 'POST',
    path: '/:id/lose',
    command: 'LoseOpportunity',
    role: 'sell',
    summary: 'Loses an opportunity, for a reason',
  },
  {
    method: 'POST',
    path: '/:id/reopen',
    command: 'ReopenOpportunity',
    role: 'sell',
    summary: 'Reopens a lost or won opportunity',
  },
  {
    method: 'POST',
    path: '/:id/merge',
    command: 'MergeOpportunities',
    role: 'sell',
    summary: 'Merges duplicates into an opportunity',
    description: 'Those named end, and point to this one from then on.',
  },
  {
    method: 'POST',
    path: '/:id/notes',
    command: 'NoteOpportunity',
    role: 'sell',
    summary: 'Writes a note into the history of an opportunity',
  },
  {
    method: 'PUT',
    path: '/:id/probability',
    command: 'OverrideProbability',
    role: 'sell',
    summary: 'Sets the probability by hand',
  },
  {
    method: 'DELETE',
    path: '/:id/probability',
    command: 'AutomateProbability',
    role: 'sell',
    summary: 'Leaves the probability to the model again',
  },
  {
    method: 'POST',
    path: '/:id/correct',
    command: 'CorrectOpportunity',
    role: 'manage',
    summary: 'Mends the record of a closed opportunity, for a reason',
    description: 'Its outcome stays, and so does the first record in the history.',
  },
]

const bulks: readonly BulkRoute[] = [
  {
    path: '/opportunities/lose',
    command: 'LoseOpportunity',
    summary: 'Loses several opportunities',
  },
  {
    path: '/opportunities/stage',
    command: 'StageOpportunity',
    summary: 'Moves several opportunities to a stage',
  },
  {
    path: '/opportunities/assign',
    command: 'AssignOpportunity',
    summary: 'Gives several opportunities away',
  },
]

export const opportunityRoutes = (api: Api, forsat: Forsat): void => {
  const { opportunities } = forsat.query
  const resource: Resource<OpportunityView> = {
    path: '/opportunities',
    tag: 'Opportunities',
    noun: 'an opportunity',
    view: OpportunityView,
    records: opportunities,
    readsPast: true,
  }
  const { path, tag, view } = resource

  api.get(
    path,
    {
      schema: {
        ...operation({ summary: 'Lists opportunities', tag, role: 'read' }),
        params: none,
        querystring: listQuery,
        headers: readHeaders,
        response: answers(pageOf(view)),
      },
    },
    async (request) => {
      const { limit, cursor, count, sort, minPosition: least, priority, ...asked } = request.query
      await reached(forsat, least)
      const filters = known({ ...asked, priority: priority?.map(numberOrNone) })
      const wanted = known({ limit, cursor, count, sort, filters })
      return granted(await opportunities.list(scopeOf(request.caller), wanted))
    },
  )

  const body = bodyWith(
    {
      ...bodyOf('OpenOpportunity').shape,
      kind: z.enum(['opportunity', 'lead']).default('opportunity'),
    },
    { kind: 'lead', ...exampleOf('CaptureLead') },
  )
  api.post(
    path,
    {
      schema: {
        ...operation({
          summary: 'Opens an opportunity, or captures a lead',
          tag,
          role: 'sell',
          command: ['OpenOpportunity', 'CaptureLead'],
        }),
        params: none,
        querystring: none,
        headers: creationHeaders,
        body,
        response: creates(view),
      },
    },
    async (request, reply) => {
      const { occurredAt, data } = dataOf(request.body)
      const { kind, ...fields } = data
      const type = kind === 'lead' ? 'CaptureLead' : 'OpenOpportunity'
      const context = contextOf(request, occurredAt)
      const outcome = granted(await forsat.executeUnchecked({ type, data: fields }, context))
      const shown = await afterwards(forsat, opportunities, outcome, request.caller, reply)
      locatedAt(reply, `${path}/${shown.id}`)
      return tagged(reply, shown)
    },
  )

  readRoute(api, forsat, resource)
  commandRoutes(api, forsat, resource, commands)
  historyRoute(api, forsat, resource, opportunities)
  duplicatesRoute(api, forsat, path, tag)
  qualifyRoute(api, forsat, resource)
  bulkRoutes(api, forsat, tag, bulks)
}

const numberOrNone = (text: string | null): number | null => (text === null ? null : Number(text))
