import * as z from 'zod'
import { retired } from '../../codec.ts'
import { clearable, optional } from '../../patch.ts'
import { Label } from '../../text/label.ts'
import { Line } from '../../text/text.ts'

const required = { name: Line, position: z.int().min(0).max(100_000), requiresNote: z.boolean() }
const optionally = { category: Label }

/** Written until 2026-11. A lost reason had neither ids of other systems nor fields of its own. */
const Made = z.strictObject({ ...required, ...optional(optionally) })
const Revised = z.strictObject({ ...optional(required), ...clearable(optionally) })

export const lostReasonCreatedV1 = retired('LostReasonCreated.v1', Made, (data) => ({
  type: 'LostReasonCreated.v2',
  data,
}))

export const lostReasonRevisedV1 = retired('LostReasonRevised.v1', Revised, (data) => ({
  type: 'LostReasonRevised.v2',
  data,
}))
