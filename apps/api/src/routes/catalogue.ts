/**
 * The lists that a company keeps, all over HTTP in the same way: lost reasons, stages, teams, products.
 *
 * @module
 */
import type { Forsat } from '@forsat/application'
import {
  type Catalogue,
  type CatalogueSort,
  LostReasonView,
  ProductView,
  type Scope,
  StageView,
  TeamView,
} from '@forsat/projections'
import * as z from 'zod'
import { minPosition, reached, readHeaders } from '../asking.ts'
import { type Caller, scopeOf } from '../caller.ts'
import type { CommandName } from '../command-body.ts'
import { known, pageOf, paging, sortBy } from '../lists.ts'
import { type Api, answers, none, operation } from '../operation.ts'
import { granted } from '../problem.ts'
import type { View } from '../records.ts'
import {
  type CreationRoute,
  commandRoutes,
  creationRoute,
  type Resource,
  readRoute,
} from '../resource.ts'
import { externalId, flag } from '../values.ts'
import { memberRoutes } from './members.ts'

const sorts = ['position', 'name', 'createdAt'] as const satisfies readonly CatalogueSort[]

const listQuery = z.strictObject({
  ...paging,
  ...minPosition,
  sort: sortBy(sorts),
  archived: flag.optional(),
  q: z.string().min(1).max(200).optional().describe('In the name.'),
  externalId: externalId.optional().describe('As another system knows it, system:id.'),
})

export interface ListedResource<Shown extends View> extends Resource<Shown> {
  readonly records: Catalogue<Shown>
  /** Whose the list is, if not of the company acted for. */
  readonly scopeOf?: (caller: Caller) => Scope
}

/** `GET` of a list, which is ordered as people have ordered it. */
export const listRoute = <Shown extends View>(
  api: Api,
  forsat: Forsat,
  { path, tag, view, records, scopeOf: scoped = scopeOf }: ListedResource<Shown>,
): void => {
  api.get(
    path,
    {
      schema: {
        ...operation({ summary: `Lists ${tag.toLowerCase()}`, tag, role: 'read' }),
        params: none,
        querystring: listQuery,
        headers: readHeaders,
        response: answers(pageOf(view)),
      },
    },
    async (request) => {
      const { limit, cursor, count, sort, minPosition: least, ...filters } = request.query
      await reached(forsat, least)
      const wanted = known({ limit, cursor, count, sort, filters: known(filters) })
      return granted(await records.list(scoped(request.caller), wanted))
    },
  )
}

interface Entry<Shown extends View> extends ListedResource<Shown> {
  readonly creation?: Pick<CreationRoute, 'description' | 'completed'>
  readonly commands: Readonly<Record<'create' | 'revise' | 'archive' | 'remove', CommandName>>
}

export const entryRoutes = <Shown extends View>(
  api: Api,
  forsat: Forsat,
  entry: Entry<Shown>,
): void => {
  const { noun, commands, creation } = entry
  const role = 'manage'
  listRoute(api, forsat, entry)
  creationRoute(api, forsat, entry, {
    command: commands.create,
    role,
    summary: `Adds ${noun}`,
    ...creation,
  })
  readRoute(api, forsat, entry)
  commandRoutes(api, forsat, entry, [
    {
      method: 'PATCH',
      path: '/:id',
      command: commands.revise,
      role,
      summary: `Changes ${noun}`,
      description: 'Only the fields named change; null clears an optional one.',
    },
    {
      method: 'DELETE',
      path: '/:id',
      command: commands.remove,
      role,
      summary: `Removes ${noun}`,
      description: 'A log forgets nothing: it is put away, and what names it keeps its name.',
    },
    {
      method: 'POST',
      path: '/:id/archive',
      command: commands.archive,
      role,
      summary: `Puts ${noun} away`,
    },
  ])
}

export const catalogueRoutes = (api: Api, forsat: Forsat): void => {
  const { lostReasons, stages, teams, products } = forsat.query
  entryRoutes(api, forsat, {
    path: '/lost-reasons',
    tag: 'Lost reasons',
    noun: 'a lost reason',
    view: LostReasonView,
    records: lostReasons,
    readsPast: false,
    commands: {
      create: 'CreateLostReason',
      revise: 'ReviseLostReason',
      archive: 'ArchiveLostReason',
      remove: 'RemoveLostReason',
    },
  })
  entryRoutes(api, forsat, {
    path: '/stages',
    tag: 'Stages',
    noun: 'a stage',
    view: StageView,
    records: stages,
    readsPast: false,
    commands: {
      create: 'CreateStage',
      revise: 'ReviseStage',
      archive: 'ArchiveStage',
      remove: 'ArchiveStage',
    },
  })
  const team = {
    path: '/teams',
    tag: 'Teams',
    noun: 'a team',
    view: TeamView,
    records: teams,
    readsPast: false,
  }
  entryRoutes(api, forsat, {
    ...team,
    commands: {
      create: 'CreateTeam',
      revise: 'ReviseTeam',
      archive: 'ArchiveTeam',
      remove: 'ArchiveTeam',
    },
  })
  memberRoutes(api, forsat, team)
  entryRoutes(api, forsat, {
    path: '/products',
    tag: 'Products',
    noun: 'a product',
    view: ProductView,
    records: products,
    readsPast: false,
    commands: {
      create: 'CreateProduct',
      revise: 'ReviseProduct',
      archive: 'ArchiveProduct',
      remove: 'ArchiveProduct',
    },
  })
}
