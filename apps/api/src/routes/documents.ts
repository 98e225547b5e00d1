/**
 * The printed quotation over HTTP, for the seller's people.
 *
 * @module
 */
import type { Forsat } from '@forsat/application'
import * as z from 'zod'
import { contextOf, minPosition, reached, readHeaders } from '../asking.ts'
import { mayIn } from '../caller.ts'
import { recordPath } from '../command-body.ts'
import { documentAnswer, format, sendDocument } from '../document.ts'
import { type Api, operation } from '../operation.ts'
import { Refused } from '../problem.ts'
import { found } from '../records.ts'
import { flag, wholeNumber } from '../values.ts'

const documentQuery = z.strictObject({
  ...format,
  version: wholeNumber(1)
    .optional()
    .describe('By default the draft that is worked on, or else the offer that stands.'),
  kept: flag
    .optional()
    .describe(
      'Of an order whose customer was erased: with what the law keeps. Managers only, and it is written down.',
    ),
  ...minPosition,
})

export const documentRoute = (
  api: Api,
  forsat: Forsat,
  { path, tag }: { readonly path: string; readonly tag: string },
): void => {
  api.get(
    `${path}/:id/document`,
    {
      schema: {
        ...operation({
          summary: 'Prints a quotation, as HTML or as PDF',
          tag,
          role: 'read',
          description:
            'From recorded facts alone: what was issued stays as it was, whatever the company or the customer is called by now. A draft shows the present and says that it is a draft.',
        }),
        params: recordPath,
        querystring: documentQuery,
        headers: readHeaders,
        response: documentAnswer,
      },
    },
    async (request, reply) => {
      const { params, query, caller } = request
      await reached(forsat, query.minPosition)
      const { version, kept } = query
      if (kept === true) {
        if (!mayIn(caller, caller.company, 'manage')) throw new Refused({ type: 'Forbidden' })
        const of = `quotation-${params.id}`
        await forsat.access.note({ what: 'reveal', of }, contextOf(request))
      }
      const facts = await found(caller, ({ company }) =>
        forsat.documentOf(params.id, { company, version, kept }),
      )
      return sendDocument(reply, facts, query.format)
    },
  )
}
