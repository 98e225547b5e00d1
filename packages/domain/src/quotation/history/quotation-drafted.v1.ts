import * as z from 'zod'
import { retired } from '../../codec.ts'
import { ExternalId, Ulid } from '../../id.ts'
import { Currency } from '../../money/money.ts'
import { optional } from '../../patch.ts'
import { personal } from '../../personal.ts'
import { Attributes, Label } from '../../text/label.ts'
import { FreeText, Line } from '../../text/text.ts'
import { CalendarDate } from '../../time/calendar-date.ts'
import { QuotationLine } from '../line.ts'
import { Totals } from '../totals.ts'

const described = {
  opportunityId: Ulid,
  salespersonId: Ulid,
  teamId: Ulid,
  source: Label,
  medium: Label,
  campaign: Label,
  tags: z.array(Label).max(50),
  customerReference: personal(Line, 'contact', 'document'),
  subject: personal(Line, 'contact', 'document'),
  terms: FreeText,
  paymentTerms: FreeText,
  deliveryTerms: FreeText,
  internalNote: personal(FreeText, 'contact'),
  validUntil: CalendarDate,
  invoiceAddressId: Ulid,
  deliveryAddressId: Ulid,
  externalIds: z.array(ExternalId).max(20),
  attributes: Attributes,
}

/** Written until 2026-11. Whom an offer was for was looked up at its sending, and not before. */
const V1 = z.strictObject({
  contactId: Ulid.optional(),
  language: Label,
  currency: Currency,
  digits: z.int(),
  pricesIncludeTax: z.boolean(),
  vatRounding: z.enum(['total', 'line']),
  ...optional(described),
  lines: z.array(QuotationLine),
  words: personal(z.record(Ulid, FreeText), 'contact', 'document').optional(),
  totals: Totals,
  copiedFrom: Ulid.optional(),
  occurredOn: CalendarDate,
})

export const quotationDraftedV1 = retired('QuotationDrafted.v1', V1, (data) => ({
  type: 'QuotationDrafted.v2',
  data,
}))
