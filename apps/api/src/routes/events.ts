/**
 * The log itself over HTTP: events in pages, of one stream, and live as they come.
 *
 * @module
 */
import type { Forsat } from '@forsat/application'
import { EventView } from '@forsat/projections'
import * as z from 'zod'
import { readHeaders } from '../asking.ts'
import { scopeOf } from '../caller.ts'
import { known, pageOf } from '../lists.ts'
import { liveFeeds } from '../live-feed.ts'
import { type Api, answers, none, operation } from '../operation.ts'
import { granted, Refused } from '../problem.ts'
import { invalidRequest } from '../schemas.ts'
import { moment, wholeNumber } from '../values.ts'

const tag = 'Events'

const stream = z
  .string()
  .regex(/^[a-z]+-[0-7][0-9A-HJKMNP-TV-Z]{25}$/, 'must be a category, a dash and a ULID')
const after = wholeNumber(0).optional().describe('Behind this position; from the first event on.')
const page = { after, limit: wholeNumber(1, 200).optional().describe('At most, 50 if not said.') }
const type = z
  .string()
  .regex(/^[A-Z][A-Za-z]{1,60}$/, 'must be the name of an event')
  .optional()
  .describe('Without its version, OpportunityWon.')

const listQuery = z.strictObject({
  ...page,
  stream: stream.optional(),
  type,
  actor: z
    .string()
    .regex(/^(?:user|customer|system|import):[\x21-\x7E]{1,100}$/, 'must be kind:id')
    .optional()
    .describe('kind:id'),
  from: moment.optional().describe('Recorded from then on.'),
  to: moment.optional().describe('Recorded up to then.'),
})

const eventPage = pageOf(EventView).describe(
  'A page may hold fewer than asked for, even none; `next` is the position to go on behind.',
)

export const eventRoutes = (
  api: Api,
  forsat: Forsat,
  living: Parameters<typeof liveFeeds>[1],
): void => {
  const { query: queries } = forsat
  const feeds = liveFeeds(forsat, living)
  api.get(
    '/events',
    {
      schema: {
        ...operation({ summary: 'Reads events in the order of the log', tag, role: 'read' }),
        params: none,
        querystring: listQuery,
        headers: readHeaders,
        response: answers(eventPage),
      },
    },
    async (request) => granted(await queries.events(scopeOf(request.caller), known(request.query))),
  )
  api.get(
    '/streams/:stream/events',
    {
      schema: {
        ...operation({ summary: 'Reads the events of one stream', tag, role: 'read' }),
        params: z.strictObject({ stream }),
        querystring: z.strictObject(page),
        headers: readHeaders,
        response: answers(eventPage),
      },
    },
    async ({ caller, params, query }) => {
      const scope = scopeOf(caller)
      const events = granted(await queries.events(scope, { ...known(query), ...params }))
      if (events.items.length > 0) return events
      // Behind its last event a stream is empty; one that is not there, or not seen, is unknown.
      const first = granted(await queries.events(scope, { ...params, limit: 1 }))
      if (first.items.length === 0) throw new Refused({ type: 'NotFound' })
      return events
    },
  )
  api.get(
    '/events/live',
    {
      // A feed has no end, so there is nothing that HEAD could ask for.
      exposeHeadRoute: false,
      config: { compress: false },
      schema: {
        ...operation({
          summary: 'Follows the log as server-sent events',
          tag,
          role: 'read',
          description:
            'Each message is one event, its id the position. A client that was cut off goes on with Last-Event-ID; a new one begins with what comes next. One that does not read what it is sent is cut off.',
        }),
        params: none,
        querystring: z.strictObject({ after, stream: stream.optional(), type }),
        headers: readHeaders.extend({
          'last-event-id': z.string().optional().describe('The position of the last event seen.'),
        }),
        response: answers({
          description: 'Messages as they come.',
          content: { 'text/event-stream': { schema: z.unknown().meta({ type: 'string' }) } },
        }),
      },
    },
    async (request, reply) => {
      const { after: from, ...filters } = request.query
      const last = request.headers['last-event-id']
      const start = positionOf(last) ?? from ?? (await forsat.store.head())
      const feed = feeds.open(scopeOf(request.caller), { after: start, filters: known(filters) })
      return reply.type('text/event-stream; charset=utf-8').send(feed)
    },
  )
}

const positionOf = (lastEventId: string | undefined): number | undefined => {
  if (lastEventId === undefined) return undefined
  if (/^\d{1,15}$/.test(lastEventId)) return Number(lastEventId)
  throw invalidRequest('header', { pointer: '/last-event-id', detail: 'must be a position' })
}
