/**
 * What holds of every opportunity, whatever is asked of it and in whatever order.
 *
 * @module
 */
import { test } from '@fast-check/vitest'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect } from 'vitest'
import { fold, type Occurred } from '../decider.ts'
import { erased } from '../personal.ts'
import { Line } from '../text/text.ts'
import { plusDays } from '../time/calendar-date.ts'
import { opportunityCodec } from './codec.ts'
import type { OpportunityCommand } from './command.ts'
import type { OpportunityEvent } from './events.ts'
import {
  customer,
  delivered,
  desks,
  duplicate,
  firstDay,
  negotiation,
  north,
  omid,
  other,
  price,
  proposal,
  rival,
  sara,
  signed,
  south,
  thisOne,
} from './examples.ts'
import { opportunity } from './opportunity.ts'
import { orderOf, type When } from './order.ts'

type Log = readonly Occurred<OpportunityEvent>[]

// Values. Few ids, so that questions meet each other's answers.
const line = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .map((text) => text.normalize('NFC'))
  .filter((text) => Line.safeParse(text).success)
const id = fc.constantFrom(customer, desks, duplicate, thisOne)
const money = fc.record({
  amount: fc.nat().map(String),
  currency: fc.constantFrom('IRR', 'EUR'),
})
const day = fc.nat(400).map((days) => plusDays(firstDay, days))
const stage = fc.constantFrom(proposal, negotiation, signed, delivered)
const team = fc.constantFrom(south, north)
const person = fc.constantFrom(sara, omid)
const cause = fc.constantFrom('person', 'stage', 'quotation', 'import')
const probability = fc.integer({ min: 0, max: 100 })
const emptied = <T>(value: fc.Arbitrary<T>) => fc.option(value, { freq: 4 })

const publicly = {
  contactId: id,
  country: line,
  region: line,
  source: line,
  tags: fc.array(line, { maxLength: 50 }),
  productIds: fc.array(id, { maxLength: 50 }),
  participants: fc.array(fc.record({ contactId: id, role: line }), { maxLength: 3 }),
  priority: fc.integer({ min: 0, max: 3 }),
  expectedRevenue: money,
  expectedCloseOn: day,
  nextStepOn: day,
  externalIds: fc.array(fc.record({ system: fc.constant('old-crm'), id: line }), { maxLength: 20 }),
  attributes: fc.dictionary(fc.stringMatching(/^[a-z]\w{0,3}$/), fc.oneof(line, fc.boolean())),
}
const personally = {
  companyName: line,
  contactName: line,
  email: line,
  phone: line,
  nextStep: line,
}
const describing = { ...publicly, ...personally }
const flags = { emailPresent: fc.boolean(), phonePresent: fc.boolean() }

const anyOf = <Shape extends object>(shape: { [Name in keyof Shape]: fc.Arbitrary<Shape[Name]> }) =>
  fc.record(shape, { requiredKeys: [] }) as fc.Arbitrary<Partial<Shape>>
const clearing = (shape: Readonly<Record<string, fc.Arbitrary<unknown>>>) =>
  fc.record(
    Object.fromEntries(Object.entries(shape).map(([name, value]) => [name, emptied(value)])),
    { requiredKeys: [] },
  )

// Questions, without their moment.
type Asked = {
  [Type in OpportunityCommand['type']]: {
    type: Type
    data: Omit<Extract<OpportunityCommand, { type: Type }>['data'], keyof When>
  }
}[OpportunityCommand['type']]

const asking = (type: Asked['type'], data: fc.Arbitrary<object>) =>
  data.map((each) => ({ type, data: each }) as unknown as Asked)

const beginning = fc
  .tuple(fc.record({ title: line, ...flags }), anyOf({ ...describing, stageId: id, teamId: team }))
  .map(([required, more]) => ({ ...more, ...required }))
const reasons = fc.option(
  fc.constantFrom<unknown>(
    price,
    rival,
    other,
    { ...price, archived: true },
    { id: desks, unknown: true },
  ),
  { nil: undefined },
)
const survivors = fc.constantFrom<unknown>(
  ...['none', 'withdrawn', 'open', 'won', 'lost'].map((outcome) => ({ outcome })),
  { outcome: 'merged', into: customer },
)
const assignment = { teamId: emptied(team), salespersonId: emptied(person) }

const beginnings = fc.oneof(asking('CaptureLead', beginning), asking('OpenOpportunity', beginning))
const lasting = fc.oneof(
  asking('QualifyLead', anyOf({ contactId: id, stageId: id })),
  asking(
    'ReviseOpportunity',
    fc.record({ changes: clearing(describing) }).chain(({ changes }) =>
      anyOf({ title: line, stage, ...assignment }).map((more) => ({
        changes: { ...changes, ...more },
      })),
    ),
  ),
  asking('StageOpportunity', fc.record({ stage })),
  asking('AssignOpportunity', anyOf(assignment)),
  asking('NoteOpportunity', fc.record({ text: line })),
  asking('OverrideProbability', fc.record({ probability, allowCertainty: fc.boolean() })),
  asking('AutomateProbability', fc.constant({})),
  asking(
    'CorrectOpportunity',
    fc.record({ reason: line, revenue: money }, { requiredKeys: ['reason'] }),
  ),
  asking(
    'CorrectOpportunity',
    fc.record(
      { reason: line, lostReason: reasons, note: emptied(line), competitor: emptied(line) },
      { requiredKeys: ['reason'] },
    ),
  ),
  asking('AbsorbOpportunity', fc.record({ from: id, fields: clearing(describing) })),
)
const ending = fc.oneof(
  asking(
    'WinOpportunity',
    fc.record({ cause, revenue: money, quotationId: id }, { requiredKeys: ['cause'] }),
  ),
  asking(
    'LoseOpportunity',
    fc.record(
      {
        cause,
        reason: reasons,
        requireReason: fc.boolean(),
        quoted: fc.array(money, { maxLength: 2 }),
        quotationSent: fc.boolean(),
        note: line,
        competitor: line,
      },
      { requiredKeys: ['cause', 'requireReason', 'quoted', 'quotationSent'] },
    ),
  ),
  asking('ReopenOpportunity', fc.record({ cause, quotationId: id }, { requiredKeys: ['cause'] })),
)
const final = fc.oneof(
  asking(
    'MergeOpportunity',
    fc.record({ id: fc.constant(thisOne), into: id, survivor: survivors }),
  ),
  asking('WithdrawOpportunity', fc.record({ reason: line })),
)
const question = fc.oneof(
  { arbitrary: lasting, weight: 12 },
  { arbitrary: ending, weight: 8 },
  { arbitrary: beginnings, weight: 1 },
  { arbitrary: final, weight: 1 },
)

/** A life: how it begins, and what is asked how many hours after the question before. */
const life = fc.tuple(
  fc.tuple(beginnings, fc.constant(0)),
  fc.array(fc.tuple(question, fc.integer({ min: -12, max: 96 })), { maxLength: 25 }),
)
type Life = typeof life extends fc.Arbitrary<infer Value> ? Value : never

const moment = (hours: number): When => {
  const occurredOn = plusDays(firstDay, Math.floor(hours / 24))
  const hour = String(((hours % 24) + 24) % 24).padStart(2, '0')
  return { occurredOn, occurredAt: `${occurredOn}T${hour}:00:00.000Z` }
}

/** Every step of a life: the log before, what was asked, what it led to. */
const steps = ([first, rest]: Life) => {
  let log: Log = []
  let hours = 240
  return [first, ...rest].map(([{ type, data }, later]) => {
    const when = moment((hours += later))
    const command = { type, data: { ...data, ...when } } as unknown as OpportunityCommand
    const before = { log, state: fold(opportunity, log) }
    const answer = opportunity.decide(command, before.state)
    const events = E.isRight(answer) ? answer.right : []
    log = [...log, ...events.map((event) => ({ ...event, occurredAt: when.occurredAt }))]
    return { before, command, answer, events, state: fold(opportunity, log), log }
  })
}

const stored = (event: OpportunityEvent): OpportunityEvent => {
  const text = JSON.stringify(opportunityCodec.encode(event))
  const decoded = opportunityCodec.decode(JSON.parse(text))
  if (E.isLeft(decoded)) throw new Error(JSON.stringify(decoded.left))
  return decoded.right
}

/** The event as it reads once the keys of its personal fields are gone. */
const withoutKeys = (event: OpportunityEvent): OpportunityEvent => {
  const sealed = opportunityCodec.personal[event.type]
  const data = Object.entries(event.data).map(([name, value]) => [
    name,
    Object.hasOwn(sealed, name) && value !== null ? erased : value,
  ])
  return { ...event, data: Object.fromEntries(data) }
}

describe('whatever is asked', () => {
  test.prop([life])('every event keeps to its schema, and is stored without loss', (asked) => {
    for (const { events } of steps(asked)) {
      for (const event of events) {
        expect(stored(event)).toEqual(event)
        expect(Object.values(event.data)).not.toContain(undefined)
      }
    }
  })

  test.prop([life])('replaying the stored history gives the state that deciding left', (asked) => {
    for (const { log, state } of steps(asked)) {
      const replayed = log.map((event) => ({ ...event, ...stored(event) }))
      expect(fold(opportunity, replayed)).toEqual(state)
    }
  })

  test.prop([life])('an erasure of personal data changes no outcome and no rule', (asked) => {
    for (const { log, state } of steps(asked)) {
      const remaining = log.map((event) => ({ ...event, ...stored(withoutKeys(event)) }))
      expect(fold(opportunity, remaining)).toEqual(state)
    }
  })

  test.prop([life])('the outcome is that of the last outcome event', (asked) => {
    for (const { log, state } of steps(asked)) {
      const outcomes = log.flatMap(({ type }) => outcomeAfter[type] ?? [])
      expect(state.outcome).toBe(outcomes.at(-1) ?? 'none')
    }
  })

  test.prop([life])('it is closed only while open, and reopened only while closed', (asked) => {
    for (const { before, events } of steps(asked)) {
      for (const { type } of events) {
        const from = comesFrom[type]
        if (from !== undefined) expect(from).toContain(before.state.outcome)
      }
    }
  })

  test.prop([life])('a lead is never won', (asked) => {
    for (const { state } of steps(asked)) {
      if (state.outcome === 'won') expect(state.facts.kind).toBe('opportunity')
    }
  })

  test.prop([life])('a closed one changes only as its outcome allows', (asked) => {
    for (const { before, events } of steps(asked)) {
      const allowed = possible[before.state.outcome]
      for (const { type } of events) expect(allowed === 'all' || allowed?.includes(type)).toBe(true)
    }
  })

  test.prop([life])('facts of one kind come in order, and none before the beginning', (asked) => {
    const log = steps(asked).at(-1)?.log ?? []
    const moments = (order: string) =>
      log.filter(({ type }) => orderOf[type] === order).map(({ occurredAt = '' }) => occurredAt)
    for (const order of ['outcome', 'stage', 'assignment']) {
      expect(moments(order)).toEqual(moments(order).toSorted())
    }
    const began = log[0]?.occurredAt ?? ''
    for (const { type, occurredAt = '' } of log) {
      if (type !== 'OpportunityAbsorbed') expect(occurredAt >= began).toBe(true)
    }
  })

  test.prop([life])('an age is never negative', (asked) => {
    for (const { events } of steps(asked)) {
      for (const { data } of events) if ('ageDays' in data) expect(data.ageDays >= 0).toBe(true)
    }
  })

  test.prop([life, clearing(publicly)])(
    'a save repeated changes nothing',
    ([first, rest], changes) => {
      const save: [Asked, number] = [{ type: 'ReviseOpportunity', data: { changes } }, 0]
      expect(steps([first, [...rest, save, save]]).at(-1)?.events).toEqual([])
    },
  )
})

const outcomeAfter: { readonly [Type in OpportunityEvent['type']]?: string } = {
  LeadCaptured: 'open',
  OpportunityOpened: 'open',
  OpportunityWon: 'won',
  OpportunityLost: 'lost',
  OpportunityReopened: 'open',
  OpportunityMerged: 'merged',
  OpportunityWithdrawn: 'withdrawn',
}

const comesFrom: { readonly [Type in OpportunityEvent['type']]?: readonly string[] } = {
  OpportunityWon: ['open'],
  OpportunityLost: ['open'],
  OpportunityMerged: ['open'],
  OpportunityReopened: ['won', 'lost'],
  ProbabilityOverridden: ['open'],
  ProbabilityAutomated: ['open'],
  LeadQualified: ['open'],
}

const whateverTheOutcome = [
  'OpportunityRevised',
  'OpportunityNoted',
  'OpportunityAbsorbed',
  'OpportunityCorrected',
  'OpportunityReopened',
  'OpportunityWithdrawn',
]
const assigning = ['OpportunityAssigned', 'OpportunityUnassigned']

const possible: Readonly<Record<string, 'all' | readonly string[]>> = {
  none: ['LeadCaptured', 'OpportunityOpened'],
  open: 'all',
  won: [...whateverTheOutcome, ...assigning, 'OpportunityStaged'],
  lost: whateverTheOutcome,
  merged: [],
  withdrawn: [],
}
