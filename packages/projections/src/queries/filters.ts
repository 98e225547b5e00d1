/**
 * The filters of opportunities and losses as conditions on their rows. Both tables, and those of their
 * versions, call the columns alike.
 *
 * @module
 */
import { compareKey, phoneKey } from '@forsat/domain'
import { soughtKeys } from '../read-models/search-key.ts'
import { type Condition, condition, isOneOf, some } from './condition.ts'
import type { Dimension } from './dimension.ts'
import { hasConfirmed, wasSentOffer } from './family.ts'
import type { Choice, ContactFilters, DimensionFilters, OpportunityFilters } from './queries.ts'

export const choices = <Value>(choice: Choice<Value>): readonly (Value | null)[] =>
  Array.isArray(choice) ? (choice as readonly (Value | null)[]) : [choice as Value | null]

const keysOf = (choice: Choice): readonly (string | null)[] =>
  choices(choice).map((value) => (value === null ? null : compareKey(value)))

const byId = (column: string) => (choice: Choice) => isOneOf(column, choices(choice))

/** Labels are the same however they are typed. */
const byLabel = (column: string) => (choice: Choice) =>
  isOneOf(`compare_key(${column})`, keysOf(choice))

const byItem = (column: string, item: string) => (keys: readonly (string | null)[]) =>
  some([
    condition(
      `EXISTS (SELECT 1 FROM json_each(${column}) WHERE ${item} IN (SELECT value FROM json_each(?)))`,
      JSON.stringify(keys.filter((key) => key !== null)),
    ),
    ...(keys.includes(null) ? [condition(`${column} IS NULL`)] : []),
  ])

const byCategory = (choice: Choice) => {
  const keys = keysOf(choice)
  const named = keys.filter((key) => key !== null)
  const inCategory = isOneOf('compare_key(category)', named)
  const without = condition(
    'reason_id IS NULL OR reason_id NOT IN (SELECT id FROM lost_reason WHERE category IS NOT NULL)',
  )
  return some([
    {
      sql: `reason_id IN (SELECT id FROM lost_reason WHERE ${inCategory.sql})`,
      values: inCategory.values,
    },
    ...(keys.includes(null) ? [without] : []),
  ])
}

const byTruth = (column: string) => (choice: Choice) =>
  isOneOf(
    column,
    choices(choice).map((value) => (value === null ? null : Number(value === 'true'))),
  )

const conditionsOf: Readonly<
  Record<Exclude<Dimension, 'attributes'>, (choice: Choice) => Condition>
> = {
  reason: byId('reason_id'),
  category: byCategory,
  team: byId('team_id'),
  salesperson: byId('salesperson_id'),
  source: byLabel('source'),
  medium: byLabel('medium'),
  campaign: byLabel('campaign'),
  country: byLabel('country'),
  region: byLabel('region'),
  language: byLabel('language'),
  tag: (choice) => byItem('tags', 'compare_key(value)')(keysOf(choice)),
  product: (choice) => byItem('product_ids', 'value')(choices(choice)),
  industry: byLabel('industry'),
  competitor: byLabel('competitor'),
  stage: byId('stage_id'),
  kind: byId('kind'),
  quoted: byTruth('quoted'),
  company: byId('company'),
}

/** An own field as text: numbers and truths as JSON writes them. */
const attribute = (path: string) =>
  `CASE json_type(attributes, ${path}) WHEN 'true' THEN 'true' WHEN 'false' THEN 'false'
   ELSE compare_key(CAST(json_extract(attributes, ${path}) AS TEXT)) END`

export const byAttribute = (name: string, choice: Choice): Condition => {
  const path = `$.${JSON.stringify(name)}`
  const { sql, values } = isOneOf(attribute('path'), keysOf(choice))
  return {
    sql: `EXISTS (SELECT 1 FROM (SELECT ? AS path) WHERE ${sql})`,
    values: [path, ...values],
  }
}

export const dimensionConditions = ({
  attributes = {},
  ...filters
}: DimensionFilters): readonly Condition[] => [
  ...Object.entries(conditionsOf).flatMap(([name, conditionOf]) => {
    const choice = filters[name as keyof typeof filters]
    return choice === undefined ? [] : [conditionOf(choice)]
  }),
  ...Object.entries(attributes).map(([name, choice]) => byAttribute(name, choice)),
]

/** Days from one to another, both included. */
export const dayConditions = (
  column: string,
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
): readonly Condition[] => [
  ...(from === undefined ? [] : [condition(`${column} >= ?`, from)]),
  ...(to === undefined ? [] : [condition(`${column} <= ?`, to)]),
]

export const byText = (q: string): Condition =>
  some(soughtKeys(q).map((key) => condition('instr(search_key, ?) > 0', key)))

const byPhone = (phone: string): Condition => {
  const key = phoneKey(phone)
  return condition('phone_key = ? OR mobile_key = ?', key, key)
}

export const byExternalId = (
  view: string,
  company: string,
  { system, id }: { readonly system: string; readonly id: string },
): Condition =>
  condition(
    `id = (SELECT subject FROM ${view} WHERE company = ? AND system = ? AND external_id = ?)`,
    company,
    system,
    id,
  )

/** The same of entries of the catalogue, whoever's they are: which are seen is another condition. */
export const byEntryId = (
  view: string,
  { system, id }: { readonly system: string; readonly id: string },
): Condition =>
  condition(`id IN (SELECT subject FROM ${view} WHERE system = ? AND external_id = ?)`, system, id)

const either = (wanted: boolean, { sql, values }: Condition): Condition =>
  wanted ? { sql, values } : { sql: `NOT (${sql})`, values }

/** Any opportunity was quoted or was not, so both together are all there are. */
const wasQuoted = (choice: Choice, company: string): Condition =>
  some(choices(choice).map((value) => either(value === 'true', wasSentOffer(company))))

/** Lost, and confirmed all the same. */
const isContradicted = (company: string): Condition => {
  const { sql, values } = hasConfirmed(company)
  return { sql: `outcome = 'lost' AND ${sql}`, values }
}

export const opportunityConditions = (
  company: string,
  filters: OpportunityFilters,
): readonly Condition[] => {
  const { outcome, contactId, priority, externalId, conflict, confirmed, q } = filters
  const { quoted, ...described } = filters
  const { dateBasis = 'created' } = filters
  return [
    condition('company = ?', company),
    outcome === undefined
      ? condition(`outcome NOT IN ('merged', 'withdrawn')`)
      : isOneOf('outcome', choices(outcome)),
    ...dimensionConditions(described),
    ...(quoted === undefined ? [] : [wasQuoted(quoted, company)]),
    ...dayConditions(dateBasis === 'closed' ? 'closed_on' : 'created_on', filters),
    ...(contactId === undefined ? [] : [isOneOf('contact_id', choices(contactId))]),
    ...(priority === undefined ? [] : [isOneOf('priority', choices(priority))]),
    ...(externalId === undefined
      ? []
      : [byExternalId('opportunity_external_id', company, externalId)]),
    ...(confirmed === undefined ? [] : [either(confirmed, hasConfirmed(company))]),
    ...(conflict === undefined ? [] : [either(conflict, isContradicted(company))]),
    ...(q === undefined ? [] : [byText(q)]),
  ]
}

export const contactConditions = (
  company: string,
  filters: ContactFilters,
): readonly Condition[] => {
  const { q, email, phone, isCompany, parentId, archived, externalId } = filters
  return [
    condition('company = ?', company),
    ...(email === undefined ? [] : [condition('email_key = ?', compareKey(email))]),
    ...(phone === undefined ? [] : [byPhone(phone)]),
    ...(isCompany === undefined ? [] : [condition('is_company = ?', Number(isCompany))]),
    ...(parentId === undefined ? [] : [isOneOf('parent_id', choices(parentId))]),
    ...(archived === undefined ? [] : [condition('archived = ?', Number(archived))]),
    ...(externalId === undefined ? [] : [byExternalId('contact_external_id', company, externalId)]),
    ...(q === undefined ? [] : [byText(q)]),
  ]
}
