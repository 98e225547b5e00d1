/**
 * What went wrong elsewhere with scores, over HTTP; each ends with rule R1: after a replay from the log
 * every answer is the same.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { expectSameAfterReplay } from './testing/replay.ts'
import { type Made, type Served, serve } from './testing/served.ts'

interface Probability {
  readonly value: number
  readonly mode: string
  readonly automatic: number
  readonly enoughData: boolean
}
interface Opportunity extends Made {
  readonly probability: Probability
}
interface Explanation extends Probability {
  readonly base: number
  readonly factors: readonly { readonly variable: string; readonly points: number }[]
}

let server: Served
beforeEach(async () => {
  server = await serve()
})
afterEach(async () => {
  await expectSameAfterReplay(server)
  await server[Symbol.asyncDispose]()
})

const open = (fields: object = {}) =>
  server.done<Opportunity>('POST', '/v1/opportunities', { title: 'Desks', ...fields })
const act = (id: string, command: string, body: object = {}) =>
  server.done<Opportunity>('POST', `/v1/opportunities/${id}/${command}`, body)
const chance = async (id: string, query = '') =>
  (await server.read<Opportunity>(`/v1/opportunities/${id}${query}`)).probability
const configure = (settings: object) =>
  server.done('PUT', '/v1/scoring/settings', { variables: [], model: 'naive-bayes', ...settings })
const counts = () =>
  server.read<{ readonly won: number; readonly lost: number }>('/v1/scoring/frequencies')
const reasonNamed = (name: string) => server.done('POST', '/v1/lost-reasons', { name })

const closed = async (won: number, lost: number, fields: object = {}) => {
  const { id: reasonId } = await reasonNamed('Price')
  for (let count = 0; count < won + lost; count += 1) {
    const { id } = await open(fields)
    if (count < won) await act(id, 'win')
    else await act(id, 'lose', { reasonId })
  }
  return reasonId
}

describe('O05 restoring a lost opportunity', () => {
  test.each(['fold-counts', 'naive-bayes'])('gives its chance back, by %s', async (model) => {
    await configure({ variables: ['source', 'region'], model })
    const alike = { source: 'exhibition', region: 'Fars' }
    const reasonId = await closed(3, 1, alike)
    const x = await open(alike)
    await act(x.id, 'lose', { reasonId })
    expect(await counts()).toMatchObject({ won: 3, lost: 2 })
    const restored = await act(x.id, 'reopen')
    expect(restored.probability).toEqual(x.probability)
    expect(await counts()).toMatchObject({ won: 3, lost: 1 })
  })
})

describe('O10 a probability set by hand', () => {
  test('stays, while the model goes on beside it', async () => {
    await configure({ variables: ['country', 'tags'] })
    await closed(2, 1, { country: 'IR' })
    const { id } = await open()
    const path = `/v1/opportunities/${id}/probability`
    await server.done('PUT', path, { value: 35 })
    await server.done('PATCH', `/v1/opportunities/${id}`, { country: 'IR', tags: ['vip'] })
    await server.done('POST', '/v1/scoring/rebuild')
    const before = await chance(id)
    expect(before).toMatchObject({ value: 35, mode: 'manual', enoughData: false })
    await closed(0, 3, { country: 'IR' })
    expect(await chance(id)).toMatchObject({ value: 35, mode: 'manual' })
    expect((await chance(id)).automatic).toBeLessThan(before.automatic)

    for (const value of [null, 0, '', '35', true, 101, -1]) {
      const { status } = await server.call('PUT', path, { value })
      expect(status).toBe(value === 0 ? 409 : 400)
    }
    const automatic = (await chance(id)).automatic
    const back = await server.done<Opportunity>('DELETE', path)
    expect(back.probability).toMatchObject({ value: automatic, mode: 'automatic' })
  })
})

describe('O11 scores with almost no data', () => {
  test('are guesses that say so, and never certain', async () => {
    const alike = { country: 'IR', source: 'web' }
    const one = await open(alike)
    expect(one.probability).toMatchObject({ value: 50, mode: 'automatic', enoughData: false })
    const [two, three] = [await open(alike), await open(alike)]
    expect((await act(two.id, 'win')).probability.value).toBe(100)
    for (const { id } of [one, three]) {
      const { value } = await chance(id)
      expect(value).toBeGreaterThan(0)
      expect(value).toBeLessThan(100)
    }
    expect((await act(two.id, 'reopen')).probability).toEqual(one.probability)
    expect(await counts()).toEqual({ won: 0, lost: 0, items: [] })
    expect((await open({ country: 'NZ' })).probability).toEqual(one.probability)
    await configure({ model: 'fold-counts' })
    expect(await chance(one.id)).toEqual(one.probability)
  })
})

describe('a probability', () => {
  test('is what its reasons add up to, in words of both languages', async () => {
    await configure({ variables: ['source'], model: 'fold-counts' })
    await closed(18, 4, { source: 'Referral' })
    await closed(2, 16, { source: 'web' })
    const { id, probability } = await open({ source: 'referral' })
    expect(probability.enoughData).toBe(true)
    const path = `/v1/opportunities/${id}/probability/explanation`
    const told = await server.read<Explanation>(path)
    const points = told.factors.reduce((sum, factor) => sum + factor.points, told.base)
    expect(100 / (1 + Math.exp(-points))).toBeCloseTo(told.automatic, 2)
    expect(told).toMatchObject({
      value: probability.value,
      model: 'fold-counts',
      outcomes: { won: 20, lost: 20 },
      factors: [{ variable: 'source', name: 'referral', won: 18, lost: 4, share: 81.82 }],
    })
    expect(told.factors[0]).toMatchObject({
      words: {
        en: expect.stringMatching(/^source = referral: 18 of 22 won against 50% of all, \+/),
        fa: expect.stringMatching(/^منبع = referral: ۱۸ از ۲۲ برنده/),
      },
    })
  })

  test('of a past is what the model would have said then, by the settings and stages of then', async () => {
    await configure({ variables: ['source'], since: '2020-01-01' })
    await closed(2, 1, { source: 'web' })
    const { id, probability } = await open({ source: 'web' })
    const then = await server.read<{ readonly items: readonly { readonly position: string }[] }>(
      '/v1/events?limit=200',
    )
    const position = then.items.at(-1)?.position
    const explanation = `/v1/opportunities/${id}/probability/explanation?atPosition=${position}`
    const told = await server.read<Explanation>(explanation)
    await closed(0, 4, { source: 'web' })
    const [stage] = (await server.read<{ readonly items: readonly Made[] }>('/v1/stages')).items
    await server.done('PATCH', `/v1/stages/${stage?.id}`, { position: 90 })
    await configure({ model: 'fold-counts' })
    expect((await chance(id)).value).toBeLessThan(probability.value)
    expect(await chance(id, `?atPosition=${position}`)).toEqual(probability)
    expect(await server.read<Explanation>(explanation)).toEqual(told)
    expect(told).toMatchObject({ model: 'naive-bayes', outcomes: { won: 2, lost: 1 } })
  })

  test('weighs what is expected, where nobody set another', async () => {
    await closed(1, 1)
    const [one, two] = [
      await open({ expectedRevenue: { amount: '1000', currency: 'IRR' } }),
      await open({ expectedRevenue: { amount: '500', currency: 'IRR' } }),
    ]
    await server.done('PUT', `/v1/opportunities/${two.id}/probability`, { value: 20 })
    const { totals } = await server.read<{ readonly totals: object }>('/v1/reports/pipeline')
    const amount = String(Math.round(10 * one.probability.value + 100))
    expect(totals).toMatchObject({ weightedRevenue: [{ amount, currency: 'IRR' }], unweighted: 0 })
  })

  test('is nothing to ask for where a company does without', async () => {
    await server.done('PATCH', `/v1/companies/${server.companyId}/policies`, {
      features: { scoring: false },
    })
    const { id, probability } = await open()
    expect(probability).toMatchObject({ value: null, automatic: null, enoughData: false })
    for (const path of ['scoring/frequencies', `opportunities/${id}/probability/explanation`]) {
      expect(await server.call('GET', `/v1/${path}`)).toMatchObject({
        status: 409,
        body: { code: 'FeatureOff', feature: 'scoring' },
      })
    }
  })
})
