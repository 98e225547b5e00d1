/**
 * How a draft is changed: what it says, its terms, its lines. Figures are worked out anew with every
 * change that touches them, by the rules in force then, and recorded with the last event of the act.
 *
 * @module
 */
import * as E from 'fp-ts/lib/Either.js'
import { changesIn, defined, isEmpty, isSame } from '../patch.ts'
import { alreadyExists } from '../refusal.ts'
import type { Addressing, LineAdding, LineRevising, Revising, When } from './command.ts'
import { contentAfter, type DraftingEvent, describedChanges } from './content.ts'
import { type Decision, editable, happened, refused } from './decision.ts'
import type { DataOf, QuotationEvent } from './events.ts'
import { mostLines, type PricedLine, type QuotationLine } from './line.ts'
import { lineAfter, lineDifferences, listDifferences } from './lines.ts'
import type { QuotationRefusal } from './refusal.ts'
import type { Begun, Content } from './state.ts'
import { type Figured, type Figuring, figured, type Totals } from './totals.ts'

export const revised = (
  { changes, addressing = {}, digits, vatRounding }: Revising,
  state: Begun,
): Decision => {
  const version = editable(state)
  if (E.isLeft(version)) return version
  const { content } = version.right
  const { contactId, lines, language, ...named } = changes
  const { currency = content.currency, pricesIncludeTax = content.pricesIncludeTax } = named
  const isOtherCurrency = currency !== content.currency
  if (isOtherCurrency && lines === undefined && content.lines.some(isItem)) {
    return refused({ type: 'CurrencyFixed', currency: content.currency })
  }

  // A setting of digits that changed since leaves what is priced already as it is.
  const terms = { currency, digits: isOtherCurrency ? digits : content.digits, pricesIncludeTax }
  const result = refigured(lines?.map(({ line }) => line) ?? content.lines, {
    ...terms,
    vatRounding,
  })
  if (E.isLeft(result)) return result
  const texts = new Map(lines?.map(({ line, text }) => [line.id, text]))
  const listed = lines ? listDifferences(content.lines, result.right.lines, texts) : []

  // The addresses that were chosen go with the customer, so what is said of them is said anew.
  const customer = customerChanged(contactId, content)
  const before = customer.reduce(contentAfter, content)
  const retermed = changesIn(content, terms)
  const isPricedAnew = listed.length > 0 || !isEmpty(retermed)
  const header = {
    ...describedChanges(before, named),
    ...changesIn(content, defined({ language })),
    ...retermed,
    ...(isPricedAnew ? changesIn(content, { vatRounding }) : {}),
  }
  const events = [...customer, ...addressed(addressing), ...headed(header), ...listed]
  return isPricedAnew
    ? happened(...withTotals(events, result.right.totals, content))
    : happened(...events)
}

const isItem = ({ kind }: QuotationLine): boolean => kind === 'item'

const customerChanged = (
  contactId: string | undefined,
  content: Content,
): readonly DraftingEvent[] =>
  contactId === undefined || contactId === content.contactId
    ? []
    : [{ type: 'QuotationCustomerChanged', data: { contactId } }]

const addressed = (data: Addressing): readonly DraftingEvent[] =>
  isEmpty(defined(data)) ? [] : [{ type: 'QuotationAddressed', data: defined(data) }]

/** Takes over whom it is for as that is known now; only a draft follows its customer. */
export const addressedAnew = (
  { occurredAt: _at, occurredOn: _on, ...data }: Addressing & When,
  state: Begun,
): Decision => {
  const version = editable(state)
  return E.isLeft(version) ? version : happened(...addressed(data))
}

const headed = (data: DataOf<'QuotationRevised'>): readonly DraftingEvent[] =>
  isEmpty(data) ? [] : [{ type: 'QuotationRevised', data }]

export const lineAdded = (
  { line, text, position, vatRounding }: LineAdding,
  state: Begun,
): Decision =>
  relined(state, vatRounding, (lines) => {
    const at = Math.min(position ?? lines.length, lines.length)
    return E.right({
      lines: inserted(lines, at, line),
      tell: (after) =>
        after.slice(at, at + 1).map((added) => ({
          type: 'QuotationLineAdded',
          data: defined({ line: added, text, position: at }),
        })),
    })
  })

export const lineRevised = (
  { lineId, changes, text, position, vatRounding }: LineRevising,
  state: Begun,
): Decision =>
  relined(state, vatRounding, (lines) => {
    const at = lines.findIndex(({ id }) => id === lineId)
    const known = lines[at]
    if (known === undefined) return refused({ type: 'LineUnknown', lineId })
    const to = Math.min(position ?? at, lines.length - 1)
    return E.right({
      lines: inserted(lines.toSpliced(at, 1), to, lineAfter(known, changes)),
      tell: (after) =>
        after.slice(to, to + 1).flatMap((line) => {
          const differences = lineDifferences(known, line, text)
          const data = to === at ? differences : { ...differences, position: to }
          return isEmpty(data) ? [] : [{ type: 'QuotationLineRevised', data: { lineId, ...data } }]
        }),
    })
  })

export const lineRemoved = (
  {
    lineId,
    vatRounding,
  }: { readonly lineId: string; readonly vatRounding: Figuring['vatRounding'] },
  state: Begun,
): Decision =>
  relined(state, vatRounding, (lines) => {
    const others = lines.filter(({ id }) => id !== lineId)
    return others.length === lines.length
      ? refused({ type: 'LineUnknown', lineId })
      : E.right({
          lines: others,
          tell: () => [{ type: 'QuotationLineRemoved', data: { lineId } }],
        })
  })

const inserted = (
  lines: readonly PricedLine[],
  at: number,
  line: PricedLine,
): readonly PricedLine[] => lines.toSpliced(at, 0, line)

interface Relisting {
  readonly lines: readonly PricedLine[]
  /** What happened to them, once it is known what they come to. */
  readonly tell: (after: readonly QuotationLine[]) => readonly DraftingEvent[]
}

/** Another list of lines; a rule of rounding that changed meanwhile is told with it. */
const relined = (
  state: Begun,
  vatRounding: Figuring['vatRounding'],
  plan: (lines: readonly QuotationLine[]) => E.Either<QuotationRefusal, Relisting>,
): Decision => {
  const version = editable(state)
  if (E.isLeft(version)) return version
  const { content } = version.right
  const planned = plan(content.lines)
  if (E.isLeft(planned)) return planned
  const result = refigured(planned.right.lines, { ...content, vatRounding })
  if (E.isLeft(result)) return result
  const told = planned.right.tell(result.right.lines)
  if (told.length === 0) return happened()
  const events = [...headed(changesIn(content, { vatRounding })), ...told]
  return happened(...withTotals(events, result.right.totals, content))
}

const refigured = (
  lines: readonly PricedLine[],
  by: Figuring,
): E.Either<QuotationRefusal, Figured> => {
  if (lines.length > mostLines) return refused({ type: 'TooManyLines', most: mostLines })
  const isListedTwice = new Set(lines.map(({ id }) => id)).size < lines.length
  return isListedTwice ? alreadyExists : figured(lines, by)
}

/** The last event of an act tells what the whole offer comes to then, where that is another sum. */
const withTotals = (
  events: readonly DraftingEvent[],
  totals: Totals,
  before: Content,
): readonly QuotationEvent[] =>
  isSame(totals, before.totals)
    ? events
    : events.map((event, index) =>
        index === events.length - 1
          ? ({ ...event, data: { ...event.data, totals } } as DraftingEvent)
          : event,
      )
