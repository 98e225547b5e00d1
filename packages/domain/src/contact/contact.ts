/**
 * A contact is a person or a company one sells to, with the addresses to write to. Who they are is
 * personal, so no rule here sees it: only what kind of party they are and which addresses stand.
 *
 *     absent ──register──▶ active ──archive──▶ archived
 *
 * @module
 */
import * as E from 'fp-ts/lib/Either.js'
import * as z from 'zod'
import type { Decider } from '../decider.ts'
import { type ErasePersonalData, erasing } from '../erasure/erasure.ts'
import type { DataOf } from '../message.ts'
import { changesIn, defined, isEmpty, patched } from '../patch.ts'
import { type Erased, personalFields } from '../personal.ts'
import { alreadyExists, isTooEarly, notFound, tooEarly, type When } from '../refusal.ts'
import type { Instant } from '../time/instant.ts'
import {
  type Address,
  type AddressCommand,
  type AddressRefusal,
  decideAddress,
  evolveAddresses,
} from './address.ts'
import { type ContactEvent, contactDescriptive, contactRequired } from './events.ts'

type Fields = DataOf<ContactEvent, 'ContactRegistered'>
type Changes = DataOf<ContactEvent, 'ContactRevised'>

/** The fields that are not personal, by value. */
type Described = {
  readonly [Name in keyof Fields as Extract<Fields[Name], Erased> extends never
    ? Name
    : never]: Fields[Name]
}

export type ContactCommand =
  | { readonly type: 'RegisterContact'; readonly data: Fields & When }
  /** A personal field that arrives has been compared already; public ones are compared here. */
  | { readonly type: 'ReviseContact'; readonly data: { readonly changes: Changes } & When }
  | { readonly type: 'ArchiveContact'; readonly data: When }
  | ErasePersonalData
  | AddressCommand

export type ContactState =
  | { readonly status: 'absent' }
  | {
      readonly status: 'active' | 'archived'
      readonly described: Described
      /** In the order in which they were added. */
      readonly addresses: readonly Address[]
      /** When the contact itself was last changed, where that is known. */
      readonly last: Instant | undefined
    }

export type ContactRefusal = AddressRefusal

type Contact = Decider<ContactCommand, ContactState, ContactEvent, ContactRefusal>

const decide: Contact['decide'] = (command, state) => {
  if (command.type === 'RegisterContact') {
    if (state.status !== 'absent') return alreadyExists
    const { occurredAt: _, ...fields } = command.data
    return E.right([{ type: 'ContactRegistered', data: defined(fields) }])
  }
  if (state.status === 'absent') return notFound
  switch (command.type) {
    case 'ReviseContact': {
      if (isTooEarly(command.data, state.last)) return tooEarly(state.last)
      const { changes } = command.data
      const changed = {
        ...defined(only(isPersonal, changes)),
        ...changesIn(state.described, only(isPublic, changes)),
      }
      if (isEmpty(changed)) return E.right([])
      return E.right([{ type: 'ContactRevised', data: changed }])
    }
    case 'ArchiveContact':
      if (isTooEarly(command.data, state.last)) return tooEarly(state.last)
      if (state.status === 'archived') return E.right([])
      return E.right([{ type: 'ContactArchived', data: {} }])
    case 'ErasePersonalData':
      return erasing(command)
    case 'AddAddress':
    case 'ReviseAddress':
    case 'ArchiveAddress':
    case 'PreferAddress':
      return decideAddress(command, state.addresses)
  }
}

const evolve: Contact['evolve'] = (state, event) => {
  const { type, data, occurredAt: last } = event
  if (type === 'ContactRegistered') {
    return { status: 'active', described: describedIn(data), addresses: [], last }
  }
  if (state.status === 'absent') return state
  switch (type) {
    case 'ContactRevised':
      return { ...state, described: patched(state.described, only(isPublic, data)), last }
    case 'ContactArchived':
      return { ...state, status: 'archived', last }
    case 'AddressAdded':
    case 'AddressRevised':
    case 'AddressArchived':
    case 'AddressPreferred':
      return { ...state, addresses: evolveAddresses(state.addresses, event) }
    // No rule sees personal values, so none of them changes with an erasure.
    case 'PersonalDataErased':
      return state
  }
}

const personalNames = new Set(
  Object.keys(personalFields(z.object({ ...contactRequired, ...contactDescriptive }))),
)
const isPersonal = (name: string): boolean => personalNames.has(name)
const isPublic = (name: string): boolean => !personalNames.has(name)

const only = <Data extends object>(wanted: (name: string) => boolean, data: Data): Data =>
  Object.fromEntries(Object.entries(data).filter(([name]) => wanted(name))) as Data

const describedIn = (data: Fields): Described => only(isPublic, data)

export const contact: Contact = { initialState: { status: 'absent' }, decide, evolve }
