import { describe, expect, test } from 'vitest'
import { fold } from '../decider.ts'
import { specification } from '../specification.ts'
import type { LostReasonEvent } from './events.ts'
import { at, now, pars, when, yesterday } from './examples.ts'
import { lostReason, lostReasonFacts } from './lost-reason.ts'

const { given } = specification(lostReason)

const fields = { name: 'قیمت', position: 10, requiresNote: false }
const created: LostReasonEvent = { type: 'LostReasonCreated', data: fields }
const renamed: LostReasonEvent = { type: 'LostReasonRevised', data: { name: 'قیمت بالا' } }
const archived: LostReasonEvent = { type: 'LostReasonArchived', data: {} }

describe('a lost reason', () => {
  test('is created once', () => {
    const command = { type: 'CreateLostReason', data: { ...fields, ...when } } as const
    given().when(command).thenEvents(created)
    given(created).when(command).thenFails({ type: 'AlreadyExists' })
  })

  test('is renamed, then archived, and may be renamed even then (O07)', () => {
    const rename = (name: string) =>
      ({ type: 'ReviseLostReason', data: { changes: { name }, ...when } }) as const
    given(created).when(rename('قیمت بالا')).thenEvents(renamed)
    given(created, renamed).when({ type: 'ArchiveLostReason', data: when }).thenEvents(archived)
    given(created, archived).when(rename('قیمت بالا')).thenEvents(renamed)
  })

  test('keeps quiet about a save that changes nothing', () => {
    given(created, renamed)
      .when({
        type: 'ReviseLostReason',
        data: { changes: { name: 'قیمت بالا', position: 10, category: null }, ...when },
      })
      .thenNothing()
    given(created, archived).when({ type: 'ArchiveLostReason', data: when }).thenNothing()
  })

  test('records only what changed, and null where it was cleared', () => {
    given({ type: 'LostReasonCreated', data: { ...fields, category: 'money' } })
      .when({
        type: 'ReviseLostReason',
        data: { changes: { name: 'قیمت', requiresNote: true, category: null }, ...when },
      })
      .thenEvents({ type: 'LostReasonRevised', data: { requiresNote: true, category: null } })
  })

  test('that nobody created is not found', () => {
    given().when({ type: 'ArchiveLostReason', data: when }).thenFails({ type: 'NotFound' })
  })

  test('is not changed before what happened to it last', () => {
    given(at(created, yesterday), at(renamed, now))
      .when({ type: 'ArchiveLostReason', data: { occurredAt: yesterday } })
      .thenFails({ type: 'OccurredTooEarly', last: now })
  })

  test('tells a loss its name now, whether it is archived and whether it needs a note', () => {
    expect(lostReasonFacts(pars, fold(lostReason, [created, renamed, archived]))).toEqual({
      id: pars,
      name: 'قیمت بالا',
      archived: true,
      requiresNote: false,
    })
    expect(lostReasonFacts(pars, lostReason.initialState)).toEqual({ id: pars, unknown: true })
  })
})
