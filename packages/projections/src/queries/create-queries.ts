/**
 * The questions, put together over the read models and the log.
 *
 * @module
 */

import type { DatabaseSync } from 'node:sqlite'
import type { EventStore, RecordedEvent, StoredEvent } from '@forsat/event-store'
import * as E from 'fp-ts/lib/Either.js'
import { type ContactDocument, contactDocument } from '../contacts/contact-document.ts'
import { contactView } from '../contacts/contact-view.ts'
import { prepared } from '../database.ts'
import {
  type OpportunityDocument,
  opportunityDocument,
} from '../opportunities/opportunity-document.ts'
import { opportunityView } from '../opportunities/opportunity-view.ts'
import type { Projection } from '../projection.ts'
import { replayed } from '../replay.ts'
import type { At } from './at.ts'
import { catalogueQueries } from './catalogue-queries.ts'
import type { Cursors } from './cursor.ts'
import { duplicatesOf } from './duplicates.ts'
import { eventsPage } from './events.ts'
import { contactConditions, opportunityConditions } from './filters.ts'
import { type ListDefinition, listDocuments } from './list.ts'
import { actorsIn } from './people.ts'
import type { ContactSort, OpportunitySort, Page, Queries, Scope } from './queries.ts'
import { readerOf, taught } from './reader.ts'
import { endsBeforeItBegins } from './refusal.ts'
import { type PastReader, reportQueries } from './reports.ts'
import { streamEvents } from './streams.ts'
import { timeline } from './timeline.ts'

export interface QueriesOptions {
  readonly store: EventStore
  readonly read: (stored: StoredEvent) => RecordedEvent
  readonly projections: readonly Projection[]
  readonly cursors: Cursors
  /** The connection there is now. */
  readonly connection: () => DatabaseSync
}

const opportunityList: ListDefinition<OpportunitySort> = {
  view: 'opportunity',
  sorts: {
    createdAt: { column: 'created_at', nullable: false },
    updatedAt: { column: 'updated_at', nullable: false },
    closedAt: { column: 'closed_at', nullable: true },
    title: { column: 'title_key', nullable: true },
    expectedRevenue: { column: 'expected_order', nullable: true },
    expectedCloseOn: { column: 'expected_close_on', nullable: true },
    nextStepOn: { column: 'next_step_on', nullable: true },
    priority: { column: 'priority', nullable: true },
  },
  usualSort: '-createdAt',
}

const contactList: ListDefinition<ContactSort> = {
  view: 'contact',
  sorts: {
    name: { column: 'name_key', nullable: true },
    createdAt: { column: 'created_at', nullable: false },
    updatedAt: { column: 'updated_at', nullable: false },
  },
  usualSort: '-createdAt',
}

export const createQueries = (options: QueriesOptions): Queries => {
  const { connection, projections, cursors } = options
  const reader = (...names: readonly string[]) =>
    readerOf(
      connection(),
      projections.filter(({ name }) => names.includes(name)),
    )

  const single = <Document extends { readonly company?: string | undefined }>(
    projection: string,
    view: string,
    fold: (events: Iterable<RecordedEvent>) => Document | undefined,
  ) => {
    const past = async (id: string, at: At) =>
      fold(await streamEvents(options, `${view}-${id}`, at))
    const now = (id: string): Document | undefined => {
      const row = prepared(reader(projection), `SELECT doc FROM ${view} WHERE id = ?`).get(id)
      return row && (JSON.parse(String(row['doc'])) as Document)
    }
    return async (id: string, scope: Scope, at?: At): Promise<Document | undefined> => {
      const document = at === undefined ? now(id) : await past(id, at)
      return document?.company === scope.company ? document : undefined
    }
  }
  const opportunity = single<OpportunityDocument>(
    'opportunities',
    'opportunity',
    opportunityDocument,
  )
  const contact = single<ContactDocument>('contacts', 'contact', contactDocument)

  const history = async (stream: string, { company }: Scope) => {
    const [first] = await streamEvents(options, stream, {})
    if (first?.company !== company) return undefined
    return timeline(options, stream, actorsIn(reader('catalogue')))
  }

  return {
    opportunities: {
      get: async (id, scope, at) => {
        const document = await opportunity(id, scope, at)
        return document && opportunityView(document)
      },
      list: async (scope, request = {}) => {
        const never = endsBeforeItBegins(request.filters ?? {})
        if (never !== undefined) return never
        const { company } = scope
        const db = reader('opportunities', 'catalogue')
        const conditions = opportunityConditions(company, request.filters ?? {})
        const place = { cursors, company }
        return E.map(viewed(opportunityView))(
          listDocuments<OpportunityDocument, OpportunitySort>(
            db,
            opportunityList,
            conditions,
            request,
            place,
          ),
        )
      },
      duplicates: async (id, scope) =>
        (await opportunity(id, scope)) && duplicatesOf(reader('opportunities'), id, scope.company),
      history: (id, scope) => history(`opportunity-${id}`, scope),
    },
    contacts: {
      get: async (id, scope, at) => {
        const document = await contact(id, scope, at)
        return document && contactView(document)
      },
      list: async (scope, request = {}) => {
        const { company } = scope
        const db = reader('contacts')
        const conditions = contactConditions(company, request.filters ?? {})
        const place = { cursors, company }
        return E.map(viewed(contactView))(
          listDocuments<ContactDocument, ContactSort>(db, contactList, conditions, request, place),
        )
      },
      history: (id, scope) => history(`contact-${id}`, scope),
    },
    ...catalogueQueries({ reader, cursors }),
    events: async (scope, request = {}) =>
      eventsPage(options, scope, request, actorsIn(reader('catalogue'))),
    reports: reportQueries(pastReader(options, reader)),
  }
}

const viewed =
  <Document, View>(viewOf: (document: Document) => View) =>
  ({ items, ...page }: Page<Document>): Page<View> => ({ ...page, items: items.map(viewOf) })

const pastReader =
  (options: QueriesOptions, reader: (...names: readonly string[]) => DatabaseSync): PastReader =>
  async (at, ask) => {
    if (at.effectiveAt === undefined) return ask(reader('opportunities', 'catalogue'))
    const { db } = await replayed(options, at)
    try {
      return ask(taught(db))
    } finally {
      db.close()
    }
  }
