import { describe, test } from 'vitest'
import {
  ask,
  captured,
  customer,
  described,
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
  proposal,
  revise,
  sara,
  south,
  withdrawn,
  won,
} from './examples.ts'

describe('an opportunity begins', () => {
  const beginning = { ...described, stageId: proposal.id, ...on(firstDay) }

  test('as a lead', () => {
    given()
      .when(ask('CaptureLead', { ...described, ...on(firstDay) }))
      .thenEvents(captured)
  })
  test('or opened at once', () => {
    given().when(ask('OpenOpportunity', beginning)).thenEvents(opened)
  })
  test('with those who have it from the first day', () => {
    const theirs = { teamId: south, salespersonId: sara }
    given(fact('OpportunityOpened', { ...described, ...theirs, occurredOn: firstDay }))
      .when(ask('AssignOpportunity', theirs))
      .thenNothing()
  })
  test('only once', () => {
    given(opened).when(ask('OpenOpportunity', beginning)).thenFails({ type: 'AlreadyExists' })
    given(opened, withdrawn)
      .when(ask('CaptureLead', beginning))
      .thenFails({ type: 'AlreadyExists' })
  })
})

describe('qualifying a lead', () => {
  test('makes it an opportunity of a customer, in a first stage', () => {
    given(captured)
      .when(ask('QualifyLead', { contactId: customer, stageId: proposal.id }))
      .thenEvents(
        fact('LeadQualified', {
          contactId: customer,
          stageId: proposal.id,
          occurredOn: lastDay,
        }),
      )
  })
  test('names a customer only where it has another', () => {
    given(captured, fact('OpportunityRevised', { contactId: customer }))
      .when(ask('QualifyLead', { contactId: customer }))
      .thenEvents(fact('LeadQualified', { occurredOn: lastDay }))
  })
  test('leaves it in the stage where it stands', () => {
    const standing = fact('OpportunityStaged', { stageId: proposal.id })
    given(captured, standing)
      .when(ask('QualifyLead', { stageId: proposal.id }))
      .thenEvents(fact('LeadQualified', { occurredOn: lastDay }))
  })
  test('moves it to the stage that is named', () => {
    given(captured, fact('OpportunityStaged', { stageId: customer }))
      .when(ask('QualifyLead', { stageId: proposal.id }))
      .thenEvents(fact('LeadQualified', { stageId: proposal.id, occurredOn: lastDay }))
  })
  test('is remembered with its customer and its stage', () => {
    const qualified = fact('LeadQualified', {
      contactId: customer,
      stageId: proposal.id,
      occurredOn: nextDay,
    })
    given(captured, qualified)
      .when(revise({ contactId: customer, stage: proposal }))
      .thenNothing()
  })
  test('happens once', () => {
    const again = ask('QualifyLead', {})
    given(opened).when(again).thenFails({ type: 'LeadAlreadyQualified' })
    given(captured, fact('LeadQualified', { occurredOn: nextDay }))
      .when(again)
      .thenFails({ type: 'LeadAlreadyQualified' })
  })
  test('is turned down once it is lost', () => {
    given(captured, lost).when(ask('QualifyLead', {})).thenFails({ type: 'OpportunityLost' })
  })
})

describe('a note', () => {
  const noting = ask('NoteOpportunity', { text: 'They call back in spring.' })
  const noted = fact('OpportunityNoted', { text: 'They call back in spring.' })

  test('can be left whatever the outcome', () => {
    given(opened).when(noting).thenEvents(noted)
    given(opened, won).when(noting).thenEvents(noted)
    given(opened, lost).when(noting).thenEvents(noted)
  })
})

describe('a probability set by hand', () => {
  const override = (probability: number, allowCertainty = false) =>
    ask('OverrideProbability', { probability, allowCertainty })
  const overridden = (probability: number) => fact('ProbabilityOverridden', { probability })

  test('stays until it is set again', () => {
    given(opened).when(override(35)).thenEvents(overridden(35))
    given(opened, overridden(35)).when(override(40)).thenEvents(overridden(40))
    given(opened, overridden(35)).when(override(35)).thenNothing()
  })
  test('is not certain, for only a loss is 0 and only a win is 100', () => {
    given(opened).when(override(0)).thenFails({ type: 'ProbabilityNotCertain', probability: 0 })
    given(opened).when(override(100)).thenFails({ type: 'ProbabilityNotCertain', probability: 100 })
  })
  test('may be certain where the company allows it', () => {
    given(opened).when(override(0, true)).thenEvents(overridden(0))
    given(opened).when(override(100, true)).thenEvents(overridden(100))
  })
  test('is no longer set once the outcome is known', () => {
    given(opened, won).when(override(35)).thenFails({ type: 'OpportunityWon' })
    given(opened, lost).when(override(35)).thenFails({ type: 'OpportunityLost' })
  })

  const automate = ask('AutomateProbability', {})
  test('gives way to the automatic one on demand', () => {
    given(opened, overridden(35)).when(automate).thenEvents(fact('ProbabilityAutomated', {}))
    given(opened).when(automate).thenNothing()
    given(opened, overridden(35), fact('ProbabilityAutomated', {})).when(automate).thenNothing()
  })
  test('cannot revive a lost opportunity by giving way', () => {
    given(opened, lost).when(automate).thenFails({ type: 'OpportunityLost' })
    given(opened, overridden(35), lost).when(automate).thenFails({ type: 'OpportunityLost' })
    given(opened, won).when(automate).thenFails({ type: 'OpportunityWon' })
  })
  test('goes on after a reopening', () => {
    const reopened = fact('OpportunityReopened', {
      from: 'lost',
      cause: 'person',
      stageId: proposal.id,
      occurredOn: lastDay,
    })
    given(opened, overridden(35), lost, reopened).when(override(35)).thenNothing()
  })
})

describe('withdrawing', () => {
  const withdraw = ask('WithdrawOpportunity', { reason: 'A test', ...on(nextDay) })

  test('is possible whatever the outcome', () => {
    given(opened).when(withdraw).thenEvents(withdrawn)
    given(opened, won).when(withdraw).thenEvents(withdrawn)
    given(captured, lost).when(withdraw).thenEvents(withdrawn)
  })
  test('is turned down while a customer holds a quotation', () => {
    const quotationBlocks = { code: 'QuotationNotDraft' as const, quotationId: duplicate }
    given(opened)
      .when(ask('WithdrawOpportunity', { reason: 'A test', quotationBlocks }))
      .thenFails({ type: 'QuotationNotDraft', quotationId: duplicate })
  })
})

describe('what is not there', () => {
  const note = ask('NoteOpportunity', { text: 'Hello' })

  test('before it has begun, nothing can be asked of it', () => {
    given().when(note).thenFails({ type: 'NotFound' })
  })
  test('after it was withdrawn, nothing can be asked of it', () => {
    given(opened, withdrawn).when(note).thenFails({ type: 'NotFound' })
    given(opened, withdrawn)
      .when(ask('ReopenOpportunity', { cause: 'person' }))
      .thenFails({ type: 'NotFound' })
  })
  test('after a merge, it points to the survivor', () => {
    given(opened, merged).when(note).thenFails({ type: 'OpportunityMerged', into: duplicate })
  })
})
