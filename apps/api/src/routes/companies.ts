/**
 * Companies over HTTP, with the policies of each.
 *
 * @module
 */
import type { Forsat } from '@forsat/application'
import { CompanyView, type Scope } from '@forsat/projections'
import * as z from 'zod'
import { contextOf, creationHeaders, minPosition, partOf, reached, readHeaders } from '../asking.ts'
import type { Caller } from '../caller.ts'
import { bodyOf, dataOf, recordPath } from '../command-body.ts'
import { type Api, answers, creates, none, operation } from '../operation.ts'
import { granted } from '../problem.ts'
import { afterwards, found, locatedAt, tagged } from '../records.ts'
import { type CommandRoute, commandRoutes, type Part, readRoute } from '../resource.ts'
import { type ListedResource, listRoute } from './catalogue.ts'

const policies: Part<CompanyView> = {
  view: CompanyView.shape.policies,
  of: (company) => company.policies,
}

const mailTexts: Part<CompanyView> = {
  view: CompanyView.shape.mailTexts,
  of: (company) => company.mailTexts,
}

const commands: readonly CommandRoute<CompanyView>[] = [
  {
    method: 'PATCH',
    path: '/:id',
    command: 'ReviseCompany',
    role: 'administer',
    summary: 'Changes the settings of a company',
    description: 'Only the fields named change; null clears an optional one.',
  },
  {
    method: 'DELETE',
    path: '/:id',
    command: 'ArchiveCompany',
    role: 'administer',
    summary: 'Removes a company',
    description: 'A log forgets nothing: it is put away, and its records stay.',
  },
  {
    method: 'POST',
    path: '/:id/archive',
    command: 'ArchiveCompany',
    role: 'administer',
    summary: 'Puts a company away',
  },
  {
    method: 'PATCH',
    path: '/:id/policies',
    command: 'SetPolicies',
    role: 'administer',
    summary: 'Chooses what follows from what, and what is allowed',
    part: policies,
  },
  {
    method: 'PATCH',
    path: '/:id/mail-texts',
    command: 'SetMailTexts',
    role: 'administer',
    summary: 'Words the mails that quotations go out with',
    description:
      'By language; null goes back to the usual words. {number}, {seller}, {customer}, {validUntil} and {link} are put in; a line about a day that there is not is left out.',
    part: mailTexts,
  },
]

/** The list is of the companies themselves, and so of all that the caller sees. */
const companiesOf = ({ company, companies }: Caller): Scope => ({ company, companies })

export const companyRoutes = (api: Api, forsat: Forsat): void => {
  const { companies } = forsat.query
  const resource: ListedResource<CompanyView> = {
    path: '/companies',
    tag: 'Companies',
    noun: 'a company',
    view: CompanyView,
    records: companies,
    readsPast: false,
  }
  const { path, tag, view } = resource

  listRoute(api, forsat, { ...resource, scopeOf: companiesOf })

  api.post(
    path,
    {
      schema: {
        ...operation({
          summary: 'Creates a company',
          tag,
          role: 'administer',
          command: ['CreateCompany', 'GrantRole'],
          description: 'Whoever creates it is its first administrator.',
        }),
        params: none,
        querystring: none,
        headers: creationHeaders,
        body: bodyOf('CreateCompany'),
        response: creates(view),
      },
    },
    async (request, reply) => {
      const { caller } = request
      const { occurredAt, data } = dataOf(request.body)
      const context = contextOf(request, occurredAt)
      const asked = { type: 'CreateCompany', data }
      const { id: companyId, ...made } = granted(await forsat.executeUnchecked(asked, context))
      let { position } = made
      if (!caller.everywhere) {
        const id = caller.actor.slice('user:'.length)
        const role = { type: 'GrantRole', data: { id, companyId, role: 'admin' } }
        // Whenever the company began, its founder may be known since later: the role is held from now on.
        const now = { ...partOf(context, 'role'), occurredAt: undefined }
        const held = await forsat.executeUnchecked(role, now)
        // The next request may be about the new company already: its founder must be known by then.
        position = granted(held).position
      }
      const outcome = { id: companyId, position }
      const founder = { ...caller, companies: [...caller.companies, companyId] }
      const shown = await afterwards(forsat, companies, outcome, founder, reply)
      locatedAt(reply, `${path}/${companyId}`)
      return tagged(reply, shown)
    },
  )

  readRoute(api, forsat, resource)
  commandRoutes(api, forsat, resource, commands)

  for (const { name, summary, part } of parts) {
    api.get(
      `${path}/:id/${name}`,
      {
        schema: {
          ...operation({ summary, tag, role: 'read' }),
          params: recordPath,
          querystring: z.strictObject(minPosition),
          headers: readHeaders,
          response: answers(part.view),
        },
      },
      async (request, reply) => {
        await reached(forsat, request.query.minPosition)
        const { id } = request.params
        const company = await found(request.caller, (scope) => companies.get(id, scope))
        return part.of(tagged(reply, company), { id }, request)
      },
    )
  }
}

/** What of a company has an address of its own. */
const parts = [
  { name: 'policies', summary: 'Reads the policies in force', part: policies },
  { name: 'mail-texts', summary: 'Reads the words of mails in force', part: mailTexts },
] as const
