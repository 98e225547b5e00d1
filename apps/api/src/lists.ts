/**
 * Lists are read page by page, filtered by what records are told apart by.
 *
 * @module
 */
import { Ulid } from '@forsat/domain'
import * as z from 'zod'
import { choice, country, day, flag, ids, label, language, wholeNumber } from './values.ts'

type Known<Fields> = {
  [Name in keyof Fields as undefined extends Fields[Name] ? never : Name]: Fields[Name]
} & {
  [Name in keyof Fields as undefined extends Fields[Name] ? Name : never]?: Exclude<
    Fields[Name],
    undefined
  >
}

/** Without the fields that were not given. */
export const known = <Fields extends object>(fields: Fields): Known<Fields> =>
  Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Known<Fields>

/** One of the names, a minus before it turns the order round. */
export const sortBy = <const Name extends string>(names: readonly Name[]) =>
  z
    .enum([...names, ...names.map((name) => `-${name}` as const)])
    .optional()
    .describe('What the list is sorted by; a minus turns it round.')

export const paging = {
  limit: wholeNumber(1, 200).optional().describe('Items a page, 50 if not said.'),
  cursor: z.string().min(1).max(2000).optional().describe('Where the page before said `next`.'),
  count: flag.optional().describe('Whether to count all that there are.'),
}

interface PageOf<View> {
  readonly items: readonly View[]
  readonly next?: string | undefined
  readonly total?: number | undefined
}

export const pageOf = <View>(view: z.ZodType<View>): z.ZodType<PageOf<View>> =>
  z.strictObject({
    items: z.array(view),
    next: z.string().optional().describe('The cursor of the next page; absent at the end.'),
    total: z.int().min(0).optional(),
  })

/** What opportunities and losses are told apart by. An empty value is what has none. */
export const dimensionFilters = z
  .object({
    reason: ids,
    category: label,
    team: ids,
    salesperson: ids,
    source: label,
    medium: label,
    campaign: label,
    country,
    region: label,
    language,
    tag: label,
    product: ids,
    industry: label,
    competitor: label,
    stage: ids,
    kind: choice(z.enum(['lead', 'opportunity'])),
    quoted: z.enum(['true', 'false'], 'must be true or false'),
    company: Ulid,
    attributes: z
      .record(z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,39}$/, 'must be a short plain name'), label)
      .describe('Own fields, each as attributes.KEY=VALUE.'),
  })
  .partial().shape

export const period = {
  from: day.optional().describe('The first day, Gregorian.'),
  to: day.optional().describe('The last day, Gregorian.'),
  dateBasis: z.enum(['closed', 'created']).optional().describe('The day that counts.'),
}
