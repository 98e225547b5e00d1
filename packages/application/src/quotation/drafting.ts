/**
 * What may be asked of a quotation while it is written.
 *
 * @module
 */
import {
  clearable,
  FreeText,
  optional,
  plain,
  QuotationEvent,
  type QuotationState,
  quotationCodec,
  quotationDescriptive,
  Ulid,
  workedOn,
} from '@forsat/domain'
import * as E from 'fp-ts/lib/Either.js'
import * as z from 'zod'
import { withoutUnchanged } from '../aggregate.ts'
import { made, target } from '../input.ts'
import { ownChanges, withAttributes } from '../own-fields.ts'
import { invalid, notFound } from '../refusal.ts'
import { type Setting, useCase } from '../use-case.ts'
import { checkedFields } from './fields.ts'
import { fromOpportunity, refusedMove } from './from-opportunity.ts'
import { checkLine, ListedLine, lineShape, NewLine } from './line-input.ts'
import { revisedLine } from './line-revision.ts'
import { ListedOption, NewOption, pricedOptions } from './option-input.ts'
import { addressingOf, chosenAnew, partiesOf } from './parties.ts'
import { pricedLine, pricedLines } from './pricing.ts'
import { applyingOf } from './templating.ts'
import type { Tender } from './unit-price.ts'

const descriptive = plain(quotationDescriptive)
const { language, currency, pricesIncludeTax } = QuotationEvent.options[0].shape.data.shape
const terms = { language, currency, pricesIncludeTax }

/** The version that is written, or what there is of one: the domain says which acts it allows. */
export const contentIn = (state: QuotationState) =>
  'current' in state ? (workedOn(state) ?? state.current).content : undefined

/** A template that is named is taken whole; of the usual one only what the call does not list itself. */
const beginningWith = async (
  {
    templateId,
    lines,
    options,
  }: {
    readonly templateId?: string | null | undefined
    readonly lines?: readonly object[] | undefined
    readonly options?: readonly object[] | undefined
  },
  tender: Tender,
  setting: Setting,
) => {
  const mode = 'append'
  if (typeof templateId === 'string') return applyingOf(templateId, { mode }, tender, setting)
  const { company, facts } = setting
  const usual = templateId === null ? undefined : company.defaultTemplateId
  const known = usual && (await facts.template(usual, company.id))
  if (!usual || !known || known.state.status !== 'active') return E.right(undefined)
  const withoutLines = lines !== undefined
  const withoutOptions = withoutLines || options !== undefined
  return applyingOf(usual, { mode, withoutLines, withoutOptions }, tender, setting)
}

const category = 'quotation'

export const draftingUseCases = [
  useCase({
    name: 'DraftQuotation',
    category,
    kind: 'create',
    input: z.strictObject({
      ...made,
      contactId: Ulid.optional(),
      ...optional(terms),
      ...optional(descriptive),
      /** What it begins from; left out the company's usual one, `null` is none. */
      templateId: Ulid.nullable().optional(),
      lines: z.array(NewLine).max(1000).optional(),
      options: z.array(NewOption).max(1000).optional(),
    }),
    parent: ({ opportunityId, contactId }) => {
      if (opportunityId !== undefined) return { category: 'opportunity', id: opportunityId }
      if (contactId === undefined) return undefined
      return { category: 'contact', id: contactId, pointer: '/contactId' }
    },
    command: async ({ id, templateId, lines, options, ...asked }, setting) => {
      const { company, facts, when } = setting
      const filled = await fromOpportunity(asked, setting)
      if (E.isLeft(filled)) return filled
      const { contactId } = filled.right
      if (contactId === undefined && asked.opportunityId === undefined) {
        return invalid('/contactId', 'is required where no opportunity is named')
      }
      const contact = contactId && (await facts.contactFacts(contactId, company.id))
      if (contactId !== undefined && !contact) {
        return invalid('/contactId', 'is no contact of this company')
      }
      // Whom the opportunity names was known there: that they have left since is no obstacle here.
      const { salespersonId, teamId } = filled.right
      const named = { salespersonId: asked.salespersonId, teamId: asked.teamId }
      const fields = await checkedFields({ ...filled.right, ...named }, setting, contactId, id)
      if (E.isLeft(fields)) return fields
      const { currency: of = company.currency } = fields.right
      const tender = { currency: of, digits: company.digitsOf(of) }
      const priced = await pricedLines(lines ?? [], tender, setting)
      if (E.isLeft(priced)) return priced
      const offered = await pricedOptions(options ?? [], tender, setting)
      if (E.isLeft(offered)) return offered
      const template = await beginningWith({ templateId, lines, options }, tender, setting)
      if (E.isLeft(template)) return template
      const spoken =
        contact && contact.state.status !== 'absent' ? contact.state.described.language : undefined
      return E.right({
        type: 'DraftQuotation',
        data: {
          ...when,
          ...fields.right,
          salespersonId,
          teamId,
          language: fields.right.language ?? spoken ?? company.language,
          ...tender,
          pricesIncludeTax: fields.right.pricesIncludeTax ?? false,
          vatRounding: company.policies.vatRounding,
          lines: priced.right,
          ...(await partiesOf(fields.right, setting)),
          options: offered.right,
          template: template.right,
        },
      })
    },
  }),
  useCase({
    name: 'ReviseQuotation',
    category,
    input: z.strictObject({
      ...target,
      contactId: Ulid.optional(),
      ...optional(terms),
      ...clearable(descriptive),
      ...ownChanges,
      lines: z.array(ListedLine).max(1000).optional(),
      options: z.array(ListedOption).max(1000).optional(),
    }),
    command: async ({ id, lines, options, ...asked }, setting, quotation) => {
      const { state, personal } = quotation
      const { company, facts, when } = setting
      const content = contentIn(state)
      if (content === undefined) return notFound
      if (asked.contactId && !(await facts.contact(asked.contactId, company.id))) {
        return invalid('/contactId', 'is no contact of this company')
      }
      const moved = await refusedMove(asked.opportunityId, content.described.opportunityId, setting)
      if (moved !== undefined) return moved
      const contactId = asked.contactId ?? content.contactId
      const merged = withAttributes(asked, content.described.attributes)
      if (E.isLeft(merged)) return merged
      const fields = await checkedFields(merged.right, setting, contactId, id)
      if (E.isLeft(fields)) return fields
      const { currency: of = content.currency } = asked
      const digits = of === content.currency ? content.digits : company.digitsOf(of)
      const tender = { currency: of, digits }
      const priced = lines && (await pricedLines(lines, tender, setting, content.lines))
      if (priced && E.isLeft(priced)) return priced
      const offered = options && (await pricedOptions(options, tender, setting, content.options))
      if (offered && E.isLeft(offered)) return offered
      const changes = withoutUnchanged(
        fields.right,
        personal,
        quotationCodec.personal.QuotationRevised,
      )
      const chosen = chosenAnew(asked, content)
      const listed = priced?.right.map(({ line, text }) => ({
        line,
        text: text === personal[`${line.id}.text`] ? undefined : text,
      }))
      return E.right({
        type: 'ReviseQuotation',
        data: {
          ...when,
          changes: {
            ...changes,
            ...(listed && { lines: listed }),
            ...(offered && { options: offered.right }),
          },
          ...(chosen && { addressing: addressingOf(await partiesOf(chosen, setting), quotation) }),
          digits,
          vatRounding: company.policies.vatRounding,
        },
      })
    },
  }),
  useCase({
    name: 'AddQuotationLine',
    category,
    input: z.strictObject({ ...target, ...lineShape }).superRefine(checkLine),
    command: async ({ id: _id, position, ...asked }, setting, { state }) => {
      const { company, when } = setting
      const content = contentIn(state)
      if (content === undefined) return notFound
      const line = await pricedLine(asked, content, setting)
      if (E.isLeft(line)) return line
      const { vatRounding } = company.policies
      return E.right({
        type: 'AddQuotationLine',
        data: { ...when, ...line.right, position, vatRounding },
      })
    },
  }),
  useCase({
    name: 'ReviseQuotationLine',
    category,
    input: z.strictObject({
      ...target,
      lineId: Ulid,
      position: lineShape.position,
      description: FreeText.optional(),
      quantity: lineShape.quantity,
      unitPrice: lineShape.unitPrice,
      taxRate: lineShape.taxRate,
      ...clearable({
        productId: Ulid,
        unit: lineShape.unit.unwrap(),
        discountPercent: lineShape.discountPercent.unwrap(),
      }),
    }),
    command: async ({ id: _id, lineId, position, ...asked }, setting, { state, personal }) => {
      const { company, when } = setting
      const content = contentIn(state)
      const line = content?.lines.find((each) => each.id === lineId)
      if (content === undefined || line === undefined) {
        return E.left({ type: 'LineUnknown', lineId })
      }
      const revised = await revisedLine(line, asked, content, setting)
      if (E.isLeft(revised)) return revised
      const { changes, text } = revised.right
      return E.right({
        type: 'ReviseQuotationLine',
        data: {
          ...when,
          lineId,
          changes,
          text: text === personal[`${lineId}.text`] ? undefined : text,
          position,
          vatRounding: company.policies.vatRounding,
        },
      })
    },
  }),
  useCase({
    name: 'RemoveQuotationLine',
    category,
    input: z.strictObject({ ...target, lineId: Ulid }),
    command: ({ lineId }, { when, company }) =>
      E.right({
        type: 'RemoveQuotationLine',
        data: { ...when, lineId, vatRounding: company.policies.vatRounding },
      }),
  }),
  /** Takes over whom it is for as that is known now. */
  useCase({
    name: 'RefreshQuotationAddresses',
    category,
    input: z.strictObject(target),
    command: async (_input, setting, quotation) => {
      const content = contentIn(quotation.state)
      if (content === undefined) return notFound
      const parties = await partiesOf({ ...content.described, ...content }, setting)
      const data = { ...setting.when, ...addressingOf(parties, quotation) }
      return E.right({ type: 'AddressQuotation', data })
    },
  }),
  useCase({
    name: 'DeleteQuotation',
    category,
    input: z.strictObject(target),
    command: (_input, { when }) => E.right({ type: 'DeleteQuotation', data: when }),
  }),
] as const
