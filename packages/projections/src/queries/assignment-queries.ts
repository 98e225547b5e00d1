/**
 * Questions about assignment: which leads wait, what everybody was given, and what runs decided.
 *
 * @module
 */
import { daysBetween, type Lead, type Plan } from '@forsat/domain'
import * as E from 'fp-ts/lib/Either.js'
import type { PartDocument, RunDocument } from '../assignment/assignments.ts'
import { planView, runSummary } from '../assignment/run-view.ts'
import { prepared } from '../database.ts'
import type { OpportunityDocument } from '../opportunities/opportunity-document.ts'
import { probabilityOf } from '../opportunities/opportunity-view.ts'
import type { Asking } from './asking.ts'
import { condition } from './condition.ts'
import { type ListDefinition, listDocuments, viewed } from './list.ts'
import { actorsIn } from './people.ts'
import type { Queries } from './queries.ts'
import { scoringIn } from './scoring-queries.ts'

const runList: ListDefinition<'at'> = {
  view: 'assignment_run',
  sorts: { at: { column: 'at', nullable: false } },
  usualSort: '-at',
}

export const assignmentQueries = ({ reader, cursors, now }: Asking): Queries['assignment'] => {
  const runBy = (column: 'id' | 'event_id', value: string, company: string) => {
    const row = prepared(
      reader('assignments'),
      `SELECT doc FROM assignment_run WHERE ${column} = ? AND company = ?`,
    ).get(value, company)
    return row && (JSON.parse(String(row['doc'])) as RunDocument)
  }
  /** What a run decided, its parts put together. */
  const decisionsOf = ({ id }: RunDocument): Plan => {
    const parts = prepared(
      reader('assignments'),
      'SELECT doc FROM assignment_part WHERE run_id = ? ORDER BY began',
    )
      .all(id)
      .map(({ doc }) => JSON.parse(String(doc)) as PartDocument)
    return {
      assigned: parts.flatMap(({ assigned }) => assigned),
      left: parts.flatMap(({ left }) => left),
    }
  }
  const shown = (run: RunDocument | undefined) =>
    run && {
      ...runSummary(run, actorsIn(reader('catalogue'))),
      ...planView(decisionsOf(run)),
    }

  return {
    open: async ({ company }, today) => {
      const db = reader('opportunities', 'catalogue', 'scoring')
      const scoring = scoringIn(db, company, now())
      return prepared(
        db,
        `SELECT doc, email_key, phone_key FROM opportunity WHERE company = ? AND outcome = 'open'`,
      )
        .all(company)
        .map((row) => {
          const document = JSON.parse(String(row['doc'])) as OpportunityDocument
          const { value } = probabilityOf(document, scoring)
          return leadOf(document, { today, probability: value ?? undefined }, [
            ['mail', row['email_key']],
            ['phone', row['phone_key']],
          ])
        })
    },
    given: async ({ company }, { since, today }) =>
      prepared(
        reader('assignments'),
        `SELECT user_id, team_id, count(*) AS all_of_them, sum(at >= ?) AS of_today
         FROM assignment_given WHERE company = ? AND at >= ? GROUP BY user_id, team_id`,
      )
        .all(today, company, since)
        .map((row) => ({
          userId: String(row['user_id']),
          ...(row['team_id'] !== null && { teamId: String(row['team_id']) }),
          received: { in30Days: Number(row['all_of_them']), today: Number(row['of_today']) },
        })),
    run: async (id, { company }) => shown(runBy('id', id, company)),
    runOfEvent: async (eventId, { company }) => shown(runBy('event_id', eventId, company)),
    decisions: async (eventId, { company }) => {
      const run = runBy('event_id', eventId, company)
      return run && decisionsOf(run)
    },
    runs: async ({ company }, request = {}) => {
      const db = reader('assignments', 'catalogue')
      const actors = actorsIn(db)
      return E.map(
        viewed((documents: readonly RunDocument[]) =>
          documents.map((document) => runSummary(document, actors)),
        ),
      )(
        listDocuments<RunDocument, 'at'>(
          db,
          runList,
          [condition('company = ?', company)],
          request,
          { cursors, company },
        ),
      )
    },
  }
}

const leadOf = (
  document: OpportunityDocument,
  { today, probability }: { readonly today: string } & Pick<Lead, 'probability'>,
  keys: readonly (readonly [kind: string, key: unknown])[],
): Lead => {
  const { id, kind, outcome, salespersonId, teamId, contactId } = document
  const { source, country, region, language, tags, expectedRevenue } = document
  const known = [...keys, ['contact', contactId] as const]
  return {
    id,
    kind,
    outcome,
    salespersonId,
    teamId,
    probability,
    source,
    country,
    region,
    language,
    tags,
    expectedRevenue,
    ageDays: Math.max(0, daysBetween(document.createdOn, today)),
    sameAs: known.flatMap(([what, key]) => (typeof key === 'string' ? [`${what}:${key}`] : [])),
  }
}
