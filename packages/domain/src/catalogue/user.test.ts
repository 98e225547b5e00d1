import { describe, test } from 'vitest'
import type { DataOf } from '../message.ts'
import { erased } from '../personal.ts'
import { specification } from '../specification.ts'
import type { UserEvent } from './events.ts'
import { at, north, now, pars, when, yesterday } from './examples.ts'
import { user } from './user.ts'

const { given } = specification(user)

const registered: UserEvent = { type: 'UserRegistered', data: { name: 'سارا محمدی' } }
const deactivated: UserEvent = { type: 'UserDeactivated', data: {} }
const sales = { companyId: pars, role: 'sales' } as const
const granted: UserEvent = { type: 'RoleGranted', data: sales }
const revoked: UserEvent = { type: 'RoleRevoked', data: sales }

describe('a user', () => {
  test('keeps the ids and fields that were changed, and says nothing twice', () => {
    const externalIds = [{ system: 'hr', id: '17' }]
    const known: UserEvent = {
      type: 'UserRegistered',
      data: { name: 'سارا محمدی', externalIds, attributes: { desk: 4 } },
    }
    const revise = (changes: DataOf<UserEvent, 'UserRevised'>) =>
      ({ type: 'ReviseUser', data: { changes, ...when } }) as const
    given(known)
      .when(revise({ externalIds, attributes: { desk: 4 } }))
      .thenNothing()
    given(known)
      .when(revise({ externalIds: null, attributes: { desk: 5 } }))
      .thenEvents({ type: 'UserRevised', data: { externalIds: null, attributes: { desk: 5 } } })
  })

  test('is registered once', () => {
    const register = { type: 'RegisterUser', data: { name: 'سارا محمدی', ...when } } as const
    given().when(register).thenEvents(registered)
    given(registered).when(register).thenFails({ type: 'AlreadyExists' })
  })

  test('has a name that changes, whatever it was or whether it is known still', () => {
    given({ type: 'UserRegistered', data: { name: erased } })
      .when({ type: 'ReviseUser', data: { changes: { name: 'سارا', email: null }, ...when } })
      .thenEvents({ type: 'UserRevised', data: { name: 'سارا', email: null } })
    given(registered)
      .when({ type: 'ReviseUser', data: { changes: {}, ...when } })
      .thenNothing()
  })

  test('is deactivated once', () => {
    given(registered).when({ type: 'DeactivateUser', data: when }).thenEvents(deactivated)
    given(registered, deactivated).when({ type: 'DeactivateUser', data: when }).thenNothing()
  })

  test('that nobody registered is not found', () => {
    given().when({ type: 'DeactivateUser', data: when }).thenFails({ type: 'NotFound' })
    given()
      .when({ type: 'GrantRole', data: { ...sales, ...when } })
      .thenFails({ type: 'NotFound' })
  })

  test('is not changed before what happened last', () => {
    given(at(registered, now))
      .when({ type: 'DeactivateUser', data: { occurredAt: yesterday } })
      .thenFails({ type: 'OccurredTooEarly', last: now })
  })
})

describe('a role', () => {
  const grant = { type: 'GrantRole', data: { ...sales, ...when } } as const
  const revoke = { type: 'RevokeRole', data: { ...sales, ...when } } as const

  test('is granted, and granting it again changes nothing', () => {
    given(registered).when(grant).thenEvents(granted)
    given(registered, granted).when(grant).thenNothing()
    given(registered, granted, revoked).when(grant).thenEvents(granted)
  })

  test('is revoked, and revoking it again changes nothing', () => {
    given(registered, granted).when(revoke).thenEvents(revoked)
    given(registered, granted, revoked).when(revoke).thenNothing()
  })

  test('in one company is none in another', () => {
    given(registered, granted)
      .when({ type: 'RevokeRole', data: { companyId: north, role: 'sales', ...when } })
      .thenNothing()
  })

  test('is not granted to somebody who has left, but taken from them', () => {
    given(registered, granted, deactivated)
      .when({ type: 'GrantRole', data: { companyId: north, role: 'admin', ...when } })
      .thenFails({ type: 'UserDeactivated' })
    given(registered, granted, deactivated).when(revoke).thenEvents(revoked)
  })
})
