import * as z from 'zod'
import { retired } from '../../codec.ts'
import { Ulid } from '../../id.ts'
import { Currency } from '../../money/money.ts'
import { personal } from '../../personal.ts'
import { Label } from '../../text/label.ts'
import { Line } from '../../text/text.ts'
import { CalendarDate } from '../../time/calendar-date.ts'
import { Instant } from '../../time/instant.ts'
import { AddressText, Conversion, Link, Party } from '../events.ts'
import { Totals } from '../totals.ts'

/** Written until 2026-11. Nothing went by mail, so nobody was written to, now or later. */
const V1 = z.strictObject({
  version: z.int(),
  number: Line,
  by: z.enum(['mail', 'hand']),
  channel: Label.optional(),
  contactId: Ulid,
  currency: Currency,
  digits: z.int(),
  pricesIncludeTax: z.boolean(),
  vatRounding: z.enum(['total', 'line']),
  totals: Totals,
  validUntil: CalendarDate.optional(),
  expiresAt: Instant.optional(),
  validity: z.enum(['typed', 'template', 'company']),
  customer: personal(Party, 'contact', 'document').optional(),
  invoiceAddress: personal(AddressText, 'contact', 'document').optional(),
  deliveryAddress: personal(AddressText, 'contact', 'document').optional(),
  rates: z.array(Conversion).max(5),
  link: Link,
  supersedes: z.int().optional(),
  occurredOn: CalendarDate,
})

export const quotationSentV1 = retired('QuotationSent.v1', V1, (data) => ({
  type: 'QuotationSent.v2',
  data,
}))
