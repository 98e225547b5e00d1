/**
 * What a closed deal teaches about each stage: a row of traits, as they stood when it came there,
 * and how it ended.
 *
 * @module
 */
import type { Deal, Outcome, StagePlace, Trait } from './deal.ts'

export interface Row {
  readonly id: string
  readonly won: boolean
  readonly closedOn: Outcome['closedOn']
  /** The team is one of them here. */
  readonly traits: readonly Trait[]
}

/** Of all deals, wherever they stood: what is told of a deal whose stage nobody was seen in. */
export const anywhere = ''

/**
 * The rows of an outcome by stage. A stage is reached by whoever came as far or farther; a win has
 * come through all of them.
 */
export const rowsIn = (
  stages: readonly StagePlace[],
): ((outcome: Outcome) => readonly (readonly [stageId: string, row: Row])[]) => {
  const positions = new Map(stages.map(({ id, position }) => [id, position]))
  const placeOf = ({ stageId }: Deal): number => positions.get(stageId ?? anywhere) ?? -1
  return (outcome) => {
    const { path, end, won } = outcome
    const rows: [string, Row][] = [[anywhere, rowOf(outcome, path[0] ?? end)]]
    for (const { id, position, teamId } of stages) {
      if (teamId !== undefined && teamId !== end.teamId) continue
      const arrived = path.find((deal) => placeOf(deal) >= position) ?? (won ? end : undefined)
      if (arrived !== undefined) rows.push([id, rowOf(outcome, arrived)])
    }
    return rows
  }
}

const rowOf = ({ id, won, closedOn }: Outcome, deal: Deal): Row => ({
  id,
  won,
  closedOn,
  traits: withTeam(deal),
})

/** The team is a trait like any other: one table for each would be too small to learn from. */
export const withTeam = ({ teamId, traits }: Deal): readonly Trait[] =>
  teamId === undefined ? traits : [{ variable: 'team', value: teamId }, ...traits]
