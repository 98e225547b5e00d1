/**
 * Questions about quotations: what the clock makes of them is worked out on asking.
 *
 * @module
 */
import type { DatabaseSync } from 'node:sqlite'
import { isSame } from '@forsat/domain'
import * as E from 'fp-ts/lib/Either.js'
import { prepared } from '../database.ts'
import type { Circumstances } from '../opportunities/quoted.ts'
import { type DeliveryDocument, deliveryAfter } from '../quotations/delivery-document.ts'
import { publicView } from '../quotations/public-view.ts'
import { type QuotationDocument, quotationDocument } from '../quotations/quotation-document.ts'
import { quotationView } from '../quotations/quotation-view.ts'
import { type Standing, summaryOf } from '../quotations/standing.ts'
import type { QuotationListItem, QuotationSummary, QuotationView } from '../views/quotation.ts'
import { type Asking, readerBeside, single } from './asking.ts'
import type { At } from './at.ts'
import { standingsOf, survivorOf } from './family.ts'
import { type ListDefinition, listDocuments, viewed } from './list.ts'
import { momentOf, offeredThen, survivorThen } from './past.ts'
import { actorsIn, nameless } from './people.ts'
import type { Queries, QuotationSort, Scope } from './queries.ts'
import { quotationConditions } from './quotation-filters.ts'
import { invalid } from './refusal.ts'
import { companyIn, settingIn } from './setting.ts'
import { streamEvents } from './streams.ts'
import { historyOf } from './timeline.ts'
import { writtenTo } from './written-to.ts'

const quotationList: ListDefinition<QuotationSort> = {
  view: 'quotation',
  sorts: {
    createdAt: { column: 'created_at', nullable: false },
    updatedAt: { column: 'updated_at', nullable: false },
    number: { column: 'number_key', nullable: true },
    total: { column: 'total_order', nullable: true },
    validUntil: { column: 'valid_until', nullable: true },
    sentAt: { column: 'sent_at', nullable: true },
  },
  usualSort: '-createdAt',
}

/** The read models that an answer is made of. */
const needed = ['quotations', 'opportunities', 'catalogue'] as const

export const quotationQueries = (asking: Asking): Queries['quotations'] => {
  const { reader, cursors, now } = asking
  const lookUp = single<QuotationDocument>(asking, 'quotations', 'quotation', quotationDocument)
  const find = async (id: string, scope: Scope, at?: At) => {
    const document = await lookUp(id, scope, at)
    return document?.status === 'deleted' ? undefined : document
  }

  const pastView = async (document: QuotationDocument, { company }: Scope, at: At) => {
    const moment = await momentOf(at, asking, now)
    const delivery = await deliveryThen(asking, document.id, at)
    const db = readerBeside(asking, at, ...needed)
    if (db === undefined) return quotationView(document, { now: moment }, nameless, delivery)
    const setting = settingIn(companyIn(db, company), moment)
    const view = quotationView(document, setting, actorsIn(db), delivery)
    const { opportunityId } = document.current.fields
    if (view.status !== 'confirmed' || opportunityId === undefined) return view
    const survivor = await survivorThen(asking, opportunityId, at)
    return withOpen(view, await offeredThen(asking, db, survivor, at), setting)
  }

  const viewNow = (db: DatabaseSync, document: QuotationDocument, { company }: Scope) => {
    const setting = settingIn(companyIn(db, company), now())
    const view = quotationView(document, setting, actorsIn(db), deliveryIn(db, document.id))
    if (view.status === 'draft') return withAddresses(view, reader('contacts'), company)
    const { opportunityId } = document.current.fields
    if (view.status !== 'confirmed' || opportunityId === undefined) return view
    return withOpen(view, standingsOf(db, company, survivorOf(db, opportunityId)), setting)
  }

  return {
    get: async (id, scope, at) => {
      const document = await find(id, scope, at)
      if (document === undefined) return undefined
      return at === undefined
        ? viewNow(reader(...needed), document, scope)
        : pastView(document, scope, at)
    },
    list: async (scope, request = {}) => {
      const { company } = scope
      const { validUntilFrom: from, validUntilTo: to } = request.filters ?? {}
      if (from !== undefined && to !== undefined && from > to) {
        return invalid('/validUntilTo', 'must not be before validUntilFrom')
      }
      const db = reader(...needed, 'contacts')
      const setting = settingIn(companyIn(db, company), now())
      const conditions = quotationConditions(company, request.filters ?? {}, setting.now)
      const actors = actorsIn(db)
      const itemsOf = (documents: readonly QuotationDocument[]) =>
        documents.map((document) =>
          listItem(quotationView(document, setting, actors, deliveryIn(db, document.id))),
        )
      const place = { cursors, company }
      return E.map(viewed(itemsOf))(
        listDocuments<QuotationDocument, QuotationSort>(
          db,
          quotationList,
          conditions,
          request,
          place,
        ),
      )
    },
    history: (id, scope) =>
      historyOf(asking, `quotation-${id}`, scope, { beside: `delivery-${id}` }),
    ofOpportunity: async (opportunityId, { company }) => {
      const db = reader(...needed)
      const setting = settingIn(companyIn(db, company), now())
      return standingsOf(db, company, opportunityId).map((standing) => summaryOf(standing, setting))
    },
    due: async ({ company }, moment) =>
      prepared(
        reader('quotations'),
        `SELECT id, expires_at FROM quotation
         WHERE company = ? AND status = 'sent' AND expires_at <= ? ORDER BY expires_at, began`,
      )
        .all(company, moment)
        .map((row) => ({ id: String(row['id']), expiresAt: String(row['expires_at']) })),
    toMail: async ({ company }, moment) =>
      prepared(
        reader('quotations'),
        `SELECT quotation_id FROM quotation_delivery
         WHERE company = ? AND due_at <= ? ORDER BY due_at, quotation_id`,
      )
        .all(company, moment)
        .map((row) => String(row['quotation_id'])),
    byTokenHash: async (hash) => {
      const row = prepared(
        reader('quotations'),
        `SELECT quotation_id, company, version FROM quotation_link
         WHERE token_hash = ? AND alive = 1`,
      ).get(hash)
      return (
        row && {
          id: String(row['quotation_id']),
          company: String(row['company']),
          version: Number(row['version']),
        }
      )
    },
    forCustomer: async (id, version, scope) => {
      const document = await find(id, scope)
      const seller = companyIn(reader(...needed), scope.company)
      if (document === undefined || seller === undefined) return undefined
      return publicView(document, version, seller, settingIn(seller, now()))
    },
  }
}

/** What read models know of the delivery of a quotation. */
const deliveryIn = (db: DatabaseSync, id: string): DeliveryDocument | undefined => {
  const row = prepared(db, 'SELECT doc FROM quotation_delivery WHERE quotation_id = ?').get(id)
  return row && (JSON.parse(String(row['doc'])) as DeliveryDocument)
}

/** The delivery as it was in a past: what both streams told by then, in the order of the log. */
const deliveryThen = async (
  asking: Asking,
  id: string,
  at: At,
): Promise<DeliveryDocument | undefined> => {
  const streams = [`quotation-${id}`, `delivery-${id}`]
  const told = await Promise.all(streams.map((stream) => streamEvents(asking, stream, at)))
  let document: DeliveryDocument | undefined
  for (const event of told.flat().toSorted((a, b) => a.position - b.position)) {
    document = deliveryAfter(document, event)
  }
  return document
}

const listItem = ({
  lines: _lines,
  options: _options,
  versions: _versions,
  addresses: _addresses,
  openQuotations: _open,
  questions: _questions,
  ...item
}: QuotationView): QuotationListItem => item

/** With whom it would be for now; what a draft knows of that, it keeps until it is told. */
const withAddresses = (view: QuotationView, db: DatabaseSync, company: string): QuotationView => {
  if (view.contactId === undefined) return view
  const now = writtenTo(db, company, view)
  const changed =
    !isSame(view.customer, now.customer) ||
    !isSame(view.invoiceAddress, now.invoice) ||
    !isSame(view.deliveryAddress, now.delivery)
  return { ...view, addresses: { ...now, changed } }
}

/** With what is still open for the same opportunity. */
const withOpen = (
  view: QuotationView,
  standings: readonly Standing[],
  setting: Circumstances,
): QuotationView => {
  const isOpen = ({ id, status }: QuotationSummary) =>
    id !== view.id && (status === 'draft' || status === 'sent')
  return {
    ...view,
    openQuotations: standings.map((each) => summaryOf(each, setting)).filter(isOpen),
  }
}
