/**
 * Quotations over HTTP: lists, one with its past, and the commands of its life.
 *
 * @module
 */
import type { Forsat } from '@forsat/application'
import { Currency } from '@forsat/domain'
import {
  DeliveryState,
  QuotationListItem,
  type QuotationSort,
  QuotationStatus,
  QuotationView,
} from '@forsat/projections'
import * as z from 'zod'
import { contextOf, creationHeaders, minPosition, reached, readHeaders } from '../asking.ts'
import { scopeOf } from '../caller.ts'
import { withChanges } from '../customer-changes.ts'
import { withCustomerUrl } from '../customer-link.ts'
import { dimensionFilters, known, pageOf, paging, sortBy } from '../lists.ts'
import { type Api, answers, none, operation } from '../operation.ts'
import { granted } from '../problem.ts'
import { awaited } from '../records.ts'
import {
  type CommandRoute,
  commandRoutes,
  type Part,
  type Resource,
  readRoute,
  removalRoute,
} from '../resource.ts'
import { choice, day, externalId, ids } from '../values.ts'
import { applyingRoute } from './applying.ts'
import { type BulkRoute, bulkRoutes } from './bulk.ts'
import { deliveryRoutes } from './delivery.ts'
import { documentRoute } from './documents.ts'
import { draftingRoutes } from './drafting.ts'
import { historyRoute } from './history.ts'

const sorts = [
  'createdAt',
  'updatedAt',
  'number',
  'total',
  'validUntil',
  'sentAt',
] as const satisfies readonly QuotationSort[]

const listQuery = z.strictObject({
  ...paging,
  ...minPosition,
  sort: sortBy(sorts),
  status: choice(QuotationStatus)
    .optional()
    .describe('As the clock tells it; of an offer with a draft beside it either is enough.'),
  opportunityId: ids.optional().describe('Those of what was merged into it too.'),
  contactId: ids.optional(),
  salesperson: ids.optional(),
  team: ids.optional(),
  currency: choice(Currency).optional(),
  number: z.string().min(1).max(100).optional().describe('Of any version, whole.'),
  q: z.string().min(1).max(200).optional().describe('In number, subject, customer or reference.'),
  validUntilFrom: day.optional().describe('The first day, Gregorian.'),
  validUntilTo: day.optional().describe('The last day, Gregorian.'),
  delivery: choice(DeliveryState)
    .optional()
    .describe('How the version that stands reached the customer, as the clock tells it.'),
  externalId: externalId.optional().describe('As another system knows it, system:id.'),
  attributes: dimensionFilters.attributes,
})

/** Another customer changes more than was named, so the answer says what. */
const revising = (changes: Part<QuotationView>): CommandRoute<QuotationView> => ({
  method: 'PATCH',
  path: '/:id',
  command: 'ReviseQuotation',
  role: 'sell',
  summary: 'Changes a draft',
  description:
    'Only the fields named change; null clears an optional one. `lines` and `options` are the whole list anew: what has a known id stays. With another `contactId` the addresses are looked for anew, and `changes` says what differs.',
  part: changes,
})

/** The commands that answer nothing but the quotation as it is then. */
const commands: readonly CommandRoute<QuotationView>[] = [
  {
    method: 'PATCH',
    path: '/:id/lines/:lineId',
    command: 'ReviseQuotationLine',
    role: 'sell',
    summary: 'Changes a line of a draft',
    description:
      'Only the fields named change; null clears an optional one, but a taxRate of null is exempt.',
  },
  {
    method: 'DELETE',
    path: '/:id/lines/:lineId',
    command: 'RemoveQuotationLine',
    role: 'sell',
    summary: 'Takes a line out of a draft',
  },
  {
    method: 'PATCH',
    path: '/:id/options/:optionId',
    command: 'ReviseOption',
    role: 'sell',
    summary: 'Changes an option of a draft',
    description: 'What the customer answered before stays as far as it fits what is offered then.',
  },
  {
    method: 'DELETE',
    path: '/:id/options/:optionId',
    command: 'WithdrawOption',
    role: 'sell',
    summary: 'Withdraws an option of a draft',
  },
  {
    method: 'POST',
    path: '/:id/options/:optionId/accept',
    command: 'AcceptOption',
    role: 'sell',
    summary: 'Takes an option for the customer',
    description: 'While the offer stands; another quantity only where that was offered.',
  },
  {
    method: 'POST',
    path: '/:id/options/:optionId/decline',
    command: 'DeclineOption',
    role: 'sell',
    summary: 'Declines an option for the customer, or takes it back',
  },
  {
    method: 'DELETE',
    path: '/:id/template',
    command: 'RemoveQuotationTemplate',
    role: 'sell',
    summary: 'Takes the template off a draft',
    description: "Lines, options and words stay; the date follows the company's days again.",
  },
  {
    method: 'POST',
    path: '/:id/approval',
    command: 'DecideQuotationApproval',
    role: 'sell',
    summary: 'Asks for approval of a draft, grants it or refuses it',
    description:
      'Of exactly what it offers then: a later change makes it void. To grant and to refuse needs a manager, and somebody else than who asked.',
  },
  {
    method: 'DELETE',
    path: '/:id/link',
    command: 'RevokeQuotationLink',
    role: 'sell',
    summary: "Ends the customer's link",
  },
  {
    method: 'POST',
    path: '/:id/refresh-addresses',
    command: 'RefreshQuotationAddresses',
    role: 'sell',
    summary: "Takes over the customer's name, numbers and addresses as they are now",
    description: 'A draft keeps those that it was drafted with until then; `addresses` shows both.',
  },
  {
    method: 'POST',
    path: '/:id/extend',
    command: 'ExtendQuotation',
    role: 'sell',
    summary: 'Lets an offer hold for longer',
    description: 'One that has expired is extended by a manager, where the policy lets managers.',
  },
  {
    method: 'POST',
    path: '/:id/confirm',
    command: 'ConfirmQuotation',
    role: 'sell',
    summary: 'Confirms an offer into an order',
    description:
      'Bound to what was seen: version and total, or If-Match; with neither 428. `override` with a note confirms past the date and needs a manager.',
    seen: ['version', 'total'],
  },
  {
    method: 'POST',
    path: '/:id/decline',
    command: 'DeclineQuotation',
    role: 'sell',
    summary: 'Records that the customer does not want it',
  },
  {
    method: 'POST',
    path: '/:id/cancel',
    command: 'CancelQuotation',
    role: 'sell',
    summary: 'Cancels a quotation, for a reason',
    description: 'Of a confirmed one the order is cancelled with it.',
  },
  {
    method: 'POST',
    path: '/:id/return-to-draft',
    command: 'ReturnQuotationToDraft',
    role: 'sell',
    summary: 'Makes a draft of an offer that was sent, has expired or was cancelled',
    description: 'Its link dies; once a version was sent, the draft is the next one.',
  },
  {
    method: 'POST',
    path: '/:id/revise',
    command: 'OpenQuotationVersion',
    role: 'sell',
    summary: 'Opens the next version beside the offer that stands',
    description: 'Sending it supersedes the one before; until then that one stands.',
  },
  {
    method: 'POST',
    path: '/:id/discard-version',
    command: 'DiscardQuotationVersion',
    role: 'sell',
    summary: 'Throws the next version away; the offer stands as it did',
  },
  {
    method: 'POST',
    path: '/:id/correct',
    command: 'CorrectQuotation',
    role: 'manage',
    summary: 'Mends the record of an issued quotation, for a reason',
    description: 'Its figures stay, and so does the first record in the history.',
  },
]

/** The commands that make a link, which is answered here and nowhere else. */
const linking = (link: Part<QuotationView>): readonly CommandRoute<QuotationView>[] => [
  {
    method: 'POST',
    path: '/:id/send',
    command: 'SendQuotation',
    role: 'sell',
    summary: 'Issues the draft as an offer',
    description:
      'From here on its figures and dates are fixed; it gets its number and its link. By mail it goes at once or at `sendAt`, to `to` or the address of the contact; how that went, `delivery` tells.',
    part: link,
  },
  {
    method: 'POST',
    path: '/:id/link',
    command: 'IssueQuotationLink',
    role: 'sell',
    summary: 'Makes a new link for the customer; the one before is dead',
    part: link,
  },
]

const bulks: readonly BulkRoute[] = [
  { path: '/quotations/send', command: 'SendQuotation', summary: 'Issues several drafts' },
]

export interface QuotationOptions {
  /** Where customers reach the server; by default where the request came to. */
  readonly publicUrl?: string | undefined
}

export const quotationRoutes = (
  api: Api,
  forsat: Forsat,
  { publicUrl }: QuotationOptions,
): void => {
  const { quotations } = forsat.query
  const resource: Resource<QuotationView> = {
    path: '/quotations',
    tag: 'Quotations',
    noun: 'a quotation',
    view: QuotationView,
    records: quotations,
    readsPast: true,
  }
  const { path, tag } = resource

  api.get(
    path,
    {
      schema: {
        ...operation({ summary: 'Lists quotations', tag, role: 'read' }),
        params: none,
        querystring: listQuery,
        headers: readHeaders,
        response: answers(pageOf(QuotationListItem)),
      },
    },
    async (request) => {
      const { limit, cursor, count, sort, minPosition: least, ...asked } = request.query
      await reached(forsat, least)
      const wanted = known({ limit, cursor, count, sort, filters: known(asked) })
      return granted(await quotations.list(scopeOf(request.caller), wanted))
    },
  )
  draftingRoutes(api, forsat, resource)
  applyingRoute(api, forsat, resource)
  readRoute(api, forsat, resource)
  removalRoute(api, forsat, resource, {
    command: 'DeleteQuotation',
    role: 'sell',
    summary: 'Deletes a draft that was never sent',
    description: 'It is gone from every list; one that a customer has had is cancelled instead.',
  })
  const link = withCustomerUrl(forsat, publicUrl)
  commandRoutes(api, forsat, resource, [
    revising(withChanges(forsat)),
    ...commands,
    ...linking(link),
  ])
  deliveryRoutes(api, forsat, resource)
  documentRoute(api, forsat, resource)
  historyRoute(api, forsat, resource, quotations)
  bulkRoutes(api, forsat, tag, bulks)
  sweepRoute(api, forsat, tag)
}

const sweepRoute = (api: Api, forsat: Forsat, tag: string): void => {
  api.post(
    '/quotations/expire-due',
    {
      schema: {
        ...operation({
          summary: 'Records which offers have expired',
          tag,
          role: 'sell',
          command: 'ExpireQuotation',
          description:
            'They have expired whether or not it is recorded; this also happens by itself, now and then.',
        }),
        params: none,
        querystring: none,
        headers: creationHeaders,
        body: none,
        response: answers(
          z.strictObject({ expired: z.array(z.string()).describe('Recorded by this call.') }),
        ),
      },
    },
    async (request, reply) => {
      const { expired } = await forsat.expireDue(contextOf(request))
      await awaited(forsat, await forsat.store.head(), reply)
      return { expired: [...expired] }
    },
  )
}
