/**
 * Why a command to an opportunity is turned down: the rule that stood in the way, with its facts.
 *
 * @module
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Ulid } from '../id.ts'
import type { CommonRefusal } from '../refusal.ts'
import type { OpportunityEvent } from './events.ts'

export type OpportunityRefusal =
  /** One that was withdrawn is not found either. */
  | CommonRefusal
  /** It is closed; of a merge that would survive in another, `opportunityId` names that one. */
  | { readonly type: 'OpportunityWon' | 'OpportunityLost'; readonly opportunityId?: Ulid }
  | { readonly type: 'OpportunityMerged'; readonly into: Ulid }
  | { readonly type: 'MergedIntoItself' }
  /** What belongs to a loss, or to a win, was asked of one that has none. */
  | { readonly type: 'OpportunityNotLost' | 'OpportunityNotWon' }
  | { readonly type: 'LeadNotQualified' | 'LeadAlreadyQualified' }
  | { readonly type: 'LostReasonMissing' }
  | { readonly type: 'LostReasonUnknown'; readonly reasonId: Ulid }
  | { readonly type: 'LostReasonArchived'; readonly reasonId: Ulid; readonly reason: string }
  /** This reason says too little without a note. */
  | { readonly type: 'LostNoteMissing'; readonly reasonId: Ulid; readonly reason: string }
  /** Only a loss is 0 and only a win is 100. */
  | { readonly type: 'ProbabilityNotCertain'; readonly probability: number }
  /** It has a quotation that the customer has seen. */
  | {
      readonly type: 'QuotationNotDraft' | 'QuotationAlreadyConfirmed'
      readonly quotationId: Ulid
    }

/** What a command leads to. */
export type Decision = E.Either<OpportunityRefusal, readonly OpportunityEvent[]>

export const happened = (...events: readonly OpportunityEvent[]): Decision => E.right(events)

export const refused = (refusal: OpportunityRefusal): Decision => E.left(refusal)

/** What only an open one can do, asked of one that is not. */
export const closed = ({ outcome }: { readonly outcome: 'won' | 'lost' }): Decision =>
  refused({ type: outcome === 'won' ? 'OpportunityWon' : 'OpportunityLost' })
