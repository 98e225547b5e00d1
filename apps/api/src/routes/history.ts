/**
 * The timeline of a record: what happened to it, who did it, what it changed.
 *
 * @module
 */
import type { Forsat } from '@forsat/application'
import { HistoryEntry, type Queries } from '@forsat/projections'
import * as z from 'zod'
import { minPosition, reached, readHeaders } from '../asking.ts'
import { recordPath } from '../command-body.ts'
import { type Api, answers, operation } from '../operation.ts'
import { found, type View } from '../records.ts'
import type { Resource } from '../resource.ts'

export const historyRoute = <Shown extends View>(
  api: Api,
  forsat: Forsat,
  { path, tag, noun }: Resource<Shown>,
  records: Pick<Queries['opportunities'], 'history'>,
): void => {
  api.get(
    `${path}/:id/history`,
    {
      schema: {
        ...operation({ summary: `Tells what happened to ${noun}`, tag, role: 'read' }),
        params: recordPath,
        querystring: z.strictObject(minPosition),
        headers: readHeaders,
        response: answers(z.strictObject({ items: z.array(HistoryEntry) })),
      },
    },
    async (request) => {
      const { id } = request.params
      await reached(forsat, request.query.minPosition)
      const items = await found(request.caller, (scope) => records.history(id, scope))
      return { items: [...items] }
    },
  )
}
