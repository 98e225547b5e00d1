import * as z from 'zod'
import { retired } from '../../codec.ts'
import { Currency } from '../../money/money.ts'
import { clearable, optional } from '../../patch.ts'
import { Label } from '../../text/label.ts'
import { Line } from '../../text/text.ts'

const required = {
  name: Line,
  currency: Currency,
  zone: z.string(),
  language: z.enum(['fa', 'en']),
  calendar: z.enum(['jalali', 'gregorian']),
  weekStartsOn: z.enum(['saturday', 'sunday', 'monday']),
  moneyUnit: z.enum(['rial', 'toman']),
}
const optionally = {
  fiscalYearStart: z.string(),
  defaultTaxRate: z.string(),
  digits: z.record(Currency, z.int()),
  numberPatterns: z.strictObject({ quotation: Line.optional(), order: Line.optional() }),
  identifiers: z.array(z.strictObject({ kind: Label, value: Line })).max(10),
  address: Line,
  bankAccount: Line,
}

/** Written until 2026-11. A company had neither ids of other systems nor fields of its own. */
const Made = z.strictObject({ ...required, ...optional(optionally) })
const Revised = z.strictObject({ ...optional(required), ...clearable(optionally) })

export const companyCreatedV1 = retired('CompanyCreated.v1', Made, (data) => ({
  type: 'CompanyCreated.v2',
  data,
}))

export const companyRevisedV1 = retired('CompanyRevised.v1', Revised, (data) => ({
  type: 'CompanyRevised.v2',
  data,
}))
