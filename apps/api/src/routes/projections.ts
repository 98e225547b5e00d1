/**
 * The read models over HTTP: how far each has come, and making one anew.
 *
 * @module
 */
import type { Forsat } from '@forsat/application'
import { ProjectionStatus } from '@forsat/projections'
import * as z from 'zod'
import { readHeaders } from '../asking.ts'
import { type Api, answers, none, operation } from '../operation.ts'
import { granted } from '../problem.ts'

const tag = 'Projections'

const Rebuilt = z
  .strictObject({ projections: z.array(z.string()), position: z.string() })
  .meta({ id: 'Rebuilt' })

export const projectionRoutes = (api: Api, { projections }: Forsat): void => {
  api.get(
    '/projections',
    {
      schema: {
        ...operation({ summary: 'How far each read model has come', tag, role: 'read' }),
        params: none,
        querystring: none,
        headers: readHeaders,
        response: answers(z.strictObject({ items: z.array(ProjectionStatus) })),
      },
    },
    async () => ({ items: [...(await projections.status())] }),
  )
  api.post(
    '/projections/:name/rebuild',
    {
      schema: {
        ...operation({
          summary: 'Makes a read model anew from the log',
          tag,
          role: 'administer',
          description: 'Readers keep the old one until the new one is complete; nobody waits.',
        }),
        params: z.strictObject({
          name: z.string().regex(/^[a-z][a-z0-9-]{0,60}$/, 'must be the name of a read model'),
        }),
        querystring: none,
        headers: readHeaders,
        body: none,
        response: answers(Rebuilt),
      },
    },
    async (request) => {
      const { name } = request.params
      const rebuilt = granted(await projections.rebuild([name]))
      return { projections: [...rebuilt.projections], position: String(rebuilt.position) }
    },
  )
}
