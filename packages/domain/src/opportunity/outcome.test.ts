import { describe, test } from 'vitest'
import type { DataOf } from './events.ts'
import {
  ask,
  captured,
  delivered,
  described,
  fact,
  firstDay,
  given,
  lastDay,
  lose,
  lost,
  negotiation,
  offer,
  on,
  opened,
  other,
  price,
  proposal,
  rials,
  signed,
  win,
  won,
} from './examples.ts'

const wonOnTheLastDay: DataOf<'OpportunityWon'> = {
  basis: 'unknown',
  cause: 'person',
  stageId: proposal.id,
  ageDays: 21,
  occurredOn: lastDay,
}

const lostOnTheLastDay: DataOf<'OpportunityLost'> = {
  reasonId: price.id,
  reason: 'Price',
  cause: 'person',
  stageId: proposal.id,
  expectedRevenue: rials(900_000_000),
  quoted: [],
  quotationSent: false,
  ageDays: 21,
  occurredOn: lastDay,
}

describe('winning', () => {
  test('brings what was given, before all else', () => {
    const revenue = rials(850_000_000)
    given(opened)
      .when(ask('WinOpportunity', { cause: 'person', revenue, quotedNet: rials(1), stage: signed }))
      .thenEvents(
        fact('OpportunityWon', {
          ...wonOnTheLastDay,
          revenue,
          basis: 'given',
          stageId: signed.id,
        }),
      )
  })
  test('brings the net of the confirmed quotations, before what was expected', () => {
    const revenue = rials(870_000_000)
    given(opened)
      .when(ask('WinOpportunity', { cause: 'quotation', quotedNet: revenue }))
      .thenEvents(
        fact('OpportunityWon', {
          ...wonOnTheLastDay,
          revenue,
          basis: 'quotations',
          cause: 'quotation',
        }),
      )
  })
  test('names the quotation that brought it about', () => {
    given(opened)
      .when(ask('WinOpportunity', { cause: 'quotation', quotationId: offer, quotedNet: rials(5) }))
      .thenEvents(
        fact('OpportunityWon', {
          ...wonOnTheLastDay,
          revenue: rials(5),
          basis: 'quotations',
          cause: 'quotation',
          quotationId: offer,
        }),
      )
  })
  test('brings what was expected, where nothing else is known', () => {
    given(opened)
      .when(win)
      .thenEvents(
        fact('OpportunityWon', {
          ...wonOnTheLastDay,
          revenue: rials(900_000_000),
          basis: 'expected',
        }),
      )
  })
  test('may bring nobody knows what', () => {
    const unvalued = fact('OpportunityOpened', {
      title: 'Desks',
      emailPresent: false,
      phonePresent: false,
      occurredOn: firstDay,
    })
    given(unvalued)
      .when(win)
      .thenEvents(fact('OpportunityWon', { ...wonOnTheLastDay, stageId: undefined }))
  })
  test('takes a qualified lead', () => {
    given(captured).when(win).thenFails({ type: 'LeadNotQualified' })
  })
  test('happens once, and never to a lost one', () => {
    given(opened, won).when(win).thenFails({ type: 'OpportunityWon' })
    given(opened, lost).when(win).thenFails({ type: 'OpportunityLost' })
  })
})

describe('losing', () => {
  test('keeps the reason, its name then, and what was at stake', () => {
    given(opened).when(lose()).thenEvents(fact('OpportunityLost', lostOnTheLastDay))
  })
  test('keeps the note, the competitor and what had been quoted', () => {
    const told = {
      note: 'Too far away.',
      competitor: 'Alborz',
      competitorPrice: rials(700_000_000),
      quoted: [rials(880_000_000), { amount: '100.00', currency: 'EUR' }],
      quotationSent: true,
    }
    given(opened)
      .when(lose({ ...told, stageName: 'Proposal' }))
      .thenEvents(fact('OpportunityLost', { ...lostOnTheLastDay, ...told, stage: 'Proposal' }))
  })
  test('happens to leads too', () => {
    given(captured)
      .when(lose())
      .thenEvents(fact('OpportunityLost', { ...lostOnTheLastDay, stageId: undefined }))
  })
  test('takes a reason, where the company requires one', () => {
    given(opened)
      .when(lose({ reason: undefined }))
      .thenFails({ type: 'LostReasonMissing' })
    given(opened)
      .when(lose({ reason: undefined, requireReason: false }))
      .thenEvents(
        fact('OpportunityLost', { ...lostOnTheLastDay, reasonId: undefined, reason: undefined }),
      )
  })
  test('takes a reason that is known and in use', () => {
    given(opened)
      .when(lose({ reason: { id: price.id, unknown: true } }))
      .thenFails({ type: 'LostReasonUnknown', reasonId: price.id })
    given(opened)
      .when(lose({ reason: { ...price, archived: true }, requireReason: false }))
      .thenFails({ type: 'LostReasonArchived', reasonId: price.id, reason: 'Price' })
  })
  test('takes a note, where the reason says nothing without one', () => {
    given(opened)
      .when(lose({ reason: other }))
      .thenFails({ type: 'LostNoteMissing', reasonId: other.id, reason: 'Other' })
    given(opened)
      .when(lose({ reason: other, note: 'They moved.' }))
      .thenEvents(
        fact('OpportunityLost', {
          ...lostOnTheLastDay,
          reasonId: other.id,
          reason: 'Other',
          note: 'They moved.',
        }),
      )
  })
  test('happens once, and never to a won one', () => {
    given(opened, lost).when(lose()).thenFails({ type: 'OpportunityLost' })
    given(opened, won).when(lose()).thenFails({ type: 'OpportunityWon' })
  })
})

describe('reopening', () => {
  const reopen = ask('ReopenOpportunity', { cause: 'person' })
  const reopened = { cause: 'person', stageId: proposal.id, occurredOn: lastDay } as const

  test('takes up a lost one in the stage where it stood', () => {
    given(opened, lost)
      .when(reopen)
      .thenEvents(fact('OpportunityReopened', { from: 'lost', ...reopened }))
  })
  test('takes a won one back to the stage it was won from', () => {
    given(opened, won)
      .when(reopen)
      .thenEvents(fact('OpportunityReopened', { from: 'won', ...reopened }))
    given(opened, won, fact('OpportunityStaged', { stageId: delivered.id }))
      .when(reopen)
      .thenEvents(fact('OpportunityReopened', { from: 'won', ...reopened }))
  })
  test('goes to another open stage on demand', () => {
    given(opened, lost)
      .when(ask('ReopenOpportunity', { cause: 'quotation', stage: negotiation }))
      .thenEvents(
        fact('OpportunityReopened', {
          from: 'lost',
          cause: 'quotation',
          stageId: negotiation.id,
          occurredOn: lastDay,
        }),
      )
  })
  test('names the quotation whose cancellation brought it about', () => {
    given(opened, won)
      .when(ask('ReopenOpportunity', { cause: 'quotation', quotationId: offer }))
      .thenEvents(
        fact('OpportunityReopened', {
          ...reopened,
          from: 'won',
          cause: 'quotation',
          quotationId: offer,
        }),
      )
  })
  test('asks for an outcome to undo', () => {
    given(opened).when(reopen).thenFails({ type: 'OpportunityNotLost' })
  })
  test('leaves it free to be lost again, for another reason', () => {
    const again = fact('OpportunityReopened', { from: 'lost', ...reopened })
    given(opened, lost, again).when(lose()).thenEvents(fact('OpportunityLost', lostOnTheLastDay))
  })
})

describe('staging', () => {
  const stage = (to: typeof proposal | typeof signed) => ask('StageOpportunity', { stage: to })

  test('moves an open one, a lead too', () => {
    const staged = fact('OpportunityStaged', { stageId: negotiation.id })
    given(opened).when(stage(negotiation)).thenEvents(staged)
    given(captured).when(stage(negotiation)).thenEvents(staged)
  })
  test('to where it stands changes nothing', () => {
    given(opened).when(stage(proposal)).thenNothing()
    given(opened, won).when(stage(signed)).thenNothing()
  })
  test('into a won stage is a win', () => {
    given(opened)
      .when(stage(signed))
      .thenEvents(
        fact('OpportunityWon', {
          ...wonOnTheLastDay,
          revenue: rials(900_000_000),
          basis: 'expected',
          cause: 'stage',
          stageId: signed.id,
        }),
      )
    given(captured).when(stage(signed)).thenFails({ type: 'LeadNotQualified' })
  })
  test('wins also where the stage was flagged as won only later', () => {
    given(opened)
      .when(stage({ ...proposal, won: true }))
      .thenEvents(
        fact('OpportunityWon', {
          ...wonOnTheLastDay,
          revenue: rials(900_000_000),
          basis: 'expected',
          cause: 'stage',
        }),
      )
  })
  test('between won stages keeps the win as it was', () => {
    given(opened, won)
      .when(stage(delivered))
      .thenEvents(fact('OpportunityStaged', { stageId: delivered.id }))
  })
  test('out of a won stage is a reopening', () => {
    given(opened, won)
      .when(stage(negotiation))
      .thenEvents(
        fact('OpportunityReopened', {
          from: 'won',
          cause: 'stage',
          stageId: negotiation.id,
          occurredOn: lastDay,
        }),
      )
  })
  test('leaves a lost one alone', () => {
    given(opened, lost).when(stage(negotiation)).thenFails({ type: 'OpportunityLost' })
    given(opened, lost).when(stage(signed)).thenFails({ type: 'OpportunityLost' })
    given(opened, lost).when(stage(proposal)).thenFails({ type: 'OpportunityLost' })
  })
  test('counts the days from the beginning', () => {
    const young = fact('OpportunityOpened', { ...described, occurredOn: lastDay })
    given(young)
      .when(ask('StageOpportunity', { stage: signed, quotedNet: rials(5), ...on(lastDay) }))
      .thenEvents(
        fact('OpportunityWon', {
          revenue: rials(5),
          basis: 'quotations',
          cause: 'stage',
          stageId: signed.id,
          ageDays: 0,
          occurredOn: lastDay,
        }),
      )
  })
})
