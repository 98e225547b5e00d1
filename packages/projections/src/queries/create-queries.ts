/**
 * The questions, put together over the read models and the log.
 *
 * @module
 */

import type { DatabaseSync } from 'node:sqlite'
import type { EventStore, RecordedEvent, StoredEvent } from '@forsat/event-store'
import type { Projection } from '../projection.ts'
import { replayed } from '../replay.ts'
import type { Asking } from './asking.ts'
import { assignmentQueries } from './assignment-queries.ts'
import { catalogueQueries } from './catalogue-queries.ts'
import { contactQueries } from './contact-queries.ts'
import type { Cursors } from './cursor.ts'
import { eventsPage } from './events.ts'
import { exchangeRateQueries } from './exchange-rates.ts'
import { opportunityQueries } from './opportunity-queries.ts'
import { orderQueries } from './order-queries.ts'
import { momentOf } from './past.ts'
import { actorsIn } from './people.ts'
import type { Queries } from './queries.ts'
import { quotationQueries } from './quotation-queries.ts'
import { readerOf, taught } from './reader.ts'
import { type PastReader, reportQueries } from './reports.ts'
import { scoringQueries } from './scoring-queries.ts'
import { differenceOf } from './timeline.ts'

export interface QueriesOptions {
  readonly store: EventStore
  readonly read: (stored: StoredEvent) => RecordedEvent
  readonly projections: readonly Projection[]
  readonly cursors: Cursors
  /** The connection there is now. */
  readonly connection: () => DatabaseSync
  readonly now: () => string
}

export const createQueries = (options: QueriesOptions): Queries => {
  const { connection, projections } = options
  const reader = (...names: readonly string[]) =>
    readerOf(
      connection(),
      projections.filter(({ name }) => names.includes(name)),
    )

  const asking: Asking = { ...options, reader }

  return {
    opportunities: opportunityQueries(asking),
    quotations: quotationQueries(asking),
    orders: orderQueries(asking),
    exchangeRates: exchangeRateQueries(asking),
    contacts: contactQueries(asking),
    assignment: assignmentQueries(asking),
    ...catalogueQueries(asking),
    events: async (scope, request = {}) =>
      eventsPage(options, scope, request, actorsIn(reader('catalogue'))),
    difference: async (stream, scope, between) => differenceOf(options, stream, scope, between),
    scoring: scoringQueries(asking),
    reports: reportQueries(pastReader(options, reader), (at) => momentOf(at, options, options.now)),
  }
}

const pastReader =
  (options: QueriesOptions, reader: (...names: readonly string[]) => DatabaseSync): PastReader =>
  async (at, readModels, ask) => {
    if (at.effectiveAt === undefined) return ask(reader(...readModels))
    const { db } = await replayed(options, at)
    try {
      return ask(taught(db))
    } finally {
      db.close()
    }
  }
