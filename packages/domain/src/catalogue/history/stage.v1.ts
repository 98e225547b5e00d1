import * as z from 'zod'
import { retired } from '../../codec.ts'
import { Ulid } from '../../id.ts'
import { clearable, optional } from '../../patch.ts'
import { Line } from '../../text/text.ts'

const required = {
  name: Line,
  position: z.int().min(0).max(100_000),
  won: z.boolean(),
  folded: z.boolean(),
}
const optionally = { teamId: Ulid }

/** Written until 2026-11. A stage had neither ids of other systems nor fields of its own. */
const Made = z.strictObject({ ...required, ...optional(optionally) })
const Revised = z.strictObject({ ...optional(required), ...clearable(optionally) })

export const stageCreatedV1 = retired('StageCreated.v1', Made, (data) => ({
  type: 'StageCreated.v2',
  data,
}))

export const stageRevisedV1 = retired('StageRevised.v1', Revised, (data) => ({
  type: 'StageRevised.v2',
  data,
}))
