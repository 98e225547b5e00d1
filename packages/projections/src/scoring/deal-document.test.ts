import type { OpportunityEvent } from '@forsat/domain'
import type { RecordedEvent } from '@forsat/event-store'
import { describe, expect, test } from 'vitest'
import { type DealDocument, dealAfter } from './deal-document.ts'

const [first, second] = ['stage 1', 'stage 2']
const day = '2026-01-10'

const openedFrom = (source: string): OpportunityEvent => ({
  type: 'OpportunityOpened',
  data: {
    title: 'Desks',
    source,
    stageId: first,
    emailPresent: false,
    phonePresent: false,
    occurredOn: day,
  },
})
const opened = openedFrom('web')
const staged: OpportunityEvent = { type: 'OpportunityStaged', data: { stageId: second } }
const revised = (data: object) => ({ type: 'OpportunityRevised', data }) as OpportunityEvent
const lost: OpportunityEvent = {
  type: 'OpportunityLost',
  data: {
    cause: 'person',
    stageId: second,
    quoted: [],
    quotationSent: false,
    ageDays: 3,
    occurredOn: '2026-01-13',
  },
}
const reopened: OpportunityEvent = {
  type: 'OpportunityReopened',
  data: { from: 'lost', cause: 'person', stageId: second, occurredOn: '2026-01-14' },
}

const after = (...events: readonly OpportunityEvent[]): DealDocument | undefined => {
  let document: DealDocument | undefined
  for (const [position, event] of events.entries()) {
    document = dealAfter(document, {
      event,
      position,
      subject: 'deal',
      company: 'acme',
    } as RecordedEvent)
  }
  return document
}

const valuesOf = (variable: string, document: DealDocument | undefined) =>
  document?.path.map(({ traits }) => traits.find((trait) => trait.variable === variable)?.value)

describe('a deal', () => {
  test('is remembered as it was when it came into each stage', () => {
    const document = after(opened, revised({ phonePresent: true, source: 'Fair' }), staged)
    expect(document?.path.map(({ stageId }) => stageId)).toEqual([first, second])
    expect(valuesOf('phone', document)).toEqual(['no', 'yes'])
    expect(valuesOf('source', document)).toEqual(['web', 'fair'])
  })

  test('teaches how it ended, and what it showed then, whatever is written into it afterwards', () => {
    const ended = after(opened, staged, lost)
    expect(ended).toMatchObject({
      standing: 'lost',
      taught: { won: false, openedOn: day, closedOn: '2026-01-13', ageDays: 3 },
    })
    expect(after(opened, staged, lost, revised({ source: 'fair' }))?.taught).toEqual(ended?.taught)
  })

  test('teaches nothing once it is taken up again, merged or withdrawn', () => {
    const gone: readonly OpportunityEvent[] = [
      { type: 'OpportunityMerged', data: { into: 'other', occurredOn: day } },
      { type: 'OpportunityWithdrawn', data: { reason: 'Doubled', occurredOn: day } },
    ]
    for (const last of [reopened, ...gone]) {
      expect(after(opened, staged, lost, last)).not.toHaveProperty('taught')
    }
    expect(after(opened, staged, lost, reopened)?.now.stageId).toBe(second)
  })

  test('is not touched by what scoring does not look at', () => {
    const before = after(opened)
    expect(after(opened, revised({ priority: 2 }))).toEqual(before)
    expect(after(opened, { type: 'OpportunityNoted', data: { text: 'Called' } })).toEqual(before)
  })

  test('is known by what its texts mean, and shown as they are written', () => {
    const [kaf] = after(openedFrom('كاتالوگ'))?.path ?? []
    expect(kaf?.traits).toContainEqual({ variable: 'source', value: 'کاتالوگ', name: 'كاتالوگ' })
  })
})
