/**
 * Naive Bayes as the reference product does it, to its figures: for those who come from there and
 * want to see the same numbers. It learns from what deals showed when they ended, and scores a deal
 * by the rows of its team; by those of all teams added up, where its team has none.
 *
 * @module
 */
import type { Casebook } from './casebook.ts'
import { type Deal, distinct, inOrder, type StagePlace, type Trait, traitKey } from './deal.ts'
import { frequencies, type Row } from './frequencies.ts'
import type { Learner } from './learner.ts'
import {
  baseRate,
  type Factor,
  isEnough,
  pointsOf,
  type Score,
  scoreOf,
  type Tally,
} from './score.ts'

/** What the row of a team carries more on either side, so that none is empty. */
const never = 0.1
/** Below so many deals in a team, the row of a tag says nothing. */
const fewestOfTag = 50

export const naiveBayes = (book: Casebook): Learner => {
  const { stages } = book
  const counted = frequencies(stages)
  let outcomes: Tally = { won: 0, lost: 0 }
  /** By team, until the next outcome. */
  const tables = new Map<string | undefined, Table>()

  const tableOf = (deal: Deal): Table => {
    const own = tableOfTeam(deal.teamId)
    const variables = new Set(traitsOf(deal).map(({ variable }) => variable))
    const hasRows = own.rows.values().some(({ variable }) => variables.has(variable))
    return deal.teamId !== undefined && hasRows ? own : tableOfTeam(undefined)
  }

  const tableOfTeam = (teamId: string | undefined): Table => {
    const teams = teamId === undefined ? [...counted.teamIds] : [teamId]
    const table = tables.get(teamId) ?? tableOfRows(teams.flatMap((team) => counted.rowsOf(team)))
    tables.set(teamId, table)
    return table
  }

  const count = (entry: number, by: 1 | -1): void => {
    tables.clear()
    const ended = { won: book.isWon(entry), end: book.dealAt(book.end(entry)) }
    if (by > 0) counted.add(ended)
    else counted.takeBack(ended)
    const { won, lost } = outcomes
    outcomes = ended.won ? { won: won + by, lost } : { won, lost: lost + by }
  }

  return {
    add: (entry) => count(entry, 1),
    takeBack: (entry) => count(entry, -1),
    score: (deal) => {
      const parts = partsOf(tableOf(deal), deal, firstStage(stages, deal))
      if (parts !== undefined)
        return scoreOf({ ...parts, enoughData: isEnough(outcomes), outcomes })
      const base = pointsOf(baseRate(outcomes))
      return scoreOf({ base, factors: [], enoughData: false, outcomes })
    },
  }
}

/** Rows by trait, and the sums of each variable. */
interface Table {
  readonly rows: ReadonlyMap<string, Row>
  readonly sums: ReadonlyMap<string, Row>
}

/** @internal */
export const tableOfRows = (rows: readonly Row[]): Table => {
  const told = rows.filter(
    (row) => row.variable !== 'tag' || row.won + row.lost + 2 * never >= fewestOfTag,
  )
  return {
    rows: addedUp(told, traitKey),
    sums: addedUp(told, ({ variable }) => variable),
  }
}

const addedUp = (rows: readonly Row[], keyOf: (row: Row) => string): ReadonlyMap<string, Row> => {
  const sums = new Map<string, Row>()
  for (const row of rows) {
    const key = keyOf(row)
    const { won, lost, teams } = sums.get(key) ?? { won: 0, lost: 0, teams: 0 }
    sums.set(key, { ...row, won: won + row.won, lost: lost + row.lost, teams: teams + row.teams })
  }
  return sums
}

/**
 * Nothing, where nothing was counted in the first stage: whoever came anywhere has been there.
 *
 * @internal
 */
export const partsOf = (
  { rows, sums }: Table,
  deal: Deal,
  first: StagePlace | undefined,
): Pick<Score, 'base' | 'factors'> | undefined => {
  const start = first && rows.get(traitKey({ variable: 'stage', value: first.id }))
  if (start === undefined) return undefined
  const factors = traitsOf(deal).flatMap((trait): readonly Factor[] => {
    const row = rows.get(traitKey(trait))
    const whole = trait.variable === 'stage' ? start : sums.get(trait.variable)
    if (row === undefined || whole === undefined) return []
    return [{ ...trait, won: row.won, lost: row.lost, points: odds(row) - odds(whole) }]
  })
  return { base: odds(start), factors }
}

const odds = ({ won, lost, teams }: Row): number =>
  Math.log(won + never * teams) - Math.log(lost + never * teams)

/** The first of those that all teams share; where there is none, the first of the deal's own team. */
const firstStage = (stages: readonly StagePlace[], { teamId }: Deal): StagePlace | undefined => {
  const ordered = inOrder(stages)
  return (
    ordered.find((stage) => stage.teamId === undefined) ??
    ordered.find((stage) => stage.teamId === teamId)
  )
}

const traitsOf = ({ stageId, traits }: Deal): readonly Trait[] =>
  stageId === undefined
    ? distinct(traits)
    : [{ variable: 'stage', value: stageId }, ...distinct(traits)]
