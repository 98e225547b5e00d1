import * as z from 'zod'
import { retired } from '../../codec.ts'
import { Ulid } from '../../id.ts'
import { clearable, optional } from '../../patch.ts'
import { Label } from '../../text/label.ts'
import { Line } from '../../text/text.ts'

const required = { name: Line, position: z.int().min(0).max(100_000) }
const optionally = { region: Label, leaderId: Ulid }

/** Written until 2026-11. A team had neither ids of other systems nor fields of its own. */
const Made = z.strictObject({ ...required, ...optional(optionally) })
const Revised = z.strictObject({ ...optional(required), ...clearable(optionally) })

export const teamCreatedV1 = retired('TeamCreated.v1', Made, (data) => ({
  type: 'TeamCreated.v2',
  data,
}))

export const teamRevisedV1 = retired('TeamRevised.v1', Revised, (data) => ({
  type: 'TeamRevised.v2',
  data,
}))
