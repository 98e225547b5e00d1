import { describe, expect, test } from 'vitest'
import { aggregates } from './aggregates.ts'
import { type ErasePersonalData, keptUntil } from './erasure/erasure.ts'
import { specification } from './specification.ts'

const ulid = (last: string) => last.padStart(26, '0')
const parvin = ulid('C1')
const occurredAt = '2026-02-08T08:00:00.000Z'
const told = {
  ground: 'Asked for by the person',
  requestedBy: 'user:1',
  approvedBy: 'user:2',
  completeBy: '2026-03-10',
} as const
const kept = [
  { what: 'confirmedDocuments', why: 'taxLaw', until: '2036-02-08', keys: ['kept'] },
] as const

const erase = (subjects: ErasePersonalData['data']['subjects']): ErasePersonalData => ({
  type: 'ErasePersonalData',
  data: {
    subjects,
    purposes: ['sales'],
    kept: kept.map((each) => ({ ...each, keys: [...each.keys] })),
    ...told,
    occurredAt,
  },
})

const contact = aggregates.contact.decider
const opportunity = aggregates.opportunity.decider
const registered = {
  type: 'ContactRegistered' as const,
  data: { name: 'Parvin', isCompany: false },
}
const { given } = specification(contact)

describe('erasing the data of a person', () => {
  test('names every key that goes, what is kept and why', () => {
    const own = { id: parvin, keys: ['k1'], records: [`contact-${parvin}`] }
    const deal = { id: ulid('A1'), keys: ['k2'], records: [`opportunity-${ulid('A1')}`] }
    given(registered)
      .when(erase([own, deal]))
      .thenEvents({
        type: 'PersonalDataErased',
        data: {
          subjects: [parvin, ulid('A1')],
          purposes: ['sales'],
          keys: ['k1', 'k2'],
          records: [`contact-${parvin}`, `opportunity-${ulid('A1')}`],
          ...told,
          kept: [
            { what: 'confirmedDocuments', why: 'taxLaw', until: '2036-02-08', keys: ['kept'] },
          ],
        },
      })
  })

  test('of whom nothing is left to erase, changes nothing', () => {
    given(registered).when(erase([])).thenEvents()
  })

  test('of whom nobody has heard, is not possible', () => {
    given().when(erase([])).thenFails({ type: 'NotFound' })
  })

  test('is told in parts where it names more than one event may hold, and names each once', () => {
    const subjects = Array.from({ length: 600 }, (_, n) => ({
      id: ulid(String(n)),
      keys: [`k${n}`],
      records: [],
    }))
    const decided = contact.decide(
      erase(subjects),
      contact.evolve(contact.initialState, registered),
    )
    const events = decided._tag === 'Right' ? decided.right : []
    const data = events.flatMap((event) =>
      event.type === 'PersonalDataErased' ? [event.data] : [],
    )
    expect(data).toHaveLength(3)
    expect(data.flatMap((each) => each.subjects)).toEqual(subjects.map(({ id }) => id))
    expect(data.flatMap(({ keys }) => keys)).toEqual(subjects.flatMap(({ keys }) => keys))
  })

  test.for([
    ['2026-03-01', '2036-03-01'],
    ['2024-02-29', '2034-03-01'],
    ['9995-05-05', '9999-12-31'],
  ])('of who ordered on %s waits until %s', ([confirmedOn = '', until]) => {
    expect(keptUntil(confirmedOn)).toBe(until)
  })

  test('is possible of a deal however it ended', () => {
    const decided = opportunity.decide(erase([{ id: ulid('A1'), keys: [], records: [] }]), {
      outcome: 'withdrawn',
    })
    expect(decided).toMatchObject({ _tag: 'Right', right: [{ type: 'PersonalDataErased' }] })
  })
})
