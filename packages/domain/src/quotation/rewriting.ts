/**
 * What every change of a draft has in common: figures are worked out anew, by the rules in force then,
 * and recorded with the last event of the act.
 *
 * @module
 */
import * as E from 'fp-ts/lib/Either.js'
import { changesIn, isEmpty, isSame } from '../patch.ts'
import { alreadyExists } from '../refusal.ts'
import { type Decision, editable, happened, refused } from './decision.ts'
import type { DataOf, DraftingEvent, QuotationEvent } from './events.ts'
import { mostLines } from './line.ts'
import { mostOptions } from './option.ts'
import { type Priced, type Reckoned, reckoned } from './reckoning.ts'
import type { QuotationRefusal } from './refusal.ts'
import type { Begun, Content } from './state.ts'
import type { Figuring, Totals } from './totals.ts'

/** Another list of lines, of options, or both. */
export interface Relisting extends Partial<Priced> {
  /** What happened to them, once it is known what they come to. */
  readonly tell: (after: Reckoned) => readonly DraftingEvent[]
}

/** A draft with other lists; a rule of rounding that changed meanwhile is told with it. */
export const relisted = (
  state: Begun,
  vatRounding: Figuring['vatRounding'],
  plan: (content: Content) => E.Either<QuotationRefusal, Relisting>,
): Decision => {
  const version = editable(state)
  if (E.isLeft(version)) return version
  const { content } = version.right
  const planned = plan(content)
  if (E.isLeft(planned)) return planned
  const { lines = content.lines, options = content.options, tell } = planned.right
  const result = refigured({ lines, options }, { ...content, vatRounding })
  if (E.isLeft(result)) return result
  const told = tell(result.right)
  if (told.length === 0) return happened()
  const events = [...headed(changesIn(content, { vatRounding })), ...told]
  return happened(...withTotals(events, result.right.totals, content))
}

export const headed = (data: DataOf<'QuotationRevised'>): readonly DraftingEvent[] =>
  isEmpty(data) ? [] : [{ type: 'QuotationRevised', data }]

export const refigured = (
  { lines, options }: Priced,
  by: Figuring,
): E.Either<QuotationRefusal, Reckoned> => {
  if (lines.length > mostLines) return refused({ type: 'TooManyLines', most: mostLines })
  if (options.length > mostOptions) return refused({ type: 'TooManyOptions', most: mostOptions })
  const ids = [...lines, ...options].map(({ id }) => id)
  const isListedTwice = new Set(ids).size < ids.length
  return isListedTwice ? alreadyExists : reckoned({ lines, options }, by)
}

/** The last event of an act tells what the whole offer comes to then, where that is another sum. */
export const withTotals = (
  events: readonly DraftingEvent[],
  totals: Totals,
  before: Pick<Content, 'totals'>,
): readonly QuotationEvent[] =>
  isSame(totals, before.totals)
    ? events
    : events.map((event, index) =>
        index === events.length - 1
          ? ({ ...event, data: { ...event.data, totals } } as DraftingEvent)
          : event,
      )
