/**
 * A user is a person who works with the system. What they may do follows from their roles, one or
 * more for each company they work for.
 *
 * @module
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Decider } from '../decider.ts'
import { type ErasePersonalData, erasing } from '../erasure/erasure.ts'
import type { DataOf } from '../message.ts'
import { changesIn, defined, isEmpty, isSame, patched } from '../patch.ts'
import {
  alreadyExists,
  type CommonRefusal,
  isTooEarly,
  notFound,
  tooEarly,
  type When,
} from '../refusal.ts'
import type { Instant } from '../time/instant.ts'
import type { UserEvent } from './events.ts'

export type RoleInCompany = DataOf<UserEvent, 'RoleGranted'>

export type UserCommand =
  | { readonly type: 'RegisterUser'; readonly data: DataOf<UserEvent, 'UserRegistered'> & When }
  /** Name and mail are personal, so whoever asks has compared them; the others are compared here. */
  | {
      readonly type: 'ReviseUser'
      readonly data: { readonly changes: DataOf<UserEvent, 'UserRevised'> } & When
    }
  | { readonly type: 'DeactivateUser'; readonly data: When }
  | { readonly type: 'GrantRole'; readonly data: RoleInCompany & When }
  | { readonly type: 'RevokeRole'; readonly data: RoleInCompany & When }
  | ErasePersonalData

type OwnFields = Pick<DataOf<UserEvent, 'UserRegistered'>, 'externalIds' | 'attributes'>

export type UserState =
  | { readonly status: 'absent' }
  | {
      readonly status: 'active' | 'deactivated'
      readonly roles: readonly RoleInCompany[]
      readonly own: OwnFields
      readonly last: Instant | undefined
    }

export type UserRefusal = CommonRefusal | { readonly type: 'UserDeactivated' }

type User = Decider<UserCommand, UserState, UserEvent, UserRefusal>

const decide: User['decide'] = (command, state) => {
  const { type, data } = command
  if (type === 'RegisterUser') {
    if (state.status !== 'absent') return alreadyExists
    const { occurredAt: _, ...fields } = data
    return E.right([{ type: 'UserRegistered', data: defined(fields) }])
  }
  if (state.status === 'absent') return notFound
  if (type === 'ErasePersonalData') return erasing(command)
  if (isTooEarly(data, state.last)) return tooEarly(state.last)
  switch (type) {
    case 'ReviseUser': {
      const { externalIds: _ids, attributes: _attributes, ...personal } = data.changes
      const own = changesIn(state.own, ownOf(data.changes))
      const changes = { ...defined(personal), ...own }
      if (isEmpty(changes)) return E.right([])
      return E.right([{ type: 'UserRevised', data: changes }])
    }
    case 'DeactivateUser':
      if (state.status === 'deactivated') return E.right([])
      return E.right([{ type: 'UserDeactivated', data: {} }])
    case 'GrantRole':
      if (state.status === 'deactivated') return E.left({ type: 'UserDeactivated' })
      if (holds(state.roles, data)) return E.right([])
      return E.right([{ type: 'RoleGranted', data: roleOf(data) }])
    case 'RevokeRole':
      if (!holds(state.roles, data)) return E.right([])
      return E.right([{ type: 'RoleRevoked', data: roleOf(data) }])
  }
}

const evolve: User['evolve'] = (state, { type, data, occurredAt: last }) => {
  if (type === 'UserRegistered')
    return { status: 'active', roles: [], own: patched<OwnFields>({}, ownOf(data)), last }
  if (state.status === 'absent') return state
  switch (type) {
    case 'UserRevised':
      return { ...state, own: patched(state.own, ownOf(data)), last }
    case 'UserDeactivated':
      return { ...state, status: 'deactivated', last }
    case 'RoleGranted':
      return { ...state, roles: [...state.roles, data], last }
    case 'RoleRevoked':
      return { ...state, roles: state.roles.filter((held) => !isSame(held, data)), last }
    case 'PersonalDataErased':
      return state
  }
}

const ownOf = ({ externalIds, attributes }: DataOf<UserEvent, 'UserRevised'>) => ({
  externalIds,
  attributes,
})

const roleOf = ({ companyId, role }: RoleInCompany): RoleInCompany => ({ companyId, role })

const holds = (roles: readonly RoleInCompany[], asked: RoleInCompany): boolean =>
  roles.some((held) => isSame(held, roleOf(asked)))

export const user: User = { initialState: { status: 'absent' }, decide, evolve }
