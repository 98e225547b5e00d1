/**
 * A template as it is applied to an offer: its lines and options under ids of their own, with what
 * they leave out filled in by their products as they are now.
 *
 * @module
 */
import type { Money, QuotationCommand, TemplateOption } from '@forsat/domain'
import * as E from 'fp-ts/lib/Either.js'
import type { StateOf } from '../aggregate.ts'
import { invalid, type Refusal } from '../refusal.ts'
import type { Setting } from '../use-case.ts'
import { pricedOption } from './option-input.ts'
import { pricedLine } from './pricing.ts'
import { productPrice, type Tender } from './unit-price.ts'

type Applying = Omit<
  Extract<QuotationCommand, { type: 'ApplyQuotationTemplate' }>['data'],
  'vatRounding' | 'occurredAt' | 'occurredOn'
>
type Fields = Extract<StateOf<'template'>, { readonly fields: unknown }>['fields']

/** What of a template is wanted; by default all of it. */
export interface Wanted extends Pick<Applying, 'mode' | 'dropEdited'> {
  readonly withoutLines?: boolean
  readonly withoutOptions?: boolean
}

/** The template that was named, for an offer in some money. */
export const applyingOf = async (
  templateId: string,
  wanted: Wanted,
  tender: Tender,
  setting: Setting,
): Promise<E.Either<Refusal, Applying>> => {
  const { company, companies, facts } = setting
  if (!company.policies.features.templates) {
    return E.left({ type: 'FeatureOff', feature: 'templates' })
  }
  const template = await facts.template(templateId, company.id)
  if (template === undefined || template.state.status === 'absent') {
    const owner = await facts.ownerOf('template', templateId)
    const isSeen = owner !== undefined && (companies?.includes(owner) ?? true)
    return isSeen
      ? E.left({ type: 'TemplateOfOtherCompany' })
      : invalid('/templateId', 'is no template of this company')
  }
  const { state, revision } = template
  if (state.status === 'archived') return E.left({ type: 'TemplateArchived' })
  return filledIn(state.fields, { templateId, templateRevision: revision }, wanted, tender, setting)
}

const filledIn = async (
  { name, validityDays, lines, options, subject, terms, paymentTerms, deliveryTerms }: Fields,
  which: Pick<Applying, 'templateId' | 'templateRevision'>,
  { withoutLines = false, withoutOptions = false, ...how }: Wanted,
  tender: Tender,
  setting: Setting,
): Promise<E.Either<Refusal, Applying>> => {
  const made = await each(withoutLines ? [] : lines, 'line', async ({ id: _id, ...line }) => {
    if (line.kind !== 'item') return pricedLine(line, tender, setting)
    const price = await priceIn(tender, line, setting)
    if (E.isLeft(price)) return price
    return pricedLine({ ...line, unitPrice: price.right }, tender, setting)
  })
  if (E.isLeft(made)) return made
  const offered = await each(
    withoutOptions ? [] : options,
    'option',
    async ({ id: _id, ...option }) => {
      const price = await priceIn(tender, option, setting)
      if (E.isLeft(price)) return price
      return pricedOption({ ...option, unitPrice: price.right }, tender, setting)
    },
  )
  if (E.isLeft(offered)) return offered
  return E.right({
    ...which,
    ...how,
    name,
    validityDays,
    lines: made.right.map(([line, templateLineId]) => ({ ...line, templateLineId })),
    options: offered.right.map(([option, templateLineId]) => ({ option, templateLineId })),
    words: { subject, terms, paymentTerms, deliveryTerms },
  })
}

/** What becomes of each, with the id that it has in the template. */
const each = async <Entry extends { readonly id: string }, Made>(
  entries: readonly Entry[],
  noun: string,
  make: (entry: Entry) => Promise<E.Either<Refusal, Made>>,
): Promise<E.Either<Refusal, readonly (readonly [Made, string])[]>> => {
  const all: (readonly [Made, string])[] = []
  for (const [index, entry] of entries.entries()) {
    const made = await make(entry)
    if (E.isLeft(made)) return E.left(ofEntry(made.left, `${noun} ${index + 1}`))
    all.push([made.right, entry.id])
  }
  return E.right(all)
}

/** What is wrong with a line of the template is wrong with the template that was named. */
const ofEntry = (refusal: Refusal, entry: string): Refusal =>
  refusal.type === 'InvalidRequest'
    ? {
        type: 'InvalidRequest',
        errors: refusal.errors.map(({ pointer, detail }) => ({
          pointer: '/templateId',
          detail: `has a ${entry} that cannot be offered: ${pointer.slice(1)} ${detail}`,
        })),
      }
    : refusal

/** A price in other money is converted by the rate of the day, as a product's would be. */
const priceIn = async (
  tender: Tender,
  { unitPrice, quantity = '1' }: Pick<TemplateOption, 'unitPrice' | 'quantity'>,
  setting: Setting,
): Promise<E.Either<Refusal, Money | undefined>> => {
  if (unitPrice === undefined || unitPrice.currency === tender.currency) return E.right(unitPrice)
  const priced = { name: '', saleable: true, prices: [{ unitPrice }] }
  return productPrice(priced, { quantity }, tender, setting, '')
}
