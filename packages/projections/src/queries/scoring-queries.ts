/**
 * Questions about scores: why one is what it is, what was counted, and how good they would have been.
 *
 * @module
 */
import type { DatabaseSync } from 'node:sqlite'
import { setImmediate as breath } from 'node:timers/promises'
import {
  CalendarDate,
  type Deal,
  evaluated,
  frequencies,
  type Outcome,
  type Score,
  ScoringModel,
  type Trait,
  walkForward,
} from '@forsat/domain'
import { localDate } from '@forsat/domain/time'
import {
  type OpportunityDocument,
  opportunityDocument,
} from '../opportunities/opportunity-document.ts'
import { probabilityOf } from '../opportunities/opportunity-view.ts'
import { namesIn } from '../reports/names.ts'
import { dealOf } from '../scoring/known-deal.ts'
import { outcomesNow, type Setting, scoreNow, settingsNow, stagesNow } from '../scoring/learnt.ts'
import { scoreThen, settingsThen, stagesThen } from '../scoring/learnt-then.ts'
import { factorWords, scoreWords } from '../scoring/words.ts'
import type { ExplanationView, FactorView } from '../views/scoring.ts'
import { type Asking, single } from './asking.ts'
import type { At } from './at.ts'
import { momentOf } from './past.ts'
import type { Queries } from './queries.ts'
import { companyIn } from './setting.ts'

/** How one scores, now or then; `undefined` where the company does without scores. */
export type Scoring = (deal: Deal) => Score | undefined

/**
 * The scoring of a company: of a past as it was then. Nothing is asked or learnt before the first deal
 * is scored: many who ask have none that is open.
 */
export const scoringIn = (db: DatabaseSync, company: string, moment: string, at?: At): Scoring => {
  const learnt = once((): Scoring => {
    const setting = settingOf(db, company, moment, at)
    if (setting === undefined) return () => undefined
    return isPast(at) ? scoreThen(db, company, setting, at) : scoreNow(db, company, setting)
  })
  return (deal) => learnt()(deal)
}

const once = <Value>(make: () => Value): (() => Value) => {
  let made: { readonly value: Value } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

/** An empty past asks single records of the log: what was learnt is that of now. */
const isPast = (at: At | undefined): at is At =>
  (at?.position ?? at?.asOf ?? at?.effectiveAt) !== undefined

/** How a company scores, or did then; `undefined` where it does without. */
const settingOf = (
  db: DatabaseSync,
  company: string,
  moment: string,
  at?: At,
): Setting | undefined => {
  const known = companyIn(db, company)
  if (known === undefined || known.policies.features?.scoring === false) return undefined
  const today = CalendarDate.parse(localDate(moment, known.zone))
  return isPast(at)
    ? { settings: settingsThen(db, company, at), stages: stagesThen(db, company, at), today }
    : { settings: settingsNow(db, company), stages: stagesNow(db, company), today }
}

const needed = ['opportunities', 'catalogue', 'scoring'] as const

export const scoringQueries = (asking: Asking): Queries['scoring'] => {
  const { reader, now } = asking
  const find = single<OpportunityDocument>(
    asking,
    'opportunities',
    'opportunity',
    opportunityDocument,
  )
  return {
    explanation: async (id, { company }, at) => {
      const document = await find(id, { company }, at)
      if (document === undefined) return undefined
      const db = reader(...needed)
      const moment = at === undefined ? now() : await momentOf(at, asking, now)
      const score = scoringIn(db, company, moment, at)(dealOf(document))
      const { model } = isPast(at) ? settingsThen(db, company, at) : settingsNow(db, company)
      return score && explained(db, document, score, model)
    },
    frequencies: async ({ company }) => {
      const db = reader(...needed)
      const outcomes = outcomesNow(db, company, settingsNow(db, company))
      const counted = frequencies(stagesNow(db, company))
      for (const outcome of outcomes) counted.add(outcome)
      const nameOf = namesOf(db)
      const items = [...counted.teamIds].flatMap((teamId) =>
        counted.rowsOf(teamId).map(({ won, lost, ...trait }) => ({
          ...(teamId !== undefined && { teamId }),
          variable: trait.variable,
          value: trait.value,
          name: nameOf(trait),
          won,
          lost,
        })),
      )
      return { ...tallyOf(outcomes), items }
    },
    evaluation: async ({ company }) => {
      const db = reader(...needed)
      const outcomes = outcomesNow(db, company, settingsNow(db, company))
      const [folds, stages] = [walkForward(outcomes), stagesNow(db, company)]
      const models = [...evaluated(folds, stages, [])]
      for (const model of ScoringModel.options) {
        // Each takes its time over a long history: others are answered in between.
        await breath()
        models.push(...evaluated(folds, stages, [model]).slice(1))
      }
      return {
        outcomes: tallyOf(outcomes),
        models: models.map((each) => ({ ...each, reliability: [...each.reliability] })),
      }
    },
  }
}

const tallyOf = (outcomes: readonly Outcome[]) => {
  const won = outcomes.filter((each) => each.won).length
  return { won, lost: outcomes.length - won }
}

const explained = (
  db: DatabaseSync,
  document: OpportunityDocument,
  score: Score,
  model: ScoringModel,
): ExplanationView => {
  const { base, outcomes } = score
  const { value, mode, automatic, enoughData } = probabilityOf(document, () => score)
  return {
    opportunityId: document.id,
    value,
    mode,
    automatic,
    enoughData,
    model,
    outcomes,
    base,
    factors: factorsOf(db, score),
    words: scoreWords(score),
  }
}

const factorsOf = (db: DatabaseSync, score: Score): FactorView[] => {
  const nameOf = namesOf(db)
  return score.factors.map((factor) => {
    const { variable, value, won, lost, points } = factor
    const name = nameOf(factor)
    const share = won + lost === 0 ? null : Math.round((10_000 * won) / (won + lost)) / 100
    return {
      variable,
      value,
      name,
      won,
      lost,
      share,
      points,
      words: factorWords(factor, name, score),
    }
  })
}

/** Stages and teams are told by their ids and known by their names. */
const namesOf = (db: DatabaseSync) => {
  const names = namesIn(db, undefined)
  return ({ variable, value, name = value }: Trait): string => {
    if (variable === 'stage' || variable === 'team') return names[variable](value).name ?? value
    return name
  }
}
