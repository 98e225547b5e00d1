import { describe, test } from 'vitest'
import type { Occurred } from '../decider.ts'
import { erased } from '../personal.ts'
import { specification } from '../specification.ts'
import type { Address } from './address.ts'
import { contact } from './contact.ts'
import type { ContactEvent } from './events.ts'

const { given } = specification(contact)

const ulid = (last: string) => last.padStart(26, '0')
const alborz = ulid('C1')
const [office, depot, yard] = [ulid('D1'), ulid('D2'), ulid('D3')]

const then = '2026-01-10T08:00:00.000Z'
const now = '2026-01-11T08:00:00.000Z'
const when = { occurredAt: now }

const registered: ContactEvent = {
  type: 'ContactRegistered',
  data: { name: 'مینا راد', isCompany: false, country: 'IR', email: 'mina@pars.example' },
}
const archived: ContactEvent = { type: 'ContactArchived', data: {} }
const place = { street: 'بلوار زند', city: 'شیراز' }
const added = (addressId: string, kind: Address['kind']): ContactEvent => ({
  type: 'AddressAdded',
  data: { addressId, kind, ...place, country: 'IR' },
})
const preferred = (addressId: string): ContactEvent => ({
  type: 'AddressPreferred',
  data: { addressId },
})
const put = (addressId: string): ContactEvent => ({ type: 'AddressArchived', data: { addressId } })
const at = (event: ContactEvent, occurredAt: string): Occurred<ContactEvent> => ({
  ...event,
  occurredAt,
})

describe('registering a contact', () => {
  const { data } = registered

  test('is the first thing that happens to it', () => {
    given()
      .when({ type: 'RegisterContact', data: { ...data, ...when } })
      .thenEvents(registered)
  })

  test('happens once', () => {
    given(registered)
      .when({ type: 'RegisterContact', data: { ...data, ...when } })
      .thenFails({ type: 'AlreadyExists' })
  })
})

describe('revising a contact', () => {
  test('records what changed and nothing else', () => {
    given(registered)
      .when({
        type: 'ReviseContact',
        data: { changes: { country: 'IR', region: 'فارس', parentId: alborz }, ...when },
      })
      .thenEvents({ type: 'ContactRevised', data: { region: 'فارس', parentId: alborz } })
  })

  test('without a change records nothing', () => {
    given(registered)
      .when({
        type: 'ReviseContact',
        data: { changes: { country: 'IR', isCompany: false, industry: null }, ...when },
      })
      .thenNothing()
  })

  test('takes personal fields as they come, for they were compared before', () => {
    given(registered)
      .when({ type: 'ReviseContact', data: { changes: { name: 'مینا', email: null }, ...when } })
      .thenEvents({ type: 'ContactRevised', data: { name: 'مینا', email: null } })
  })

  test('is possible after it was archived, and after its names were erased', () => {
    const nameless: ContactEvent = {
      type: 'ContactRegistered',
      data: { name: erased, isCompany: false, email: erased },
    }
    given(nameless, archived)
      .when({ type: 'ReviseContact', data: { changes: { country: 'DE' }, ...when } })
      .thenEvents({ type: 'ContactRevised', data: { country: 'DE' } })
  })

  test('is not possible for one that nobody knows', () => {
    given()
      .when({ type: 'ReviseContact', data: { changes: { country: 'DE' }, ...when } })
      .thenFails({ type: 'NotFound' })
  })

  test('cannot have happened before what is known already', () => {
    given(at(registered, now))
      .when({
        type: 'ReviseContact',
        data: { changes: { country: 'DE' }, occurredAt: then },
      })
      .thenFails({ type: 'OccurredTooEarly', last: now })
  })
})

describe('archiving a contact', () => {
  test('happens once, and asking again changes nothing', () => {
    given(registered).when({ type: 'ArchiveContact', data: when }).thenEvents(archived)
    given(registered, archived).when({ type: 'ArchiveContact', data: when }).thenNothing()
  })
})

describe('the addresses of a contact', () => {
  const stands = (id: string, kind: Address['kind'], more: Partial<Address> = {}): Address => ({
    id,
    kind,
    country: 'IR',
    archived: false,
    preferred: false,
    last: undefined,
    ...more,
  })
  const known = { status: 'active', described: { isCompany: false, country: 'IR' } } as const

  test('stand in the order in which they were added', () => {
    given(registered, added(office, 'contact'), added(depot, 'delivery')).thenState({
      ...known,
      addresses: [stands(office, 'contact'), stands(depot, 'delivery')],
      last: undefined,
    })
  })

  test('are added once', () => {
    const { data } = added(office, 'contact') as Extract<ContactEvent, { type: 'AddressAdded' }>
    given(registered)
      .when({ type: 'AddAddress', data: { ...data, ...when } })
      .thenEvents(added(office, 'contact'))
    given(registered, added(office, 'contact'))
      .when({ type: 'AddAddress', data: { ...data, ...when } })
      .thenFails({ type: 'AlreadyExists' })
  })

  test('are revised by what changed', () => {
    given(registered, added(depot, 'delivery'))
      .when({
        type: 'ReviseAddress',
        data: { addressId: depot, changes: { kind: 'delivery', country: null }, ...when },
      })
      .thenEvents({ type: 'AddressRevised', data: { addressId: depot, country: null } })
    given(registered, added(depot, 'delivery'))
      .when({
        type: 'ReviseAddress',
        data: { addressId: depot, changes: { country: 'IR', region: null }, ...when },
      })
      .thenNothing()
  })

  test('have one first choice of each kind', () => {
    given(
      registered,
      added(office, 'invoice'),
      added(depot, 'delivery'),
      added(yard, 'delivery'),
      preferred(office),
      preferred(depot),
      preferred(yard),
    ).thenState({
      ...known,
      addresses: [
        stands(office, 'invoice', { preferred: true }),
        stands(depot, 'delivery'),
        stands(yard, 'delivery', { preferred: true }),
      ],
      last: undefined,
    })
  })

  test('lose the mark of the first choice with their kind, and when they are archived', () => {
    given(
      registered,
      added(depot, 'delivery'),
      added(yard, 'delivery'),
      preferred(depot),
      { type: 'AddressRevised', data: { addressId: depot, kind: 'other' } },
      preferred(yard),
      put(yard),
    ).thenState({
      ...known,
      addresses: [stands(depot, 'other'), stands(yard, 'delivery', { archived: true })],
      last: undefined,
    })
  })

  test('are preferred once', () => {
    given(registered, added(depot, 'delivery'))
      .when({ type: 'PreferAddress', data: { addressId: depot, ...when } })
      .thenEvents(preferred(depot))
    given(registered, added(depot, 'delivery'), preferred(depot))
      .when({ type: 'PreferAddress', data: { addressId: depot, ...when } })
      .thenNothing()
  })

  test('are neither preferred nor revised once they are archived (O16 d)', () => {
    const history = [registered, added(depot, 'delivery'), put(depot)]
    given(...history)
      .when({ type: 'PreferAddress', data: { addressId: depot, ...when } })
      .thenFails({ type: 'AddressArchived' })
    given(...history)
      .when({
        type: 'ReviseAddress',
        data: { addressId: depot, changes: { city: 'تهران' }, ...when },
      })
      .thenFails({ type: 'AddressArchived' })
    given(...history)
      .when({ type: 'ArchiveAddress', data: { addressId: depot, ...when } })
      .thenNothing()
  })

  test('are not found under an id that is none of theirs', () => {
    for (const type of ['PreferAddress', 'ArchiveAddress'] as const) {
      given(registered, added(office, 'contact'))
        .when({ type, data: { addressId: depot, ...when } })
        .thenFails({ type: 'NotFound' })
    }
  })

  test('each keep their own order in time', () => {
    given(at(registered, now), at(added(office, 'contact'), then))
      .when({ type: 'ArchiveAddress', data: { addressId: office, occurredAt: then } })
      .thenEvents(put(office))
    given(registered, at(added(office, 'contact'), now))
      .when({ type: 'ArchiveAddress', data: { addressId: office, occurredAt: then } })
      .thenFails({ type: 'OccurredTooEarly', last: now })
  })
})
