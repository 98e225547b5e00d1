/**
 * The read model of contacts and their addresses.
 *
 * @module
 */
import { isErased } from '@forsat/domain'
import { type CellValue, type Projection, projection, type Table } from '../projection.ts'
import { externalIds, keepExternalIds } from '../read-models/external-id.ts'
import { compareKeyOf, phoneKeyOf, searchKeyOf } from '../read-models/search-key.ts'
import type { AddressView } from '../views/contact.ts'
import { type ContactDocument, contactAfter } from './contact-document.ts'

/** What reports tell offers apart by, and so is kept in all its versions; nothing personal. */
const placeColumns = {
  company: 'text',
  country: 'text?',
  region: 'text?',
  industry: 'text?',
} as const

const placeRow = (document: ContactDocument): Record<keyof typeof placeColumns, CellValue> => ({
  company: document.company ?? '',
  country: document.country ?? null,
  region: document.region ?? null,
  industry: document.industry ?? null,
})

const contact: Table<ContactDocument> = {
  key: ['id'],
  isPersonal: true,
  columns: {
    id: 'text',
    began: 'integer',
    ...placeColumns,
    name: 'text?',
    is_company: 'integer',
    parent_id: 'text?',
    archived: 'integer',
    created_at: 'text',
    updated_at: 'text',
    name_key: 'text?',
    email_key: 'text?',
    /** Of the phone and the mobile, where there are such. */
    phone_key: 'text?',
    mobile_key: 'text?',
    search_key: 'text',
  },
  indexes: {
    created: ['company', 'created_at', 'began'],
    parent: ['parent_id'],
    email: ['email_key'],
    phone: ['phone_key'],
    mobile: ['mobile_key'],
  },
  row: (document) => ({
    id: document.id,
    began: document.began,
    ...placeRow(document),
    name: isErased(document.name) ? null : document.name,
    is_company: Number(document.isCompany),
    parent_id: document.parentId ?? null,
    archived: Number(document.archived),
    created_at: document.createdAt,
    updated_at: document.updatedAt,
    name_key: compareKeyOf(document.name),
    email_key: compareKeyOf(document.email),
    phone_key: phoneKeyOf(document.phone),
    mobile_key: phoneKeyOf(document.mobile),
    search_key: searchKeyOf(
      [document.name, document.givenName, document.familyName, document.email],
      [document.phone, document.mobile],
    ),
  }),
  history: { columns: placeColumns, row: placeRow },
}

/** An address with the contact it belongs to. */
interface AddressDocument extends AddressView {
  readonly contactId: string
}

const address: Table<AddressDocument> = {
  key: ['id'],
  isPersonal: true,
  columns: {
    id: 'text',
    contact_id: 'text',
    kind: 'text',
    preferred: 'integer',
    archived: 'integer',
    country: 'text?',
    region: 'text?',
    city: 'text?',
  },
  indexes: { contact: ['contact_id'] },
  row: (document) => ({
    id: document.id,
    contact_id: document.contactId,
    kind: document.kind,
    preferred: Number(document.preferred),
    archived: Number(document.archived),
    country: document.country ?? null,
    region: document.region ?? null,
    city: isErased(document.city) ? null : document.city,
  }),
}

export const contacts: Projection = projection({
  name: 'contacts',
  version: 3,
  tables: { contact, address, contact_external_id: externalIds },
  apply: (recorded, tables) => {
    if (recorded.category !== 'contact') return
    const isFirst = recorded.revision === 0
    const before = isFirst ? undefined : tables.contact.get(recorded.subject)
    const after = contactAfter(before, recorded)
    if (after === undefined) return
    if (isFirst) tables.contact.add(after)
    else tables.contact.put(after)
    for (const each of after.addresses) {
      if (!before?.addresses.includes(each)) tables.address.put({ ...each, contactId: after.id })
    }
    keepExternalIds(tables.contact_external_id, before, after)
  },
})
