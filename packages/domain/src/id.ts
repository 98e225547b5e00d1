import * as z from 'zod'

/** A ULID as it is minted: 26 characters of Crockford's base 32, upper case, at most 128 bits. */
export const Ulid = z
  .string()
  .regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/, 'must be a ULID of 26 upper-case characters')
export type Ulid = z.infer<typeof Ulid>

/** An id that another system knows the record by; unique within a company. */
export const ExternalId = z.strictObject({
  system: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,39}$/, 'must be a short lower-case name'),
  id: z.string().min(1).max(200),
})
export type ExternalId = z.infer<typeof ExternalId>
