/**
 * Moves the clock of a server that was started for tests. No other server has this route.
 *
 * @module
 */
import * as z from 'zod'
import { readHeaders } from '../asking.ts'
import { type Api, answers, none, operation } from '../operation.ts'
import { moment } from '../values.ts'

export const testClockRoute = (api: Api, clock: { set(instant: string): void }): void => {
  const example = { now: '2026-03-20T20:30:00+03:30' }
  api.put(
    '/test/clock',
    {
      schema: {
        ...operation({ summary: 'Sets the test clock', tag: 'Test', role: 'administer' }),
        params: none,
        querystring: none,
        headers: readHeaders,
        body: z.strictObject({ now: moment }).meta({ examples: [example] }),
        response: answers(z.strictObject({ now: z.string() })),
      },
    },
    async (request) => {
      const { now } = request.body
      clock.set(now)
      return { now }
    },
  )
}
