/**
 * A template is an offer to begin others from: lines, optional products, words and days of validity.
 * What was made from it is a copy, so no change of a template changes a quotation.
 *
 * @module
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Decider } from '../decider.ts'
import type { DataOf } from '../message.ts'
import { patched } from '../patch.ts'
import type { CommonRefusal } from '../refusal.ts'
import { bytesOf } from '../text/bytes.ts'
import { type Entry, type EntryCommand, entry } from './entry.ts'
import type { TemplateEvent } from './events.ts'

export type TemplateFields = DataOf<TemplateEvent, 'TemplateCreated'>
type Changes = DataOf<TemplateEvent, 'TemplateRevised'>

export type TemplateCommand = EntryCommand<'Template', TemplateFields, Changes>
export type TemplateState = Entry<TemplateFields>
export type TemplateRefusal =
  | CommonRefusal
  /** All that it says together is more than one event of the log takes. */
  | { readonly type: 'TemplateTooLarge'; readonly mostBytes: number }

/** In bytes of JSON: the log takes 64 KiB an event, and an event may tell a template whole. */
const budget = 48 * 1024

type Template = Decider<TemplateCommand, TemplateState, TemplateEvent, TemplateRefusal>

const list = entry<'Template', TemplateFields, Changes>('Template')

const decide: Template['decide'] = (command, state) => {
  const decided = list.decide(command, state)
  if (E.isLeft(decided)) return decided
  const known = state.status === 'absent' ? {} : state.fields
  const said = decided.right.reduce((fields, { data }) => patched(fields, data), known)
  return bytesOf(said) > budget ? E.left({ type: 'TemplateTooLarge', mostBytes: budget }) : decided
}

export const template: Template = { ...list, decide }
