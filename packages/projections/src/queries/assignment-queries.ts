/**
 * Questions about assignment: what a plan rests on, and what runs decided.
 *
 * @module
 */
import type { Plan } from '@forsat/domain'
import * as E from 'fp-ts/lib/Either.js'
import type { PartDocument, RunDocument } from '../assignment/assignments.ts'
import { planView, runSummary } from '../assignment/run-view.ts'
import { prepared } from '../database.ts'
import type { Asking } from './asking.ts'
import { assignmentFacts, factModels } from './assignment-facts.ts'
import { condition } from './condition.ts'
import { type ListDefinition, listDocuments, viewed } from './list.ts'
import { actorsIn } from './people.ts'
import type { Queries } from './queries.ts'

const runList: ListDefinition<'at'> = {
  view: 'assignment_run',
  sorts: { at: { column: 'at', nullable: false } },
  usualSort: '-at',
}

export const assignmentQueries = ({ reader, cursors }: Asking): Queries['assignment'] => {
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
    facts: async ({ company }, request) => assignmentFacts(reader(...factModels), company, request),
    run: async (id, { company }) => shown(runBy('id', id, company)),
    runOfEvent: async (eventId, { company }) => shown(runBy('event_id', eventId, company)),
    decisions: async (id, { company }) => {
      const run = runBy('id', id, company)
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
