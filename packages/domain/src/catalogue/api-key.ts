/**
 * An API key lets a program act for a user. The key itself is shown once and kept nowhere.
 *
 * @module
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Decider } from '../decider.ts'
import type { DataOf } from '../message.ts'
import {
  alreadyExists,
  type CommonRefusal,
  isTooEarly,
  notFound,
  tooEarly,
  type When,
} from '../refusal.ts'
import type { Instant } from '../time/instant.ts'
import type { ApiKeyEvent } from './events.ts'

type Issued = DataOf<ApiKeyEvent, 'ApiKeyIssued'>

export type ApiKeyCommand =
  | { readonly type: 'IssueApiKey'; readonly data: Issued & When }
  | { readonly type: 'RevokeApiKey'; readonly data: When }

export type ApiKeyState =
  | { readonly status: 'absent' }
  | {
      readonly status: 'issued' | 'revoked'
      readonly issued: Issued
      readonly last: Instant | undefined
    }

type ApiKey = Decider<ApiKeyCommand, ApiKeyState, ApiKeyEvent, CommonRefusal>

const decide: ApiKey['decide'] = ({ type, data }, state) => {
  switch (type) {
    case 'IssueApiKey': {
      if (state.status !== 'absent') return alreadyExists
      const { occurredAt: _, ...issued } = data
      return E.right([{ type: 'ApiKeyIssued', data: issued }])
    }
    case 'RevokeApiKey':
      if (state.status === 'absent') return notFound
      if (isTooEarly(data, state.last)) return tooEarly(state.last)
      if (state.status === 'revoked') return E.right([])
      return E.right([{ type: 'ApiKeyRevoked', data: {} }])
  }
}

const evolve: ApiKey['evolve'] = (state, { type, data, occurredAt: last }) => {
  switch (type) {
    case 'ApiKeyIssued':
      return { status: 'issued', issued: data, last }
    case 'ApiKeyRevoked':
      return state.status === 'absent' ? state : { ...state, status: 'revoked', last }
  }
}

export const apiKey: ApiKey = { initialState: { status: 'absent' }, decide, evolve }
