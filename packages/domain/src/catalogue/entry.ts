/**
 * An entry is anything a company keeps in a list: it is made, changed and put away, and what refers
 * to it goes on knowing it. Nothing is ever removed.
 *
 *     absent ──create──▶ active ──archive──▶ archived
 *
 * @module
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Decider, Occurred } from '../decider.ts'
import { changesIn, defined, isEmpty, patched } from '../patch.ts'
import {
  alreadyExists,
  type CommonRefusal,
  isTooEarly,
  notFound,
  tooEarly,
  type When,
} from '../refusal.ts'
import type { Instant } from '../time/instant.ts'

export type Entry<Fields> = Absent | Kept<Fields>

export interface Absent {
  readonly status: 'absent'
}

export interface Kept<Fields> {
  readonly status: 'active' | 'archived'
  readonly fields: Fields
  /** When the last thing happened to it, where that is known. */
  readonly last: Instant | undefined
}

export const absent: Absent = { status: 'absent' }

export type EntryCommand<Noun extends string, Fields, Changes> =
  | { readonly type: `Create${Noun}`; readonly data: Fields & When }
  | { readonly type: `Revise${Noun}`; readonly data: { readonly changes: Changes } & When }
  | { readonly type: `Archive${Noun}`; readonly data: When }

export type EntryEvent<Noun extends string, Fields, Changes> =
  | { readonly type: `${Noun}Created`; readonly data: Fields }
  | { readonly type: `${Noun}Revised`; readonly data: Changes }
  | { readonly type: `${Noun}Archived`; readonly data: Record<string, never> }

/**
 * The decider of an entry, by its noun.
 *
 * @example entry<'LostReason', Fields, Changes>('LostReason')
 */
export const entry = <const Noun extends string, Fields extends object, Changes extends object>(
  noun: Noun,
): Decider<
  EntryCommand<Noun, Fields, Changes>,
  Entry<Fields>,
  EntryEvent<Noun, Fields, Changes>,
  CommonRefusal
> => {
  type Event = EntryEvent<Noun, Fields, Changes>
  // The compiler does not narrow a union by a noun that it does not know yet: hence the casts.
  const happened = (type: Event['type'], data: object) => E.right([{ type, data } as Event])

  return {
    initialState: absent,
    decide: ({ type, data }, state) => {
      if (type === `Create${noun}`) {
        if (state.status !== 'absent') return alreadyExists
        const { occurredAt: _, ...fields } = data
        return happened(`${noun}Created`, defined(fields))
      }
      if (state.status === 'absent') return notFound
      if (isTooEarly(data, state.last)) return tooEarly(state.last)
      if (type === `Revise${noun}`) {
        const changes = changesIn(state.fields, (data as { readonly changes: Changes }).changes)
        return isEmpty(changes) ? E.right([]) : happened(`${noun}Revised`, changes)
      }
      return state.status === 'archived' ? E.right([]) : happened(`${noun}Archived`, {})
    },
    evolve: (state, event) => {
      if (event.type === `${noun}Created`) return begun(event.data as Fields, event)
      if (event.type === `${noun}Revised`) return revised(state, event.data, event)
      return archived(state, event)
    },
  }
}

type Happened = Occurred<object>

export const begun = <Fields>(fields: Fields, { occurredAt: last }: Happened): Kept<Fields> => ({
  status: 'active',
  fields,
  last,
})

export const revised = <Fields extends object>(
  state: Entry<Fields>,
  changes: object,
  { occurredAt: last }: Happened,
): Entry<Fields> =>
  state.status === 'absent' ? state : { ...state, fields: patched(state.fields, changes), last }

export const archived = <Fields>(
  state: Entry<Fields>,
  { occurredAt: last }: Happened,
): Entry<Fields> => (state.status === 'absent' ? state : { ...state, status: 'archived', last })
