/**
 * Orders over HTTP: what confirmed quotations became. An order is known by its number.
 *
 * @module
 */
import type { Forsat } from '@forsat/application'
import { type OrderSort, OrderView } from '@forsat/projections'
import * as z from 'zod'
import { minPosition, reached, readHeaders } from '../asking.ts'
import { scopeOf } from '../caller.ts'
import { known, pageOf, paging, sortBy } from '../lists.ts'
import { type Api, answers, none, operation } from '../operation.ts'
import { granted } from '../problem.ts'
import { found } from '../records.ts'
import { choice, day, ids } from '../values.ts'

const sorts = ['confirmedAt', 'number', 'total'] as const satisfies readonly OrderSort[]

const listQuery = z.strictObject({
  ...paging,
  ...minPosition,
  sort: sortBy(sorts),
  status: choice(OrderView.shape.status).optional(),
  quotationId: ids.optional(),
  contactId: ids.optional(),
  opportunityId: ids.optional(),
  from: day.optional().describe('The first day of confirming, Gregorian.'),
  to: day.optional().describe('The last day of confirming, Gregorian.'),
})

const path = '/orders'
const tag = 'Orders'

export const orderRoutes = (api: Api, forsat: Forsat): void => {
  const { orders } = forsat.query
  api.get(
    path,
    {
      schema: {
        ...operation({ summary: 'Lists orders', tag, role: 'read' }),
        params: none,
        querystring: listQuery,
        headers: readHeaders,
        response: answers(pageOf(OrderView)),
      },
    },
    async (request) => {
      const { limit, cursor, count, sort, minPosition: least, ...filters } = request.query
      await reached(forsat, least)
      const wanted = known({ limit, cursor, count, sort, filters: known(filters) })
      return granted(await orders.list(scopeOf(request.caller), wanted))
    },
  )
  api.get(
    `${path}/:number`,
    {
      schema: {
        ...operation({ summary: 'Reads an order', tag, role: 'read' }),
        params: z.strictObject({ number: z.string().min(1).describe('S-1404-0001') }),
        querystring: z.strictObject(minPosition),
        headers: readHeaders,
        response: answers(OrderView),
      },
    },
    async (request) => {
      await reached(forsat, request.query.minPosition)
      const { number } = request.params
      return found(request.caller, (scope) => orders.get(number, scope))
    },
  )
}
