/**
 * A series of numbers of one company, kind of document and year. Numbers are taken one by one, each
 * for a document; one that was taken for a document that never came to be is a gap with a record.
 *
 * @module
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Decider } from '../decider.ts'
import type { DataOf } from '../message.ts'
import type { When } from '../refusal.ts'
import type { NumberingEvent } from './events.ts'

export interface NumberingCommand {
  readonly type: 'TakeNumber'
  readonly data: Omit<DataOf<NumberingEvent, 'NumberTaken'>, 'value'> & When
}

export interface NumberingState {
  /** The number taken last; 0 before the first. */
  readonly last: number
}

type Numbering = Decider<NumberingCommand, NumberingState, NumberingEvent, never>

const decide: Numbering['decide'] = ({ data }, { last }) => {
  const { series, year, for: document } = data
  return E.right([{ type: 'NumberTaken', data: { series, year, value: last + 1, for: document } }])
}

const evolve: Numbering['evolve'] = (_state, { data: { value } }) => ({ last: value })

export const numbering: Numbering = { initialState: { last: 0 }, decide, evolve }
