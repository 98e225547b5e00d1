/**
 * What a version says: the public fields by their values, the personal ones only by whether they hold
 * something, the lines and options, and what they come to.
 *
 * @module
 */
import * as z from 'zod'
import { changesIn, defined, patched } from '../patch.ts'
import { personalFields } from '../personal.ts'
import { templateAfter } from './applied-template.ts'
import {
  type DataOf,
  type DraftingEvent,
  type QuotationEvent,
  quotationDescriptive,
} from './events.ts'
import type { QuotationLine } from './line.ts'
import { listWith } from './listing.ts'
import type { Option } from './option.ts'
import type { Content } from './state.ts'

type PersonalField = keyof Content['present']

const personalNames = Object.keys(personalFields(z.object(quotationDescriptive))) as PersonalField[]
const publicNames = new Set(Object.keys(quotationDescriptive)).difference(new Set(personalNames))

/** The fields that an act may change; `null` clears. */
type Changes = Partial<Omit<DataOf<'QuotationRevised'>, 'totals'>>

const publicIn = (data: object): object =>
  Object.fromEntries(Object.entries(data).filter(([name]) => publicNames.has(name)))

const presentIn = (data: Changes): Partial<Content['present']> =>
  Object.fromEntries(
    personalNames
      .filter((name) => data[name] !== undefined)
      .map((name) => [name, data[name] !== null]),
  )

/**
 * The described fields that change. Public ones are compared. A personal one that arrives with a value
 * is a change: whoever asks has compared it, for its value is not known here.
 */
export const describedChanges = (
  { described, present }: Content,
  changes: Changes,
): Partial<DataOf<'QuotationRevised'>> => {
  const personal = personalNames.filter(
    (name) => changes[name] !== undefined && (changes[name] !== null || present[name]),
  )
  return defined({
    ...changesIn(described, publicIn(changes)),
    ...Object.fromEntries(personal.map((name) => [name, changes[name]])),
  })
}

/** What a first draft says. */
export const contentOf = (data: DataOf<'QuotationDrafted'>): Content => ({
  ...defined({ contactId: data.contactId }),
  language: data.language,
  currency: data.currency,
  digits: data.digits,
  pricesIncludeTax: data.pricesIncludeTax,
  vatRounding: data.vatRounding,
  described: publicIn(data),
  present: { customerReference: false, subject: false, internalNote: false, ...presentIn(data) },
  lines: data.lines,
  options: [],
  totals: data.totals,
})

/** As it is taken over by the next version: a date that was typed for this one is not meant there. */
export const copied = ({ described, ...content }: Content): Content => {
  const { validUntil: _typed, ...others } = described
  return { ...content, described: others }
}

export const contentAfter = (content: Content, event: DraftingEvent): Content => {
  const { template: before, ...said } = saidAfter(content, event)
  const template = templateAfter(before, event)
  return template === undefined ? said : { ...said, template }
}

const saidAfter = (content: Content, { type, data }: DraftingEvent): Content => {
  switch (type) {
    case 'QuotationRevised':
      return { ...described(content, data), ...figuring(data), ...told(data) }
    case 'QuotationCustomerChanged': {
      const { invoiceAddressId: _i, deliveryAddressId: _d, ...others } = content.described
      return { ...content, contactId: data.contactId, described: others }
    }
    case 'QuotationAddressed':
      // Names and addresses are personal: no rule asks what they are.
      return content
    case 'QuotationLineAdded': {
      const lines = content.lines.toSpliced(data.position, 0, data.line)
      return { ...content, lines, ...told(data) }
    }
    case 'QuotationLineRevised':
      return { ...content, lines: linesAfter(content.lines, data), ...told(data) }
    case 'QuotationLineRemoved': {
      const lines = content.lines.filter(({ id }) => id !== data.lineId)
      return { ...content, lines, ...told(data) }
    }
    case 'OptionOffered': {
      const options = content.options.toSpliced(data.position, 0, data.option)
      return { ...content, options, ...told(data) }
    }
    case 'OptionRevised':
      return { ...content, options: optionsAfter(content.options, data), ...told(data) }
    case 'OptionWithdrawn': {
      const options = content.options.filter(({ id }) => id !== data.optionId)
      return { ...content, options, ...told(data) }
    }
    case 'QuotationTemplateApplied':
      return { ...content, ...told(data) }
    case 'QuotationTemplateRemoved':
      return content
  }
}

/** With the described fields after a change. */
export const described = (content: Content, data: Changes): Content => ({
  ...content,
  described: patched(content.described, publicIn(data)),
  present: { ...content.present, ...presentIn(data) },
})

const figuring = ({
  language,
  currency,
  digits,
  pricesIncludeTax,
  vatRounding,
}: DataOf<'QuotationRevised'>): Partial<Content> =>
  defined({ language, currency, digits, pricesIncludeTax, vatRounding }) as Partial<Content>

const told = ({ totals }: Pick<DataOf<'QuotationRevised'>, 'totals'>): Partial<Content> =>
  totals === undefined ? {} : { totals }

const linesAfter = (
  lines: readonly QuotationLine[],
  data: DataOf<'QuotationLineRevised'>,
): readonly QuotationLine[] => {
  const { lineId, text: _text, position, totals: _totals, ...changes } = data
  return listWith(lines, lineId, (line) => itemAfter(line, changes), position)
}

const optionsAfter = (
  options: readonly Option[],
  data: DataOf<'OptionRevised'>,
): readonly Option[] => {
  const { optionId, position, totals: _totals, ...changes } = data
  return listWith(options, optionId, (option) => itemAfter(option, changes), position)
}

/** Of a tax rate alone, null is a value: exempt. */
const itemAfter = <Line extends QuotationLine>(
  line: Line,
  { taxRate, ...changes }: { readonly taxRate?: string | null | undefined },
): Line => ({
  ...patched(line, changes),
  ...(line.kind === 'item' && { taxRate: taxRate === undefined ? line.taxRate : taxRate }),
})

/** The offer after an option of it was answered. */
export const contentAnswered = (
  content: Content,
  { type, data }: Extract<QuotationEvent, { type: 'OptionAccepted' | 'OptionDeclined' }>,
): Content => ({
  ...content,
  options: listWith(
    content.options,
    data.optionId,
    ({ taken: _taken, declined: _declined, ...offered }): Option => {
      if (type === 'OptionDeclined') return { ...offered, declined: true }
      const { quantity, discount, amount } = data
      return { ...offered, taken: { quantity, discount, amount } }
    },
    undefined,
  ),
  totals: data.totals,
})
