import { describe, expect, test } from 'vitest'
import { fold } from '../decider.ts'
import { specification } from '../specification.ts'
import { company, effectivePolicies } from './company.ts'
import type { CompanyEvent } from './events.ts'
import { at, now, when, yesterday } from './examples.ts'
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
