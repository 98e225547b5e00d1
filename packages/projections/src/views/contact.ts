/**
 * A contact as it is answered, with its addresses.
 *
 * @module
 */
import {
  AddressKind,
  addressDescriptive,
  addressRequired,
  contactDescriptive,
  contactRequired,
  optional,
} from '@forsat/domain'
import * as z from 'zod'
import { Count, Id, InstantText, Warning } from './values.ts'

export const AddressView = z
  .strictObject({
    id: Id,
    kind: AddressKind,
    ...addressRequired,
    ...optional(addressDescriptive),
    /** The first choice among those of its kind. */
    preferred: z.boolean(),
    archived: z.boolean(),
  })
  .meta({ id: 'Address' })
export type AddressView = z.infer<typeof AddressView>

/** What may hold several, and is there when it holds none. */
const { identifiers, externalIds, attributes } = contactDescriptive
const lists = { identifiers, externalIds, attributes }

export const ContactView = z
  .strictObject({
    id: Id,
    revision: Count,
    company: Id.optional(),
    ...contactRequired,
    ...optional(contactDescriptive),
    ...lists,
    addresses: z.array(AddressView),
    archived: z.boolean(),
    createdAt: InstantText,
    updatedAt: InstantText,
    warnings: z.array(Warning),
  })
  .meta({ id: 'Contact' })
export type ContactView = z.infer<typeof ContactView>
