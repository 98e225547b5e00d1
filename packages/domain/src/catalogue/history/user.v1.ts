import * as z from 'zod'
import { retired } from '../../codec.ts'
import { clearable, optional } from '../../patch.ts'
import { personal } from '../../personal.ts'
import { Line } from '../../text/text.ts'

const required = { name: personal(Line, 'record') }
const optionally = { email: personal(Line, 'record') }

/** Written until 2026-11. A user had neither ids of other systems nor fields of its own. */
const Made = z.strictObject({ ...required, ...optional(optionally) })
const Revised = z.strictObject({ ...optional(required), ...clearable(optionally) })

export const userRegisteredV1 = retired('UserRegistered.v1', Made, (data) => ({
  type: 'UserRegistered.v2',
  data,
}))

export const userRevisedV1 = retired('UserRevised.v1', Revised, (data) => ({
  type: 'UserRevised.v2',
  data,
}))
