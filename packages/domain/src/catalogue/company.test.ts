import { describe, expect, test } from 'vitest'
import { fold } from '../decider.ts'
import { usualScoring } from '../scoring/settings.ts'
import { specification } from '../specification.ts'
import { company, effectivePolicies } from './company.ts'
import type { CompanyEvent } from './events.ts'
import { at, now, when, yesterday } from './examples.ts'
import { rateOf } from './exchange-rates.ts'
import { type PolicyChanges, usualPolicies } from './policies.ts'

const { given } = specification(company)

const fields = {
  name: 'پارس میز',
  currency: 'IRR',
  zone: 'Asia/Tehran',
  language: 'fa',
  calendar: 'jalali',
  weekStartsOn: 'saturday',
  moneyUnit: 'rial',
} as const
const created: CompanyEvent = { type: 'CompanyCreated', data: fields }
const set = (data: PolicyChanges): CompanyEvent => ({ type: 'PoliciesSet', data })
const setting = (policies: PolicyChanges, occurredAt = now) =>
  ({ type: 'SetPolicies', data: { policies, occurredAt } }) as const

describe('a company', () => {
  test('is created, revised and archived like every entry', () => {
    given()
      .when({ type: 'CreateCompany', data: { ...fields, ...when } })
      .thenEvents(created)
    given(created)
      .when({ type: 'ReviseCompany', data: { changes: { zone: 'UTC', currency: 'IRR' }, ...when } })
      .thenEvents({ type: 'CompanyRevised', data: { zone: 'UTC' } })
    given(created)
      .when({ type: 'ArchiveCompany', data: when })
      .thenEvents({ type: 'CompanyArchived', data: {} })
  })
})

describe('the policies of a company', () => {
  test('are the usual ones until others are set', () => {
    expect(effectivePolicies(fold(company, [created]))).toEqual(usualPolicies)
  })

  test('are set by what differs from those in force', () => {
    given(created)
      .when(setting({ onConfirm: 'leave', onLose: 'cancel', features: { leads: true } }))
      .thenEvents(set({ onConfirm: 'leave' }))
    given(created, set({ onConfirm: 'leave' }))
      .when(setting({ onConfirm: 'leave', approval: null }))
      .thenNothing()
  })

  test('switch features one by one, and replace an approval as a whole', () => {
    const history = [
      created,
      set({ features: { leads: false }, approval: { totalAbove: '1000' } }),
      set({ features: { scoring: false }, approval: { discountPercentAbove: '15' } }),
    ]
    expect(effectivePolicies(fold(company, history))).toEqual({
      ...usualPolicies,
      features: { leads: false, templates: true, scoring: false, assignment: true },
      approval: { discountPercentAbove: '15' },
    })
  })

  test('may do without approvals again', () => {
    given(created, set({ approval: { totalAbove: '1000' } }))
      .when(setting({ approval: null }))
      .thenEvents(set({ approval: null }))
  })

  test('are those of a company that exists, and are set in the order of time', () => {
    given()
      .when(setting({ onLose: 'leave' }))
      .thenFails({ type: 'NotFound' })
    given(created, at(set({ onLose: 'leave' }), now))
      .when(setting({ onLose: 'cancel' }, yesterday))
      .thenFails({ type: 'OccurredTooEarly', last: now })
  })
})

describe('the exchange rates of a company', () => {
  const newYear = { base: 'EUR', quote: 'IRR', date: '2026-03-21' }
  const rate = (value: string, of = newYear): CompanyEvent => ({
    type: 'ExchangeRateSet',
    data: { ...of, rate: value },
  })
  const setRate = (value: string, of = newYear, occurredAt = now) =>
    ({ type: 'SetExchangeRate', data: { ...of, rate: value, occurredAt } }) as const

  test('are set for a pair and a day, and set anew when they change', () => {
    given(created).when(setRate('1250000')).thenEvents(rate('1250000'))
    given(created, rate('1250000')).when(setRate('1260000.5')).thenEvents(rate('1260000.5'))
  })

  test('are not told twice, however they are written', () => {
    given(created, rate('1250000.5')).when(setRate('1250000.50')).thenNothing()
    given(created, rate('1250000')).when(setRate('1250000.0')).thenNothing()
  })

  test('of other pairs and other days are others', () => {
    const dollar = { ...newYear, base: 'USD' }
    const dayAfter = { ...newYear, date: '2026-03-22' }
    const nextMonth = { ...newYear, date: '2026-04-01' }
    const history = [rate('1'), rate('2', dollar), rate('3', dayAfter), rate('4', nextMonth)]
    const { rates } = fold(company, [created, ...history])
    for (const [index, of] of [newYear, dollar, dayAfter, nextMonth].entries()) {
      expect(rateOf(rates, of)?.rate).toBe(String(index + 1))
    }
    const turned = { ...newYear, base: 'IRR', quote: 'EUR' }
    given(created, rate('5', turned)).when(setRate('5')).thenEvents(rate('5'))
  })

  test('of one day are set in the order of time, days themselves in any order', () => {
    given(created, at(rate('5'), now))
      .when(setRate('6', newYear, yesterday))
      .thenFails({ type: 'OccurredTooEarly', last: now })
    const dayBefore = { ...newYear, date: '2026-03-20' }
    given(created, at(rate('5'), now))
      .when(setRate('6', dayBefore, yesterday))
      .thenEvents(rate('6', dayBefore))
  })

  test('are of two currencies, and of a company that exists', () => {
    given(created)
      .when(setRate('1', { ...newYear, base: 'IRR' }))
      .thenFails({ type: 'RateOfItself', currency: 'IRR' })
    given().when(setRate('1')).thenFails({ type: 'NotFound' })
  })
})

describe('the scoring of a company', () => {
  const settings = { variables: ['country', 'source'], model: 'logistic' } as const
  const configured: CompanyEvent = {
    type: 'ScoringConfigured',
    data: { ...settings, variables: ['country', 'source'] },
  }

  test('is configured as a whole, in whichever order variables are named', () => {
    given(created)
      .when({
        type: 'ConfigureScoring',
        data: { ...settings, variables: ['source', 'country'], ...when },
      })
      .thenEvents(configured)
    given(created, configured)
      .when({
        type: 'ConfigureScoring',
        data: { ...settings, variables: ['source', 'country'], ...when },
      })
      .thenNothing()
  })

  test('is the usual one until then, so that setting the usual one changes nothing', () => {
    given(created)
      .when({ type: 'ConfigureScoring', data: { ...usualScoring, ...when } })
      .thenNothing()
  })

  test('is nobody’s where there is no company', () => {
    given()
      .when({ type: 'ConfigureScoring', data: { ...usualScoring, ...when } })
      .thenFails({ type: 'NotFound' })
  })
})
