/**
 * A lost reason is one of the answers to "why did we lose it?" that a company counts. Losses keep the
 * name it had then, so renaming or archiving it changes no past report's meaning.
 *
 * @module
 */
import type { Decider } from '../decider.ts'
import type { Ulid } from '../id.ts'
import type { DataOf } from '../message.ts'
import { type CommonRefusal } from '../refusal.ts'
import { type Entry, type EntryCommand, entry } from './entry.ts'
import type { LostReasonEvent } from './events.ts'

type Fields = DataOf<LostReasonEvent, 'LostReasonCreated'>
type Changes = DataOf<LostReasonEvent, 'LostReasonRevised'>

export type LostReasonCommand = EntryCommand<'LostReason', Fields, Changes>
export type LostReasonState = Entry<Fields>
export type LostReasonRefusal = CommonRefusal

export const lostReason: Decider<
  LostReasonCommand,
  LostReasonState,
  LostReasonEvent,
  LostReasonRefusal
> = entry<'LostReason', Fields, Changes>('LostReason')

/** What losing with this reason must know of it. */
export const lostReasonFacts = (id: Ulid, state: LostReasonState) =>
  state.status === 'absent'
    ? { id, unknown: true as const }
    : {
        id,
        name: state.fields.name,
        archived: state.status === 'archived',
        requiresNote: state.fields.requiresNote,
      }
