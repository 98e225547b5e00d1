import { describe, test } from 'vitest'
import { ask, fact, given, lost, opened, other, price, rials, rival, won } from './examples.ts'

const reason = 'Read off the wrong line.'
const correct = (facts: Omit<Parameters<typeof ask<'CorrectOpportunity'>>[1], 'reason'>) =>
  ask('CorrectOpportunity', { reason, ...facts })
const corrected = (facts: Omit<Parameters<typeof fact<'OpportunityCorrected'>>[1], 'reason'>) =>
  fact('OpportunityCorrected', { reason, ...facts })

describe('correcting a win', () => {
  test('mends what it brought', () => {
    given(opened, won)
      .when(correct({ revenue: rials(800_000_000) }))
      .thenEvents(corrected({ revenue: rials(800_000_000) }))
  })
  test('to what is recorded changes nothing', () => {
    given(opened, won)
      .when(correct({ revenue: rials(900_000_000) }))
      .thenNothing()
    given(opened, won, corrected({ revenue: rials(800_000_000) }))
      .when(correct({ revenue: rials(800_000_000) }))
      .thenNothing()
    given(opened, won).when(correct({})).thenNothing()
  })
  test('has no reason of a loss to mend', () => {
    given(opened, won)
      .when(correct({ lostReason: price }))
      .thenFails({ type: 'OpportunityNotLost' })
  })
})

describe('correcting a loss', () => {
  test('mends its reason, its note and its competitor', () => {
    given(opened, lost)
      .when(
        correct({
          lostReason: rival,
          note: 'Alborz was quicker.',
          competitor: 'Alborz',
          competitorPrice: rials(850_000_000),
        }),
      )
      .thenEvents(
        corrected({
          lostReasonId: rival.id,
          lostReason: 'Competitor',
          note: 'Alborz was quicker.',
          competitor: 'Alborz',
          competitorPrice: rials(850_000_000),
        }),
      )
  })
  test('to what is recorded changes nothing', () => {
    given(opened, lost)
      .when(correct({ lostReason: price, note: null, competitor: null, competitorPrice: null }))
      .thenNothing()
    given(opened, lost, corrected({ competitor: 'Alborz' }))
      .when(correct({ competitor: 'Alborz' }))
      .thenNothing()
  })
  test('clears what should not have been recorded', () => {
    given(opened, lost, corrected({ competitor: 'Alborz', note: 'Alborz was quicker.' }))
      .when(correct({ competitor: null, note: null }))
      .thenEvents(corrected({ competitor: null, note: null }))
  })
  test('takes no other reasons than losing does', () => {
    given(opened, lost)
      .when(correct({ lostReason: { ...rival, archived: true } }))
      .thenFails({ type: 'LostReasonArchived', reasonId: rival.id, reason: 'Competitor' })
    given(opened, lost)
      .when(correct({ lostReason: { id: rival.id, unknown: true } }))
      .thenFails({ type: 'LostReasonUnknown', reasonId: rival.id })
    given(opened, lost)
      .when(correct({ lostReason: other }))
      .thenFails({ type: 'LostNoteMissing', reasonId: other.id, reason: 'Other' })
    given(opened, lost, corrected({ note: 'They moved.' }))
      .when(correct({ lostReason: other }))
      .thenEvents(corrected({ lostReasonId: other.id, lostReason: 'Other' }))
  })
  test('leaves a reason alone that was archived since', () => {
    given(opened, lost)
      .when(correct({ lostReason: { ...price, archived: true }, competitor: 'Alborz' }))
      .thenEvents(corrected({ competitor: 'Alborz' }))
  })
  test('has no revenue to mend', () => {
    given(opened, lost)
      .when(correct({ revenue: rials(1) }))
      .thenFails({ type: 'OpportunityNotWon' })
  })
})

test('an open opportunity has no outcome to correct', () => {
  given(opened)
    .when(correct({ revenue: rials(1) }))
    .thenFails({ type: 'OpportunityNotWon' })
  given(opened)
    .when(correct({ note: 'Late' }))
    .thenFails({ type: 'OpportunityNotLost' })
  given(opened).when(correct({})).thenFails({ type: 'OpportunityNotLost' })
})
