/**
 * What may be asked of users and of the keys that act for them.
 *
 * @module
 */
import {
  ApiKeyEvent,
  optional,
  ownFields,
  plain,
  Role,
  Ulid,
  UserEvent,
  userCodec,
} from '@forsat/domain'
import * as E from 'fp-ts/lib/Either.js'
import * as z from 'zod'
import { withoutUnchanged } from '../aggregate.ts'
import { Email, made, target } from '../input.ts'
import { ownChanges, withOwnFields } from '../own-fields.ts'
import { invalid } from '../refusal.ts'
import { useCase } from '../use-case.ts'

const { name } = plain(UserEvent.options[0].shape.data.shape)
const { hash, ...issued } = ApiKeyEvent.options[0].shape.data.shape
const role = { ...target, companyId: Ulid, role: Role }

export const userUseCases = [
  useCase({
    name: 'RegisterUser',
    category: 'user',
    kind: 'create',
    input: z.strictObject({ ...made, name, email: Email.optional(), ...optional(ownFields) }),
    command: async ({ id, ...asked }, setting) => {
      const fields = await withOwnFields('users', asked, setting, { id })
      if (E.isLeft(fields)) return fields
      const { occurredAt } = setting.when
      return E.right({ type: 'RegisterUser', data: { ...fields.right, occurredAt } })
    },
  }),
  useCase({
    name: 'ReviseUser',
    category: 'user',
    input: z.strictObject({
      ...target,
      name: name.optional(),
      email: Email.nullable().optional(),
      ...ownChanges,
    }),
    command: async ({ id, ...asked }, setting, { personal, state }) => {
      const known = state.status === 'absent' ? undefined : state.own
      const own = { id, attributes: known?.attributes }
      const checked = await withOwnFields('users', asked, setting, own)
      if (E.isLeft(checked)) return checked
      const changes = withoutUnchanged(checked.right, personal, userCodec.personal.UserRevised)
      const { occurredAt } = setting.when
      return E.right({ type: 'ReviseUser', data: { changes, occurredAt } })
    },
  }),
  useCase({
    name: 'DeactivateUser',
    category: 'user',
    input: z.strictObject(target),
    command: (_input, { when: { occurredAt } }) =>
      E.right({ type: 'DeactivateUser', data: { occurredAt } }),
  }),
  useCase({
    name: 'GrantRole',
    category: 'user',
    input: z.strictObject(role),
    command: async ({ id: _id, ...granted }, { when: { occurredAt }, facts }) =>
      (await facts.company(granted.companyId))
        ? E.right({ type: 'GrantRole', data: { ...granted, occurredAt } })
        : invalid('/companyId', 'is no company'),
  }),
  useCase({
    name: 'RevokeRole',
    category: 'user',
    input: z.strictObject(role),
    command: ({ id: _id, ...revoked }, { when: { occurredAt } }) =>
      E.right({ type: 'RevokeRole', data: { ...revoked, occurredAt } }),
  }),
] as const

export const apiKeyUseCases = [
  useCase({
    name: 'IssueApiKey',
    category: 'apikey',
    kind: 'create',
    input: z.strictObject({ ...made, ...issued, hash }),
    command: async ({ id: _id, ...key }, { when: { occurredAt }, facts }) =>
      (await facts.user(key.userId))
        ? E.right({ type: 'IssueApiKey', data: { ...key, occurredAt } })
        : invalid('/userId', 'is no user'),
  }),
  useCase({
    name: 'RevokeApiKey',
    category: 'apikey',
    input: z.strictObject(target),
    command: (_input, { when: { occurredAt } }) =>
      E.right({ type: 'RevokeApiKey', data: { occurredAt } }),
  }),
] as const
