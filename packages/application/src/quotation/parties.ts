/**
 * Whom an offer is issued to, as text: what the contact is called and where it is written to now, so
 * that no later change of it changes the document.
 *
 * @module
 */
import { AddressText, type Conversion, Party } from '@forsat/domain'
import type { Aggregate, StateOf } from '../aggregate.ts'
import type { Setting } from '../use-case.ts'

type Contact = Aggregate<StateOf<'contact'>>

interface Chosen {
  readonly contactId?: string | undefined
  readonly invoiceAddressId?: string | undefined
  readonly deliveryAddressId?: string | undefined
}

/** The company in which they are looked up. */
interface Where extends Pick<Setting, 'facts'> {
  readonly company: Pick<Setting['company'], 'id'>
}

export const partiesOf = async (
  { contactId, invoiceAddressId, deliveryAddressId }: Chosen,
  { company, facts }: Where,
): Promise<{
  readonly customer?: Party
  readonly invoiceAddress?: AddressText
  readonly deliveryAddress?: AddressText
}> => {
  const contact = contactId && (await facts.contactFacts(contactId, company.id))
  if (!contact) return {}
  const customer = partyOf(contact)
  const invoiceAddress = addressOf(contact, 'invoice', invoiceAddressId)
  const deliveryAddress = addressOf(contact, 'delivery', deliveryAddressId)
  return {
    ...(customer && { customer }),
    ...(invoiceAddress && { invoiceAddress }),
    ...(deliveryAddress && { deliveryAddress }),
  }
}

/** `undefined` where what it needs was erased. */
const partyOf = ({ personal }: Contact): Party | undefined => {
  const { name, identifiers, email, phone } = personal
  return Party.safeParse(filled({ name, identifiers, email, phone })).data
}

/** The one chosen, else the contact's own of the kind, else its general one. */
const addressOf = (
  { state, personal }: Contact,
  kind: 'invoice' | 'delivery',
  chosen: string | undefined,
): AddressText | undefined => {
  if (state.status === 'absent') return undefined
  const usable = state.addresses.filter(({ archived }) => !archived)
  const first = (of: 'invoice' | 'delivery' | 'contact') => {
    const all = usable.filter((each) => each.kind === of)
    return all.find(({ preferred }) => preferred) ?? all[0]
  }
  const address = usable.find(({ id }) => id === chosen) ?? first(kind) ?? first('contact')
  if (address === undefined) return undefined
  const own = (field: string) => personal[`${address.id}.${field}`]
  const text = {
    name: own('name'),
    street: own('street'),
    city: own('city'),
    region: address.region,
    postalCode: own('postalCode'),
    country: address.country,
    phone: own('phone'),
  }
  return AddressText.safeParse(filled(text)).data
}

/** Without what is missing, cleared or erased. */
const filled = (fields: Readonly<Record<string, unknown>>): object =>
  Object.fromEntries(
    Object.entries(fields).filter(
      ([, value]) =>
        value !== undefined &&
        value !== null &&
        (typeof value !== 'object' || Array.isArray(value)),
    ),
  )

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
