/**
 * What can have happened to a contact: a person or a company one sells to, and where to write to
 * them.
 *
 * @module
 */
import * as z from 'zod'
import { personalDataErased } from '../erasure/erasure.ts'
import { Ulid } from '../id.ts'
import { message } from '../message.ts'
import { ownFields } from '../own-fields.ts'
import { clearable, optional } from '../patch.ts'
import { personal } from '../personal.ts'
import { Label } from '../text/label.ts'
import { Line } from '../text/text.ts'

/** A number by which an authority knows a person or a company. */
export const Identifier = z.strictObject({
  kind: z.enum([
    'nationalId',
    'legalNationalId',
    'economicCode',
    'registrationNumber',
    'vat',
    'foreignId',
  ]),
  value: Line.max(40),
})
export type Identifier = z.infer<typeof Identifier>

export const AddressKind = z.enum(['contact', 'invoice', 'delivery', 'other'])
export type AddressKind = z.infer<typeof AddressKind>

/** What every contact has. */
export const contactRequired = { name: personal(Line, 'contact'), isCompany: z.boolean() }

/** What may describe it, and may be cleared again. */
export const contactDescriptive = {
  givenName: personal(Line, 'contact'),
  familyName: personal(Line, 'contact'),
  honorific: personal(Line, 'contact'),
  parentId: Ulid,
  email: personal(Line, 'contact'),
  phone: personal(Line, 'contact'),
  mobile: personal(Line, 'contact'),
  website: personal(Line, 'contact'),
  country: Label,
  region: Label,
  language: Label,
  industry: Label,
  identifiers: personal(z.array(Identifier).max(10), 'contact'),
  ...ownFields,
}

export const addressRequired = {
  street: personal(Line, 'contact'),
  city: personal(Line, 'contact'),
}
export const addressDescriptive = {
  name: personal(Line, 'contact'),
  region: Label,
  /** Personal: an Iranian postal code names one household. */
  postalCode: personal(Line, 'contact'),
  country: Label,
  phone: personal(Line, 'contact'),
}

export const ContactEvent = z.discriminatedUnion('type', [
  message('ContactRegistered', { ...contactRequired, ...optional(contactDescriptive) }),
  message('ContactRevised', { ...optional(contactRequired), ...clearable(contactDescriptive) }),
  message('ContactArchived', {}),
  message('AddressAdded', {
    addressId: Ulid,
    kind: AddressKind,
    ...addressRequired,
    ...optional(addressDescriptive),
  }),
  message('AddressRevised', {
    addressId: Ulid,
    kind: AddressKind.optional(),
    ...optional(addressRequired),
    ...clearable(addressDescriptive),
  }),
  message('AddressArchived', { addressId: Ulid }),
  /** From now on the first choice among the addresses of its kind. */
  message('AddressPreferred', { addressId: Ulid }),
  personalDataErased,
])
export type ContactEvent = z.infer<typeof ContactEvent>
