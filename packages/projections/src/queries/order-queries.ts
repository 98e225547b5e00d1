/**
 * Questions about orders.
 *
 * @module
 */
import { compareKey } from '@forsat/domain'
import * as E from 'fp-ts/lib/Either.js'
import { prepared } from '../database.ts'
import type { OrderDocument } from '../quotations/order-document.ts'
import type { OrderView } from '../views/quotation.ts'
import type { Asking } from './asking.ts'
import { type ListDefinition, listDocuments, viewed } from './list.ts'
import { type Actors, actorsIn } from './people.ts'
import type { OrderSort, Queries } from './queries.ts'
import { orderConditions } from './quotation-filters.ts'
import { endsBeforeItBegins } from './refusal.ts'

const orderList: ListDefinition<OrderSort> = {
  view: 'sales_order',
  sorts: {
    confirmedAt: { column: 'confirmed_at', nullable: false },
    number: { column: 'number_key', nullable: false },
    total: { column: 'total_order', nullable: false },
  },
  usualSort: '-confirmedAt',
}

const needed = ['quotations', 'opportunities', 'catalogue'] as const

export const orderQueries = ({ reader, cursors }: Asking): Queries['orders'] => ({
  get: async (number, { company }) => {
    const db = reader(...needed)
    const row = prepared(
      db,
      `SELECT doc FROM sales_order WHERE company = ? AND number_key = ?
       ORDER BY began DESC LIMIT 1`,
    ).get(company, compareKey(number))
    return row && orderView(JSON.parse(String(row['doc'])) as OrderDocument, actorsIn(db))
  },
  list: async ({ company }, request = {}) => {
    const filters = request.filters ?? {}
    const never = endsBeforeItBegins(filters)
    if (never !== undefined) return never
    const db = reader(...needed)
    const actors = actorsIn(db)
    const place = { cursors, company }
    return E.map(
      viewed((documents: readonly OrderDocument[]) =>
        documents.map((document) => orderView(document, actors)),
      ),
    )(
      listDocuments<OrderDocument, OrderSort>(
        db,
        orderList,
        orderConditions(company, filters),
        request,
        place,
      ),
    )
  },
})

const orderView = (
  { id: _id, began: _began, confirmedBy, ...order }: OrderDocument,
  actors: Actors,
): OrderView => ({ ...order, confirmedBy: actors(confirmedBy) })
