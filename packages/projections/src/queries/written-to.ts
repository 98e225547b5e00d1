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

/** Those who stand below one of these, however deep, but for companies; the oldest first. */
export const contactsBelow = (
  db: DatabaseSync,
  company: string,
  ids: readonly string[],
): readonly Below[] =>
  prepared(
    db,
    `WITH RECURSIVE below (id) AS (
       SELECT id FROM contact WHERE parent_id IN (SELECT value FROM json_each(?))
         AND company = ? AND is_company = 0 AND archived = 0
       UNION SELECT contact.id FROM below JOIN contact ON contact.parent_id = below.id
       WHERE contact.is_company = 0 AND contact.archived = 0)
     SELECT contact.id, contact.parent_id, contact.doc ->> '$.addresses' AS addresses
     FROM below CROSS JOIN contact ON contact.id = below.id ORDER BY contact.began`,
  )
    .all(JSON.stringify(ids), company)
    .map((row) => ({
      id: String(row['id']),
      parentId: String(row['parent_id']),
      isCompany: false,
      archived: false,
      addresses: JSON.parse(String(row['addresses'])) as ContactDocument['addresses'],
    }))
