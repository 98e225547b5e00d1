import { test as lawTest } from '@fast-check/vitest'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { right, type SampleCompany, sampleCompany, scope } from '../sample-company.ts'
import { rival } from '../sample-log.ts'
import { foundsAcme } from '../sample-offers.ts'
import { ExchangeRateView } from '../views/quotation.ts'
import { reciprocal } from './exchange-rates.ts'

describe('an exchange rate', () => {
  let company: SampleCompany
  beforeEach(async () => {
    company = await sampleCompany()
    await foundsAcme(company.log)
  })
  afterEach(() => company[Symbol.asyncDispose]())

  const sets = (base: string, quote: string, date: string, rate: string) =>
    company.log.tell('company', scope.company, [
      { type: 'ExchangeRateSet', data: { base, quote, date, rate } },
    ])

  test('counts from its day on, also the other way round', async () => {
    await sets('EUR', 'IRR', '2026-01-10', '600000')
    await sets('EUR', 'IRR', '2026-01-20', '650000')
    await sets('EUR', 'IRR', '2026-01-20', '640000.5')
    await sets('IRR', 'USD', '2026-01-15', '0.000002')
    await company.upToDate()
    const { on: rateOn, list } = company.projections.query.exchangeRates
    const of = (base: string, quote: string, date: string) => rateOn({ base, quote, date }, scope)
    expect(await of('EUR', 'IRR', '2026-01-09')).toBeUndefined()
    expect(await of('EUR', 'IRR', '2026-01-19')).toEqual({ rate: '600000', date: '2026-01-10' })
    expect(await of('EUR', 'IRR', '2026-03-01')).toEqual({ rate: '640000.5', date: '2026-01-20' })
    expect(await of('IRR', 'EUR', '2026-01-10')).toEqual({
      rate: '0.000001666667',
      date: '2026-01-10',
    })
    expect(await of('USD', 'IRR', '2026-01-15')).toEqual({ rate: '500000', date: '2026-01-15' })
    expect(await of('EUR', 'EUR', '2026-01-15')).toEqual({ rate: '1', date: '2026-01-15' })
    expect(
      await rateOn({ base: 'EUR', quote: 'IRR', date: '2026-03-01' }, { company: rival }),
    ).toBeUndefined()
    const { items } = right(await list(scope, { filters: { base: 'EUR' } }))
    expect(items.map((rate) => ExchangeRateView.parse(rate))).toMatchObject([
      { date: '2026-01-20', rate: '640000.5' },
      { date: '2026-01-10', rate: '600000' },
    ])
  })
})

/** As so many millionths of a millionth. */
const inTrillionths = (rate: string): bigint => {
  const [whole = '', fraction = ''] = rate.split('.')
  return BigInt(whole + fraction.padEnd(12, '0'))
}

const one = 10n ** 12n
const rate = fc.bigInt(1n, 10n ** 20n).map((units) => {
  const digits = String(units).padStart(13, '0')
  return `${digits.slice(0, -12)}.${digits.slice(-12)}`.replace(/\.?0+$/, '')
})

lawTest.prop([rate])('a rate turned round is off by half of its last digit at most', (each) => {
  const product = inTrillionths(reciprocal(each)) * inTrillionths(each)
  const off = product - one * one
  expect(2n * (off < 0n ? -off : off)).toBeLessThanOrEqual(inTrillionths(each))
})
