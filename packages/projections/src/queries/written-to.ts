/**
 * Whom an offer is for as that is known now, found among the contacts that the read model has.
 *
 * @module
 */
import type { DatabaseSync } from 'node:sqlite'
import {
  type AddressText,
  addressesFor,
  addressesWithin,
  addressTextIn,
  commercialEntity,
  type Found,
  type Holder,
  type Party,
  partyIn,
} from '@forsat/domain'
import type { ContactDocument } from '../contacts/contact-document.ts'
import { prepared } from '../database.ts'

export interface WrittenTo {
  readonly customer?: Party
  readonly invoice?: AddressText
  readonly delivery?: AddressText
}

interface Chosen {
  readonly contactId?: string | undefined
  readonly invoiceAddressId?: string | undefined
  readonly deliveryAddressId?: string | undefined
}

export const writtenTo = (
  db: DatabaseSync,
  company: string,
  { contactId, invoiceAddressId, deliveryAddressId }: Chosen,
): WrittenTo => {
  if (contactId === undefined) return {}
  const line = contactsAbove(db, company, contactId)
  const below = contactsBelow(
    db,
    company,
    line.map(({ id }) => id),
  )
  const documents = new Map([...below, ...line].map((each) => [each.id, each]))
  const holders = [...documents.values()]
  const allowed = addressesWithin(contactId, holders)
  const found = addressesFor(['invoice', 'delivery'], contactId, holders)
  const textOf = (chosen: string | undefined, usual: Found | undefined) => {
    const address = allowed.find(({ addressId }) => addressId === chosen) ?? usual
    const { addresses = [] } = documents.get(address?.holderId ?? '') ?? {}
    return addressTextIn(addresses.find(({ id }) => id === address?.addressId))
  }
  const entity = documents.get(commercialEntity(contactId, holders))
  const customer = partyIn({ ...documents.get(contactId), identifiers: entity?.identifiers })
  const invoice = textOf(invoiceAddressId, found.invoice)
  const delivery = textOf(deliveryAddressId, found.delivery)
  return {
    ...(customer && { customer }),
    ...(invoice && { invoice }),
    ...(delivery && { delivery }),
  }
}

/** The contact and those it belongs to, up to the first company. */
const contactsAbove = (
  db: DatabaseSync,
  company: string,
  id: string,
): readonly ContactDocument[] => {
  const find = prepared(db, 'SELECT doc FROM contact WHERE id = ? AND company = ?')
  const line: ContactDocument[] = []
  for (let next: string | undefined = id; next !== undefined; ) {
    const row = find.get(next, company)
    if (row === undefined || line.some((each) => each.id === next)) break
    const document = JSON.parse(String(row['doc'])) as ContactDocument
    line.push(document)
    next = document.isCompany ? undefined : document.parentId
  }
  return line
}

type Below = Holder & Pick<ContactDocument, 'addresses' | 'identifiers'>

// Most have nobody below them. They are found one by one: a recursive question makes a table of its
// own each time, which costs more than all these together.

/** Those who stand below one of these, however deep, but for companies; the oldest first. */
export const contactsBelow = (
  db: DatabaseSync,
  company: string,
  ids: readonly string[],
): readonly Below[] => {
  const find = prepared(
    db,
    // The plus keeps the planner from looking through all contacts of the company.
    `SELECT id, began, doc ->> '$.addresses' AS addresses FROM contact
     WHERE parent_id = ? AND +company = ? AND is_company = 0 AND archived = 0`,
  )
  const found = new Map<string, Below & { readonly began: number }>()
  // A set is gone through with what is added on the way.
  const above = new Set(ids)
  for (const parentId of above) {
    for (const { id, began, addresses } of find.all(parentId, company)) {
      above.add(String(id))
      found.set(String(id), {
        id: String(id),
        began: Number(began),
        parentId,
        isCompany: false,
        archived: false,
        addresses: JSON.parse(String(addresses)) as ContactDocument['addresses'],
      })
    }
  }
  return [...found.values()].toSorted((a, b) => a.began - b.began)
}
