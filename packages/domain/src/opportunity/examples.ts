/**
 * One sale of forty desks, told in facts and questions: what the tests of this folder speak of.
 *
 * @module
 */
import type { Occurred } from '../decider.ts'
import { specification } from '../specification.ts'
import type { OpenStage, OpportunityCommand, WonStage } from './command.ts'
import type { DataOf, OpportunityEvent } from './events.ts'
import { opportunity } from './opportunity.ts'
import type { When } from './order.ts'

export const { given } = specification(opportunity)

const ulid = (last: string) => last.padStart(26, '0')

export const customer = ulid('C1')
export const desks = ulid('P1')
export const chairs = ulid('P2')
export const south = ulid('T1')
export const north = ulid('T2')
export const sara = ulid('E1')
export const omid = ulid('E2')
export const thisOne = ulid('A1')
export const duplicate = ulid('A2')

export const proposal: OpenStage = { id: ulid('51'), name: 'Proposal', won: false }
export const negotiation: OpenStage = { id: ulid('52'), name: 'Negotiation', won: false }
export const signed: WonStage = { id: ulid('58'), name: 'Signed', won: true }
export const delivered: WonStage = { id: ulid('59'), name: 'Delivered', won: true }

export const price = { id: ulid('R1'), name: 'Price', archived: false, requiresNote: false }
export const rival = { id: ulid('R2'), name: 'Competitor', archived: false, requiresNote: false }
export const other = { id: ulid('R3'), name: 'Other', archived: false, requiresNote: true }

export const rials = (amount: number) => ({ amount: String(amount), currency: 'IRR' })

/** Days of the story, in order. */
export const firstDay = '2026-01-10'
export const nextDay = '2026-01-11'
export const lastDay = '2026-01-31'

export const on = (occurredOn: string): When => ({
  occurredAt: `${occurredOn}T08:00:00.000Z`,
  occurredOn,
})

export const fact = <Type extends OpportunityEvent['type']>(
  type: Type,
  data: DataOf<Type>,
): OpportunityEvent => ({ type, data }) as OpportunityEvent

type Question<Type extends OpportunityCommand['type']> = Extract<
  OpportunityCommand,
  { type: Type }
>['data']

/** A question of the last day, unless it names another. */
export const ask = <Type extends OpportunityCommand['type']>(
  type: Type,
  data: Omit<Question<Type>, keyof When> & Partial<When>,
): OpportunityCommand => ({ type, data: { ...on(lastDay), ...data } }) as OpportunityCommand

/** An event as its log tells of it. */
export const at = (occurredAt: string, event: OpportunityEvent): Occurred<OpportunityEvent> => ({
  ...event,
  occurredAt,
})

export const described = {
  title: 'Forty desks',
  companyName: 'Pars Office',
  email: 'buyer@pars.example',
  country: 'IR',
  tags: ['office'],
  expectedRevenue: rials(900_000_000),
  emailPresent: true,
  phonePresent: false,
}

export const captured = fact('LeadCaptured', { ...described, occurredOn: firstDay })
export const opened = fact('OpportunityOpened', {
  ...described,
  stageId: proposal.id,
  occurredOn: firstDay,
})
export const assigned = fact('OpportunityAssigned', { teamId: south, salespersonId: sara })
export const won = fact('OpportunityWon', {
  revenue: rials(900_000_000),
  basis: 'expected',
  cause: 'person',
  stageId: signed.id,
  ageDays: 1,
  occurredOn: nextDay,
})
export const lost = fact('OpportunityLost', {
  reasonId: price.id,
  reason: 'Price',
  cause: 'person',
  stageId: proposal.id,
  expectedRevenue: rials(900_000_000),
  quoted: [],
  quotationSent: false,
  ageDays: 1,
  occurredOn: nextDay,
})
export const merged = fact('OpportunityMerged', { into: duplicate, occurredOn: nextDay })
export const withdrawn = fact('OpportunityWithdrawn', { reason: 'A test', occurredOn: nextDay })

/** A quotation that an outcome may rest on. */
export const offer = '000000000000000000000000D1'

export const win = ask('WinOpportunity', { cause: 'person' })
export const lose = (data: Partial<Question<'LoseOpportunity'>> = {}) =>
  ask('LoseOpportunity', {
    reason: price,
    requireReason: true,
    quoted: [],
    quotationSent: false,
    cause: 'person',
    ...data,
  })
export const revise = (changes: Question<'ReviseOpportunity'>['changes']) =>
  ask('ReviseOpportunity', { changes })
