/**
 * What a company's closed deals have taught by now, or had by then. What is known now is kept, and
 * goes on with what came since; a past, other settings and other stages are learnt anew.
 *
 * @module
 */
import type { DatabaseSync } from 'node:sqlite'
import {
  type CalendarDate,
  type Deal,
  type Outcome,
  type Score,
  type Scorer,
  type ScoringSettings,
  type StagePlace,
  scorer,
} from '@forsat/domain'
import { prepared } from '../database.ts'
import type { At } from '../queries/at.ts'
import { all, condition } from '../queries/condition.ts'
import { versionConditions } from '../reports/question.ts'
import { counted } from './known-deal.ts'

export interface Asked {
  readonly db: DatabaseSync
  readonly company: string
  readonly settings: ScoringSettings
  /** The company's own: deals grow old enough to learn from. */
  readonly today: CalendarDate
}

/** Scores by what is known now. */
export const scoreNow = (asked: Asked): ((deal: Deal) => Score) => {
  const { settings, today } = asked
  const learning = learningOf(asked)
  catchUp(learning, asked)
  return (deal) => learning.scorer.score(counted(deal, settings), today)
}

/** Scores by what was known then, in the stages and with the settings of now. */
export const scoreThen = (asked: Asked, at: At): ((deal: Deal) => Score) => {
  const { db, company, settings, today } = asked
  const asking = scorer(settings.model, stagesIn(db, company))
  const outcomes = outcomesThen(db, company, at)
  // What had happened by a day is told by the day it happened on, whenever it was recorded.
  const known = at.effectiveAt === undefined ? outcomes : outcomes.filter(closedBy(today))
  for (const each of known) if (teaches(each, settings)) asking.tell(lookedAt(each, settings))
  return (deal) => asking.score(counted(deal, settings), today)
}

const closedBy =
  (day: CalendarDate) =>
  ({ closedOn }: Outcome): boolean =>
    closedOn <= day

/** A scorer, and how far it was told. */
interface Learning {
  /** The settings and the stages that it learns by, and the tables that it reads. */
  readonly key: string
  readonly scorer: Scorer
  position: number
}

const learnings = new WeakMap<DatabaseSync, Map<string, Learning>>()

const learningOf = ({ db, company, settings }: Asked): Learning => {
  const kept = learnings.get(db) ?? new Map<string, Learning>()
  learnings.set(db, kept)
  const stages = stagesIn(db, company)
  const key = JSON.stringify([settings, stages, generationIn(db)])
  const known = kept.get(company)
  if (known?.key === key) return known
  const anew = { key, scorer: scorer(settings.model, stages), position: -1 }
  kept.set(company, anew)
  return anew
}

/** Tells what changed since it was told last. */
const catchUp = (learning: Learning, { db, company, settings }: Asked): void => {
  const news = prepared(
    db,
    `SELECT id, position, taught FROM scoring_deal WHERE company = ? AND position > ?
     ORDER BY position`,
  )
  for (const { id, position, taught } of news.iterate(company, learning.position)) {
    const outcome = taught === null ? undefined : (JSON.parse(String(taught)) as Outcome)
    if (outcome !== undefined && teaches(outcome, settings)) {
      learning.scorer.tell(lookedAt(outcome, settings))
    } else learning.scorer.takeBack(String(id))
    learning.position = Number(position)
  }
}

const teaches = ({ openedOn }: Outcome, { since }: ScoringSettings): boolean =>
  since === undefined || openedOn >= since

const lookedAt = (outcome: Outcome, settings: ScoringSettings): Outcome => ({
  ...outcome,
  path: outcome.path.map((deal) => counted(deal, settings)),
  end: counted(outcome.end, settings),
})

/** Every outcome that stands, in no order of its own. */
export const outcomesNow = (
  db: DatabaseSync,
  company: string,
  settings: ScoringSettings,
): readonly Outcome[] =>
  prepared(db, 'SELECT taught FROM scoring_deal WHERE company = ? AND taught IS NOT NULL')
    .all(company)
    .map(({ taught }) => JSON.parse(String(taught)) as Outcome)
    .filter((outcome) => teaches(outcome, settings))
    .map((outcome) => lookedAt(outcome, settings))

const outcomesThen = (db: DatabaseSync, company: string, at: At): readonly Outcome[] => {
  const { sql, values } = all([
    condition('company = ?', company),
    condition(`standing IN ('won', 'lost')`),
    ...(versionConditions(at) ?? [condition('to_position IS NULL')]),
  ])
  return db
    .prepare(`SELECT taught FROM scoring_deal_history WHERE ${sql}`)
    .all(...values)
    .map((row) => JSON.parse(String(row['taught'])) as Outcome)
}

/** Archived ones too: deals have gone through them. */
export const stagesIn = (db: DatabaseSync, company: string): readonly StagePlace[] =>
  prepared(db, 'SELECT id, position, team_id FROM stage WHERE company = ? ORDER BY position, began')
    .all(company)
    .map((row) => ({
      id: String(row['id']),
      position: Number(row['position']),
      ...(row['team_id'] !== null && { teamId: String(row['team_id']) }),
    }))

const generationIn = (db: DatabaseSync): number =>
  Number(
    prepared(db, `SELECT generation FROM forsat_projection WHERE name = 'scoring'`).get()?.[
      'generation'
    ] ?? 0,
  )
