import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { right, type SampleCompany, sampleCompany, scope } from '../sample-company.ts'
import { idOf, sara } from '../sample-log.ts'
import { EventView, HistoryEntry } from '../views/history.ts'

let company: SampleCompany
beforeEach(async () => {
  company = await sampleCompany()
})
afterEach(() => company[Symbol.asyncDispose]())

describe('the timeline of a survivor', () => {
  test('has what it took over from the other, in the order of the log', async () => {
    await company.opens(1, { source: 'web' })
    await company.opens(2)
    await company.log.tell('opportunity', idOf('A', 1), [
      { type: 'OpportunityMerged', data: { into: idOf('A', 2), occurredOn: '2026-01-12' } },
    ])
    await company.log.tell('opportunity', idOf('A', 2), [
      { type: 'OpportunityAbsorbed', data: { from: idOf('A', 1), source: 'web' } },
    ])
    await company.log.tell('user', sara, [{ type: 'UserRegistered', data: { name: 'Sara' } }])
    await company.upToDate()
    const history = await company.projections.query.opportunities.history(idOf('A', 2), scope)
    expect(history?.map((entry) => HistoryEntry.parse(entry).type)).toEqual([
      'OpportunityOpened',
      'OpportunityOpened',
      'OpportunityMerged',
      'OpportunityAbsorbed',
    ])
    expect(history?.at(-1)).toMatchObject({
      actor: { id: sara, kind: 'user', name: 'Sara' },
      changes: [{ field: 'source', to: 'web' }],
    })
    expect(await company.projections.query.opportunities.get(idOf('A', 1), scope)).toMatchObject({
      outcome: 'merged',
      mergedInto: idOf('A', 2),
      probability: { value: null },
    })
  })
})

describe('raw events', () => {
  test('are read behind a position, by stream, type and actor', async () => {
    await company.opens(1)
    await company.opens(2)
    await company.loses(2)
    await company.upToDate()
    const events = async (request: object) => {
      const page = right(await company.projections.query.events(scope, request))
      return { ...page, items: page.items.map((event) => EventView.parse(event)) }
    }
    const first = await events({ limit: 2 })
    expect(first.items.map(({ position }) => position)).toEqual(['1', '2'])
    expect(first.next).toBe('2')
    expect(await events({ after: 2 })).toMatchObject({ items: [{ type: 'OpportunityLost' }] })
    expect((await events({ stream: `opportunity-${idOf('A', 1)}` })).items).toHaveLength(1)
    expect((await events({ type: 'OpportunityOpened' })).items).toHaveLength(2)
    expect((await events({ actor: 'user:nobody' })).items).toEqual([])
  })
})
