import * as z from 'zod'
import { retired } from '../../codec.ts'
import { Ulid } from '../../id.ts'
import { clearable, optional } from '../../patch.ts'
import { CalendarDate } from '../../time/calendar-date.ts'

const membership = {
  capacityPer30Days: z.int().min(0).max(100_000),
  capacityPerDay: z.int().min(0).max(10_000),
  paused: z.boolean(),
  absences: z.array(z.strictObject({ from: CalendarDate, to: CalendarDate })).max(100),
}

/** Written until 2026-11. A member had neither rules nor preferences. */
const Joined = z.strictObject({ userId: Ulid, ...optional(membership) })
const Revised = z.strictObject({ userId: Ulid, ...clearable(membership) })

export const memberJoinedV1 = retired('MemberJoined.v1', Joined, (data) => ({
  type: 'MemberJoined.v2',
  data,
}))

export const memberRevisedV1 = retired('MemberRevised.v1', Revised, (data) => ({
  type: 'MemberRevised.v2',
  data,
}))
