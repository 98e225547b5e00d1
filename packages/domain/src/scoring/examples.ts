/**
 * Made-up deals for tests.
 *
 * @module
 */
import type { CalendarDate } from '../time/calendar-date.ts'
import { plusDays } from '../time/calendar-date.ts'
import type { Deal, Outcome, StagePlace } from './deal.ts'

export const stages: readonly StagePlace[] = [
  { id: 'new', position: 1 },
  { id: 'qualified', position: 2 },
  { id: 'proposed', position: 3 },
  { id: 'won', position: 70 },
]

const firstDay = '2026-01-01' as CalendarDate

/** Traits as an object: `{ source: 'web', tag: ['vip', 'export'] }`. */
export type Known = Readonly<Record<string, string | readonly string[] | null | undefined>>

export const deal = (known: Known, stageId?: string, teamId?: string): Deal => ({
  stageId,
  teamId,
  traits: Object.entries(known).flatMap(([variable, values]) =>
    [values ?? []].flat().map((value) => ({ variable, value })),
  ),
})

/** One that went through these deals, began on a day and took some. */
export const outcome = (
  id: string,
  won: boolean,
  path: Deal | readonly [Deal, ...Deal[]],
  [began, took] = [0, 1],
): Outcome => {
  const deals = [path].flat() as readonly Deal[]
  const openedOn = plusDays(firstDay, began)
  const end = deals.at(-1) ?? deal({})
  const closedOn = plusDays(openedOn, took)
  return { id, won, openedOn, closedOn, ageDays: took, path: deals, end }
}
