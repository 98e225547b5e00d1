import { describe, test } from 'vitest'
import { erased } from '../personal.ts'
import {
  ask,
  captured,
  chairs,
  customer,
  desks,
  duplicate,
  fact,
  firstDay,
  given,
  lastDay,
  lost,
  merged,
  nextDay,
  on,
  opened,
  thisOne,
  won,
} from './examples.ts'

const merge = (survivor: { outcome: 'open' | 'won' | 'lost' }) =>
  ask('MergeOpportunity', { id: thisOne, into: duplicate, survivor, ...on(nextDay) })

describe('merging', () => {
  test('ends one open opportunity in another', () => {
    given(opened)
      .when(merge({ outcome: 'open' }))
      .thenEvents(merged)
    given(captured)
      .when(merge({ outcome: 'open' }))
      .thenEvents(merged)
  })
  test('is neither a win nor a loss, and takes none away', () => {
    given(opened, won)
      .when(merge({ outcome: 'open' }))
      .thenFails({ type: 'OpportunityWon' })
    given(opened, lost)
      .when(merge({ outcome: 'open' }))
      .thenFails({ type: 'OpportunityLost' })
  })
  test('happens once', () => {
    given(opened, merged)
      .when(merge({ outcome: 'open' }))
      .thenFails({ type: 'OpportunityMerged', into: duplicate })
  })
  test('takes a survivor that is open itself', () => {
    given(opened)
      .when(merge({ outcome: 'won' }))
      .thenFails({ type: 'OpportunityWon', opportunityId: duplicate })
    given(opened)
      .when(merge({ outcome: 'lost' }))
      .thenFails({ type: 'OpportunityLost', opportunityId: duplicate })
    const into = (survivor: { outcome: 'none' } | { outcome: 'merged'; into: string }) =>
      ask('MergeOpportunity', { id: thisOne, into: duplicate, survivor })
    given(opened)
      .when(into({ outcome: 'none' }))
      .thenFails({ type: 'NotFound' })
    given(opened)
      .when(into({ outcome: 'merged', into: customer }))
      .thenFails({ type: 'OpportunityMerged', into: customer })
  })
  test('into itself is no merge', () => {
    given(opened)
      .when(ask('MergeOpportunity', { id: thisOne, into: thisOne, survivor: { outcome: 'open' } }))
      .thenFails({ type: 'MergedIntoItself' })
  })
  test('cannot happen before the survivor had begun', () => {
    const began = { on: lastDay, at: `${lastDay}T07:00:00.000Z` }
    given(opened)
      .when(
        ask('MergeOpportunity', {
          id: thisOne,
          into: duplicate,
          survivor: { outcome: 'open', facts: { began } },
          ...on(nextDay),
        }),
      )
      .thenFails({ type: 'OccurredTooEarly', last: began.at })
  })
})

describe('the survivor of a merge', () => {
  const absorb = (fields: Parameters<typeof taken>[0], kind?: 'lead' | 'opportunity') =>
    ask('AbsorbOpportunity', { from: duplicate, kind, fields })
  const taken = (fields: Omit<Parameters<typeof fact<'OpportunityAbsorbed'>>[1], 'from'>) =>
    fact('OpportunityAbsorbed', { from: duplicate, ...fields })

  test('takes over what it lacks, and keeps what it has', () => {
    given(opened)
      .when(
        absorb({
          title: 'Desks?',
          companyName: 'Pars Ltd',
          contactName: 'Mina Rad',
          phone: '+982112345678',
          email: 'mina@pars.example',
          country: 'TR',
          source: 'Exhibition',
          contactId: customer,
        }),
      )
      .thenEvents(
        taken({
          contactName: 'Mina Rad',
          phone: '+982112345678',
          phonePresent: true,
          source: 'Exhibition',
          contactId: customer,
        }),
      )
  })
  test('unites tags, products and own fields, its own first', () => {
    const equipped = fact('OpportunityRevised', {
      productIds: [desks],
      attributes: { floor: 3 },
    })
    given(opened, equipped)
      .when(
        absorb({
          tags: ['urgent', 'office'],
          productIds: [chairs, desks],
          attributes: { floor: 4, lift: true },
          priority: 2,
        }),
      )
      .thenEvents(
        taken({
          tags: ['office', 'urgent'],
          productIds: [desks, chairs],
          attributes: { floor: 3, lift: true },
          priority: 2,
        }),
      )
  })
  test('takes no more than a list can hold', () => {
    const numbered = (from: number) => Array.from({ length: 40 }, (_, each) => `tag ${from + each}`)
    const many = fact('OpportunityRevised', { tags: numbered(0) })
    given(opened, many)
      .when(absorb({ tags: numbered(40) }))
      .thenEvents(taken({ tags: [...numbered(0), ...numbered(40).slice(0, 10)] }))
    const own = (from: number) =>
      Object.fromEntries(numbered(from).map((_, n) => [`f${from + n}`, n]))
    given(opened, fact('OpportunityRevised', { attributes: own(0) }))
      .when(absorb({ attributes: own(40) }))
      .thenEvents(
        taken({
          attributes: { ...own(0), ...Object.fromEntries(Object.entries(own(40)).slice(0, 10)) },
        }),
      )
  })
  test('never mixes a country with the region of another', () => {
    given(opened)
      .when(absorb({ country: 'TR', region: 'Izmir' }))
      .thenEvents(taken({}))
    const nowhere = fact('OpportunityRevised', { country: null })
    given(opened, nowhere)
      .when(absorb({ country: 'TR', region: 'Izmir' }))
      .thenEvents(taken({ country: 'TR', region: 'Izmir' }))
  })
  test('never takes a day for its own next step from another', () => {
    const step = { nextStep: 'Call', nextStepOn: lastDay }
    given(opened).when(absorb(step)).thenEvents(taken(step))
    given(opened, fact('OpportunityRevised', { nextStep: 'Visit' }))
      .when(absorb(step))
      .thenEvents(taken({}))
  })
  test('takes nothing that was erased', () => {
    given(opened)
      .when(absorb({ contactName: erased, phone: erased }))
      .thenEvents(taken({}))
  })
  test('keeps its own probability', () => {
    const overridden = fact('ProbabilityOverridden', { probability: 35 })
    given(opened, overridden, taken({}))
      .when(ask('OverrideProbability', { probability: 35, allowCertainty: false }))
      .thenNothing()
  })
  test('becomes an opportunity when it takes one over', () => {
    given(captured)
      .when(absorb({}, 'opportunity'))
      .thenEvents(taken({}), fact('LeadQualified', { occurredOn: lastDay }))
    given(captured).when(absorb({}, 'lead')).thenEvents(taken({}))
    given(opened).when(absorb({}, 'opportunity')).thenEvents(taken({}))
  })
  test('is not qualified by a merge that lies before its own last outcome', () => {
    const reopened = fact('OpportunityReopened', {
      from: 'lost',
      cause: 'person',
      occurredOn: lastDay,
    })
    given(captured, lost, reopened)
      .when(
        ask('AbsorbOpportunity', {
          from: duplicate,
          kind: 'opportunity',
          fields: {},
          ...on(nextDay),
        }),
      )
      .thenEvents(taken({}))
  })
  test('takes over also when it was closed meanwhile, for the other one has ended', () => {
    given(opened, won)
      .when(absorb({ source: 'Fair' }))
      .thenEvents(taken({ source: 'Fair' }))
    given(captured, lost).when(absorb({}, 'opportunity')).thenEvents(taken({}))
  })
  test('takes each one over only once', () => {
    given(opened, taken({ source: 'Fair' }))
      .when(absorb({ source: 'Fair' }))
      .thenNothing()
  })
  test('that was itself merged points on', () => {
    given(opened, merged)
      .when(ask('AbsorbOpportunity', { from: customer, fields: {}, ...on(firstDay) }))
      .thenFails({ type: 'OpportunityMerged', into: duplicate })
  })
})
