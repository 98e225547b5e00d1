/**
 * A story is a sale as somebody lives it over HTTP: what is asked one thing after another, and what
 * must stand in the log once all of it was answered, whoever was killed meanwhile.
 *
 * @internal
 * @module
 */
import type { Dice } from '../../demo/random.ts'

/** The ids that earlier answers of a story gave. */
export type Known = Readonly<Record<string, string>>

export interface Step {
  readonly path: (known: Known) => string
  readonly body: (known: Known) => object
  /** What the id of the answer is called by the steps behind it. */
  readonly names?: string
}

/** The types that a stream ends up with; where more than one order of things is right, each of them. */
export type Ends = Readonly<Record<string, readonly (readonly string[])[]>>

export interface Story {
  readonly name: string
  readonly steps: readonly Step[]
  /** By the stream, as `opportunity` names its id. */
  readonly ends: Ends
}

/** What all stories share: who buys, and why sales are lost. */
export interface Ground {
  readonly contactId: string
  readonly reasonId: string
}

/** Up to where an offer is valid that is to be over when offers are looked through. Others hold for ever. */
const soon = '2026-03-20'

const opening = (title: string, { contactId }: Ground, names = 'opportunity'): Step => ({
  path: () => '/opportunities',
  body: () => ({ title, contactId }),
  names,
})

const drafting = (validity: { readonly validUntil?: string } = {}): Step => ({
  path: ({ opportunity }) => `/opportunities/${opportunity}/quotations`,
  body: () => ({
    ...validity,
    lines: [
      { description: 'Desk', quantity: '2', unitPrice: { amount: '1000000', currency: 'IRR' } },
    ],
  }),
  names: 'quotation',
})

const toQuotation = (command: string, body: object = {}): Step => ({
  path: ({ quotation }) => `/quotations/${quotation}/${command}`,
  body: () => body,
})

const toOpportunity = (command: string, body: object = {}): Step => ({
  path: ({ opportunity }) => `/opportunities/${opportunity}/${command}`,
  body: () => body,
})

const sending = toQuotation('send')
/** Two desks and ten percent of tax. */
const confirming = (version: number): Step =>
  toQuotation('confirm', { version, total: { amount: '2200000', currency: 'IRR' } })
const noting = toOpportunity('notes', { text: 'They called again.' })

const [opened, won, lost, reopened] = [
  'OpportunityOpened',
  'OpportunityWon',
  'OpportunityLost',
  'OpportunityReopened',
] as const
const [drafted, sent, confirmed, cancelled] = [
  'QuotationDrafted',
  'QuotationSent',
  'QuotationConfirmed',
  'QuotationCancelled',
] as const

const makers: readonly [Maker, ...Maker[]] = [
  (title, ground) => ({
    name: 'won by a confirmation',
    steps: [opening(title, ground), drafting(), sending, confirming(1)],
    ends: { opportunity: [[opened, won]], quotation: [[drafted, sent, confirmed]] },
  }),
  (title, ground) => ({
    name: 'lost, and its offer with it',
    steps: [
      opening(title, ground),
      drafting(),
      sending,
      toOpportunity('lose', { reasonId: ground.reasonId }),
    ],
    ends: { opportunity: [[opened, lost]], quotation: [[drafted, sent, cancelled]] },
  }),
  (title, ground) => ({
    name: 'lost and opened again',
    steps: [
      opening(title, ground),
      drafting(),
      sending,
      toOpportunity('lose', { reasonId: ground.reasonId }),
      toOpportunity('reopen'),
    ],
    ends: {
      opportunity: [[opened, lost, reopened]],
      // A loss that was taken back before anybody came to its offers has not touched them.
      quotation: [
        [drafted, sent, cancelled, 'QuotationReinstated'],
        [drafted, sent],
      ],
    },
  }),
  (title, ground) => ({
    name: 'confirmed and cancelled',
    steps: [
      opening(title, ground),
      drafting(),
      sending,
      confirming(1),
      toQuotation('cancel', { reason: 'They sold the house.' }),
    ],
    ends: {
      // A confirmation that was taken back before anybody came to it has won nothing.
      opportunity: [[opened, won, reopened], [opened]],
      quotation: [[drafted, sent, confirmed, cancelled]],
    },
  }),
  (title, ground) => ({
    name: 'confirmed in its second version',
    steps: [
      opening(title, ground),
      drafting(),
      sending,
      toQuotation('revise'),
      sending,
      confirming(2),
    ],
    ends: {
      opportunity: [[opened, won]],
      quotation: [[drafted, sent, 'QuotationVersionOpened', sent, confirmed]],
    },
  }),
  (title, ground) => ({
    name: 'left to expire',
    steps: [opening(title, ground), noting, drafting({ validUntil: soon }), sending],
    ends: {
      opportunity: [[opened, 'OpportunityNoted']],
      quotation: [[drafted, sent, 'QuotationExpired']],
    },
  }),
  (title, ground) => ({
    name: 'merged',
    steps: [
      opening(title, ground),
      opening(`${title} again`, ground, 'double'),
      {
        path: ({ opportunity }) => `/opportunities/${opportunity}/merge`,
        body: ({ double }) => ({ from: [double] }),
      },
      noting,
    ],
    ends: {
      opportunity: [
        [opened, 'OpportunityAbsorbed', 'OpportunityNoted'],
        [opened, 'OpportunityNoted', 'OpportunityAbsorbed'],
      ],
      double: [[opened, 'OpportunityMerged']],
    },
  }),
]

type Maker = (title: string, ground: Ground) => Story

/** Stories without end, each of a kind that the dice choose. */
export function* storiesOf(dice: Dice, ground: Ground): Generator<Story, never> {
  for (let number = 1; ; number += 1) yield dice.pick(makers)(`Sale ${number}`, ground)
}
