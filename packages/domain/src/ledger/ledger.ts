/**
 * The log as a record of its own: which periods are closed, under which name and key it is signed,
 * how much of it may be gone. What weighs needs a second person.
 *
 * @module
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Decider } from '../decider.ts'
import type { DataOf } from '../message.ts'
import { defined } from '../patch.ts'
import { isTooEarly, tooEarly, type When } from '../refusal.ts'
import type { CalendarDate } from '../time/calendar-date.ts'
import type { Instant } from '../time/instant.ts'
import type { Closing, LedgerEvent } from './events.ts'

type Data<Type extends LedgerEvent['type']> = DataOf<LedgerEvent, Type>
type Asked<Type extends string, Asking> = { readonly type: Type; readonly data: Asking & When }

export type LedgerCommand =
  | Asked<'SealPeriod', Closing & { readonly today: CalendarDate }>
  | Asked<'DeclareRestore', Data<'LedgerRestored'>>
  | Asked<'RotateAuditKey', Data<'AuditKeyRotated'>>
  | Asked<'RecordExport', Data<'ExportProduced'>>
  | Asked<'ApplyRetention', Data<'RetentionApplied'>>

/** A period that is closed, from its first to its last day. */
export interface SealedPeriod {
  readonly period: string
  readonly from: CalendarDate
  readonly to: CalendarDate
  readonly digest: string
}

export interface LedgerState {
  readonly sealed: readonly SealedPeriod[]
  /** The name that the tree is signed under, where a restore gave it another one. */
  readonly origin: string | undefined
  /** The key that the log is signed with, where it was changed. */
  readonly key: string | undefined
  /** Events below this may be gone. */
  readonly floor: number
  readonly exports: number
  readonly last: Instant | undefined
}

export type LedgerRefusal =
  | { readonly type: 'OccurredTooEarly'; readonly last: Instant }
  /** What is closed stays as it is: days of it are closed already, or something happened in it. */
  | { readonly type: 'PeriodSealed'; readonly period: string }
  | { readonly type: 'PeriodNotOver'; readonly period: string; readonly to: CalendarDate }
  /** Who asks for something is not who agrees to it. */
  | { readonly type: 'ApprovalOwn' }

type Ledger = Decider<LedgerCommand, LedgerState, LedgerEvent, LedgerRefusal>

const decide: Ledger['decide'] = ({ type, data: asked }, state) => {
  if (isTooEarly(asked, state.last)) return tooEarly(state.last)
  switch (type) {
    case 'SealPeriod': {
      const { today, occurredAt: _when, ...closing } = asked
      if (closing.to >= today) {
        return E.left({ type: 'PeriodNotOver', period: closing.period, to: closing.to })
      }
      const closed = state.sealed.find(({ from, to }) => from <= closing.to && closing.from <= to)
      if (closed !== undefined) return E.left({ type: 'PeriodSealed', period: closed.period })
      const previous = state.sealed.at(-1)?.digest
      return E.right([{ type: 'PeriodSealed', data: defined({ ...closing, previous }) }])
    }
    case 'DeclareRestore': {
      const { occurredAt: _when, ...data } = asked
      if (data.approvedBy === data.by) return own
      return E.right([{ type: 'LedgerRestored', data }])
    }
    case 'RotateAuditKey': {
      const { occurredAt: _when, ...data } = asked
      if (data.approvedBy === data.by) return own
      return E.right([{ type: 'AuditKeyRotated', data: defined(data) }])
    }
    case 'RecordExport': {
      const { occurredAt: _when, ...data } = asked
      if (data.approvedBy === data.by) return own
      return E.right([{ type: 'ExportProduced', data: defined(data) }])
    }
    case 'ApplyRetention': {
      const { occurredAt: _when, ...data } = asked
      if (data.approvedBy === data.by) return own
      if (data.floor <= state.floor) return E.right([])
      return E.right([{ type: 'RetentionApplied', data }])
    }
  }
}

const own = E.left({ type: 'ApprovalOwn' as const })

const evolve: Ledger['evolve'] = (before, { type, data, occurredAt }) => {
  const state = { ...before, last: occurredAt }
  switch (type) {
    case 'PeriodSealed': {
      const { period, from, to, digest } = data
      return { ...state, sealed: [...state.sealed, { period, from, to, digest }] }
    }
    case 'LedgerRestored':
      return { ...state, origin: data.origin }
    case 'AuditKeyRotated':
      return { ...state, key: data.to }
    case 'ExportProduced':
      return { ...state, exports: state.exports + 1 }
    case 'RetentionApplied':
      return { ...state, floor: data.floor }
  }
}

/** The closed period that a day lies in. */
export const sealedPeriodOf = (
  { sealed }: Pick<LedgerState, 'sealed'>,
  day: CalendarDate,
): SealedPeriod | undefined => sealed.find(({ from, to }) => from <= day && day <= to)

export const ledger: Ledger = {
  initialState: {
    sealed: [],
    origin: undefined,
    key: undefined,
    floor: 0,
    exports: 0,
    last: undefined,
  },
  decide,
  evolve,
}
