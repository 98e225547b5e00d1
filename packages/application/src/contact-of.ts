import type { Aggregate, StateOf } from './aggregate.ts'
import type { DomainEvent } from './use-case.ts'

/** The contact whose key seals what an event tells of a contact. */
export const contactOf = (
  { category, id, state }: Aggregate,
  event: DomainEvent,
): string | undefined => {
  if (category === 'contact') return id
  if (category === 'opportunity') return ofOpportunity(state as StateOf<'opportunity'>)
  if (category === 'delivery') return ofDelivery(state as StateOf<'delivery'>, event)
  return category === 'quotation' ? ofQuotation(state as StateOf<'quotation'>, event) : undefined
}

const ofOpportunity = (state: StateOf<'opportunity'>): string | undefined =>
  'facts' in state ? state.facts.described.contactId : undefined

/** The event names it, or the mail that it is about was for it. */
const ofDelivery = ({ contactId }: StateOf<'delivery'>, { data }: DomainEvent) =>
  'contactId' in data && typeof data.contactId === 'string' ? data.contactId : contactId

/** What is said of an issued version belongs to whom it was issued to, whoever the next one is for. */
const ofQuotation = (state: StateOf<'quotation'>, { data }: DomainEvent): string | undefined => {
  if (!('current' in state)) return undefined
  const { current, draft } = state
  const isOfCurrent = 'version' in data && data.version === current.version
  return (isOfCurrent ? current : (draft ?? current)).content.contactId
}
