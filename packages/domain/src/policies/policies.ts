/**
 * A policy says: whenever this happened there, ask that here. Policies are alone in seeing two
 * aggregates. They are pure: who runs them looks up what the command still needs, names the event
 * that it follows from, and carries it out. Of an opportunity in which others have ended, those that
 * were theirs are its own: who runs the policies finds them too.
 *
 * @module
 */
import type { AssignmentRunEvent } from '../assignment/events.ts'
import type { Plan } from '../assignment/plan.ts'
import type { Policies } from '../catalogue/policies.ts'
import type { Ulid } from '../id.ts'
import type { OpportunityEvent } from '../opportunity/events.ts'
import type { QuotationEvent } from '../quotation/events.ts'

/** What is to be asked elsewhere because of an event: the command, and as much of it as the event tells. */
export type Reaction = OfOne | OfQuotations | OfRun

/** Asked of one record. */
interface OfOne {
  readonly category: 'opportunity'
  /** The id of the record that is asked. */
  readonly subject: Ulid
  readonly command:
    | Asked<'AbsorbOpportunity', { readonly from: Ulid }>
    | Asked<'AssignByRun', { readonly teamId: Ulid; readonly userId: Ulid }>
    | Asked<'JoinByRun', { readonly into: Ulid }>
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

/** Asked of what a run decided about: who runs the policies finds the decisions. */
interface OfRun {
  readonly category: 'opportunity'
  readonly run: Ulid
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

type AnyEvent = OpportunityEvent | QuotationEvent | AssignmentRunEvent

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

  /** What a run decided comes true. Always holds. */
  AssignmentRunCompleted: ({ data }) => [{ category: 'opportunity', run: data.runId }],
} satisfies PoliciesByEvent

/** Whoever takes a lead gets it; a duplicate ends in the one that stands for it. */
const afterRun = ({ assigned, left }: Plan): readonly OfOne[] => [
  ...assigned.map(
    ({ opportunityId: subject, teamId, userId }): OfOne => ({
      category: 'opportunity',
      subject,
      command: { type: 'AssignByRun', data: { teamId, userId } },
    }),
  ),
  ...left.flatMap(({ opportunityId: subject, reason }): readonly OfOne[] =>
    reason.code === 'duplicate' && reason.joined
      ? [
          {
            category: 'opportunity',
            subject,
            command: { type: 'JoinByRun', data: { into: reason.of } },
          },
        ]
      : [],
  ),
]

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
  /** What has to be asked of each opportunity that a run decided about. */
  readonly afterRun: (plan: Plan) => readonly OfOne[]
} = {
  awaited: new Set(Object.keys(after) as Awaited['type'][]),
  afterRun,
  after: (event, circumstances) => (isAwaited(event) ? policyOf(event)(event, circumstances) : []),
}
