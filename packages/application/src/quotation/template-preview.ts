/**
 * What a template would change of a draft, told before it does.
 *
 * @module
 */
import {
  type Content,
  type Item,
  type QuotationLine,
  type QuotationState,
  validityOf,
  workedOn,
} from '@forsat/domain'
import * as E from 'fp-ts/lib/Either.js'
import type { Aggregate, StateOf } from '../aggregate.ts'
import type { CommandHandler } from '../command-handler.ts'
import type { Acting } from '../context.ts'
import { notFound, type Refusal } from '../refusal.ts'
import type { Command } from '../use-cases.ts'

/** A line or an option, as far as somebody needs it to know which one is meant. */
export interface Previewed
  extends Partial<
    Pick<Item, 'productId' | 'quantity' | 'unit' | 'unitPrice' | 'discountPercent' | 'amount'>
  > {
  readonly id: string
  readonly kind: QuotationLine['kind']
  readonly description: string
  /** Of a template, and changed by hand: it goes only where `dropEdited` names it. */
  readonly edited?: true
}

interface Changes {
  readonly removed: readonly Previewed[]
  readonly kept: readonly Previewed[]
  readonly added: readonly Previewed[]
}

/** Of lines, and beside them of options. */
export interface TemplatePreview extends Changes {
  readonly options: Changes
  /** Words that would be others; `null` where none would be left. */
  readonly words: Readonly<Partial<Record<Word, string | null>>>
  /** The last day, were it sent today; absent where it would never expire. */
  readonly validUntil?: string
  readonly totals: Content['totals']
}

const words = ['subject', 'terms', 'paymentTerms', 'deliveryTerms'] as const
type Word = (typeof words)[number]

export type ApplyingCommand = Extract<Command, { readonly type: 'ApplyQuotationTemplate' }>

export const previewTemplate = async (
  command: ApplyingCommand,
  context: Acting,
  { preview }: Pick<CommandHandler, 'preview'>,
): Promise<E.Either<Refusal, TemplatePreview>> => {
  const decided = await preview({ command }, context)
  if (E.isLeft(decided)) return decided
  const { before, after, setting } = decided.right
  const [was, is] = [draftIn(before), draftIn(after)]
  if (was === undefined || is === undefined) return notFound
  const { validUntil } = validityOf({
    typed: is.content.described.validUntil,
    templateDays: is.content.template?.validityDays,
    companyDays: setting.company.policies.validityDays,
    today: setting.when.occurredOn,
  })
  return E.right({
    ...changesOf('lines', was, is),
    options: changesOf('options', was, is),
    words: Object.fromEntries(
      words
        .map((name) => [name, wordIn(name, was), wordIn(name, is)] as const)
        .flatMap(([name, from, to]) => (from === to ? [] : [[name, to ?? null]])),
    ),
    ...(validUntil !== undefined && { validUntil }),
    totals: is.content.totals,
  })
}

interface Draft {
  readonly content: Content
  readonly personal: Aggregate['personal']
}

const draftIn = ({ state, personal }: Aggregate): Draft | undefined => {
  const known = state as StateOf<'quotation'> & QuotationState
  const content = 'current' in known ? workedOn(known)?.content : undefined
  return content && { content, personal }
}

const wordIn = (name: Word, { content, personal }: Draft): string | undefined => {
  if (name !== 'subject') return content.described[name]
  const { subject } = personal
  return content.present.subject && typeof subject === 'string' ? subject : undefined
}

const changesOf = (list: 'lines' | 'options', was: Draft, is: Draft): Changes => {
  const ids = (entries: readonly { readonly id: string }[]) => new Set(entries.map(({ id }) => id))
  const [before, after] = [ids(was.content[list]), ids(is.content[list])]
  const shownIn = (draft: Draft, isWanted: (id: string) => boolean) =>
    draft.content[list].filter(({ id }) => isWanted(id)).map((entry) => previewed(entry, draft))
  return {
    removed: shownIn(was, (id) => !after.has(id)),
    kept: shownIn(is, (id) => before.has(id)),
    added: shownIn(is, (id) => !before.has(id)),
  }
}

const previewed = (entry: QuotationLine, { content, personal }: Draft): Previewed => {
  const { id, kind } = entry
  const edited = content.template?.edited.includes(id) ? { edited: true as const } : {}
  if (entry.kind === 'note') {
    const text = personal[`${id}.text`]
    return { id, kind, description: typeof text === 'string' ? text : '', ...edited }
  }
  if (entry.kind === 'section') return { id, kind, description: entry.description, ...edited }
  const { productId, description, quantity, unit, unitPrice, discountPercent, amount } = entry
  return {
    id,
    kind,
    ...(productId !== undefined && { productId }),
    description,
    quantity,
    ...(unit !== undefined && { unit }),
    unitPrice,
    ...(discountPercent !== undefined && { discountPercent }),
    amount,
    ...edited,
  }
}
