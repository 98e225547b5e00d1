/**
 * A contact with its addresses as the fold of its stream.
 *
 * @module
 */
import type { ContactEvent } from '@forsat/domain'
import type { RecordedEvent } from '@forsat/event-store'
import { patched } from '../patch.ts'
import type { AddressView, ContactView } from '../views/contact.ts'

type Several = 'identifiers' | 'externalIds' | 'attributes'

export interface ContactDocument
  extends Omit<ContactView, 'warnings' | Several>,
    Partial<Pick<ContactView, Several>> {
  /** The position of its first event: in this order contacts came to be. */
  readonly began: number
}

/** The document after an event of its stream; `undefined` before it has begun. */
export const contactAfter = (
  document: ContactDocument | undefined,
  recorded: RecordedEvent,
): ContactDocument | undefined => {
  const event = recorded.event as ContactEvent
  if (event.type === 'ContactRegistered') return registered(event, recorded)
  if (document === undefined) return undefined
  const { revision, occurredAt: updatedAt } = recorded
  return patched(document, { ...changesBy(event, document), revision, updatedAt })
}

export const contactDocument = (events: Iterable<RecordedEvent>): ContactDocument | undefined => {
  let document: ContactDocument | undefined
  for (const event of events) document = contactAfter(document, event)
  return document
}

type Registered = Extract<ContactEvent, { type: 'ContactRegistered' }>

const registered = ({ data }: Registered, recorded: RecordedEvent): ContactDocument => {
  const { subject: id, revision, company, position: began, occurredAt } = recorded
  const document: ContactDocument = {
    id,
    revision,
    name: data.name,
    isCompany: data.isCompany,
    addresses: [],
    archived: false,
    createdAt: occurredAt,
    updatedAt: occurredAt,
    began,
  }
  return patched(document, { company, ...data })
}

const changesBy = (
  event: Exclude<ContactEvent, Registered>,
  { addresses }: ContactDocument,
): object => {
  switch (event.type) {
    case 'ContactRevised':
      return event.data
    case 'ContactArchived':
      return { archived: true }
    case 'AddressAdded': {
      const { addressId: id, ...fields } = event.data
      return { addresses: [...addresses, { id, ...fields, preferred: false, archived: false }] }
    }
    case 'AddressRevised': {
      const { addressId, ...fields } = event.data
      // To be the first choice is meant for one kind, so it does not move on to another.
      const changes = fields.kind === undefined ? fields : { ...fields, preferred: false }
      return { addresses: changed(addresses, addressId, changes) }
    }
    case 'AddressArchived': {
      const changes = { archived: true, preferred: false }
      return { addresses: changed(addresses, event.data.addressId, changes) }
    }
    case 'AddressPreferred': {
      const { addressId } = event.data
      const kind = addresses.find(({ id }) => id === addressId)?.kind
      return {
        addresses: addresses.map((each) =>
          each.kind === kind ? { ...each, preferred: each.id === addressId } : each,
        ),
      }
    }
    case 'PersonalDataErased':
      return {}
  }
}

const changed = (addresses: readonly AddressView[], id: string, changes: object) =>
  addresses.map((each) => (each.id === id ? patched(each, changes) : each))
