/**
 * Questions about opportunities. What was offered to them is joined on asking: it has a clock, and
 * follows merges.
 *
 * @module
 */
import type { DatabaseSync } from 'node:sqlite'
import * as E from 'fp-ts/lib/Either.js'
import {
  type OpportunityDocument,
  opportunityDocument,
} from '../opportunities/opportunity-document.ts'
import { opportunityView } from '../opportunities/opportunity-view.ts'
import type { OpportunityView } from '../views/opportunity.ts'
import { type Asking, readerBeside, single } from './asking.ts'
import type { At } from './at.ts'
import { duplicatesOf } from './duplicates.ts'
import { standingsOf } from './family.ts'
import { opportunityConditions } from './filters.ts'
import { type ListDefinition, listDocuments, viewed } from './list.ts'
import { momentOf, offeredThen } from './past.ts'
import type { OpportunitySort, Queries, Scope } from './queries.ts'
import { endsBeforeItBegins } from './refusal.ts'
import { scoringIn } from './scoring-queries.ts'
import { companyIn, settingIn } from './setting.ts'
import { historyOf } from './timeline.ts'

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

/** The read models that an answer is made of. */
const needed = ['opportunities', 'quotations', 'catalogue', 'scoring'] as const

export const opportunityQueries = (asking: Asking): Queries['opportunities'] => {
  const { reader, cursors, now } = asking
  const find = single<OpportunityDocument>(
    asking,
    'opportunities',
    'opportunity',
    opportunityDocument,
  )

  const viewsOf = (
    db: DatabaseSync,
    documents: readonly OpportunityDocument[],
    { company }: Scope,
  ): readonly OpportunityView[] => {
    const setting = settingIn(companyIn(db, company), now())
    const scoring = scoringIn(db, company, now())
    return documents.map((document) =>
      opportunityView(document, standingsOf(db, company, document.id), setting, scoring),
    )
  }

  const pastView = async (document: OpportunityDocument, { company }: Scope, at: At) => {
    const moment = await momentOf(at, asking, now)
    const db = readerBeside(asking, at, ...needed)
    if (db === undefined) return opportunityView(document, [], { now: moment }, undefined)
    const setting = settingIn(companyIn(db, company), moment)
    const offered = await offeredThen(asking, db, document.id, at)
    return opportunityView(document, offered, setting, scoringIn(db, company, moment, at))
  }

  return {
    get: async (id, scope, at) => {
      const document = await find(id, scope, at)
      if (document === undefined) return undefined
      if (at !== undefined) return pastView(document, scope, at)
      return viewsOf(reader(...needed), [document], scope)[0]
    },
    list: async (scope, request = {}) => {
      const never = endsBeforeItBegins(request.filters ?? {})
      if (never !== undefined) return never
      const { company } = scope
      const db = reader(...needed)
      const conditions = opportunityConditions(company, request.filters ?? {})
      const place = { cursors, company }
      return E.map(
        viewed((documents: readonly OpportunityDocument[]) => viewsOf(db, documents, scope)),
      )(
        listDocuments<OpportunityDocument, OpportunitySort>(
          db,
          opportunityList,
          conditions,
          request,
          place,
        ),
      )
    },
    duplicates: async (id, scope) => {
      if ((await find(id, scope)) === undefined) return undefined
      const db = reader(...needed)
      const twins = duplicatesOf(db, id, scope.company)
      const views = viewsOf(
        db,
        twins.map(({ document }) => document),
        scope,
      )
      return twins.flatMap(({ same }, index) => {
        const view = views[index]
        return view === undefined ? [] : [{ ...view, same: [...same] }]
      })
    },
    history: (id, scope) => historyOf(asking, `opportunity-${id}`, scope),
  }
}
