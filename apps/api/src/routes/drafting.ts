/**
 * How quotations and their lines come to be: for a contact, from an opportunity, as a copy.
 *
 * @module
 */
import type { Forsat } from '@forsat/application'
import { Ulid } from '@forsat/domain'
import { QuotationView } from '@forsat/projections'
import type { FastifyReply, FastifyRequest } from 'fastify'
import * as z from 'zod'
import {
  commandHeaders,
  contextOf,
  creationHeaders,
  minPosition,
  reached,
  readHeaders,
} from '../asking.ts'
import { bodyOf, bodyWith, dataOf, recordPath } from '../command-body.ts'
import { exampleOf } from '../examples.ts'
import { type Api, answers, creates, none, operation } from '../operation.ts'
import { granted, Refused } from '../problem.ts'
import { afterwards, found, locatedAt, tagged } from '../records.ts'
import type { Resource } from '../resource.ts'

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
          description: 'With its lines and terms; without its number, dates and reference.',
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
  lineRoutes(api, forsat, resource)
}

const lineRoutes = (
  api: Api,
  forsat: Forsat,
  { path, tag, view, records }: Resource<QuotationView>,
): void => {
  api.post(
    `${path}/:id/lines`,
    {
      schema: {
        ...operation({
          summary: 'Adds a line to a draft',
          tag,
          role: 'sell',
          command: 'AddQuotationLine',
          description: 'Answers the quotation, for its totals have changed with it.',
        }),
        params: recordPath,
        querystring: none,
        headers: commandHeaders,
        body: bodyOf('AddQuotationLine'),
        response: creates(view),
      },
    },
    async (request, reply) => {
      const { occurredAt, data } = dataOf(request.body)
      const { id } = request.params
      const asked = { type: 'AddQuotationLine', data: { ...data, id } }
      const outcome = granted(await forsat.executeUnchecked(asked, contextOf(request, occurredAt)))
      const shown = await afterwards(forsat, records, outcome, request.caller, reply)
      // Where it was put is known of the quotation as this command left it; since then it may have moved.
      const { position } = outcome
      const then = await found(request.caller, (scope) => records.get(id, scope, { position }))
      const { position: at = then.lines.length - 1 } = data as { readonly position?: number }
      locatedAt(reply, `${path}/${id}/lines/${then.lines.at(at)?.id ?? ''}`)
      return tagged(reply, shown)
    },
  )
  api.get(
    `${path}/:id/lines/:lineId`,
    {
      schema: {
        ...operation({ summary: 'Reads a line', tag, role: 'read' }),
        params: recordPath.extend({ lineId: Ulid.describe('A ULID.') }),
        querystring: z.strictObject(minPosition),
        headers: readHeaders,
        response: answers(QuotationView.shape.lines.element),
      },
    },
    async (request, reply) => {
      const { id, lineId } = request.params
      await reached(forsat, request.query.minPosition)
      const shown = await found(request.caller, (scope) => records.get(id, scope))
      const line = tagged(reply, shown).lines.find((each) => each.id === lineId)
      if (line === undefined) throw new Refused({ type: 'LineUnknown', lineId })
      return line
    },
  )
}
