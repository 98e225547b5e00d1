/**
 * The printed quotation over HTTP, for the seller's people.
 *
 * @module
 */
import type { Forsat } from '@forsat/application'
import * as z from 'zod'
import { minPosition, reached, readHeaders } from '../asking.ts'
import { recordPath } from '../command-body.ts'
import { documentAnswer, format, sendDocument } from '../document.ts'
import { type Api, operation } from '../operation.ts'
import { found } from '../records.ts'
import { wholeNumber } from '../values.ts'

const documentQuery = z.strictObject({
  ...format,
  version: wholeNumber(1)
    .optional()
    .describe('By default the draft that is worked on, or else the offer that stands.'),
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
    async ({ params, query, caller }, reply) => {
      await reached(forsat, query.minPosition)
      const { version } = query
      const facts = await found(caller, ({ company }) =>
        forsat.documentOf(params.id, { company, version }),
      )
      return sendDocument(reply, facts, query.format)
    },
  )
}
