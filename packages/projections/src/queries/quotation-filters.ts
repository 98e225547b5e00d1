/**
 * The filters of quotations and orders as conditions on their rows.
 *
 * @module
 */
import { compareKey } from '@forsat/domain'
import { deliveryState } from '../quotations/delivery-view.ts'
import type { QuotationStatus } from '../views/quotation.ts'
import { type Condition, condition, isOneOf, some } from './condition.ts'
import { ofFamilies } from './family.ts'
import { byAttribute, byExternalId, byText, choices, dayConditions } from './filters.ts'
import type { OrderFilters, QuotationFilters } from './queries.ts'

export const quotationConditions = (
  company: string,
  filters: QuotationFilters,
  now: string,
): readonly Condition[] => {
  const { status, opportunityId, contactId, salesperson, team, currency } = filters
  const { number, q, validUntilFrom, validUntilTo, delivery, externalId, attributes } = filters
  return [
    condition('company = ?', company),
    condition(`status <> 'deleted'`),
    ...(status === undefined ? [] : [some(choices(status).map((each) => byStatus(each, now)))]),
    ...(opportunityId === undefined ? [] : [ofFamilies(choices(opportunityId))]),
    ...(contactId === undefined ? [] : [isOneOf('contact_id', choices(contactId))]),
    ...(salesperson === undefined ? [] : [isOneOf('salesperson_id', choices(salesperson))]),
    ...(team === undefined ? [] : [isOneOf('team_id', choices(team))]),
    ...(currency === undefined ? [] : [isOneOf('currency', choices(currency))]),
    ...(number === undefined ? [] : [byNumber(number)]),
    ...(q === undefined ? [] : [byWords(q, company)]),
    ...dayConditions('valid_until', { from: validUntilFrom, to: validUntilTo }),
    ...(delivery === undefined ? [] : [byDelivery(choices(delivery), now)]),
    ...(externalId === undefined
      ? []
      : [byExternalId('quotation_external_id', company, externalId)]),
    ...Object.entries(attributes ?? {}).map(([name, choice]) => byAttribute(name, choice)),
  ]
}

/** Of the version that stands, as the clock tells it, or of the draft beside it. */
const byStatus = (status: QuotationStatus | null, now: string): Condition => {
  switch (status) {
    case null:
      return condition('FALSE')
    case 'draft':
      return condition(`status = 'draft' OR draft_beside = 1`)
    case 'sent':
      return condition(`status = 'sent' AND (expires_at IS NULL OR expires_at > ?)`, now)
    case 'expired':
      return condition(`status = 'expired' OR status = 'sent' AND expires_at <= ?`, now)
    case 'confirmed':
    case 'declined':
    case 'cancelled':
      return condition('status = ?', status)
  }
}

const byDelivery = (states: readonly (string | null)[], now: string): Condition =>
  some(
    states
      .filter((state) => state !== null)
      .map((state) => condition(`${deliveryState} = ?`, now, state)),
  )

/** A number as it is, or with the suffix of a version that there is. */
const byNumber = (number: string): Condition => {
  const key = compareKey(number)
  const [, base, version] = /^(.+)-v([1-9]\d{0,3})$/.exec(key) ?? []
  const exact = condition('number_key = ?', key)
  if (base === undefined || Number(version) < 2) return exact
  return some([exact, condition('number_key = ? AND version >= ?', base, Number(version))])
}

/** Drafts have no customer of their own yet: theirs is found among the contacts. */
const byWords = (q: string, company: string): Condition => {
  const inText = byText(q)
  return some([
    inText,
    {
      sql: `contact_id IN (SELECT id FROM contact WHERE company = ? AND (${inText.sql}))`,
      values: [company, ...inText.values],
    },
  ])
}

export const orderConditions = (
  company: string,
  { status, quotationId, contactId, opportunityId, from, to }: OrderFilters,
): readonly Condition[] => [
  condition('company = ?', company),
  ...(status === undefined ? [] : [isOneOf('status', choices(status))]),
  ...(quotationId === undefined ? [] : [isOneOf('quotation_id', choices(quotationId))]),
  ...(contactId === undefined ? [] : [isOneOf('contact_id', choices(contactId))]),
  ...(opportunityId === undefined ? [] : [ofFamilies(choices(opportunityId))]),
  ...dayConditions('confirmed_on', { from, to }),
]
