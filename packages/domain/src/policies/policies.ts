/**
 * A policy says: whenever this happened there, ask that here. Policies are alone in seeing two
 * aggregates. They are pure: who runs them looks up what the command still needs, names the event
 * that it follows from, and carries it out. Of an opportunity in which others have ended, those that
 * were theirs are its own: who runs the policies finds them too.
 *
 * @module
 */
import type { Policies } from '../catalogue/policies.ts'
import type { Ulid } from '../id.ts'
import type { OpportunityEvent } from '../opportunity/events.ts'
import type { QuotationEvent } from '../quotation/events.ts'

/** What is to be asked elsewhere because of an event: the command, and as much of it as the event tells. */
export type Reaction = OfOne | OfQuotations

/** Asked of one record. */
interface OfOne {
  readonly category: 'opportunity'
  /** The id of the record that is asked. */
  readonly subject: Ulid
  readonly command:
    | Asked<'AbsorbOpportunity', { readonly from: Ulid }>
    | Asked<'WinByQuotation' | 'ReopenByQuotation', { readonly quotationId: Ulid }>
}

/** Asked of every quotation of an opportunity, but perhaps of one. */
interface OfQuotations {
  readonly category: 'quotation'
  /** The opportunity. */
  readonly of: Ulid
  readonly except?: Ulid
  readonly command:
    | Asked<'CancelByPolicy', { readonly cause: Cause; readonly opportunityId: Ulid }>
    | Asked<'ReinstateQuotation', Readonly<Record<string, never>>>
}

interface Asked<Type extends string, Data> {
  readonly type: Type
  readonly data: Data
}

type Cause = 'opportunityLost' | 'siblingConfirmed'

/** Where an event happened, and what its company has settled. */
export interface Circumstances {
  /** The id of the record that the event happened to. */
  readonly subject: Ulid
  readonly settings: Policies
}

type AnyEvent = OpportunityEvent | QuotationEvent

/**
 * What follows from one kind of event. A policy that a company can choose reads the choice where the
 * event names it, else in `settings`; one that always holds does not.
 */
type Policy<Event> = (event: Event, circumstances: Circumstances) => readonly Reaction[]

type PoliciesByEvent = {
  readonly [Type in AnyEvent['type']]?: Policy<Extract<AnyEvent, { type: Type }>>
}

const after = {
  /** One opportunity has ended in another: the survivor takes over what it lacks. Always holds. */
  OpportunityMerged: ({ data }, { subject: from }) => [
    {
      category: 'opportunity',
      subject: data.into,
      command: { type: 'AbsorbOpportunity', data: { from } },
    },
  ],

  /** `onLose`: what is still on offer for a lost sale is on offer no more. */
  OpportunityLost: (_event, { subject, settings }) =>
    settings.onLose === 'cancel' ? [cancelling('opportunityLost', subject)] : [],

  /** Quotations that the loss had cancelled stand again. Always holds: no other ones know of a loss. */
  OpportunityReopened: ({ data }, { subject: of }) =>
    data.from === 'lost'
      ? [{ category: 'quotation', of, command: { type: 'ReinstateQuotation', data: {} } }]
      : [],

  /** `onConfirm`: the sale is won. `onConfirmSiblings`: its other offers end. */
  QuotationConfirmed: ({ data }, { subject: quotationId }) => {
    const { opportunityId, policies: chosen } = data
    if (opportunityId === undefined) return []
    const winning = ofOpportunity('WinByQuotation', opportunityId, quotationId)
    const ending = { ...cancelling('siblingConfirmed', opportunityId), except: quotationId }
    return [
      ...(chosen.onConfirm === 'win' ? [winning] : []),
      ...(chosen.onConfirmSiblings === 'cancel' ? [ending] : []),
    ]
  },

  /** What only this confirmation had won is open again. Always holds. */
  QuotationCancelled: ({ data }, { subject: quotationId }) =>
    data.from === 'confirmed' && data.opportunityId !== undefined
      ? [ofOpportunity('ReopenByQuotation', data.opportunityId, quotationId)]
      : [],
} satisfies PoliciesByEvent

const cancelling = (cause: Cause, opportunityId: Ulid): OfQuotations => ({
  category: 'quotation',
  of: opportunityId,
  command: { type: 'CancelByPolicy', data: { cause, opportunityId } },
})

const ofOpportunity = (
  type: 'WinByQuotation' | 'ReopenByQuotation',
  subject: Ulid,
  quotationId: Ulid,
): OfOne => ({ category: 'opportunity', subject, command: { type, data: { quotationId } } })

type Awaited = Extract<AnyEvent, { readonly type: keyof typeof after }>

const isAwaited = (event: AnyEvent): event is Awaited => Object.hasOwn(after, event.type)

/** One policy for its own event; the compiler cannot tell that the two belong together. */
const policyOf = (event: Awaited) => after[event.type] as Policy<Awaited>

export const policies: {
  /** The events that something may follow from; all others need not be looked at. */
  readonly awaited: ReadonlySet<AnyEvent['type']>
  /** What has to be asked after an event, in this order. From most events nothing follows. */
  readonly after: Policy<AnyEvent>
} = {
  awaited: new Set(Object.keys(after) as Awaited['type'][]),
  after: (event, circumstances) => (isAwaited(event) ? policyOf(event)(event, circumstances) : []),
}
