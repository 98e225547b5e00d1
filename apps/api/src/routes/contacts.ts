/**
 * Contacts over HTTP, and the addresses of each.
 *
 * @module
 */
import type { Forsat } from '@forsat/application'
import { Ulid } from '@forsat/domain'
import { AddressView, type ContactSort, ContactView } from '@forsat/projections'
import * as z from 'zod'
import { contextOf, creationHeaders, minPosition, reached, readHeaders } from '../asking.ts'
import { scopeOf } from '../caller.ts'
import { bodyOf, dataOf, recordPath } from '../command-body.ts'
import { known, pageOf, paging, sortBy } from '../lists.ts'
import { type Api, answers, creates, none, operation } from '../operation.ts'
import { granted, Refused } from '../problem.ts'
import { afterwards, found, locatedAt, tagged } from '../records.ts'
import {
  type CommandRoute,
  commandRoutes,
  creationRoute,
  type Part,
  type Resource,
  readRoute,
} from '../resource.ts'
import { externalId, flag, ids } from '../values.ts'
import { historyRoute } from './history.ts'

const sorts = ['name', 'createdAt', 'updatedAt'] as const satisfies readonly ContactSort[]

const listQuery = z.strictObject({
  ...paging,
  ...minPosition,
  sort: sortBy(sorts),
  q: z.string().min(1).max(200).optional().describe('In names, mail or phone.'),
  email: z.string().min(1).max(254).optional(),
  phone: z.string().min(1).max(60).optional().describe('However it is typed.'),
  isCompany: flag.optional(),
  parentId: ids.optional(),
  archived: flag.optional(),
  externalId: externalId.optional().describe('As another system knows it, system:id.'),
})

const addressOf = ({ addresses }: ContactView, id: string | undefined): AddressView => {
  const address = addresses.find((each) => each.id === id)
  if (address === undefined) throw new Refused({ type: 'NotFound' })
  return address
}

const address: Part<ContactView> = {
  view: AddressView,
  of: (contact, { addressId }) => addressOf(contact, addressId),
}

const commands: readonly CommandRoute<ContactView>[] = [
  {
    method: 'PATCH',
    path: '/:id',
    command: 'ReviseContact',
    role: 'sell',
    summary: 'Changes fields of a contact',
    description: 'Only the fields named change; null clears an optional one.',
  },
  {
    method: 'POST',
    path: '/:id/archive',
    command: 'ArchiveContact',
    role: 'sell',
    summary: 'Puts a contact away',
  },
  {
    method: 'PATCH',
    path: '/:id/addresses/:addressId',
    command: 'ReviseAddress',
    role: 'sell',
    summary: 'Changes fields of an address',
    part: address,
  },
  {
    method: 'DELETE',
    path: '/:id/addresses/:addressId',
    command: 'ArchiveAddress',
    role: 'sell',
    summary: 'Puts an address away',
    part: address,
  },
  {
    method: 'PUT',
    path: '/:id/addresses/:addressId/preferred',
    command: 'PreferAddress',
    role: 'sell',
    summary: 'Makes an address the first choice among those of its kind',
    part: address,
  },
]

export const contactRoutes = (api: Api, forsat: Forsat): void => {
  const { contacts } = forsat.query
  const resource: Resource<ContactView> = {
    path: '/contacts',
    tag: 'Contacts',
    noun: 'a contact',
    view: ContactView,
    records: contacts,
    readsPast: true,
  }
  const { path, tag, view } = resource

  api.get(
    path,
    {
      schema: {
        ...operation({ summary: 'Lists contacts', tag, role: 'read' }),
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
      return granted(await contacts.list(scopeOf(request.caller), wanted))
    },
  )
  creationRoute(api, forsat, resource, {
    command: 'RegisterContact',
    role: 'sell',
    summary: 'Registers a contact',
  })
  readRoute(api, forsat, resource)
  commandRoutes(api, forsat, resource, commands)
  historyRoute(api, forsat, resource, contacts)
  addressRoutes(api, forsat, resource)
}

const addressRoutes = (
  api: Api,
  forsat: Forsat,
  { path, tag, records }: Resource<ContactView>,
): void => {
  api.post(
    `${path}/:id/addresses`,
    {
      schema: {
        ...operation({
          summary: 'Adds an address to a contact',
          tag,
          role: 'sell',
          command: 'AddAddress',
        }),
        params: recordPath,
        querystring: none,
        headers: creationHeaders,
        body: bodyOf('AddAddress'),
        response: creates(AddressView),
      },
    },
    async (request, reply) => {
      const { occurredAt, data } = dataOf(request.body)
      const { id } = request.params
      const asked = { type: 'AddAddress', data: { ...data, id } }
      const outcome = granted(await forsat.executeUnchecked(asked, contextOf(request, occurredAt)))
      await afterwards(forsat, records, outcome, request.caller, reply)
      // Of the contact as this command left it the last address is the one that it added.
      const { position } = outcome
      const contact = await found(request.caller, (scope) => records.get(id, scope, { position }))
      const added = addressOf(contact, contact.addresses.at(-1)?.id)
      tagged(reply, contact)
      locatedAt(reply, `${path}/${id}/addresses/${added.id}`)
      return added
    },
  )
  api.get(
    `${path}/:id/addresses/:addressId`,
    {
      schema: {
        ...operation({ summary: 'Reads an address', tag, role: 'read' }),
        params: recordPath.extend({ addressId: Ulid.describe('A ULID.') }),
        querystring: z.strictObject(minPosition),
        headers: readHeaders,
        response: answers(AddressView),
      },
    },
    async (request, reply) => {
      const { id, addressId } = request.params
      await reached(forsat, request.query.minPosition)
      const contact = await found(request.caller, (scope) => records.get(id, scope))
      return addressOf(tagged(reply, contact), addressId)
    },
  )
}
