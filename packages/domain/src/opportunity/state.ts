/**
 * What is known of an opportunity: as much as its rules must know, and no personal value among it.
 * Its outcome is the fact that all else follows from.
 *
 *     none ──▶ open ◀──▶ won
 *               │  ◀──▶ lost
 *               ├─────▶ merged
 *               └─────▶ withdrawn, also from won and lost
 *
 * @module
 */
import type { Occurred } from '../decider.ts'
import type { Ulid } from '../id.ts'
import type { Money } from '../money/money.ts'
import { patched } from '../patch.ts'
import { blank, type Description, describedAfter } from './description.ts'
import type { DataOf, OpportunityEvent } from './events.ts'
import { type Moment, momentOf, type Order, orderOf, type Start } from './order.ts'

export type OpportunityState =
  | { readonly outcome: 'none' }
  | Begun
  | { readonly outcome: 'merged'; readonly into: Ulid }
  | { readonly outcome: 'withdrawn' }

/** One that lives: its history goes on. */
export type Begun = Open | Won | Lost
export type Open = { readonly outcome: 'open'; readonly facts: Facts }
export type Won = { readonly outcome: 'won'; readonly facts: Facts; readonly win: Win }
export type Lost = { readonly outcome: 'lost'; readonly facts: Facts; readonly loss: Loss }

/** What is known whatever the outcome. */
export interface Facts extends Description {
  readonly kind: 'lead' | 'opportunity'
  readonly stageId: Ulid | undefined
  readonly teamId: Ulid | undefined
  readonly salespersonId: Ulid | undefined
  /** Outlives an outcome: a reopened opportunity goes on in the mode it had. */
  readonly probability:
    | { readonly mode: 'automatic' }
    | { readonly mode: 'manual'; readonly value: number }
  readonly began: Start
  /** The last fact of each kind that keeps its own order. */
  readonly last: { readonly outcome: Moment } & { readonly [Kind in Order]?: Moment }
  /** The duplicates it has taken over. */
  readonly absorbed: readonly Ulid[]
}

interface Win {
  readonly revenue: Money | undefined
  /** The quotation whose confirmation brought it about. */
  readonly quotationId: Ulid | undefined
  /** The stage it was won from: where a reopening returns to. */
  readonly from: Ulid | undefined
}

interface Loss {
  readonly lostReasonId: Ulid | undefined
  readonly competitor: string | undefined
  readonly competitorPrice: Money | undefined
  readonly notePresent: boolean
}

export const evolve = (
  state: OpportunityState,
  event: Occurred<OpportunityEvent>,
): OpportunityState => {
  if (event.type === 'LeadCaptured') return { outcome: 'open', facts: begun('lead', event) }
  if (event.type === 'OpportunityOpened') {
    return { outcome: 'open', facts: begun('opportunity', event) }
  }
  if (!hasBegun(state)) return state
  return after(dated(state, event), event)
}

export const hasBegun = (state: OpportunityState): state is Begun => 'facts' in state

type BeginningEvent = Extract<OpportunityEvent, { type: 'LeadCaptured' | 'OpportunityOpened' }>

const after = (
  state: Begun,
  event: Exclude<OpportunityEvent, BeginningEvent>,
): OpportunityState => {
  const { type, data } = event
  const { facts } = state
  switch (type) {
    case 'LeadQualified':
      return known(state, {
        kind: 'opportunity',
        stageId: data.stageId ?? facts.stageId,
        described: patched(facts.described, { contactId: data.contactId }),
      })
    case 'OpportunityRevised':
      return known(state, describedAfter(facts, data))
    case 'OpportunityAbsorbed':
      return known(state, {
        ...describedAfter(facts, data),
        absorbed: [...facts.absorbed, data.from],
      })
    case 'OpportunityStaged':
      return known(state, { stageId: data.stageId })
    case 'OpportunityAssigned':
      return known(state, {
        teamId: data.teamId ?? undefined,
        salespersonId: data.salespersonId ?? undefined,
      })
    case 'OpportunityUnassigned':
      return known(state, { teamId: undefined, salespersonId: undefined })
    case 'OpportunityNoted':
    case 'PersonalDataErased':
      return state
    case 'ProbabilityOverridden':
      return known(state, { probability: { mode: 'manual', value: data.probability } })
    case 'ProbabilityAutomated':
      return known(state, { probability: { mode: 'automatic' } })
    case 'OpportunityWon':
      return {
        outcome: 'won',
        facts: { ...facts, stageId: data.stageId },
        win: { revenue: data.revenue, quotationId: data.quotationId, from: facts.stageId },
      }
    case 'OpportunityLost':
      return {
        outcome: 'lost',
        facts,
        loss: {
          lostReasonId: data.reasonId,
          competitor: data.competitor,
          competitorPrice: data.competitorPrice,
          notePresent: data.note !== undefined,
        },
      }
    case 'OpportunityReopened':
      return { outcome: 'open', facts: { ...facts, stageId: data.stageId } }
    case 'OpportunityCorrected':
      return corrected(state, data)
    case 'OpportunityMerged':
      return { outcome: 'merged', into: data.into }
    case 'OpportunityWithdrawn':
      return { outcome: 'withdrawn' }
  }
}

const known = <State extends Begun>(state: State, facts: Partial<Facts>): State => ({
  ...state,
  facts: { ...state.facts, ...facts },
})

const begun = (kind: Facts['kind'], event: Occurred<BeginningEvent>): Facts => {
  const { data } = event
  const began = { ...momentOf(event), on: data.occurredOn }
  return {
    kind,
    ...describedAfter(blank, data),
    stageId: data.stageId,
    teamId: data.teamId,
    salespersonId: data.salespersonId,
    probability: { mode: 'automatic' },
    began,
    last: { outcome: began },
    absorbed: [],
  }
}

/** A correction mends what is known of the outcome, never the outcome itself. */
const corrected = (state: Begun, data: DataOf<'OpportunityCorrected'>): Begun => {
  if (state.outcome === 'won') {
    return { ...state, win: { ...state.win, revenue: data.revenue ?? state.win.revenue } }
  }
  if (state.outcome !== 'lost') return state
  const { lostReasonId, competitor, competitorPrice, note } = data
  return {
    ...state,
    loss: {
      ...patched(state.loss, { lostReasonId, competitor, competitorPrice }),
      notePresent: note === undefined ? state.loss.notePresent : note !== null,
    },
  }
}

const dated = (state: Begun, event: Occurred<OpportunityEvent>): Begun => {
  const order = orderOf[event.type]
  return order === 'free'
    ? state
    : known(state, { last: { ...state.facts.last, [order]: momentOf(event) } })
}
