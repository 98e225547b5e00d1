/**
 * The one catalogue of aggregates: what each category of streams is decided by and read with.
 *
 * @module
 */
import { apiKey } from './catalogue/api-key.ts'
import {
  apiKeyCodec,
  companyCodec,
  lostReasonCodec,
  productCodec,
  stageCodec,
  teamCodec,
  userCodec,
} from './catalogue/codec.ts'
import { company } from './catalogue/company.ts'
import { lostReason } from './catalogue/lost-reason.ts'
import { product } from './catalogue/product.ts'
import { stage } from './catalogue/stage.ts'
import { team } from './catalogue/team.ts'
import { user } from './catalogue/user.ts'
import { contactCodec } from './contact/codec.ts'
import { contact } from './contact/contact.ts'
import { Ulid } from './id.ts'
import { opportunityCodec } from './opportunity/codec.ts'
import { opportunity } from './opportunity/opportunity.ts'

export const aggregates = {
  opportunity: { decider: opportunity, codec: opportunityCodec },
  contact: { decider: contact, codec: contactCodec },
  lostreason: { decider: lostReason, codec: lostReasonCodec },
  stage: { decider: stage, codec: stageCodec },
  team: { decider: team, codec: teamCodec },
  company: { decider: company, codec: companyCodec },
  product: { decider: product, codec: productCodec },
  user: { decider: user, codec: userCodec },
  apikey: { decider: apiKey, codec: apiKeyCodec },
} as const

export type Category = keyof typeof aggregates
export type AnyCodec = (typeof aggregates)[Category]['codec']

const categories = Object.keys(aggregates) as Category[]

/** Where events of a stored type belong, by that type: `OpportunityWon.v1`. */
export interface EventTypeEntry {
  readonly storedType: string
  /** The event's name, without its version. */
  readonly name: string
  readonly category: Category
  readonly codec: AnyCodec
}

/** The events that are written now. Retired shapes are read by the codec of their category. */
export const eventTypes = (): readonly EventTypeEntry[] =>
  categories.flatMap((category) => {
    const { codec } = aggregates[category]
    return Object.entries(codec.storedTypes).map(([name, storedType]) => ({
      storedType,
      name,
      category,
      codec,
    }))
  })

/** The stream of a record: the first dash ends the category. */
export const streamOf = (category: Category, id: Ulid): string => `${category}-${id}`

/** The record of a stream; `undefined` for a stream that is none of ours. */
export const parseStream = (
  stream: string,
): { readonly category: Category; readonly id: Ulid } | undefined => {
  const dash = stream.indexOf('-')
  const category = categories.find((each) => each === stream.slice(0, dash))
  const id = Ulid.safeParse(stream.slice(dash + 1))
  return category === undefined || !id.success ? undefined : { category, id: id.data }
}
