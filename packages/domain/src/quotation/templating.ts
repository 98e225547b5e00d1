/**
 * How a template is applied to a draft. It brings lines, options, words and days of validity; what
 * somebody wrote or changed by hand stays, unless it is named to go.
 *
 * @module
 */
import * as E from 'fp-ts/lib/Either.js'
import { defined } from '../patch.ts'
import type { Applying } from './command.ts'
import { describedChanges } from './content.ts'
import { type Decision, editable, fact, happened, refused } from './decision.ts'
import { type DraftingEvent, templateWords } from './events.ts'
import { listDifferences } from './lines.ts'
import { optionListDifferences } from './options.ts'
import type { Priced } from './reckoning.ts'
import type { QuotationRefusal } from './refusal.ts'
import { headed, relisted } from './rewriting.ts'
import type { Begun, Content } from './state.ts'
import type { Figuring } from './totals.ts'

export const templateApplied = (
  { vatRounding, ...asked }: Applying & Pick<Figuring, 'vatRounding'>,
  state: Begun,
): Decision =>
  relisted(state, vatRounding, (content) => {
    const gone = replacedBy(asked, content)
    if (E.isLeft(gone)) return gone
    const { lines, options } = withTemplate(asked, content, gone.right)
    const texts = new Map(asked.lines.map(({ line, text }) => [line.id, text]))
    const words = wordsAfter(asked, content)
    return E.right({
      lines,
      options,
      tell: (after) => [
        ...headed(describedChanges(content, words.changes)),
        applied(asked, words.own),
        ...listDifferences(content.lines, after.lines, texts),
        ...optionListDifferences(content.options, after.options),
      ],
    })
  })

/** What goes with the template before: what of it nobody touched or took, and what is named. */
const replacedBy = (
  { mode, dropEdited = [] }: Applying,
  { template, options }: Content,
): E.Either<QuotationRefusal, ReadonlySet<string>> => {
  const unknown = dropEdited.find((id) => !template?.edited.includes(id))
  if (unknown !== undefined) return refused({ type: 'LineUnknown', lineId: unknown })
  if (mode === 'append' || template === undefined) return E.right(new Set(dropEdited))
  const taken = new Set(options.filter((each) => each.taken !== undefined).map(({ id }) => id))
  const untouched = [...template.lines, ...template.options].filter((id) => !taken.has(id))
  return E.right(new Set([...untouched, ...dropEdited]))
}

/** The new lines come where the first of the old ones stood, else at the end. */
const withTemplate = (
  asked: Applying,
  { lines, options }: Content,
  gone: ReadonlySet<string>,
): Priced => ({
  lines: replaced(
    lines,
    gone,
    asked.lines.map(({ line }) => line),
  ),
  options: replaced(
    options,
    gone,
    asked.options.map(({ option }) => option),
  ),
})

const replaced = <Entry extends { readonly id: string }>(
  entries: readonly Entry[],
  gone: ReadonlySet<string>,
  added: readonly Entry[],
): readonly Entry[] => {
  const first = entries.findIndex(({ id }) => gone.has(id))
  const kept = entries.filter(({ id }) => !gone.has(id))
  // What stands before the first one that goes, stays: so many entries are in front.
  return kept.toSpliced(first === -1 ? kept.length : first, 0, ...added)
}

type Word = (typeof templateWords)[number]

/** Words are brought where there are none, or only those of the template before. */
const wordsAfter = (
  { words, mode }: Applying,
  { template, described, present }: Content,
): {
  readonly own: readonly Word[]
  readonly changes: Readonly<Partial<Record<Word, string | null>>>
} => {
  const isFree = (name: Word) =>
    (template?.words.includes(name) ?? false) ||
    (name === 'subject' ? !present.subject : described[name] === undefined)
  const own = templateWords.filter((name) => words[name] !== undefined && isFree(name))
  const cleared = templateWords.filter(
    (name) => mode === 'replace' && words[name] === undefined && template?.words.includes(name),
  )
  return {
    own,
    changes: Object.fromEntries([
      ...own.map((name) => [name, words[name]]),
      ...cleared.map((name) => [name, null]),
    ]),
  }
}

const applied = (
  { templateId, templateRevision, name, mode, validityDays, lines, options }: Applying,
  words: readonly Word[],
): DraftingEvent => ({
  type: 'QuotationTemplateApplied',
  data: defined({
    templateId,
    templateRevision,
    name,
    mode,
    validityDays,
    lines: lines.map(({ line, templateLineId }) => ({ lineId: line.id, templateLineId })),
    options: options.map(({ option, templateLineId }) => ({ optionId: option.id, templateLineId })),
    words: [...words],
  }),
})

export const templateRemoved = (state: Begun): Decision => {
  const version = editable(state)
  if (E.isLeft(version)) return version
  return version.right.content.template === undefined
    ? refused({ type: 'NoTemplateApplied' })
    : happened(fact('QuotationTemplateRemoved', {}))
}
