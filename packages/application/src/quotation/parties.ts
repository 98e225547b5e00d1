/**
 * Whom an offer is for, as text: what the contact is called and where it is written to now, so that no
 * later change of it changes the document.
 *
 * @module
 */
import {
  type AddressText,
  addressesFor,
  addressesWithin,
  addressTextIn,
  type Content,
  type Conversion,
  commercialEntity,
  type Found,
  type Party,
  partyIn,
  quotationCodec,
} from '@forsat/domain'
import { type Aggregate, type StateOf, withoutUnchanged } from '../aggregate.ts'
import type { Setting } from '../use-case.ts'

type Contact = Aggregate<StateOf<'contact'>>

/** The contact, and those of its addresses that were chosen for it. */
interface Chosen {
  readonly contactId?: string | null | undefined
  readonly invoiceAddressId?: string | null | undefined
  readonly deliveryAddressId?: string | null | undefined
}

/** The company in which they are looked up. */
interface Where extends Pick<Setting, 'facts'> {
  readonly company: Pick<Setting['company'], 'id'>
}

/** Who is chosen after a change of a draft; `undefined` where it is not about that. */
export const chosenAnew = (
  { contactId, invoiceAddressId, deliveryAddressId }: Chosen,
  { contactId: known, described }: Content,
): Chosen | undefined => {
  if ([contactId, invoiceAddressId, deliveryAddressId].every((id) => id === undefined)) {
    return undefined
  }
  // Chosen addresses are the customer's own, and go with it.
  const kept = contactId === undefined || contactId === known ? described : {}
  const { invoiceAddressId: invoice, deliveryAddressId: delivery } = kept
  return {
    contactId: contactId ?? known,
    invoiceAddressId: invoiceAddressId === undefined ? invoice : invoiceAddressId,
    deliveryAddressId: deliveryAddressId === undefined ? delivery : deliveryAddressId,
  }
}

export interface Parties {
  readonly customer?: Party | undefined
  readonly invoiceAddress?: AddressText | undefined
  readonly deliveryAddress?: AddressText | undefined
}

/** As they are known now; without what nobody knows, and what was erased. */
export const partiesOf = async (
  { contactId, invoiceAddressId, deliveryAddressId }: Chosen,
  { company, facts }: Where,
): Promise<Parties> => {
  if (!contactId) return {}
  const holders = await facts.holders(contactId, company.id)
  const found = addressesFor(['invoice', 'delivery'], contactId, holders)
  const allowed = addressesWithin(contactId, holders)
  const isChosen = (id: unknown) => allowed.find(({ addressId }) => addressId === id)

  const personalOf = async (id: string) => (await facts.contactFacts(id, company.id))?.personal
  const textOf = async (address: Found | undefined) => {
    const contact = address && (await facts.contactFacts(address.holderId, company.id))
    return contact && address ? addressIn(contact, address.addressId) : undefined
  }
  const entity = commercialEntity(contactId, holders)
  const identifiers = (await personalOf(entity))?.['identifiers']
  return {
    customer: partyIn({ ...(await personalOf(contactId)), identifiers }),
    invoiceAddress: await textOf(isChosen(invoiceAddressId) ?? found.invoice),
    deliveryAddress: await textOf(isChosen(deliveryAddressId) ?? found.delivery),
  }
}

const addressIn = ({ state, personal }: Contact, id: string): AddressText | undefined => {
  if (state.status === 'absent') return undefined
  const own = Object.entries(personal).filter(([name]) => name.startsWith(`${id}.`))
  const sealed = own.map(([name, value]) => [name.slice(id.length + 1), value])
  const address = state.addresses.find((each) => each.id === id)
  return addressTextIn({ ...Object.fromEntries(sealed), ...address })
}

/** What of them is other than what the draft knows; `null` where there is none any more. */
export const addressingOf = (
  { customer, invoiceAddress, deliveryAddress }: Parties,
  { personal }: Pick<Aggregate, 'personal'>,
) => {
  const known = {
    customer: customer ?? null,
    invoiceAddress: invoiceAddress ?? null,
    deliveryAddress: deliveryAddress ?? null,
  }
  return withoutUnchanged(known, personal, quotationCodec.personal.QuotationAddressed)
}

/** As the draft knows them, and where it knows none, as they are known now. */
export const partiesToSend = async (
  chosen: Chosen,
  { personal }: Pick<Aggregate, 'personal'>,
  setting: Setting,
): Promise<Parties> => {
  const now = await partiesOf(chosen, setting)
  return {
    customer: partyIn(personal['customer']) ?? now.customer,
    invoiceAddress: addressTextIn(personal['invoiceAddress']) ?? now.invoiceAddress,
    deliveryAddress: addressTextIn(personal['deliveryAddress']) ?? now.deliveryAddress,
  }
}

/** What one of the offer's currency costs in the company's own, where that is known. */
export const ratesOf = async (
  currency: string,
  { company, facts, when }: Setting,
): Promise<readonly Conversion[]> => {
  if (currency === company.currency) return []
  const pair = { base: currency, quote: company.currency }
  const known = await facts.exchangeRate({ ...pair, date: when.occurredOn }, company.id)
  return known === undefined ? [] : [{ ...pair, ...known }]
}
