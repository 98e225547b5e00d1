/**
 * How an offer is written: drafted, changed, its lines put together. Figures are worked out with every
 * change and recorded with its last event.
 *
 * @module
 */
import * as E from 'fp-ts/lib/Either.js'
import { changesIn, defined, isEmpty, isSame } from '../patch.ts'
import { alreadyExists } from '../refusal.ts'
import type { Drafting, LineAdding, LineRevising, LineWithText, Revising, When } from './command.ts'
import { describedChanges } from './content.ts'
import { type Decision, editable, fact, happened, refused } from './decision.ts'
import type { DataOf, QuotationEvent } from './events.ts'
import { mostLines, type PricedLine, type QuotationLine } from './line.ts'
import type { Begun, Content } from './state.ts'
import { type Figuring, figured } from './totals.ts'

/** The longest lines, in bytes of JSON, that the first event carries: the log takes 64 KiB an event. */
const budget = 24 * 1024

/** In UTF-8. */
const bytesOf = (value: object): number =>
  encodeURIComponent(JSON.stringify(value)).replace(/%../g, '%').length

/** As many lines from the start as fit into one event. */
const fitting = (lines: readonly LineWithText[]): number => {
  let bytes = 0
  const end = lines.findIndex((line) => {
    bytes += bytesOf(line)
    return bytes > budget
  })
  return end === -1 ? lines.length : end
}

export const drafted = ({ lines, occurredAt: _told, ...fields }: Drafting & When): Decision => {
  if (lines.length > mostLines) return refused({ type: 'TooManyLines', most: mostLines })
  const whole = figured(
    lines.map(({ line }) => line),
    fields,
  )
  if (E.isLeft(whole)) return whole
  const cut = fitting(lines)
  const first = figured(
    lines.slice(0, cut).map(({ line }) => line),
    fields,
  )
  if (E.isLeft(first)) return first
  const words = lines
    .slice(0, cut)
    .flatMap(({ line, text }) =>
      line.kind === 'note' && text !== undefined ? [[line.id, text] as const] : [],
    )
  const others = whole.right.lines
    .slice(cut)
    .map((line, index) =>
      fact(
        'QuotationLineAdded',
        defined({ line, text: lines[cut + index]?.text, position: cut + index }),
      ),
    )
  return happened(
    fact(
      'QuotationDrafted',
      defined({
        ...fields,
        lines: [...first.right.lines],
        words: words.length === 0 ? undefined : Object.fromEntries(words),
        totals: first.right.totals,
      }),
    ),
    ...withTotals(others, whole.right.totals),
  )
}

/** The last event of an act tells what the whole offer comes to then. */
const withTotals = (
  events: readonly QuotationEvent[],
  totals: Content['totals'],
): readonly QuotationEvent[] =>
  events.map((event, index) =>
    index === events.length - 1
      ? ({ ...event, data: { ...event.data, totals } } as QuotationEvent)
      : event,
  )

/** The rules of a draft's figures, by the company's rules as they are now. */
const figuringOf = (
  { currency, digits, pricesIncludeTax }: Content,
  vatRounding: Figuring['vatRounding'],
): Figuring => ({ currency, digits, pricesIncludeTax, vatRounding })

export const revised = ({ changes, digits, vatRounding }: Revising, state: Begun): Decision => {
  const version = editable(state)
  if (E.isLeft(version)) return version
  const { content } = version.right
  const { contactId, lines, language, currency, pricesIncludeTax, ...fields } = changes
  const hasPrices = content.lines.some(({ kind }) => kind === 'item')
  const isOtherCurrency = currency !== undefined && currency !== content.currency
  if (isOtherCurrency && hasPrices && lines === undefined) {
    return refused({ type: 'CurrencyFixed', currency: content.currency })
  }

  const isRefigured = lines !== undefined || isOtherCurrency || pricesIncludeTax !== undefined
  const by: Figuring = {
    currency: currency ?? content.currency,
    digits,
    pricesIncludeTax: pricesIncludeTax ?? content.pricesIncludeTax,
    vatRounding,
  }
  const header = {
    ...describedChanges(content, fields),
    ...changesIn(content, defined({ language })),
    ...(isRefigured ? changesIn(content, by) : {}),
  }
  const told = [
    ...(contactId === undefined || contactId === content.contactId
      ? []
      : [fact('QuotationCustomerChanged', { contactId })]),
    ...(isEmpty(header) ? [] : [fact('QuotationRevised', header)]),
  ]
  if (!isRefigured) return happened(...told)
  const listed = lines === undefined ? content.lines.map(bare) : lines
  return refigured(listed, lines !== undefined, content, by, told)
}

const bare = (line: QuotationLine): LineWithText => ({ line })

/** What changes of the lines and of what they come to, behind what was told already. */
const refigured = (
  lines: readonly LineWithText[],
  isNewList: boolean,
  content: Content,
  by: Figuring,
  told: readonly QuotationEvent[],
): Decision => {
  if (lines.length > mostLines) return refused({ type: 'TooManyLines', most: mostLines })
  const result = figured(
    lines.map(({ line }) => line),
    by,
  )
  if (E.isLeft(result)) return result
  const { totals } = result.right
  const texts = lines.map(({ text }) => text)
  const changes = isNewList ? differences(content.lines, result.right.lines, texts) : []
  const events = [...told, ...changes]
  const last = events.at(-1)
  const mayTell = last !== undefined && last.type !== 'QuotationCustomerChanged'
  return happened(
    ...(mayTell && !isSame(totals, content.totals) ? withTotals(events, totals) : events),
  )
}

/** How one list of lines becomes another: what is gone, what is new, what is changed or moved. */
const differences = (
  before: readonly QuotationLine[],
  after: readonly QuotationLine[],
  texts: readonly (string | undefined)[],
): readonly QuotationEvent[] => {
  const stays = new Set(after.map(({ id, kind }) => `${kind} ${id}`))
  const kept = before.filter(({ id, kind }) => stays.has(`${kind} ${id}`))
  const events = before
    .filter((line) => !kept.includes(line))
    .map(({ id: lineId }) => fact('QuotationLineRemoved', { lineId }))
  const order = kept.map(({ id }) => id)
  for (const [position, line] of after.entries()) {
    const known = kept.find(({ id }) => id === line.id)
    const text = texts[position]
    if (known === undefined) {
      events.push(fact('QuotationLineAdded', defined({ line, text, position })))
      order.splice(position, 0, line.id)
      continue
    }
    const isMoved = order[position] !== line.id
    if (isMoved) {
      order.splice(order.indexOf(line.id), 1)
      order.splice(position, 0, line.id)
    }
    const changes = defined({
      ...lineChanges(known, line),
      text,
      position: isMoved ? position : undefined,
    })
    if (isEmpty(changes)) continue
    events.push(fact('QuotationLineRevised', { lineId: line.id, ...changes }))
  }
  return events
}

type LineChange = Omit<DataOf<'QuotationLineRevised'>, 'lineId' | 'text' | 'position' | 'totals'>

const lineChanges = (before: QuotationLine, after: QuotationLine): LineChange => {
  if (before.kind === 'item' && after.kind === 'item') {
    const { id: _id, kind: _kind, taxRate, ...fields } = after
    const { productId = null, unit = null, discountPercent = null } = after
    return {
      ...changesIn(before, { ...fields, productId, unit, discountPercent }),
      ...(taxRate === before.taxRate ? {} : { taxRate }),
    }
  }
  if (before.kind === 'section' && after.kind === 'section') {
    return changesIn(before, { description: after.description })
  }
  return {}
}

export const lineAdded = (
  { line, text, position, vatRounding }: LineAdding,
  state: Begun,
): Decision =>
  relined(state, vatRounding, (lines) =>
    lines.some((each) => each.line.id === line.id)
      ? alreadyExists
      : E.right(
          lines.toSpliced(Math.min(position ?? lines.length, lines.length), 0, { line, text }),
        ),
  )

export const lineRevised = (
  { lineId, changes, text, position, vatRounding }: LineRevising,
  state: Begun,
): Decision =>
  relined(state, vatRounding, (lines) => {
    const at = lines.findIndex(({ line }) => line.id === lineId)
    const known = lines[at]
    if (known === undefined) return refused({ type: 'LineUnknown', lineId })
    const line = { line: lineAfter(known.line, changes), text }
    return E.right(
      position === undefined
        ? lines.with(at, line)
        : lines.toSpliced(at, 1).toSpliced(Math.min(position, lines.length - 1), 0, line),
    )
  })

const lineAfter = (line: PricedLine, changes: LineRevising['changes']): PricedLine => {
  if (line.kind === 'note') return line
  if (line.kind === 'section')
    return { ...line, description: changes.description ?? line.description }
  const { productId, unit, discountPercent, ...others } = changes
  const clearable = Object.entries({ productId, unit, discountPercent })
  const cleared = new Set(clearable.flatMap(([name, value]) => (value === null ? [name] : [])))
  const set = Object.fromEntries(clearable.filter(([, value]) => typeof value === 'string'))
  const kept = Object.entries(line).filter(([name]) => !cleared.has(name))
  return { ...Object.fromEntries(kept), ...defined(others), ...set } as PricedLine
}

export const lineRemoved = (
  {
    lineId,
    vatRounding,
  }: { readonly lineId: string; readonly vatRounding: Figuring['vatRounding'] },
  state: Begun,
): Decision =>
  relined(state, vatRounding, (lines) =>
    lines.some(({ line }) => line.id === lineId)
      ? E.right(lines.filter(({ line }) => line.id !== lineId))
      : refused({ type: 'LineUnknown', lineId }),
  )

/** The draft with another list of lines; a rule of rounding that changed meanwhile is told with it. */
const relined = (
  state: Begun,
  vatRounding: Figuring['vatRounding'],
  change: (
    lines: readonly LineWithText[],
  ) => E.Either<Parameters<typeof refused>[0], readonly LineWithText[]>,
): Decision => {
  const version = editable(state)
  if (E.isLeft(version)) return version
  const { content } = version.right
  const lines = change(content.lines.map(bare))
  if (E.isLeft(lines)) return lines
  const decided = refigured(lines.right, true, content, figuringOf(content, vatRounding), [])
  if (E.isLeft(decided) || decided.right.length === 0) return decided
  if (vatRounding === content.vatRounding) return decided
  return happened(fact('QuotationRevised', { vatRounding }), ...decided.right)
}
