/**
 * What may be asked of an opportunity. The domain owns no clock and looks nothing up: the moment, the
 * day and every fact from elsewhere come with the question.
 *
 * @module
 */
import type { ErasePersonalData } from '../erasure/erasure.ts'
import type { Ulid } from '../id.ts'
import type { Money } from '../money/money.ts'
import type { Changes } from './description.ts'
import type { DataOf } from './events.ts'
import type { Moment, When } from './order.ts'
import type { OpportunityState } from './state.ts'

interface Asked<Type extends string, Data = unknown> {
  readonly type: Type
  readonly data: Readonly<Data> & When
}

/** A stage as it is now. One flagged `won` is where a win stands. */
export type StageFacts = OpenStage | WonStage
export type OpenStage = { readonly id: Ulid; readonly name: string; readonly won: false }
export type WonStage = { readonly id: Ulid; readonly name: string; readonly won: true }

/** A lost reason as it is now; `unknown` if there is none of this id. */
export type LostReasonFacts =
  | {
      readonly id: Ulid
      readonly name: string
      readonly archived: boolean
      readonly requiresNote: boolean
    }
  | { readonly id: Ulid; readonly unknown: true }

/** Left out: stays as it is; `null`: nobody from now on. */
export interface Assignment {
  readonly teamId?: Ulid | null | undefined
  readonly salespersonId?: Ulid | null | undefined
}

type Cause = DataOf<'OpportunityWon'>['cause']

/** The net of the confirmed quotations, if there is one. */
interface Quoted {
  readonly quotedNet?: Money | undefined
}

export type OpportunityCommand =
  | Asked<'CaptureLead', DataOf<'LeadCaptured'>>
  | Asked<'OpenOpportunity', DataOf<'OpportunityOpened'>>
  | Asked<'QualifyLead', Qualifying>
  | Asked<'ReviseOpportunity', Revising>
  /** Into a won stage is a win, out of it a reopening. */
  | Asked<'StageOpportunity', Staging>
  | Asked<'AssignOpportunity', Assignment>
  | Asked<'NoteOpportunity', { readonly text: string }>
  | Asked<'OverrideProbability', Overriding>
  | Asked<'AutomateProbability'>
  | Asked<'WinOpportunity', Winning>
  | Asked<'LoseOpportunity', Losing>
  | Asked<'ReopenOpportunity', Reopening>
  /** Asked of the one that ends. */
  | Asked<'MergeOpportunity', Merging>
  /** Asked of the survivor, with what the other one was. */
  | Asked<'AbsorbOpportunity', Absorbing>
  | Asked<'CorrectOpportunity', Correcting>
  | Asked<'WithdrawOpportunity', Withdrawing>
  /** However it ended: a person may be named in what is left of it. */
  | ErasePersonalData

export interface Qualifying {
  readonly contactId?: Ulid | undefined
  /** The first stage, for a lead that stands in none. */
  readonly stageId?: Ulid | undefined
}

export interface Revising extends Quoted {
  /** Public fields are compared here; a personal one that arrives has been compared already. */
  readonly changes: Changes & Assignment & { readonly stage?: StageFacts | undefined }
}

export interface Staging extends Quoted {
  readonly stage: StageFacts
}

export interface Overriding {
  readonly probability: number
  /** The company's policy: whether 0 and 100 may be set by hand. */
  readonly allowCertainty: boolean
}

export interface Winning extends Quoted {
  readonly revenue?: Money | undefined
  readonly cause: Cause
  /** The one that was confirmed, if that is the cause. */
  readonly quotationId?: Ulid | undefined
  readonly stage?: WonStage | undefined
}

export interface Losing {
  readonly reason?: LostReasonFacts | undefined
  readonly requireReason: boolean
  readonly note?: string | undefined
  readonly competitor?: string | undefined
  readonly competitorPrice?: Money | undefined
  /** The name of the stage it stands in. */
  readonly stageName?: string | undefined
  readonly quoted: readonly Money[]
  readonly quotationSent: boolean
  readonly cause: Cause
}

export interface Reopening {
  readonly stage?: OpenStage | undefined
  readonly cause: Cause
  /** The one whose confirmation was cancelled, if that is the cause. */
  readonly quotationId?: Ulid | undefined
}

export interface Merging {
  /** The one that ends, as the survivor will know it. */
  readonly id: Ulid
  readonly into: Ulid
  readonly survivor: Survivor
}

/** As much of a survivor's state as a merge must know. */
export type Survivor =
  | Extract<OpportunityState, { outcome: 'none' | 'merged' | 'withdrawn' }>
  | {
      readonly outcome: 'open' | 'won' | 'lost'
      readonly facts?: { readonly began: Moment }
    }

export interface Absorbing {
  readonly from: Ulid
  readonly kind?: 'lead' | 'opportunity' | undefined
  readonly fields: Changes
}

export interface Correcting {
  /** Why the record is mended. */
  readonly reason: string
  readonly revenue?: Money | undefined
  readonly lostReason?: LostReasonFacts | undefined
  readonly note?: string | null | undefined
  readonly competitor?: string | null | undefined
  readonly competitorPrice?: Money | null | undefined
}

export interface Withdrawing {
  readonly reason: string
  /** The quotation that keeps it from being withdrawn. */
  readonly quotationBlocks?:
    | {
        readonly code: 'QuotationNotDraft' | 'QuotationAlreadyConfirmed'
        readonly quotationId: Ulid
      }
    | undefined
}
