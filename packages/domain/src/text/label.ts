import * as z from 'zod'
import { Line } from './text.ts'

/** A label people group by: a source, a tag, an industry. Public, so that reports outlive an erasure. */
export const Label = Line.max(100)

/** Own fields of a company, at most fifty; public, so not the place for personal data. */
export const Attributes = z
  .record(
    z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,39}$/, 'must be a short plain name'),
    z.union([Line, z.number(), z.boolean()]),
  )
  .refine((own) => Object.keys(own).length <= 50, 'must have at most 50 fields')
export type Attributes = z.infer<typeof Attributes>
