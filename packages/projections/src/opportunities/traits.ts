/**
 * The traits that figures are grouped by and lists filtered by: what is public of an opportunity and
 * says nothing of how it ended.
 *
 * @module
 */
import type { CellValue, Columns } from '../projection.ts'
import type { OpportunityDocument } from './opportunity-document.ts'

const names = [
  'company',
  'kind',
  'teamId',
  'salespersonId',
  'source',
  'medium',
  'campaign',
  'industry',
  'country',
  'region',
  'language',
  'tags',
  'productIds',
  'attributes',
  'createdOn',
] as const

export type Traits = Pick<OpportunityDocument, (typeof names)[number]>

export const traitsOf = (document: OpportunityDocument): Traits =>
  Object.fromEntries(
    names.flatMap((name) => (document[name] === undefined ? [] : [[name, document[name]]])),
  ) as unknown as Traits

export const traitColumns = {
  company: 'text',
  kind: 'text',
  team_id: 'text?',
  salesperson_id: 'text?',
  source: 'text?',
  medium: 'text?',
  campaign: 'text?',
  industry: 'text?',
  country: 'text?',
  region: 'text?',
  language: 'text?',
  /** Lists and own fields as JSON. */
  tags: 'text?',
  product_ids: 'text?',
  attributes: 'text?',
  created_on: 'text',
} as const satisfies Columns

export const traitRow = (traits: Traits): Record<keyof typeof traitColumns, CellValue> => ({
  company: traits.company ?? '',
  kind: traits.kind,
  team_id: traits.teamId ?? null,
  salesperson_id: traits.salespersonId ?? null,
  source: traits.source ?? null,
  medium: traits.medium ?? null,
  campaign: traits.campaign ?? null,
  industry: traits.industry ?? null,
  country: traits.country ?? null,
  region: traits.region ?? null,
  language: traits.language ?? null,
  tags: json(traits.tags),
  product_ids: json(traits.productIds),
  attributes: json(traits.attributes),
  created_on: traits.createdOn,
})

const json = (value: readonly string[] | object | undefined): string | null =>
  value === undefined || Object.keys(value).length === 0 ? null : JSON.stringify(value)
