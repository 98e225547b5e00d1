/**
 * What stands on a printed quotation, text by text. HTML and PDF are made from it alike, so neither can
 * say what the other does not.
 *
 * @module
 */
import type { DocumentFacts } from './facts.ts'
import { addressesOf, type Block, customerOf, sellerOf } from './parties.ts'
import { erasable, type Run, type Said, said } from './run.ts'
import { type Speech, speechOf } from './speech.ts'
import { type Column, columnsOf, countedIn, type Entry, entriesOf, offeredIn } from './table.ts'

export interface Sheet {
  readonly language: Speech['language']
  readonly direction: Speech['direction']
  /** The heading as plain text. */
  readonly title: string
  readonly heading: Run
  /** That it is no offer that stands. */
  readonly mark?: string | undefined
  readonly about: readonly Labelled[]
  readonly blocks: readonly Block[]
  readonly subject?: Labelled | undefined
  readonly columns: readonly Column[]
  readonly entries: readonly Entry[]
  readonly sums: readonly Sum[]
  readonly totalInWords: Labelled
  readonly remarks: readonly string[]
  readonly offers?:
    | { readonly title: string; readonly note: string; readonly entries: readonly Entry[] }
    | undefined
  readonly terms: readonly Labelled[]
  readonly page: Speech['text']['page']
}

export interface Labelled {
  readonly label: string
  readonly value: Run
}

export interface Sum {
  readonly label: string
  readonly value: string
  readonly weight: 'soft' | 'plain' | 'strong'
}

export const sheetOf = (facts: DocumentFacts): Sheet => {
  const speech = speechOf(facts)
  const { text } = speech
  const { number, seller } = facts
  const [counted, onOffer] = [countedIn(facts), offeredIn(facts)]
  const isDiscounted = [...counted, ...onOffer].some(
    (line) => line.kind === 'item' && isSomething(line.discount.amount),
  )
  const entries = entriesOf(counted, speech, { isDiscounted })
  const offered = entriesOf(onOffer, speech, { isDiscounted })
  return {
    language: speech.language,
    direction: speech.direction,
    title: number === undefined ? text.quotation : `${text.quotation} ${said(number).said}`,
    heading: number === undefined ? [text.quotation] : [`${text.quotation} `, said(number)],
    mark: text.marks[facts.standing],
    about: aboutOf(facts, speech),
    blocks: [sellerOf(seller, speech), ...customerOf(facts, speech), ...addressesOf(facts, speech)],
    subject: labelled(text.subject, facts.subject, speech),
    columns: columnsOf(speech, { isDiscounted }, [...entries, ...offered]),
    entries,
    sums: sumsOf(facts, speech),
    totalInWords: { label: text.totalInWords, value: [speech.words(facts.totals.total.amount)] },
    remarks: remarksOf(facts, speech),
    offers:
      offered.length === 0
        ? undefined
        : { title: text.offered, note: text.offeredNote, entries: offered },
    terms: (['paymentTerms', 'deliveryTerms', 'terms'] as const).flatMap(
      (name) => labelled(text[name], facts[name], speech) ?? [],
    ),
    page: text.page,
  }
}

const isSomething = (amount: string): boolean => /[1-9]/.test(amount)

const labelled = (
  label: string,
  value: DocumentFacts['subject'],
  speech: Speech,
): Labelled | undefined =>
  value === undefined ? undefined : { label, value: [erasable(value, speech)] }

const aboutOf = (facts: DocumentFacts, speech: Speech): readonly Labelled[] => {
  const { text, date, number } = speech
  const { sentOn, validUntil, order, version, customerReference } = facts
  const row = (label: string, value: string | Said | undefined): readonly Labelled[] =>
    value === undefined ? [] : [{ label, value: [value] }]
  return [
    ...row(text.version, version > 1 ? number(String(version)) : undefined),
    ...row(text.date, sentOn && date(sentOn)),
    ...row(text.validUntil, validUntil && date(validUntil)),
    ...row(text.order, order && said(order.number)),
    ...row(text.confirmedOn, order && date(order.confirmedOn)),
    ...row(text.reference, customerReference && erasable(customerReference, speech)),
  ]
}

const sumsOf = ({ totals }: DocumentFacts, { text, money, percent }: Speech): readonly Sum[] => [
  ...(isSomething(totals.discount.amount)
    ? [
        {
          label: text.discountsTaken,
          value: money(totals.discount.amount),
          weight: 'soft' as const,
        },
      ]
    : []),
  { label: text.net, value: money(totals.net.amount), weight: 'plain' },
  ...totals.taxes.map(({ rate, base, tax }) => ({
    label:
      rate === null
        ? text.exemptOf(money(base.amount))
        : text.taxOf(percent(rate), money(base.amount)),
    value: money(tax.amount),
    weight: 'plain' as const,
  })),
  { label: text.total, value: money(totals.total.amount), weight: 'strong' },
]

const remarksOf = (
  { pricesIncludeTax, totals }: DocumentFacts,
  { text, unit, recorded }: Speech,
): readonly string[] => [
  recorded === undefined ? text.amountsIn(unit) : text.tomanSaid(recorded(totals.total.amount)),
  ...(pricesIncludeTax ? [text.withTax] : []),
]
