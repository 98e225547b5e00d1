/**
 * How a draft is changed: what it says, its terms, its lines.
 *
 * @module
 */
import * as E from 'fp-ts/lib/Either.js'
import { changesIn, defined, isEmpty } from '../patch.ts'
import type { Addressing, LineAdding, LineRevising, Revising, When } from './command.ts'
import { contentAfter, describedChanges } from './content.ts'
import { type Decision, editable, happened, refused } from './decision.ts'
import type { DraftingEvent } from './events.ts'
import type { PricedLine, QuotationLine } from './line.ts'
import { lineAfter, lineDifferences, listDifferences } from './lines.ts'
import { withAnswer } from './option.ts'
import { optionListDifferences } from './options.ts'
import { headed, refigured, relisted, withTotals } from './rewriting.ts'
import type { Begun, Content } from './state.ts'
import type { Figuring } from './totals.ts'

export const revised = (
  { changes, addressing = {}, digits, vatRounding }: Revising,
  state: Begun,
): Decision => {
  const version = editable(state)
  if (E.isLeft(version)) return version
  const { content } = version.right
  const { contactId, lines, options, language, ...named } = changes
  const { currency = content.currency, pricesIncludeTax = content.pricesIncludeTax } = named
  const isOtherCurrency = currency !== content.currency
  const isPriced = {
    lines: lines === undefined && content.lines.some(isItem),
    options: options === undefined && content.options.length > 0,
  }
  if (isOtherCurrency && (isPriced.lines || isPriced.options)) {
    return refused({ type: 'CurrencyFixed', currency: content.currency })
  }

  // A setting of digits that changed since leaves what is priced already as it is.
  const terms = { currency, digits: isOtherCurrency ? digits : content.digits, pricesIncludeTax }
  const answers = new Map(content.options.map((option) => [option.id, option]))
  const result = refigured(
    {
      lines: lines?.map(({ line }) => line) ?? content.lines,
      options:
        options?.map((option) => withAnswer(option, answers.get(option.id) ?? {})) ??
        content.options,
    },
    { ...terms, vatRounding },
  )
  if (E.isLeft(result)) return result
  const texts = new Map(lines?.map(({ line, text }) => [line.id, text]))
  const listed = [
    ...(lines ? listDifferences(content.lines, result.right.lines, texts) : []),
    ...(options ? optionListDifferences(content.options, result.right.options) : []),
  ]

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

export const lineAdded = (
  { line, text, position, vatRounding }: LineAdding,
  state: Begun,
): Decision =>
  relisted(state, vatRounding, ({ lines }) => {
    const at = Math.min(position ?? lines.length, lines.length)
    return E.right({
      lines: inserted(lines, at, line),
      tell: ({ lines: after }) =>
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
  relisted(state, vatRounding, ({ lines }) => {
    const at = lines.findIndex(({ id }) => id === lineId)
    const known = lines[at]
    if (known === undefined) return refused({ type: 'LineUnknown', lineId })
    const to = Math.min(position ?? at, lines.length - 1)
    return E.right({
      lines: inserted(lines.toSpliced(at, 1), to, lineAfter(known, changes)),
      tell: ({ lines: after }) =>
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
  relisted(state, vatRounding, ({ lines }) => {
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
