/**
 * A stage is a step on a company's way to a sale. A win stands in one that is flagged `won`.
 *
 * @module
 */
import type { Decider } from '../decider.ts'
import type { Ulid } from '../id.ts'
import type { DataOf } from '../message.ts'
import { type CommonRefusal } from '../refusal.ts'
import { type Entry, type EntryCommand, entry } from './entry.ts'
import type { StageEvent } from './events.ts'

type Fields = DataOf<StageEvent, 'StageCreated'>
type Changes = DataOf<StageEvent, 'StageRevised'>

export type StageCommand = EntryCommand<'Stage', Fields, Changes>
export type StageState = Entry<Fields>
export type StageRefusal = CommonRefusal

export const stage: Decider<StageCommand, StageState, StageEvent, StageRefusal> = entry<
  'Stage',
  Fields,
  Changes
>('Stage')

/** What moving to this stage must know of it; `undefined` if there is none of this id. */
export const stageFacts = (id: Ulid, state: StageState) =>
  state.status === 'absent'
    ? undefined
    : {
        id,
        name: state.fields.name,
        won: state.fields.won,
        archived: state.status === 'archived',
      }
