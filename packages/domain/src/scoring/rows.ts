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
export const rowsOf = (
  outcome: Outcome,
  stages: readonly StagePlace[],
): ReadonlyMap<string, Row> => {
  const { path, end, won } = outcome
  const positions = new Map(stages.map(({ id, position }) => [id, position]))
  const begin = path[0] ?? end
  const rows = new Map([[anywhere, rowOf(outcome, begin)]])
  for (const { id, position, teamId } of stages) {
    if (teamId !== undefined && teamId !== end.teamId) continue
    const arrived =
      path.find(({ stageId }) => (positions.get(stageId ?? '') ?? -1) >= position) ??
      (won ? end : undefined)
    if (arrived !== undefined) rows.set(id, rowOf(outcome, arrived))
  }
  return rows
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
