/** What opportunities and losses are told apart by; each is a filter and a grouping. */
export const dimensions = [
  'reason',
  'category',
  'team',
  'salesperson',
  'source',
  'medium',
  'campaign',
  'country',
  'region',
  'language',
  'tag',
  'product',
  'industry',
  'competitor',
  'stage',
  'kind',
  'quoted',
  'company',
  'attributes',
] as const
export type Dimension = (typeof dimensions)[number]

/** Stretches of time that figures are grouped by. */
export const buckets = ['day', 'week', 'month', 'quarter', 'year'] as const
export type BucketUnit = (typeof buckets)[number]
