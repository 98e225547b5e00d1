import { describe, test } from 'vitest'
import {
  ask,
  assigned,
  at,
  described,
  fact,
  firstDay,
  given,
  lastDay,
  lose,
  lost,
  negotiation,
  nextDay,
  on,
  opened,
  proposal,
  rials,
  sara,
  won,
} from './examples.ts'

const morning = `${nextDay}T06:00:00.000Z`
const evening = `${nextDay}T18:00:00.000Z`
const earlier = { occurredAt: morning, occurredOn: nextDay }
const later = { occurredAt: evening, occurredOn: nextDay }

const note = (when: typeof later) => ask('NoteOpportunity', { text: 'They called.', ...when })
const reopen = (when: typeof later) => ask('ReopenOpportunity', { cause: 'person', ...when })

describe('where the log tells the moments', () => {
  test('nothing happens before the beginning', () => {
    const tooEarly = { type: 'OccurredTooEarly', last: evening } as const
    given(at(evening, opened)).when(note(earlier)).thenFails(tooEarly)
    given(at(evening, opened)).when(lose(earlier)).thenFails(tooEarly)
    given(at(evening, opened))
      .when(ask('AssignOpportunity', { salespersonId: sara, ...earlier }))
      .thenFails(tooEarly)
  })
  test('an outcome does not come before the last one', () => {
    const history = [at(`${firstDay}T06:00:00.000Z`, opened), at(evening, lost)]
    given(...history)
      .when(reopen(earlier))
      .thenFails({ type: 'OccurredTooEarly', last: evening })
    given(...history)
      .when(reopen(later))
      .thenEvents(
        fact('OpportunityReopened', {
          from: 'lost',
          cause: 'person',
          stageId: proposal.id,
          occurredOn: nextDay,
        }),
      )
  })
  test('stages and assignments keep their own order, and no other', () => {
    const history = [
      at(`${firstDay}T06:00:00.000Z`, opened),
      at(evening, fact('OpportunityStaged', { stageId: negotiation.id })),
    ]
    given(...history)
      .when(ask('StageOpportunity', { stage: proposal, ...earlier }))
      .thenFails({ type: 'OccurredTooEarly', last: evening })
    given(...history)
      .when(ask('AssignOpportunity', { ...assigned.data, ...earlier }))
      .thenEvents(assigned)
    given(...history, at(evening, assigned))
      .when(ask('AssignOpportunity', { salespersonId: null, ...earlier }))
      .thenFails({ type: 'OccurredTooEarly', last: evening })
  })
  test('a note may tell of what was before the outcome', () => {
    given(at(`${firstDay}T06:00:00.000Z`, opened), at(evening, won))
      .when(note(earlier))
      .thenEvents(fact('OpportunityNoted', { text: 'They called.' }))
  })
  test('a correction may belong to a time before the outcome', () => {
    given(at(`${firstDay}T06:00:00.000Z`, opened), at(evening, won))
      .when(ask('CorrectOpportunity', { reason: 'Misread', revenue: rials(1), ...earlier }))
      .thenEvents(fact('OpportunityCorrected', { reason: 'Misread', revenue: rials(1) }))
  })
  test('what changes nothing is never too early', () => {
    given(at(evening, opened))
      .when(ask('StageOpportunity', { stage: proposal, ...earlier }))
      .thenNothing()
  })
})

describe('where only the days are known', () => {
  test('nothing happens before the first day', () => {
    given(fact('OpportunityOpened', { ...described, occurredOn: lastDay }))
      .when(ask('WinOpportunity', { cause: 'person', ...on(nextDay) }))
      .thenFails({ type: 'OccurredTooEarly', last: lastDay })
  })
  test('the hours of a day count as together', () => {
    given(opened, lost)
      .when(reopen(earlier))
      .thenEvents(
        fact('OpportunityReopened', {
          from: 'lost',
          cause: 'person',
          stageId: proposal.id,
          occurredOn: nextDay,
        }),
      )
  })
})
