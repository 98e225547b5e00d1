import * as z from 'zod'
import { retired } from '../../codec.ts'
import { ExternalId } from '../../id.ts'
import { Currency } from '../../money/money.ts'
import { clearable, optional } from '../../patch.ts'
import { Attributes, Label } from '../../text/label.ts'
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
  externalIds: z.array(ExternalId).max(20),
  attributes: Attributes,
}

/** Written until 2026-11. There were no templates, so none could be the usual one. */
const V2 = z.strictObject({ ...optional(required), ...clearable(optionally) })

export const companyRevisedV2 = retired('CompanyRevised.v2', V2, (data) => ({
  type: 'CompanyRevised.v3',
  data,
}))
