import * as z from 'zod'
import { retired } from '../../codec.ts'
import { Currency } from '../../money/money.ts'
import { clearable, optional } from '../../patch.ts'
import { Label } from '../../text/label.ts'
import { Line } from '../../text/text.ts'

const required = { name: Line, saleable: z.boolean() }
const optionally = {
  code: Label,
  category: Label,
  unit: Label,
  units: z.array(z.strictObject({ unit: Label, factor: z.string() })).max(20),
  prices: z
    .array(
      z.strictObject({
        unitPrice: z.strictObject({ amount: z.string(), currency: Currency }),
        minQuantity: z.string().optional(),
      }),
    )
    .max(50),
  taxRate: z.string(),
  description: Line,
}

/** Written until 2026-11. A product had neither ids of other systems nor fields of its own. */
const Made = z.strictObject({ ...required, ...optional(optionally) })
const Revised = z.strictObject({ ...optional(required), ...clearable(optionally) })

export const productCreatedV1 = retired('ProductCreated.v1', Made, (data) => ({
  type: 'ProductCreated.v2',
  data,
}))

export const productRevisedV1 = retired('ProductRevised.v1', Revised, (data) => ({
  type: 'ProductRevised.v2',
  data,
}))
