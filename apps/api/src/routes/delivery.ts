/**
 * How a quotation reaches its customer, as staff tell of it: sent once more, come back.
 *
 * @module
 */
import type { Forsat } from '@forsat/application'
import type { QuotationView } from '@forsat/projections'
import { commandHeaders, contextOf } from '../asking.ts'
import { bodyOf, dataOf, pathOf } from '../command-body.ts'
import { type Api, answers, none, operation } from '../operation.ts'
import { granted, Refused } from '../problem.ts'
import { afterwards, found, tagged } from '../records.ts'
import type { Resource } from '../resource.ts'

const commands = [
  {
    path: '/:id/resend',
    command: 'ResendQuotation',
    summary: 'Mails the offer that stands once more',
    description:
      'To the same people, unless it says to whom; also one that was handed over so far. What may have gone already is never sent again by itself: this is how to.',
  },
  {
    path: '/:id/delivery/bounce',
    command: 'BounceDelivery',
    summary: 'Records that the mail came back',
    description: 'As whoever keeps the mailbox was told.',
  },
] as const

export const deliveryRoutes = (
  api: Api,
  forsat: Forsat,
  { path: base, tag, view, records }: Resource<QuotationView>,
): void => {
  for (const { path, command, ...about } of commands) {
    api.post(
      `${base}${path}`,
      {
        schema: {
          ...operation({ ...about, tag, role: 'sell', command }),
          params: pathOf('/:id'),
          querystring: none,
          headers: commandHeaders,
          body: bodyOf(command),
          response: answers(view),
        },
      },
      async (request, reply) => {
        const { occurredAt, data } = dataOf(request.body)
        const { id } = request.params as { readonly id: string }
        // What the caller has seen is the quotation; its delivery has a stream of its own.
        const { expectedRevision: expected, ...context } = contextOf(request, occurredAt)
        if (expected !== undefined) {
          const { revision } = await found(request.caller, (scope) => records.get(id, scope))
          const conflict = { stream: `quotation-${id}`, expected, current: revision }
          if (revision !== expected) throw new Refused({ type: 'RevisionConflict', ...conflict })
        }
        const asked = { type: command, data: { ...data, id } }
        const outcome = granted(await forsat.executeUnchecked(asked, context))
        return tagged(reply, await afterwards(forsat, records, outcome, request.caller, reply))
      },
    )
  }
}
