/**
 * How quotations come to be: for a contact, from an opportunity, as a copy.
 *
 * @module
 */
import type { Forsat } from '@forsat/application'
import { Ulid } from '@forsat/domain'
import type { QuotationView } from '@forsat/projections'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { contextOf, creationHeaders } from '../asking.ts'
import { bodyOf, bodyWith, dataOf, recordPath } from '../command-body.ts'
import { exampleOf } from '../examples.ts'
import { type Api, creates, none, operation } from '../operation.ts'
import { granted } from '../problem.ts'
import { afterwards, locatedAt, tagged } from '../records.ts'
import type { Resource } from '../resource.ts'
import { lines, options, partRoutes } from './parts.ts'

const { opportunityId, contactId, ...drafted } = bodyOf('DraftQuotation').shape
const example = exampleOf('DraftQuotation')
const { contactId: _customer, ...exampleFromOpportunity } = example as Record<string, unknown>

/** A quotation belongs to somebody; from an opportunity that is its customer. */
const forContact = bodyWith({ ...drafted, opportunityId, contactId: Ulid }, example)
const fromOpportunity = bodyWith({ ...drafted, contactId }, exampleFromOpportunity)

export const draftingRoutes = (
  api: Api,
  forsat: Forsat,
  resource: Resource<QuotationView>,
): void => {
  const { path, tag, view, records } = resource

  const made = async (
    request: FastifyRequest,
    reply: FastifyReply,
    type: 'DraftQuotation' | 'DuplicateQuotation',
    said: object,
  ): Promise<QuotationView> => {
    const { occurredAt, data } = dataOf(request.body)
    const asked = { type, data: { ...data, ...said } }
    // A child takes its parent's company, whichever is acted for.
    const companies = request.caller.reach
    const context = { ...contextOf(request, occurredAt), companies }
    const outcome = granted(await forsat.executeUnchecked(asked, context))
    const caller = { ...request.caller, companies }
    const shown = await afterwards(forsat, records, outcome, caller, reply)
    locatedAt(reply, `${path}/${shown.id}`)
    return tagged(reply, shown)
  }

  api.post(
    path,
    {
      schema: {
        ...operation({
          summary: 'Drafts a quotation for a contact',
          tag,
          role: 'sell',
          command: 'DraftQuotation',
        }),
        params: none,
        querystring: none,
        headers: creationHeaders,
        body: forContact,
        response: creates(view),
      },
    },
    async (request, reply) => made(request, reply, 'DraftQuotation', {}),
  )
  api.post(
    '/opportunities/:id/quotations',
    {
      schema: {
        ...operation({
          summary: 'Drafts a quotation from an opportunity',
          tag,
          role: 'sell',
          command: 'DraftQuotation',
          description:
            'Customer, team, salesperson, source, tags, currency and language are filled in; its company is that of the opportunity.',
        }),
        params: recordPath,
        querystring: none,
        headers: creationHeaders,
        body: fromOpportunity,
        response: creates(view),
      },
    },
    async (request, reply) =>
      made(request, reply, 'DraftQuotation', { opportunityId: request.params.id }),
  )
  api.post(
    `${path}/:id/duplicate`,
    {
      schema: {
        ...operation({
          summary: 'Drafts a copy of a quotation',
          tag,
          role: 'sell',
          command: 'DuplicateQuotation',
          description:
            'With its lines, options and terms; without its number, dates, reference and what the customer answered.',
        }),
        params: recordPath,
        querystring: none,
        headers: creationHeaders,
        body: bodyWith({}, {}),
        response: creates(view),
      },
    },
    async (request, reply) =>
      made(request, reply, 'DuplicateQuotation', { from: request.params.id }),
  )
  partRoutes(api, forsat, resource, lines)
  partRoutes(api, forsat, resource, options)
}
