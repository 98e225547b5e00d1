/**
 * What may be asked of a contact and its addresses.
 *
 * @module
 */
import {
  AddressKind,
  addressDescriptive,
  addressRequired,
  clearable,
  contactCodec,
  contactDescriptive,
  contactRequired,
  type ExternalId,
  optional,
  plain,
  Ulid,
} from '@forsat/domain'
import * as E from 'fp-ts/lib/Either.js'
import * as z from 'zod'
import { withoutUnchanged } from '../aggregate.ts'
import { Email, made, Phone, placed, target } from '../input.ts'
import { idTaken, ownChanges, withAttributes } from '../own-fields.ts'
import { invalid, type Refusal } from '../refusal.ts'
import { type Setting, useCase } from '../use-case.ts'

const required = plain(contactRequired)
const descriptive = { ...plain(contactDescriptive), email: Email, phone: Phone, mobile: Phone }
const place = plain(addressRequired)
const placeDetails = { ...plain(addressDescriptive), phone: Phone }
const address = { ...target, addressId: Ulid }

interface Named {
  readonly parentId?: string | null | undefined
  readonly externalIds?: readonly ExternalId[] | null | undefined
  readonly country?: string | null | undefined
  readonly language?: string | null | undefined
}

/** The fields that were asked for, with what they name looked up; `own` is the contact that asks. */
const changesOf = async <Fields extends Named>(
  fields: Fields,
  { company, facts }: Setting,
  own: string | undefined,
): Promise<E.Either<Refusal, Fields>> => {
  const { parentId } = fields
  if (parentId && !(await facts.contact(parentId, company.id))) {
    return invalid('/parentId', 'is no contact of this company')
  }
  if (parentId && own !== undefined && (await facts.contactsAbove(parentId)).includes(own)) {
    return invalid('/parentId', 'must not be the contact itself or one below it')
  }
  const taken = await idTaken(
    fields.externalIds,
    (external) => facts.contactBy(external, company.id),
    own,
  )
  if (taken !== undefined) return taken
  return placed(fields)
}

export const contactUseCases = [
  useCase({
    name: 'RegisterContact',
    category: 'contact',
    kind: 'create',
    input: z.strictObject({
      ...made,
      ...required,
      isCompany: required.isCompany.default(false),
      ...optional(descriptive),
    }),
    command: async ({ id, ...fields }, setting) => {
      const checked = await changesOf(fields, setting, id)
      if (E.isLeft(checked)) return checked
      const { occurredAt } = setting.when
      return E.right({ type: 'RegisterContact', data: { ...checked.right, occurredAt } })
    },
  }),
  useCase({
    name: 'ReviseContact',
    category: 'contact',
    input: z.strictObject({
      ...target,
      ...optional(required),
      ...clearable(descriptive),
      ...ownChanges,
    }),
    command: async ({ id, ...asked }, setting, { personal, state }) => {
      const known = state.status === 'absent' ? undefined : state.described.attributes
      const merged = withAttributes(asked, known)
      if (E.isLeft(merged)) return merged
      const checked = await changesOf(merged.right, setting, id)
      if (E.isLeft(checked)) return checked
      const marked = contactCodec.personal.ContactRevised
      const changes = withoutUnchanged(checked.right, personal, marked)
      const { occurredAt } = setting.when
      return E.right({ type: 'ReviseContact', data: { changes, occurredAt } })
    },
  }),
  useCase({
    name: 'ArchiveContact',
    category: 'contact',
    input: z.strictObject(target),
    command: (_input, { when: { occurredAt } }) =>
      E.right({ type: 'ArchiveContact', data: { occurredAt } }),
  }),
  useCase({
    name: 'AddAddress',
    category: 'contact',
    input: z.strictObject({
      ...target,
      kind: AddressKind.default('contact'),
      ...place,
      ...optional(placeDetails),
    }),
    command: ({ id: _id, ...fields }, { when: { occurredAt }, ids }) => {
      const checked = placed(fields)
      if (E.isLeft(checked)) return checked
      const data = { ...checked.right, addressId: ids.next(), occurredAt }
      return E.right({ type: 'AddAddress', data })
    },
  }),
  useCase({
    name: 'ReviseAddress',
    category: 'contact',
    input: z.strictObject({
      ...address,
      kind: AddressKind.optional(),
      ...optional(place),
      ...clearable(placeDetails),
    }),
    command: ({ id: _id, addressId, ...asked }, { when: { occurredAt } }, { personal }) => {
      const checked = placed(asked)
      if (E.isLeft(checked)) return checked
      const marked = contactCodec.personal.AddressRevised
      const changes = withoutUnchanged(checked.right, personal, marked, `${addressId}.`)
      return E.right({ type: 'ReviseAddress', data: { addressId, changes, occurredAt } })
    },
  }),
  useCase({
    name: 'ArchiveAddress',
    category: 'contact',
    input: z.strictObject(address),
    command: ({ addressId }, { when: { occurredAt } }) =>
      E.right({ type: 'ArchiveAddress', data: { addressId, occurredAt } }),
  }),
  useCase({
    name: 'PreferAddress',
    category: 'contact',
    input: z.strictObject(address),
    command: ({ addressId }, { when: { occurredAt } }) =>
      E.right({ type: 'PreferAddress', data: { addressId, occurredAt } }),
  }),
] as const
