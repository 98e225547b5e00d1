import * as z from 'zod'
import { retired } from '../../codec.ts'
import { Money } from '../../money/money.ts'
import { personal } from '../../personal.ts'
import { FreeText, Line } from '../../text/text.ts'

/** Written until 2026-11. That it was of exactly this content followed from the order of events alone. */
const V1 = z.strictObject({
  version: z.int().min(1),
  by: Line,
  total: Money,
  note: personal(FreeText, 'contact').optional(),
})

const named = (type: string) => retired(`${type}.v1`, V1, (data) => ({ type: `${type}.v2`, data }))

export const quotationApprovalsV1 = [
  named('QuotationApprovalRequested'),
  named('QuotationApprovalGranted'),
  named('QuotationApprovalRefused'),
]
