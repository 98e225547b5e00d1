import * as z from 'zod'
import { Line } from './text.ts'

/** A label people group by: a source, a tag, an industry. Public, so that reports outlive an erasure. */
export const Label = Line.max(100)

const attributeName = z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,39}$/, 'must be a short plain name')
const attributeValue = z.union([Line, z.number(), z.boolean()])

/** Own fields of a company, at most fifty; public, so not the place for personal data. */
export const Attributes = z
  .record(attributeName, attributeValue)
  .refine((own) => Object.keys(own).length <= 50, 'must have at most 50 fields')
export type Attributes = z.infer<typeof Attributes>

/** Of own fields only those that change; `null` takes one out. */
export const AttributeChanges = z.record(attributeName, attributeValue.nullable())
export type AttributeChanges = z.infer<typeof AttributeChanges>
