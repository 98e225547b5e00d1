/**
 * An opportunity as the fold of its stream: what read models keep of it, and what a past of it is
 * read from.
 *
 * @module
 */
import type { OpportunityEvent } from '@forsat/domain'
import type { RecordedEvent } from '@forsat/event-store'
import { patched } from '../patch.ts'
import type { OpportunityView } from '../views/opportunity.ts'

type Derived = 'probability' | 'archived' | 'quotations' | 'quotationTotals' | 'conflicts'

type Several = 'tags' | 'productIds' | 'participants' | 'externalIds' | 'attributes'

export interface OpportunityDocument
  extends Omit<OpportunityView, Derived | Several>,
    Partial<Pick<OpportunityView, Several>> {
  /** The position of its first event: in this order opportunities came to be. */
  readonly began: number
  /** As a person set it; absent while the model's counts. */
  readonly manualProbability?: number
  /** The event that lost it, while it is lost. */
  readonly lossId?: string
}

/** `null` clears a field, `undefined` says nothing of it. */
type Changes = {
  readonly [Name in keyof OpportunityDocument]?: OpportunityDocument[Name] | null | undefined
}

/** The document after an event of its stream; `undefined` before it has begun. */
export const opportunityAfter = (
  document: OpportunityDocument | undefined,
  recorded: RecordedEvent,
): OpportunityDocument | undefined => {
  const event = recorded.event as OpportunityEvent
  if (isBeginning(event)) return begun(event, recorded)
  if (document === undefined) return undefined
  const { revision, occurredAt: updatedAt } = recorded
  return patched(document, { ...changesBy(event, document, recorded), revision, updatedAt })
}

export const opportunityDocument = (
  events: Iterable<RecordedEvent>,
): OpportunityDocument | undefined => {
  let document: OpportunityDocument | undefined
  for (const event of events) document = opportunityAfter(document, event)
  return document
}

type Beginning = Extract<OpportunityEvent, { type: 'LeadCaptured' | 'OpportunityOpened' }>
type Later = Exclude<OpportunityEvent, Beginning>

const isBeginning = (event: OpportunityEvent): event is Beginning =>
  event.type === 'LeadCaptured' || event.type === 'OpportunityOpened'

const begun = ({ type, data }: Beginning, recorded: RecordedEvent): OpportunityDocument => {
  const { occurredOn, ...fields } = withoutPresence(data)
  const { subject: id, revision, company, position, occurredAt } = recorded
  const document: OpportunityDocument = {
    id,
    revision,
    kind: type === 'LeadCaptured' ? 'lead' : 'opportunity',
    title: data.title,
    outcome: 'open',
    createdAt: occurredAt,
    createdOn: occurredOn,
    updatedAt: occurredAt,
    began: position,
  }
  const assignedAt = data.salespersonId === undefined ? undefined : occurredAt
  return patched(document, { company, ...fields, assignedAt })
}

/** The flags serve rules and scoring; whoever reads sees the fields themselves. */
const withoutPresence = <Data extends { emailPresent?: unknown; phonePresent?: unknown }>({
  emailPresent: _email,
  phonePresent: _phone,
  ...fields
}: Data) => fields

const changesBy = (
  event: Later,
  document: OpportunityDocument,
  { id, occurredAt: at }: RecordedEvent,
): Changes => {
  switch (event.type) {
    case 'LeadQualified':
      return { kind: 'opportunity', contactId: event.data.contactId, stageId: event.data.stageId }
    case 'OpportunityRevised':
      return withoutPresence(event.data)
    case 'OpportunityAbsorbed': {
      const { from: _from, ...fields } = withoutPresence(event.data)
      return fields
    }
    case 'OpportunityStaged':
      return { stageId: event.data.stageId }
    case 'OpportunityAssigned': {
      const { teamId, salespersonId } = event.data
      if (salespersonId === document.salespersonId) return { teamId }
      return { teamId, salespersonId, assignedAt: salespersonId === null ? null : at }
    }
    case 'OpportunityUnassigned':
      return { teamId: null, salespersonId: null, assignedAt: null }
    case 'OpportunityNoted':
    case 'PersonalDataErased':
      return {}
    case 'ProbabilityOverridden':
      return { manualProbability: event.data.probability }
    case 'ProbabilityAutomated':
      return { manualProbability: null }
    case 'OpportunityWon': {
      const { revenue, basis, quotationId, stageId, ageDays, occurredOn } = event.data
      const won = patched({ basis, ageDays, at, occurredOn }, { revenue, quotationId })
      const closed = { closedAt: at, closedOn: occurredOn }
      return { outcome: 'won', stageId: stageId ?? null, won, ...closed }
    }
    case 'OpportunityLost': {
      const { reasonId = null, reason = null, cause: _cause, ...facts } = event.data
      const closed = { closedAt: at, closedOn: facts.occurredOn }
      return { outcome: 'lost', lost: { reasonId, reason, ...facts, at }, lossId: id, ...closed }
    }
    case 'OpportunityReopened':
      return { outcome: 'open', stageId: event.data.stageId ?? null, ...notClosed }
    case 'OpportunityMerged':
      return { outcome: 'merged', mergedInto: event.data.into, ...notClosed }
    case 'OpportunityCorrected':
      return corrected(event.data, document)
    case 'OpportunityWithdrawn':
      return { outcome: 'withdrawn', ...notClosed }
  }
}

/** A current win or loss goes; the history keeps it. */
const notClosed = { won: null, lost: null, lossId: null, closedAt: null, closedOn: null } as const

type Correction = Extract<Later, { type: 'OpportunityCorrected' }>['data']

const corrected = (data: Correction, { won, lost }: OpportunityDocument): Changes => {
  if (won !== undefined) return { won: patched(won, { revenue: data.revenue }) }
  if (lost === undefined) return {}
  const { lostReasonId: reasonId, lostReason: reason, note, competitor, competitorPrice } = data
  return { lost: patched(lost, { reasonId, reason, note, competitor, competitorPrice }) }
}
