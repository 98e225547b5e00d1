/**
 * Whom a document is for, as text: made from whatever tells of a contact or an address, as far as it
 * is not erased.
 *
 * @module
 */
import type * as z from 'zod'
import { isErased } from '../personal.ts'
import { AddressText, Party } from './events.ts'

/** `undefined` where what it needs is missing or erased. */
export const partyIn = (fields: unknown): Party | undefined => read(Party, fields)

/** `undefined` where what it needs is missing or erased. */
export const addressTextIn = (fields: unknown): AddressText | undefined => read(AddressText, fields)

const read = <Schema extends z.ZodObject>(
  schema: Schema,
  fields: unknown,
): z.infer<Schema> | undefined => {
  if (typeof fields !== 'object' || fields === null) return undefined
  const known = Object.entries(fields).filter(
    ([name, value]) =>
      Object.hasOwn(schema.shape, name) &&
      value !== undefined &&
      value !== null &&
      !isErased(value),
  )
  return schema.safeParse(Object.fromEntries(known)).data
}
