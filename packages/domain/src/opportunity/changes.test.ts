import { describe, test } from 'vitest'
import {
  ask,
  assigned,
  captured,
  customer,
  fact,
  given,
  lastDay,
  lost,
  negotiation,
  north,
  omid,
  opened,
  proposal,
  revise,
  rials,
  sara,
  signed,
  south,
  won,
} from './examples.ts'

describe('revising', () => {
  test('records what changed, and nothing else', () => {
    given(opened)
      .when(revise({ country: 'IR', region: 'Fars', tags: ['office', 'urgent'] }))
      .thenEvents(fact('OpportunityRevised', { region: 'Fars', tags: ['office', 'urgent'] }))
  })
  test('records a cleared field as nothing', () => {
    given(opened)
      .when(revise({ country: null, tags: [], companyName: null }))
      .thenEvents(fact('OpportunityRevised', { country: null, tags: [], companyName: null }))
  })
  test('that changes nothing leaves no trace', () => {
    given(opened)
      .when(revise({ country: 'IR', tags: ['office'], expectedRevenue: rials(900_000_000) }))
      .thenNothing()
    given(opened)
      .when(revise({ region: null, productIds: [], nextStep: null }))
      .thenNothing()
    given(opened)
      .when(revise({ stage: proposal, teamId: null }))
      .thenNothing()
    given(opened).when(revise({})).thenNothing()
  })
  test('goes by the last revision', () => {
    const moved = fact('OpportunityRevised', { country: 'TR', region: 'Izmir' })
    given(opened, moved)
      .when(revise({ country: 'TR', region: 'Izmir' }))
      .thenNothing()
    given(opened, moved)
      .when(revise({ country: 'IR', region: null }))
      .thenEvents(fact('OpportunityRevised', { country: 'IR', region: null }))
  })
  test('takes over a personal field that arrives, for its value is not known here', () => {
    given(opened)
      .when(revise({ title: 'Fifty desks', contactName: 'Mina Rad' }))
      .thenEvents(fact('OpportunityRevised', { title: 'Fifty desks', contactName: 'Mina Rad' }))
  })
  test('knows when mail and phone come and go', () => {
    given(opened)
      .when(revise({ email: null, phone: '+982112345678' }))
      .thenEvents(
        fact('OpportunityRevised', {
          email: null,
          phone: '+982112345678',
          emailPresent: false,
          phonePresent: true,
        }),
      )
    given(opened)
      .when(revise({ email: 'new@pars.example' }))
      .thenEvents(fact('OpportunityRevised', { email: 'new@pars.example' }))
    given(opened)
      .when(revise({ phonePresent: true }))
      .thenEvents(fact('OpportunityRevised', { phonePresent: true }))
  })
  test('of what describes it is possible whatever the outcome', () => {
    const renamed = fact('OpportunityRevised', { contactId: customer })
    given(opened, won)
      .when(revise({ contactId: customer }))
      .thenEvents(renamed)
    given(opened, lost)
      .when(revise({ contactId: customer }))
      .thenEvents(renamed)
  })
})

describe('revising several things at once', () => {
  test('records each as its own fact', () => {
    given(opened)
      .when(revise({ region: 'Fars', stage: negotiation, teamId: south, salespersonId: sara }))
      .thenEvents(
        fact('OpportunityRevised', { region: 'Fars' }),
        assigned,
        fact('OpportunityStaged', { stageId: negotiation.id }),
      )
  })
  test('wins with the revenue that it has just told', () => {
    given(opened)
      .when(revise({ expectedRevenue: rials(1_000), stage: signed }))
      .thenEvents(
        fact('OpportunityRevised', { expectedRevenue: rials(1_000) }),
        fact('OpportunityWon', {
          revenue: rials(1_000),
          basis: 'expected',
          cause: 'stage',
          stageId: signed.id,
          ageDays: 21,
          occurredOn: lastDay,
        }),
      )
  })
  test('does all or nothing', () => {
    given(opened, lost)
      .when(revise({ region: 'Fars', stage: negotiation }))
      .thenFails({ type: 'OpportunityLost' })
    given(opened, lost)
      .when(revise({ region: 'Fars', teamId: north }))
      .thenFails({ type: 'OpportunityLost' })
    given(captured)
      .when(revise({ region: 'Fars', stage: signed }))
      .thenFails({ type: 'LeadNotQualified' })
  })
  test('is not stopped by what is so already', () => {
    given(opened, assigned, lost)
      .when(revise({ region: 'Fars', stage: proposal, teamId: south }))
      .thenEvents(fact('OpportunityRevised', { region: 'Fars' }))
  })
})

describe('assigning', () => {
  test('names the team and the person who have it from now on', () => {
    given(opened)
      .when(ask('AssignOpportunity', { teamId: south, salespersonId: sara }))
      .thenEvents(assigned)
  })
  test('leaves as it is what is not named', () => {
    given(opened, assigned)
      .when(ask('AssignOpportunity', { salespersonId: omid }))
      .thenEvents(fact('OpportunityAssigned', { teamId: south, salespersonId: omid }))
    given(opened, assigned)
      .when(ask('AssignOpportunity', { salespersonId: null }))
      .thenEvents(fact('OpportunityAssigned', { teamId: south, salespersonId: null }))
  })
  test('to nobody takes it away', () => {
    given(opened, assigned)
      .when(ask('AssignOpportunity', { teamId: null, salespersonId: null }))
      .thenEvents(fact('OpportunityUnassigned', {}))
    given(opened, assigned, fact('OpportunityUnassigned', {}))
      .when(ask('AssignOpportunity', { teamId: null }))
      .thenNothing()
  })
  test('to those who have it changes nothing', () => {
    given(opened, assigned)
      .when(ask('AssignOpportunity', { teamId: south, salespersonId: sara }))
      .thenNothing()
  })
  test('goes on after a win, not after a loss', () => {
    const toOmid = ask('AssignOpportunity', { salespersonId: omid })
    given(opened, assigned, won)
      .when(toOmid)
      .thenEvents(fact('OpportunityAssigned', { teamId: south, salespersonId: omid }))
    given(opened, assigned, lost).when(toOmid).thenFails({ type: 'OpportunityLost' })
    given(opened, assigned, lost)
      .when(ask('AssignOpportunity', { salespersonId: sara }))
      .thenFails({ type: 'OpportunityLost' })
  })
})
