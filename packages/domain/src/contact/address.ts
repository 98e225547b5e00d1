/**
 * An address is one place a contact is written to. One of each kind may be marked as the first
 * choice; an archived one is never chosen again.
 *
 * @module
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Occurred } from '../decider.ts'
import type { Ulid } from '../id.ts'
import type { DataOf } from '../message.ts'
import { changesIn, defined, isEmpty, patched } from '../patch.ts'
import { type CommonRefusal, isTooEarly, notFound, tooEarly, type When } from '../refusal.ts'
import type { Instant } from '../time/instant.ts'
import type { AddressKind, ContactEvent } from './events.ts'

export type AddressEvent = Extract<
  ContactEvent,
  { type: 'AddressAdded' | 'AddressRevised' | 'AddressArchived' | 'AddressPreferred' }
>

type Revised = DataOf<ContactEvent, 'AddressRevised'>
type Which = { readonly addressId: Ulid } & When

export type AddressCommand =
  | { readonly type: 'AddAddress'; readonly data: DataOf<ContactEvent, 'AddressAdded'> & When }
  /** A personal field that arrives has been compared already; public ones are compared here. */
  | {
      readonly type: 'ReviseAddress'
      readonly data: Which & { readonly changes: Omit<Revised, 'addressId'> }
    }
  | { readonly type: 'ArchiveAddress'; readonly data: Which }
  | { readonly type: 'PreferAddress'; readonly data: Which }

/** What is public of an address. */
export interface Address {
  readonly id: Ulid
  readonly kind: AddressKind
  readonly region?: string | undefined
  readonly country?: string | undefined
  readonly archived: boolean
  /** The first choice among those of its kind. */
  readonly preferred: boolean
  /** When the last thing happened to it, where that is known. */
  readonly last: Instant | undefined
}

export type AddressRefusal = CommonRefusal | { readonly type: 'AddressArchived' }

export const decideAddress = (
  { type, data }: AddressCommand,
  addresses: readonly Address[],
): E.Either<AddressRefusal, readonly AddressEvent[]> => {
  const { addressId } = data
  const address = addresses.find(({ id }) => id === addressId)
  if (type === 'AddAddress') {
    if (address !== undefined) return E.left({ type: 'AlreadyExists' })
    const { occurredAt: _, ...fields } = data
    return E.right([{ type: 'AddressAdded', data: defined(fields) }])
  }
  if (address === undefined) return notFound
  if (isTooEarly(data, address.last)) return tooEarly(address.last)
  switch (type) {
    case 'ReviseAddress': {
      if (address.archived) return E.left({ type: 'AddressArchived' })
      const changes = changed(address, data.changes)
      if (isEmpty(changes)) return E.right([])
      return E.right([{ type: 'AddressRevised', data: { addressId, ...changes } }])
    }
    case 'ArchiveAddress':
      if (address.archived) return E.right([])
      return E.right([{ type: 'AddressArchived', data: { addressId } }])
    case 'PreferAddress':
      if (address.archived) return E.left({ type: 'AddressArchived' })
      if (address.preferred) return E.right([])
      return E.right([{ type: 'AddressPreferred', data: { addressId } }])
  }
}

const changed = (
  known: Address,
  { kind, region, country, ...personal }: Omit<Revised, 'addressId'>,
): Omit<Revised, 'addressId'> => ({
  ...changesIn(known, { kind, region, country }),
  ...defined(personal),
})

export const evolveAddresses = (
  addresses: readonly Address[],
  { type, data, occurredAt: last }: Occurred<AddressEvent>,
): readonly Address[] => {
  const { addressId } = data
  const replaced = (now: (address: Address) => Partial<Address>) =>
    addresses.map((each) => (each.id === addressId ? { ...each, ...now(each), last } : each))
  switch (type) {
    case 'AddressAdded': {
      const { kind, region, country } = data
      const place = defined({ region, country })
      return [
        ...addresses,
        { id: addressId, kind, ...place, archived: false, preferred: false, last },
      ]
    }
    case 'AddressRevised': {
      const { kind, region, country } = data
      // To be the first choice is meant for one kind, so it does not move on to another.
      const moved = kind === undefined ? {} : { kind, preferred: false }
      return replaced((address) => patched(address, { region, country, ...moved }))
    }
    case 'AddressArchived':
      return replaced(() => ({ archived: true, preferred: false }))
    case 'AddressPreferred': {
      const chosen = addresses.find(({ id }) => id === addressId)
      return replaced(() => ({ preferred: true })).map((each) =>
        each.kind === chosen?.kind && each.id !== addressId ? { ...each, preferred: false } : each,
      )
    }
  }
}
