/**
 * How often deals were won and lost, by what they showed when they ended: by team, variable and
 * value. A win counts in every stage, a loss in the stage it ended in and in those before it.
 *
 * @module
 */
import { type Deal, distinct, type Outcome, type StagePlace, type Trait, traitKey } from './deal.ts'
import type { Tally } from './score.ts'

/** A frequency of one team, or those of several added up. */
export interface Row extends Trait, Tally {
  readonly teams: number
}

/** How a deal ended, and as what. */
export type Ended = Pick<Outcome, 'won' | 'end'>

export interface Frequencies {
  add(ended: Ended): void
  takeBack(ended: Ended): void
  readonly teamIds: Iterable<string | undefined>
  /** Of one team; a row that nobody stands behind is not there. */
  rowsOf(teamId: string | undefined): readonly Row[]
}

interface Team {
  won: number
  /** Losses by the stage they ended in. */
  readonly lostIn: Map<string, number>
  readonly traits: Map<string, Row>
}

export const frequencies = (stages: readonly StagePlace[]): Frequencies => {
  const teams = new Map<string | undefined, Team>()

  const count = ({ won, end }: Ended, by: 1 | -1): void => {
    const team = teams.get(end.teamId) ?? { won: 0, lostIn: new Map(), traits: new Map() }
    teams.set(end.teamId, team)
    if (won) team.won += by
    else countLoss(team, end, by)
    for (const trait of distinct(end.traits)) countTrait(team, trait, won, by)
    if (team.won === 0 && team.lostIn.size === 0 && team.traits.size === 0) teams.delete(end.teamId)
  }

  return {
    add: (ended) => count(ended, 1),
    takeBack: (ended) => count(ended, -1),
    get teamIds() {
      return teams.keys()
    },
    rowsOf: (teamId) => {
      const team = teams.get(teamId)
      return team === undefined ? [] : [...stageRows(team, stages), ...team.traits.values()]
    },
  }
}

const countLoss = ({ lostIn }: Team, { stageId }: Deal, by: 1 | -1): void => {
  const key = stageId ?? ''
  const lost = (lostIn.get(key) ?? 0) + by
  if (lost === 0) lostIn.delete(key)
  else lostIn.set(key, lost)
}

const countTrait = ({ traits }: Team, trait: Trait, isWon: boolean, by: 1 | -1): void => {
  const key = traitKey(trait)
  const { won, lost } = traits.get(key) ?? { won: 0, lost: 0 }
  const row = { ...trait, won: won + (isWon ? by : 0), lost: lost + (isWon ? 0 : by), teams: 1 }
  if (row.won + row.lost === 0) traits.delete(key)
  else traits.set(key, row)
}

const stageRows = ({ won, lostIn }: Team, stages: readonly StagePlace[]): readonly Row[] => {
  const positions = new Map(stages.map(({ id, position }) => [id, position]))
  return stages.flatMap(({ id, position }) => {
    let lost = 0
    for (const [stageId, count] of lostIn) {
      if ((positions.get(stageId) ?? -1) >= position) lost += count
    }
    return won + lost === 0 ? [] : [{ variable: 'stage', value: id, won, lost, teams: 1 }]
  })
}
