/**
 * A deal as the fold of its opportunity's stream: what it was when it came into each of its stages,
 * and how it ended, if it has.
 *
 * @module
 */
import type { Deal, OpportunityEvent, Outcome } from '@forsat/domain'
import type { RecordedEvent } from '@forsat/event-store'
import { patched } from '../patch.ts'
import { dealOf, type KnownDeal } from './known-deal.ts'

export interface DealDocument {
  readonly id: string
  readonly company: string
  /** The event that changed it last. */
  readonly position: number
  readonly openedOn: Outcome['openedOn']
  readonly now: Omit<KnownDeal, 'phone' | 'email'> & {
    readonly phone: boolean
    readonly email: boolean
  }
  /** One for each stage, as it came there first. */
  readonly path: readonly Deal[]
  readonly standing: 'open' | 'won' | 'lost' | 'gone'
  /** When it came to stand so, or to be reached so. */
  readonly since: string
  /** While it is won or lost. */
  readonly taught?: Outcome
}

type Now = DealDocument['now']
type Changes = { readonly [Name in keyof Now]?: Now[Name] | null | undefined }

/** The same document where an event says nothing that scoring learns from. */
export const dealAfter = (
  document: DealDocument | undefined,
  recorded: RecordedEvent,
): DealDocument | undefined => {
  const event = recorded.event as OpportunityEvent
  if (event.type === 'LeadCaptured' || event.type === 'OpportunityOpened') {
    return begun(event.data, recorded)
  }
  if (document === undefined) return undefined
  const after = changed(document, event)
  if (after === document) return document
  const { position, occurredAt } = recorded
  return { ...after, position, since: stands(after, document) ? document.since : occurredAt }
}

/** Whether it teaches what it taught before, be it nothing, and is reached as before. */
const stands = (after: DealDocument, before: DealDocument): boolean =>
  after.standing === before.standing &&
  after.taught === before.taught &&
  after.now.phone === before.now.phone &&
  after.now.email === before.now.email

type Beginning = Extract<OpportunityEvent, { type: 'OpportunityOpened' }>['data']
type Later = Exclude<OpportunityEvent, { type: 'LeadCaptured' | 'OpportunityOpened' }>

const begun = (
  data: Beginning,
  { subject, company, position, occurredAt: since }: RecordedEvent,
): DealDocument => {
  const nothing: Now = { phone: false, email: false }
  const now = patched(nothing, { ...toldBy(data), stageId: data.stageId, teamId: data.teamId })
  return {
    id: subject,
    company: company ?? '',
    position,
    openedOn: data.occurredOn,
    now,
    path: [snapshot(now)],
    standing: 'open',
    since,
  }
}

const changed = (document: DealDocument, event: Later): DealDocument => {
  switch (event.type) {
    case 'LeadQualified':
    case 'OpportunityStaged':
      return moved(document, event.data.stageId)
    case 'OpportunityRevised':
    case 'OpportunityAbsorbed':
      return described(document, toldBy(event.data))
    case 'OpportunityAssigned':
      return described(document, { teamId: event.data.teamId })
    case 'OpportunityUnassigned':
      return described(document, { teamId: null })
    case 'OpportunityWon':
    case 'OpportunityLost':
      return ended(document, event)
    case 'OpportunityReopened': {
      const { taught: _taught, ...open } = document
      const before = { ...open, standing: 'open' as const }
      const { stageId } = event.data
      return stageId === undefined
        ? { ...before, now: patched(before.now, { stageId: null }) }
        : moved(before, stageId)
    }
    case 'OpportunityMerged':
    case 'OpportunityWithdrawn': {
      const { taught: _taught, ...left } = document
      return { ...left, standing: 'gone' }
    }
    case 'OpportunityNoted':
    case 'PersonalDataErased':
    case 'ProbabilityOverridden':
    case 'ProbabilityAutomated':
    case 'OpportunityCorrected':
      return document
  }
}

/** What the fields of an event tell; mail and phone by their flags alone. */
const toldBy = (data: Extract<Later, { type: 'OpportunityRevised' }>['data']): Changes => ({
  country: data.country,
  region: data.region,
  source: data.source,
  language: data.language,
  tags: data.tags,
  phone: data.phonePresent,
  email: data.emailPresent,
})

/** What an ended deal shows afterwards is for its next life: it taught what it was. */
const described = (document: DealDocument, changes: Changes): DealDocument => {
  const now = patched(document.now, changes)
  return JSON.stringify(now) === JSON.stringify(document.now) ? document : { ...document, now }
}

const moved = (document: DealDocument, stageId: string | undefined): DealDocument => {
  if (stageId === undefined) return document
  const now = { ...document.now, stageId }
  const isKnown = document.path.some((deal) => deal.stageId === stageId)
  return { ...document, now, path: isKnown ? document.path : [...document.path, snapshot(now)] }
}

type Ending = Extract<Later, { type: 'OpportunityWon' | 'OpportunityLost' }>

const ended = (document: DealDocument, { type, data }: Ending): DealDocument => {
  const { id, openedOn, now, path } = document
  const won = type === 'OpportunityWon'
  const { occurredOn: closedOn, ageDays, stageId } = data
  const taught = { id, won, openedOn, closedOn, ageDays, path, end: snapshot(now) }
  return {
    ...document,
    now: patched(now, { stageId: stageId ?? null }),
    standing: won ? 'won' : 'lost',
    taught,
  }
}

const snapshot = ({ phone, email, ...known }: Now): Deal =>
  dealOf({ ...known, phone: phone || undefined, email: email || undefined })
