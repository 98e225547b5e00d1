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
  ripe,
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
  const { db, company, settings, today } = asked
  const outcomes = outcomesIn(db, company)
  const learning = learningOf(asked)
  if (learning.changes !== outcomes.changes || learning.day !== today) {
    catchUp(learning, fairOf([...outcomes.all.values()], asked), settings)
    learning.changes = outcomes.changes
    learning.day = today
  }
  return (deal) => learning.scorer.score(counted(deal, settings))
}

/** Scores by what was known then, in the stages and with the settings of now. */
export const scoreThen = (asked: Asked, at: At): ((deal: Deal) => Score) => {
  const { db, company, settings, today } = asked
  const asking = scorer(settings.model, stagesIn(db, company))
  const outcomes = outcomesThen(db, company, at)
  // What had happened by a day is told by the day it happened on, whenever it was recorded.
  const known = at.effectiveAt === undefined ? outcomes : outcomes.filter(closedBy(today))
  for (const each of fairOf(known, asked)) asking.tell(lookedAt(each, settings))
  return (deal) => asking.score(counted(deal, settings))
}

const closedBy =
  (day: CalendarDate) =>
  ({ closedOn }: Outcome): boolean =>
    closedOn <= day

interface Learning {
  /** The settings and the stages that it learns by. */
  readonly key: string
  readonly scorer: Scorer
  readonly told: Map<string, Outcome>
  changes: number
  day: CalendarDate | undefined
}

const learnings = new WeakMap<DatabaseSync, Map<string, Learning>>()

const learningOf = ({ db, company, settings }: Asked): Learning => {
  const kept = learnings.get(db) ?? new Map<string, Learning>()
  learnings.set(db, kept)
  const stages = stagesIn(db, company)
  const key = JSON.stringify([settings, stages])
  const known = kept.get(company)
  if (known?.key === key) return known
  const anew: Learning = {
    key,
    scorer: scorer(settings.model, stages),
    told: new Map(),
    changes: -1,
    day: undefined,
  }
  kept.set(company, anew)
  return anew
}

/** Tells what is new, and takes back what no longer stands. */
const catchUp = (
  { scorer: asking, told }: Learning,
  outcomes: readonly Outcome[],
  settings: ScoringSettings,
): void => {
  const now = new Set(outcomes.map(({ id }) => id))
  for (const id of told.keys()) {
    if (now.has(id)) continue
    asking.takeBack(id)
    told.delete(id)
  }
  for (const outcome of outcomes) {
    if (told.get(outcome.id) === outcome) continue
    asking.tell(lookedAt(outcome, settings))
    told.set(outcome.id, outcome)
  }
}

/** Those that are learnt from. The reference learns from all at once, ripe or not. */
const fairOf = (
  outcomes: readonly Outcome[],
  { settings: { since, model }, today }: Pick<Asked, 'settings' | 'today'>,
): readonly Outcome[] => {
  const wanted = outcomes.filter(({ openedOn }) => since === undefined || openedOn >= since)
  return model === 'naive-bayes' ? wanted : ripe(wanted, today)
}

const lookedAt = (outcome: Outcome, settings: ScoringSettings): Outcome => ({
  ...outcome,
  path: outcome.path.map((deal) => counted(deal, settings)),
  end: counted(outcome.end, settings),
})

/** Outcomes that stand, as far as they were read. */
interface Standing {
  readonly generation: number
  readonly all: Map<string, Outcome>
  position: number
  /** How often they have changed: as long as it is the same, so are they. */
  changes: number
}

const standings = new WeakMap<DatabaseSync, Map<string, Standing>>()

const outcomesIn = (db: DatabaseSync, company: string): Standing => {
  const kept = standings.get(db) ?? new Map<string, Standing>()
  standings.set(db, kept)
  const generation = generationIn(db)
  const known = kept.get(company)
  const standing =
    known?.generation === generation
      ? known
      : {
          generation,
          all: new Map<string, Outcome>(),
          position: -1,
          changes: (known?.changes ?? 0) + 1,
        }
  kept.set(company, standing)
  const news = prepared(
    db,
    `SELECT id, position, taught FROM scoring_deal WHERE company = ? AND position > ?
     ORDER BY position`,
  ).all(company, standing.position)
  for (const { id, position, taught } of news) {
    standing.position = Number(position)
    const wasThere = standing.all.delete(String(id))
    if (taught !== null) standing.all.set(String(id), JSON.parse(String(taught)) as Outcome)
    if (wasThere || taught !== null) standing.changes += 1
  }
  return standing
}

/** Every outcome that stands, in no order of its own. */
export const outcomesNow = (
  db: DatabaseSync,
  company: string,
  settings: ScoringSettings,
): readonly Outcome[] =>
  [...outcomesIn(db, company).all.values()]
    .filter(({ openedOn }) => settings.since === undefined || openedOn >= settings.since)
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
