/**
 * What one currency costs in another, day by day. A day without a rate has that of the last day before
 * it that has one.
 *
 * @module
 */
import type { Forsat } from '@forsat/application'
import { Currency } from '@forsat/domain'
import { ExchangeRateView } from '@forsat/projections'
import * as z from 'zod'
import { commandHeaders, contextOf, minPosition, reached, readHeaders } from '../asking.ts'
import { scopeOf } from '../caller.ts'
import { bodyOf, dataOf } from '../command-body.ts'
import { known, pageOf, paging, sortBy } from '../lists.ts'
import { type Api, answers, none, operation } from '../operation.ts'
import { granted, Refused } from '../problem.ts'
import { awaited } from '../records.ts'
import { day } from '../values.ts'

const currency = Currency.describe('A code of ISO 4217.')
const onDay = z.strictObject({ base: currency, quote: currency, date: day })

const listQuery = z.strictObject({
  ...paging,
  ...minPosition,
  sort: sortBy(['date']),
  base: currency.optional(),
  quote: currency.optional(),
  from: day.optional().describe('The first day, Gregorian.'),
  to: day.optional().describe('The last day, Gregorian.'),
})

/** A rate, and the day that it is of. */
const Rated = ExchangeRateView.omit({ setAt: true }).meta({ id: 'RateOfDay' })

const path = '/exchange-rates'
const tag = 'Exchange rates'

export const exchangeRateRoutes = (api: Api, forsat: Forsat): void => {
  const { exchangeRates } = forsat.query
  api.get(
    path,
    {
      schema: {
        ...operation({ summary: 'Lists exchange rates', tag, role: 'read' }),
        params: none,
        querystring: listQuery,
        headers: readHeaders,
        response: answers(pageOf(ExchangeRateView)),
      },
    },
    async (request) => {
      const { limit, cursor, count, sort, minPosition: least, ...filters } = request.query
      await reached(forsat, least)
      const wanted = known({ limit, cursor, count, sort, filters: known(filters) })
      return granted(await exchangeRates.list(scopeOf(request.caller), wanted))
    },
  )
  api.get(
    `${path}/:base/:quote/:date`,
    {
      schema: {
        ...operation({
          summary: 'Reads the exchange rate of a day',
          tag,
          role: 'read',
          description: 'That of the day, or of the last one before; the reverse of one counts too.',
        }),
        params: onDay,
        querystring: z.strictObject(minPosition),
        headers: readHeaders,
        response: answers(Rated),
      },
    },
    async (request) => {
      await reached(forsat, request.query.minPosition)
      const { base, quote } = request.params
      const found = await exchangeRates.on(request.params, scopeOf(request.caller))
      if (found === undefined) throw new Refused({ type: 'NotFound' })
      return { base, quote, ...found }
    },
  )
  api.put(
    `${path}/:base/:quote/:date`,
    {
      schema: {
        ...operation({
          summary: 'Sets the exchange rate of a day',
          tag,
          role: 'manage',
          command: 'SetExchangeRate',
          description: 'One of the first currency is so many of the second.',
        }),
        params: onDay,
        querystring: none,
        headers: commandHeaders,
        body: bodyOf('SetExchangeRate', `${path}/:base/:quote/:date`),
        response: answers(Rated),
      },
    },
    async (request, reply) => {
      const { occurredAt, data } = dataOf(request.body)
      const { caller, params } = request
      const { rate } = data as { readonly rate: string }
      const asked = { type: 'SetExchangeRate', data: { ...data, ...params, id: caller.company } }
      const { position } = granted(
        await forsat.executeUnchecked(asked, contextOf(request, occurredAt)),
      )
      await awaited(forsat, position, reply)
      return { ...params, rate }
    },
  )
}
