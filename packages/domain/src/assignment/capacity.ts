/**
 * How much room somebody has for new leads: what was agreed, less what came in. The day is the
 * company's; thirty days are today and the twenty-nine before. What was lost since came in all the same.
 *
 * @module
 */
import type { Ulid } from '../id.ts'
import type { Condition } from '../rules/condition.ts'
import { type CalendarDate, isAfter } from '../time/calendar-date.ts'

/** A person in a team. Who is in two teams has room in each. */
export interface Member {
  readonly userId: Ulid
  readonly capacityPer30Days?: number | undefined
  readonly capacityPerDay?: number | undefined
  /** Takes no part until further notice. */
  readonly paused?: boolean | undefined
  /** From the first day through the last. */
  readonly absences?:
    | readonly { readonly from: CalendarDate; readonly to: CalendarDate }[]
    | undefined
  /** What the member takes of what the team takes; all, where nothing is said. */
  readonly rules?: Condition | undefined
  /** What of it the member is asked for first. */
  readonly preferred?: Condition | undefined
  readonly received?: Received | undefined
}

/** What the member was given for the team. */
export interface Received {
  readonly today: number
  /** Today's among them. */
  readonly in30Days: number
}

/** The days that a capacity per 30 days counts, today among them. */
export const windowDays = 30

/** The room of a member of whom nothing was agreed, in thirty days. */
const usualCapacity = 30

export const isAway = ({ paused, absences = [] }: Member, today: CalendarDate): boolean =>
  paused === true || absences.some(({ from, to }) => !isAfter(from, today) && !isAfter(today, to))

/** How many leads a member can be given today. */
export const placesOf = (member: Member): number => {
  const { capacityPerDay: perDay, capacityPer30Days, received } = member
  const per30Days = capacityPer30Days ?? (perDay === undefined ? usualCapacity : undefined)
  const inDay = perDay === undefined ? Infinity : perDay - (received?.today ?? 0)
  const in30Days = per30Days === undefined ? Infinity : per30Days - (received?.in30Days ?? 0)
  return Math.max(0, Math.min(inDay, in30Days))
}
