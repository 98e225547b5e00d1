/**
 * A quotation made from another: what is offered is taken over, what belongs to one document is not:
 * number, dates, the customer's reference and answers, the ids of other systems.
 *
 * @module
 */
import { type Content, isErased, Ulid, workedOn } from '@forsat/domain'
import * as E from 'fp-ts/lib/Either.js'
import * as z from 'zod'
import type { Aggregate } from '../aggregate.ts'
import { made } from '../input.ts'
import { notFound } from '../refusal.ts'
import { useCase } from '../use-case.ts'
import { fromOpportunity } from './from-opportunity.ts'
import { partiesOf } from './parties.ts'

export const duplicateUseCases = [
  useCase({
    name: 'DuplicateQuotation',
    category: 'quotation',
    kind: 'create',
    input: z.strictObject({ ...made, from: Ulid }),
    parent: ({ from }) => ({ category: 'quotation', id: from }),
    command: async ({ from }, setting) => {
      const { when, company, facts, ids } = setting
      const source = await facts.quotation(from, company.id)
      if (source === undefined || !('current' in source.state)) return notFound
      const { content } = workedOn(source.state) ?? source.state.current
      const { language, currency, pricesIncludeTax, contactId, described } = content
      const { validUntil: _date, externalIds: _ids, opportunityId: named, ...others } = described
      const opportunity = named && (await facts.survivor(named, company.id))
      // One that was withdrawn is not found: the copy belongs to the customer alone.
      const stands = opportunity && 'facts' in opportunity.state
      const opportunityId = stands ? opportunity.id : undefined
      const allowed = await fromOpportunity({ opportunityId }, setting)
      if (E.isLeft(allowed)) return allowed
      return E.right({
        type: 'DraftQuotation',
        data: {
          ...when,
          ...(contactId === undefined ? {} : { contactId }),
          ...others,
          ...personalOf(source),
          ...(opportunityId === undefined ? {} : { opportunityId }),
          language,
          currency,
          digits: company.digitsOf(currency),
          pricesIncludeTax,
          vatRounding: company.policies.vatRounding,
          lines: copiesOf(content.lines, source, ids),
          options: content.options.map((option) => ({ ...option, id: ids.next() })),
          template: content.template && sameTemplate(content.template),
          copiedFrom: from,
          ...(await partiesOf({ ...others, contactId }, setting)),
        },
      })
    },
  }),
] as const

/** Its days count for the copy too; the lines are there already. */
const sameTemplate = ({
  id: templateId,
  revision: templateRevision,
  name,
  validityDays,
}: NonNullable<Content['template']>) => ({
  templateId,
  templateRevision,
  name,
  mode: 'append' as const,
  validityDays,
  lines: [],
  options: [],
  words: {},
})

const personalOf = ({ personal }: Pick<Aggregate, 'personal'>) => {
  const { subject, internalNote } = personal
  return {
    ...(typeof subject === 'string' ? { subject } : {}),
    ...(typeof internalNote === 'string' ? { internalNote } : {}),
  }
}

/** Under ids of their own. A note that was erased stays behind. */
const copiesOf = (
  lines: Content['lines'],
  { personal }: Pick<Aggregate, 'personal'>,
  ids: { next(): string },
) =>
  lines.flatMap((line) => {
    const text = personal[`${line.id}.text`]
    if (line.kind === 'note' && (typeof text !== 'string' || isErased(text))) return []
    const copy = { line: { ...line, id: ids.next() } }
    return [line.kind === 'note' ? { ...copy, text: String(text) } : copy]
  })
