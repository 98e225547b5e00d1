/**
 * Which opportunities may be the same sale as another one, before somebody merges them.
 *
 * @module
 */
import type { Forsat } from '@forsat/application'
import { DuplicateView } from '@forsat/projections'
import * as z from 'zod'
import { minPosition, reached, readHeaders } from '../asking.ts'
import { recordPath } from '../command-body.ts'
import { type Api, answers, operation } from '../operation.ts'
import { found } from '../records.ts'

export const duplicatesRoute = (api: Api, forsat: Forsat, path: string, tag: string): void => {
  api.get(
    `${path}/:id/duplicates`,
    {
      schema: {
        ...operation({
          summary: 'Finds opportunities that may be the same sale',
          tag,
          role: 'read',
          description:
            'They share the contact, the mail address or the phone number, however it is typed; the most alike come first. What more than 20 share is not counted.',
        }),
        params: recordPath,
        querystring: z.strictObject(minPosition),
        headers: readHeaders,
        response: answers(z.strictObject({ items: z.array(DuplicateView) })),
      },
    },
    async (request) => {
      const { id } = request.params
      await reached(forsat, request.query.minPosition)
      const { opportunities } = forsat.query
      const items = await found(request.caller, (scope) => opportunities.duplicates(id, scope))
      return { items: [...items] }
    },
  )
}
