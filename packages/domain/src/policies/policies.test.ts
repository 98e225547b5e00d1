import { describe, expect, test } from 'vitest'
import { usualPolicies } from '../catalogue/policies.ts'
import { policies } from './policies.ts'

const survivor = '000000000000000000000000A1'
const duplicate = '000000000000000000000000A2'
const circumstances = { subject: duplicate, settings: usualPolicies }

describe('after a merge', () => {
  test('the survivor is asked to take over what it lacks', () => {
    const merged = {
      type: 'OpportunityMerged',
      data: { into: survivor, occurredOn: '2026-01-10' },
    } as const
    expect(policies.after(merged, circumstances)).toEqual([
      {
        category: 'opportunity',
        subject: survivor,
        command: { type: 'AbsorbOpportunity', data: { from: duplicate } },
      },
    ])
  })
})

describe('after most events', () => {
  test('nothing has to be asked of anyone', () => {
    expect(policies.after({ type: 'OpportunityUnassigned', data: {} }, circumstances)).toEqual([])
  })
})
