/**
 * What a company's closed deals have taught by now. It is kept, and goes on with what came since;
 * other settings and other stages are learnt anew.
 *
 * @module
 */
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import {
  type CalendarDate,
  type Deal,
  type Outcome,
  type Score,
  type Scorer,
  type ScoringSettings,
  type StagePlace,
  scorer,
  usualScoring,
} from '@forsat/domain'
import { prepared } from '../database.ts'
import { counted } from './known-deal.ts'

/** How a company scores, and its own day: deals grow old enough to learn from. */
export interface Setting {
  readonly settings: ScoringSettings
  readonly stages: readonly StagePlace[]
  readonly today: CalendarDate
}

/** A scorer that is told more and more. */
export interface Learning {
  /** What it learns by, and the tables that it reads. */
  readonly key: string
  readonly scorer: Scorer
  /** How far it was told. */
  position: number
}

export const newLearning = (key: string, { settings, stages }: Setting): Learning => ({
  key,
  scorer: scorer(settings.model, stages),
  position: -1,
})

export const keyOf = (db: DatabaseSync, { settings, stages }: Setting): string =>
  JSON.stringify([settings, stages, generationIn(db)])

const learnings = new WeakMap<DatabaseSync, Map<string, Learning>>()

/** Scores by what is known now. */
export const scoreNow = (
  db: DatabaseSync,
  company: string,
  setting: Setting,
): ((deal: Deal) => Score) => {
  const kept = learnings.get(db) ?? new Map<string, Learning>()
  learnings.set(db, kept)
  const key = keyOf(db, setting)
  const known = kept.get(company)
  const learning = known?.key === key ? known : newLearning(key, setting)
  kept.set(company, learning)
  catchUp(learning, db, company, setting.settings)
  return (deal) => learning.scorer.score(counted(deal, setting.settings), setting.today)
}

/** Tells what changed since it was told last. */
const catchUp = (
  learning: Learning,
  db: DatabaseSync,
  company: string,
  settings: ScoringSettings,
): void => {
  const news = prepared(
    db,
    `SELECT id, position, taught FROM scoring_deal WHERE company = ? AND position > ?
     ORDER BY position`,
  )
  for (const { id, position, taught } of news.iterate(company, learning.position)) {
    tellOf(learning.scorer, String(id), taught, settings)
    learning.position = Number(position)
  }
}

/** What a row teaches; one that teaches nothing, or no longer counts, is taken back. */
export const tellOf = (
  asking: Scorer,
  id: string,
  taught: unknown,
  settings: ScoringSettings,
): void => {
  const outcome = typeof taught === 'string' ? outcomeOf(taught, settings) : undefined
  if (outcome === undefined) asking.takeBack(id)
  else asking.tell(outcome)
}

/** As much of it as a company lets count; `undefined` where the deal began too early. */
const outcomeOf = (taught: string, settings: ScoringSettings): Outcome | undefined => {
  const outcome = JSON.parse(taught) as Outcome
  const { since } = settings
  if (since !== undefined && outcome.openedOn < since) return undefined
  return {
    ...outcome,
    path: outcome.path.map((deal) => counted(deal, settings)),
    end: counted(outcome.end, settings),
  }
}

/** Every outcome that stands, in no order of its own. */
export const outcomesNow = (
  db: DatabaseSync,
  company: string,
  settings: ScoringSettings,
): readonly Outcome[] =>
  prepared(db, 'SELECT taught FROM scoring_deal WHERE company = ? AND taught IS NOT NULL')
    .all(company)
    .map(({ taught }) => outcomeOf(String(taught), settings))
    .filter((outcome) => outcome !== undefined)

/** Archived ones too: deals have gone through them. */
export const stagesNow = (db: DatabaseSync, company: string): readonly StagePlace[] =>
  prepared(db, 'SELECT id, position, team_id FROM scoring_stage WHERE company = ? ORDER BY id')
    .all(company)
    .map(placeOf)

export const placeOf = (row: Readonly<Record<string, SQLOutputValue>>): StagePlace => ({
  id: String(row['id']),
  position: Number(row['position']),
  ...(row['team_id'] !== null && { teamId: String(row['team_id']) }),
})

/** What a company was configured to; the usual, where it was not. */
export const settingsNow = (db: DatabaseSync, company: string): ScoringSettings =>
  settingsOf(prepared(db, 'SELECT settings FROM scoring_settings WHERE id = ?').get(company))

export const settingsOf = (
  row: Readonly<Record<string, SQLOutputValue>> | undefined,
): ScoringSettings =>
  row === undefined ? usualScoring : (JSON.parse(String(row['settings'])) as ScoringSettings)

const generationIn = (db: DatabaseSync): number =>
  Number(
    prepared(db, `SELECT generation FROM forsat_projection WHERE name = 'scoring'`).get()?.[
      'generation'
    ] ?? 0,
  )
