/**
 * What a company's closed deals had taught by a past: by the settings and the stages of then, from the
 * outcomes that were known then. Whoever looks at one past after another pays for what lies between.
 *
 * @module
 */
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import type { Deal, Score, ScoringSettings, StagePlace } from '@forsat/domain'
import { prepared } from '../database.ts'
import type { At } from '../queries/at.ts'
import { all, type Condition, condition } from '../queries/condition.ts'
import { counted } from './known-deal.ts'
import {
  keyOf,
  type Learning,
  newLearning,
  placeOf,
  type Setting,
  settingsOf,
  tellOf,
} from './learnt.ts'

export const stagesThen = (db: DatabaseSync, company: string, at: At): readonly StagePlace[] =>
  rowsThen(db, 'scoring_stage', company, at)
    .map(placeOf)
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))

export const settingsThen = (db: DatabaseSync, company: string, at: At): ScoringSettings =>
  settingsOf(rowsThen(db, 'scoring_settings', company, at)[0])

/** By company the scorers that looked at a past last: one as it was recorded, one as it occurred. */
const learnings = new WeakMap<DatabaseSync, Map<string, Learning>>()

const keptOf = (db: DatabaseSync): Map<string, Learning> => {
  const kept = learnings.get(db) ?? new Map<string, Learning>()
  learnings.set(db, kept)
  return kept
}

/** Scores by what was known then. */
export const scoreThen = (
  db: DatabaseSync,
  company: string,
  setting: Setting,
  at: At,
): ((deal: Deal) => Score) => {
  const { settings, today } = setting
  const { scorer } =
    at.effectiveAt === undefined
      ? travelled(db, company, setting, at)
      : effective(db, company, setting, at)
  return (deal) => scorer.score(counted(deal, settings), today)
}

/** The scorer that looked at a past last, brought to this one. */
const travelled = (db: DatabaseSync, company: string, setting: Setting, at: At): Learning => {
  const kept = keptOf(db)
  const key = keyOf(db, setting)
  const known = kept.get(company)
  const learning = known?.key === key ? known : newLearning(key, setting)
  kept.set(company, learning)
  const from = learning.position
  const to = lastChange(db, company, at)
  const between = prepared(
    db,
    `SELECT DISTINCT id FROM scoring_deal_history
     WHERE company = ? AND from_position > ? AND from_position <= ?`,
  ).all(company, Math.min(from, to), Math.max(from, to))
  const then = prepared(
    db,
    `SELECT taught FROM scoring_deal_history WHERE id = ? AND from_position <= ?
     ORDER BY from_position DESC LIMIT 1`,
  )
  for (const { id = '' } of between) {
    tellOf(learning.scorer, String(id), then.get(id, to)?.['taught'], setting.settings)
  }
  learning.position = to
  return learning
}

/** The event that last changed what could be learnt by then. */
const lastChange = (db: DatabaseSync, company: string, at: At): number => {
  const { sql, values } = all([condition('company = ?', company), ...knownBy(at)])
  const row = prepared(
    db,
    `SELECT from_position FROM scoring_deal_history WHERE ${sql}
     ORDER BY from_position DESC LIMIT 1`,
  ).get(...values)
  return Number(row?.['from_position'] ?? -1)
}

/** Of what had occurred by then all is told anew: it may have been recorded in any order. */
const effective = (db: DatabaseSync, company: string, setting: Setting, at: At): Learning => {
  const { effectiveAt, ...recorded } = at
  const kept = keptOf(db)
  const key = JSON.stringify([keyOf(db, setting), effectiveAt])
  const position = lastChange(db, company, recorded)
  const known = kept.get(`${company} effective`)
  if (known?.key === key && known.position === position) return known
  const learning = { ...newLearning(key, setting), position }
  kept.set(`${company} effective`, learning)
  for (const { id, taught } of rowsThen(db, 'scoring_deal', company, at)) {
    tellOf(learning.scorer, String(id), taught, setting.settings)
  }
  return learning
}

const knownBy = ({ position, asOf, effectiveAt }: At): readonly Condition[] => [
  ...(position === undefined ? [] : [condition('from_position <= ?', position)]),
  ...(asOf === undefined ? [] : [condition('from_recorded_at <= ?', asOf)]),
  ...(effectiveAt === undefined ? [] : [condition('since <= ?', effectiveAt)]),
]

/** Of each record the version that was the newest then: SQLite tells the whole row of a maximum. */
const rowsThen = (
  db: DatabaseSync,
  table: string,
  company: string,
  at: At,
): readonly Readonly<Record<string, SQLOutputValue>>[] => {
  const { sql, values } = all([condition('company = ?', company), ...knownBy(at)])
  return prepared(
    db,
    `SELECT *, max(from_position) AS newest FROM ${table}_history WHERE ${sql} GROUP BY id`,
  ).all(...values)
}
