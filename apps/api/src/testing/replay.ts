/**
 * Rule R1 of the cases: whatever was answered is answered again after the read models were thrown away
 * and made anew from the log.
 *
 * @internal
 * @module
 */
import { expect } from 'vitest'
import type { Served } from './served.ts'

type Read = (path: string) => Promise<unknown>

/** Everything in lists and reports, and every record with its history. */
const asked = async (read: Read): Promise<readonly string[]> => {
  const ids = async (path: string) => {
    const { items } = (await read(path)) as { items: readonly { id: string }[] }
    return items.map(({ id }) => id)
  }
  const opportunities = await ids('/v1/opportunities?limit=20')
  const contacts = await ids('/v1/contacts?limit=20')
  const quotations = await ids('/v1/quotations?limit=20')
  return [
    '/v1/opportunities?limit=200&count=true&sort=-createdAt',
    '/v1/contacts?limit=200',
    '/v1/quotations?limit=200&count=true&sort=-createdAt',
    '/v1/orders?limit=200&count=true',
    '/v1/exchange-rates',
    '/v1/templates',
    '/v1/lost-reasons',
    '/v1/stages',
    '/v1/teams',
    '/v1/companies',
    '/v1/users',
    '/v1/reports/lost-reasons?groupBy=reason,source&reopened=include',
    '/v1/reports/win-rate?groupBy=month',
    '/v1/reports/quotations?groupBy=status,currency',
    '/v1/reports/pipeline?groupBy=stage',
    '/v1/events?limit=200',
    ...opportunities.flatMap((id) => [
      `/v1/opportunities/${id}`,
      `/v1/opportunities/${id}/history`,
    ]),
    ...quotations.flatMap((id) => [`/v1/quotations/${id}`, `/v1/quotations/${id}/history`]),
    ...contacts.flatMap((id) => [`/v1/contacts/${id}`, `/v1/contacts/${id}/history`]),
  ]
}

export const expectSameAfterReplay = async (
  server: Served,
  headers: Readonly<Record<string, string>> = {},
): Promise<void> => {
  const read: Read = (path) => server.done('GET', path, undefined, headers)
  const paths = await asked(read)
  const answers = () => Promise.all(paths.map(read))
  const before = await answers()
  const { digest } = await server.forsat.projections.digest()
  await server.restartWithoutReadModels()
  expect(await answers()).toEqual(before)
  expect((await server.forsat.projections.digest()).digest).toBe(digest)
}
