/**
 * Rule R1 of the cases: whatever was answered is answered again after the read models were thrown away
 * and made anew from the log.
 *
 * @internal
 * @module
 */
import { expect } from 'vitest'
import type { Served } from './served.ts'

/** Everything in lists and reports, and every record with its history. */
const asked = async (server: Served): Promise<readonly string[]> => {
  const ids = async (path: string) => {
    const { items } = await server.read<{ items: readonly { id: string }[] }>(path)
    return items.map(({ id }) => id)
  }
  const opportunities = await ids('/v1/opportunities?limit=20')
  const contacts = await ids('/v1/contacts?limit=20')
  return [
    '/v1/opportunities?limit=200&count=true&sort=-createdAt',
    '/v1/contacts?limit=200',
    '/v1/lost-reasons',
    '/v1/stages',
    '/v1/teams',
    '/v1/companies',
    '/v1/users',
    '/v1/reports/lost-reasons?groupBy=reason,source&reopened=include',
    '/v1/reports/win-rate?groupBy=month',
    '/v1/events?limit=200',
    ...opportunities.flatMap((id) => [
      `/v1/opportunities/${id}`,
      `/v1/opportunities/${id}/history`,
    ]),
    ...contacts.flatMap((id) => [`/v1/contacts/${id}`, `/v1/contacts/${id}/history`]),
  ]
}

export const expectSameAfterReplay = async (server: Served): Promise<void> => {
  const paths = await asked(server)
  const answers = () => Promise.all(paths.map((path) => server.read(path)))
  const before = await answers()
  const { digest } = await server.forsat.projections.digest()
  await server.restartWithoutReadModels()
  expect(await answers()).toEqual(before)
  expect((await server.forsat.projections.digest()).digest).toBe(digest)
}
