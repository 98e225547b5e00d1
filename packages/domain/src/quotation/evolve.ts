/**
 * How an event changes what is known of a quotation. It never checks: history has been accepted.
 *
 * @module
 */
import type { Occurred } from '../decider.ts'
import { approvalAfter, voidsApproval } from './approval.ts'
import { contentAfter, contentAnswered, contentOf, copied, described } from './content.ts'
import type { DataOf, DraftingEvent, QuotationEvent } from './events.ts'
import { lastAfter } from './order.ts'
import { type Begun, hasBegun, type QuotationState, type Version } from './state.ts'

export const evolve = (state: QuotationState, event: Occurred<QuotationEvent>): QuotationState => {
  if (event.type === 'QuotationDrafted') return begun(event)
  if (event.type === 'QuotationDeleted') return { status: 'deleted' }
  if (!hasBegun(state)) return state
  return after({ ...state, last: lastAfter(state.last, event) }, event)
}

const begun = ({
  data,
  occurredAt: at,
}: Occurred<Extract<QuotationEvent, { type: 'QuotationDrafted' }>>): Begun => ({
  status: 'draft',
  current: { version: 1, content: contentOf(data) },
  lastVersion: 1,
  accepted: false,
  began: { on: data.occurredOn, at },
  last: at,
})

type Later = Exclude<QuotationEvent, { type: 'QuotationDrafted' | 'QuotationDeleted' }>

const after = (state: Begun, event: Later): Begun => {
  const { type, data } = event
  const { current } = state
  switch (type) {
    case 'QuotationRevised':
    case 'QuotationCustomerChanged':
    case 'QuotationAddressed':
    case 'QuotationLineAdded':
    case 'QuotationLineRevised':
    case 'QuotationLineRemoved':
    case 'OptionOffered':
    case 'OptionRevised':
    case 'OptionWithdrawn':
    case 'QuotationTemplateApplied':
    case 'QuotationTemplateRemoved':
      return edited(state, event)
    case 'QuotationApprovalRequested':
    case 'QuotationApprovalGranted':
    case 'QuotationApprovalRefused':
      return worked(state, (version) => ({
        ...version,
        approval: approvalAfter(version.approval, event),
      }))
    case 'OptionAccepted':
    case 'OptionDeclined':
      return { ...state, current: { ...current, content: contentAnswered(current.content, event) } }
    case 'QuotationSent':
      return sent(state, data)
    case 'QuotationExtended': {
      const { validUntil, expiresAt } = data
      const issue = current.issue && { ...current.issue, validUntil, expiresAt }
      return { ...state, status: 'sent', current: { ...current, issue } }
    }
    case 'QuotationVersionOpened': {
      const { version } = data
      return {
        ...state,
        draft: { version, content: copied(current.content) },
        lastVersion: version,
      }
    }
    case 'QuotationVersionDiscarded':
      return withoutDraft(state)
    case 'QuotationLinkIssued':
      return { ...state, link: { version: data.version, ...data.link } }
    case 'QuotationLinkRevoked':
      return { ...state, link: undefined }
    case 'QuotationAccepted':
      return { ...state, accepted: true }
    case 'QuotationDeclined':
      return { ...state, status: 'declined' }
    case 'QuotationExpired':
      return { ...state, status: 'expired' }
    case 'QuotationConfirmed': {
      const { orderNumber, version, net } = data
      return { ...state, status: 'confirmed', order: { number: orderNumber, version, net } }
    }
    case 'QuotationCancelled': {
      const { from, cause, causedBy, opportunityId } = data
      return { ...state, status: 'cancelled', cancelled: { from, cause, causedBy, opportunityId } }
    }
    case 'QuotationReinstated':
      return { ...state, status: data.to, cancelled: undefined }
    case 'QuotationReturnedToDraft':
      return returned(state, data.version)
    case 'QuotationCorrected':
      return { ...state, current: { ...current, content: described(current.content, data) } }
  }
}

const edited = (state: Begun, event: DraftingEvent): Begun =>
  worked(state, ({ approval, ...version }) => ({
    ...version,
    content: contentAfter(version.content, event),
    ...(approval !== undefined && !voidsApproval(event) && { approval }),
  }))

/** With a change of the version that is worked on. */
const worked = (state: Begun, change: (version: Version) => Version): Begun => {
  const { current, draft } = state
  return draft === undefined
    ? { ...state, current: change(current) }
    : { ...state, draft: change(draft) }
}

const sent = ({ draft, ...state }: Begun, data: DataOf<'QuotationSent'>): Begun => {
  const { version, number, contactId, currency, digits, pricesIncludeTax, vatRounding } = data
  const { totals, validUntil, expiresAt, link, by, sendAt } = data
  const { content, approval } = draft ?? state.current
  const fixed = { contactId, currency, digits, pricesIncludeTax, vatRounding, totals }
  return {
    ...state,
    status: 'sent',
    current: {
      version,
      content: { ...content, ...fixed },
      issue: { number, by, sendAt, validUntil, expiresAt },
      ...(approval !== undefined && { approval }),
    },
    number: state.number ?? number,
    accepted: false,
    link: { version, ...link },
  }
}

const withoutDraft = ({ draft: _draft, ...state }: Begun): Begun => state

/** A version that was sent stays as it was; the draft is the next one. */
const returned = (state: Begun, version: number): Begun => {
  const { current, lastVersion } = state
  const { content } = current
  return {
    ...withoutDraft(state),
    status: 'draft',
    current: current.issue === undefined ? current : { version, content: copied(content) },
    lastVersion: Math.max(lastVersion, version),
    accepted: false,
    link: undefined,
    cancelled: undefined,
  }
}
