/**
 * The one catalogue of aggregates: what each category of streams is decided by and read with.
 *
 * @module
 */
import { assignmentRunCodec } from './assignment/codec.ts'
import { assignmentRun } from './assignment/run.ts'
import { apiKey } from './catalogue/api-key.ts'
import {
  apiKeyCodec,
  companyCodec,
  lostReasonCodec,
  productCodec,
  stageCodec,
  teamCodec,
  templateCodec,
  userCodec,
} from './catalogue/codec.ts'
import { company } from './catalogue/company.ts'
import { lostReason } from './catalogue/lost-reason.ts'
import { product } from './catalogue/product.ts'
import { stage } from './catalogue/stage.ts'
import { team } from './catalogue/team.ts'
import { template } from './catalogue/template.ts'
import { user } from './catalogue/user.ts'
import type { Codec } from './codec.ts'
import { contactCodec } from './contact/codec.ts'
import { contact } from './contact/contact.ts'
import { deliveryCodec } from './delivery/codec.ts'
import { delivery } from './delivery/delivery.ts'
import { ledgerCodec } from './ledger/codec.ts'
import { ledger } from './ledger/ledger.ts'
import { numberingCodec } from './numbering/codec.ts'
import { numbering } from './numbering/numbering.ts'
import { opportunityCodec } from './opportunity/codec.ts'
import { opportunity } from './opportunity/opportunity.ts'
import { quotationCodec } from './quotation/codec.ts'
import { quotation } from './quotation/quotation.ts'

export const aggregates = {
  opportunity: { decider: opportunity, codec: opportunityCodec },
  quotation: { decider: quotation, codec: quotationCodec },
  delivery: { decider: delivery, codec: deliveryCodec },
  contact: { decider: contact, codec: contactCodec },
  lostreason: { decider: lostReason, codec: lostReasonCodec },
  stage: { decider: stage, codec: stageCodec },
  team: { decider: team, codec: teamCodec },
  company: { decider: company, codec: companyCodec },
  product: { decider: product, codec: productCodec },
  template: { decider: template, codec: templateCodec },
  user: { decider: user, codec: userCodec },
  assignmentrun: { decider: assignmentRun, codec: assignmentRunCodec },
  numbering: { decider: numbering, codec: numberingCodec },
  ledger: { decider: ledger, codec: ledgerCodec },
  apikey: { decider: apiKey, codec: apiKeyCodec },
} as const

export type Category = keyof typeof aggregates

/** Of a codec, what the events of any aggregate can be read and described with. */
export type EventReader = Omit<Codec<{ readonly type: string; readonly data: object }>, 'encode'>

/** An event that is written now, and where it belongs. */
export interface EventType {
  /**
   * Without its version, `OpportunityWon`. A name that several categories have, means the same event
   * in each.
   */
  readonly name: string
  /** `OpportunityWon.v1`. */
  readonly storedType: string
  readonly category: Category
  /** Reads the retired shapes of this event too. */
  readonly codec: EventReader
}

/** Every event there is. */
export const eventTypes = (): readonly EventType[] =>
  (Object.keys(aggregates) as Category[]).flatMap((category) => {
    const { codec } = aggregates[category]
    return Object.entries(codec.storedTypes).map(([name, storedType]) => ({
      name,
      storedType,
      category,
      codec,
    }))
  })
