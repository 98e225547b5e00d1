/**
 * Questions about contacts.
 *
 * @module
 */
import * as E from 'fp-ts/lib/Either.js'
import { type ContactDocument, contactDocument } from '../contacts/contact-document.ts'
import { contactView } from '../contacts/contact-view.ts'
import { type Asking, single } from './asking.ts'
import { contactConditions } from './filters.ts'
import { type ListDefinition, listDocuments, viewed } from './list.ts'
import type { ContactSort, Queries } from './queries.ts'
import { historyOf } from './timeline.ts'
import { contactsBelow } from './written-to.ts'

const contactList: ListDefinition<ContactSort> = {
  view: 'contact',
  sorts: {
    name: { column: 'name_key', nullable: true },
    createdAt: { column: 'created_at', nullable: false },
    updatedAt: { column: 'updated_at', nullable: false },
  },
  usualSort: '-createdAt',
}

export const contactQueries = (asking: Asking): Queries['contacts'] => {
  const { reader, cursors } = asking
  const find = single<ContactDocument>(asking, 'contacts', 'contact', contactDocument)
  return {
    get: async (id, scope, at) => {
      const document = await find(id, scope, at)
      return document && contactView(document)
    },
    list: async ({ company }, request = {}) => {
      const db = reader('contacts')
      const conditions = contactConditions(company, request.filters ?? {})
      const place = { cursors, company }
      return E.map(viewed((documents: readonly ContactDocument[]) => documents.map(contactView)))(
        listDocuments<ContactDocument, ContactSort>(db, contactList, conditions, request, place),
      )
    },
    history: (id, scope) => historyOf(asking, `contact-${id}`, scope),
    below: async (ids, { company }) => contactsBelow(reader('contacts'), company, ids),
  }
}
