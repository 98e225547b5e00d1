/**
 * Who took data out, who opened what, and who came with a key that opens nothing.
 *
 * @module
 */
import type { Forsat } from '@forsat/application'
import * as z from 'zod'
import { readHeaders } from '../asking.ts'
import { known } from '../lists.ts'
import { type Api, answers, none, operation } from '../operation.ts'
import { wholeNumber } from '../values.ts'

const Act = z.strictObject({
  position: z.string(),
  at: z.string(),
  actor: z.string().describe('`kind:id`.'),
})

const Note = z.discriminatedUnion('what', [
  z.strictObject({ what: z.literal('export'), format: z.string() }),
  z.strictObject({ what: z.literal('reveal'), of: z.string() }),
  z.strictObject({ what: z.literal('refusedKey'), count: z.int() }),
])

const Access = z
  .strictObject({
    items: z.array(
      Act.extend({
        id: z.string(),
        onBehalfOf: z.string().optional(),
        company: z.string().optional(),
        note: Note,
      }),
    ),
    administration: z
      .array(Act.extend({ type: z.string(), stream: z.string() }))
      .describe('Rights and settings, as the log of the business tells of them.'),
  })
  .meta({ id: 'Access' })

export const accessRoute = (api: Api, forsat: Forsat): void => {
  api.get(
    '/audit/access',
    {
      schema: {
        ...operation({
          summary: 'Who took data out, opened what is sealed, or was turned away',
          tag: 'Audit',
          role: 'read',
          description: 'The access log is apart from that of the business, and has its own tree.',
        }),
        params: none,
        querystring: z.strictObject({
          after: wholeNumber(0).optional().describe('What stands behind this position.'),
          limit: wholeNumber(1).optional().describe('So many entries at most, 1,000 if absent.'),
        }),
        headers: readHeaders,
        response: answers(Access),
      },
    },
    async ({ caller: { company }, query }) => {
      const entries = await forsat.access.entries({ company, ...query })
      const administration = await forsat.administration(company)
      return { items: entries.map(known), administration: [...administration] }
    },
  )
}
