/**
 * What is left untouched of the template that a draft was made from, after each change of the draft.
 *
 * @module
 */
import { defined } from '../patch.ts'
import type { DraftingEvent } from './events.ts'
import type { AppliedTemplate } from './state.ts'

export const templateAfter = (
  template: AppliedTemplate | undefined,
  { type, data }: DraftingEvent,
): AppliedTemplate | undefined => {
  switch (type) {
    case 'QuotationTemplateApplied':
      return applied(template, data)
    case 'QuotationTemplateRemoved':
      return undefined
    case 'QuotationRevised':
      return template && { ...template, words: template.words.filter((name) => !(name in data)) }
    case 'QuotationLineRevised': {
      const { lineId, position: _position, totals: _totals, ...changes } = data
      return template && touched(template, lineId, changes)
    }
    case 'OptionRevised': {
      const { optionId, position: _position, totals: _totals, ...changes } = data
      return template && touched(template, optionId, changes)
    }
    case 'QuotationLineRemoved':
      return template && without(template, data.lineId)
    case 'OptionWithdrawn':
      return template && without(template, data.optionId)
    case 'QuotationCustomerChanged':
    case 'QuotationAddressed':
    case 'QuotationLineAdded':
    case 'OptionOffered':
      return template
  }
}

type Applied = Extract<DraftingEvent, { type: 'QuotationTemplateApplied' }>['data']

/** What was appended to it stays a template's, too. */
const applied = (before: AppliedTemplate | undefined, data: Applied): AppliedTemplate => {
  const { templateId: id, templateRevision: revision, name, mode, validityDays } = data
  const others = mode === 'append' ? before : undefined
  return defined({
    id,
    revision,
    name,
    validityDays,
    words: [...new Set([...(others?.words ?? []), ...data.words])],
    lines: [...(others?.lines ?? []), ...data.lines.map(({ lineId }) => lineId)],
    options: [...(others?.options ?? []), ...data.options.map(({ optionId }) => optionId)],
    edited: before?.edited ?? [],
  })
}

/** One that only moved is as it was. */
const touched = (template: AppliedTemplate, id: string, changes: object): AppliedTemplate => {
  const isOfTemplate = template.lines.includes(id) || template.options.includes(id)
  if (!isOfTemplate || Object.keys(changes).length === 0) return template
  return { ...without(template, id), edited: [...template.edited, id] }
}

const without = (template: AppliedTemplate, gone: string): AppliedTemplate => ({
  ...template,
  lines: template.lines.filter((id) => id !== gone),
  options: template.options.filter((id) => id !== gone),
  edited: template.edited.filter((id) => id !== gone),
})
