/**
 * The facts that a decision rests on and that stand elsewhere: other records of the same company,
 * folded from their own streams, and what only a read model can find.
 *
 * @module
 */
import {
  type ExternalId,
  type Holder,
  type LostReasonFacts,
  lostReasonFacts,
  type OpenStage,
  type StageFacts,
  stageFacts,
  type WonStage,
} from '@forsat/domain'
import type { Catalogue, Queries, Scope, StageView } from '@forsat/projections'
import * as E from 'fp-ts/lib/Either.js'
import type { Aggregate, Aggregates, Category, StateOf } from './aggregate.ts'
import { everyCompany } from './companies.ts'

export interface Facts {
  /** Whether the company has such a record. */
  readonly contact: (id: string, company: string) => Promise<boolean>
  /** A contact and those it belongs to, from below. */
  readonly contactsAbove: (id: string) => Promise<readonly string[]>
  readonly team: (id: string, company: string) => Promise<boolean>
  readonly product: (id: string, company: string) => Promise<boolean>
  readonly user: (id: string) => Promise<boolean>
  /** Whether a user works for a company: holds a role in it, or was registered by it. */
  readonly colleague: (id: string, company: string) => Promise<boolean>
  readonly company: (id: string) => Promise<boolean>
  /** Whose a record is, whoever asks; `undefined` of what is shared, or not there. */
  readonly ownerOf: (category: Category, id: string) => Promise<string | undefined>
  readonly companies: () => Promise<readonly string[]>
  readonly stage: (id: string, company: string) => Promise<KnownStage | undefined>
  /** Where a sale begins: the first open stage that is the team's or everybody's. */
  readonly firstStage: (company: string, team: string | undefined) => Promise<OpenStage | undefined>
  /** Where a win stands: the first won stage that is the team's or everybody's. */
  readonly wonStage: (company: string, team: string | undefined) => Promise<WonStage | undefined>
  readonly lostReason: (id: string, company: string) => Promise<LostReasonFacts>
  /** How many losses name a reason. */
  readonly lossesBecauseOf: (reason: string, company: string) => Promise<number>
  /** As it is now; what of it is personal is opened. */
  readonly contactFacts: (
    id: string,
    company: string,
  ) => Promise<Aggregate<StateOf<'contact'>> | undefined>
  /** The contact with those it belongs to and those below them: where its addresses are looked for. */
  readonly holders: (contactId: string, company: string) => Promise<readonly Holder[]>
  readonly productFacts: (id: string, company: string) => Promise<StateOf<'product'> | undefined>
  /** What one `base` costs in `quote`: as set for the day, or for the last day before it. */
  readonly exchangeRate: (
    pair: { readonly base: string; readonly quote: string; readonly date: string },
    company: string,
  ) => Promise<{ readonly rate: string; readonly date: string } | undefined>
  readonly quotation: (id: string, company: string) => Promise<Quotation | undefined>
  /** All quotations of an opportunity and of those that ended in it. */
  readonly quotationsOf: (opportunity: string, company: string) => Promise<readonly Quotation[]>
  /** An opportunity, or the one in which it ended. */
  readonly survivor: (id: string, company: string) => Promise<Opportunity | undefined>
  readonly quotationBy: (id: ExternalId, company: string) => Promise<string | undefined>
  readonly opportunity: (id: string, company: string) => Promise<Opportunity | undefined>
  /** A merged opportunity as it was before it ended. */
  readonly beforeMerging: (merged: Opportunity) => Promise<Opportunity>
  /** Which record another system's id stands for. */
  readonly opportunityBy: (id: ExternalId, company: string) => Promise<string | undefined>
  /** The company's own, or one that all companies share. */
  readonly template: (id: string, company: string) => Promise<Template | undefined>
  readonly contactBy: (id: ExternalId, company: string) => Promise<string | undefined>
  /** The same of what the catalogue keeps, as far as it is seen from there. */
  readonly entryBy: (kind: EntryKind, id: ExternalId, scope: Scope) => Promise<string | undefined>
}

/** The lists of the catalogue whose entries other systems may know too. */
export type EntryKind =
  | 'lostReasons'
  | 'stages'
  | 'teams'
  | 'products'
  | 'templates'
  | 'companies'
  | 'users'

type KnownStage = StageFacts & { readonly archived: boolean }
type Opportunity = Aggregate<StateOf<'opportunity'>>
type Template = Aggregate<StateOf<'template'>>
export type Quotation = Aggregate<StateOf<'quotation'>>

/** `settle` waits until the read models have seen all there is. */
export const factsOf = (
  aggregates: Aggregates,
  query: Queries,
  settle: () => Promise<unknown>,
): Facts => {
  const owned = async <C extends Category>(category: C, id: string, company: string) => {
    const aggregate = await aggregates.load(category, id)
    return aggregate.revision >= 0 && aggregate.company === company ? aggregate : undefined
  }
  const exists = (category: Category) => async (id: string, company: string) =>
    (await owned(category, id, company)) !== undefined

  /** Stages in their order; only few, so one page holds them all. */
  const stages = async (company: string, team: string | undefined) => {
    const listed = await query.stages.list(
      { company },
      { filters: { archived: false }, limit: 200 },
    )
    if (E.isLeft(listed)) throw new Error('a list of stages was refused')
    const suits = ({ teamId }: StageView) => teamId === undefined || teamId === team
    return listed.right.items.filter(suits)
  }

  return {
    contact: exists('contact'),
    contactsAbove: async (id) => {
      const line: string[] = []
      for (let above: string | undefined = id; above !== undefined && !line.includes(above); ) {
        line.push(above)
        const { state }: Aggregate<StateOf<'contact'>> = await aggregates.load('contact', above)
        above = state.status === 'absent' ? undefined : state.described.parentId
      }
      return line
    },
    team: exists('team'),
    product: exists('product'),
    user: async (id) => (await aggregates.load('user', id)).revision >= 0,
    colleague: async (id, company) => {
      const { company: registeredBy, state } = await aggregates.load('user', id)
      if (state.status === 'absent') return false
      return registeredBy === company || state.roles.some((held) => held.companyId === company)
    },
    company: async (id) => (await aggregates.load('company', id)).revision >= 0,
    ownerOf: async (category, id) => (await aggregates.load(category, id)).company,
    companies: async () => {
      await settle()
      return everyCompany(query)
    },
    stage: async (id, company) => {
      const found = await owned('stage', id, company)
      return found && stageFacts(id, found.state)
    },
    firstStage: async (company, team) => {
      const stage = (await stages(company, team)).find(({ won }) => !won)
      return stage && { id: stage.id, name: stage.name, won: false }
    },
    wonStage: async (company, team) => {
      const stage = (await stages(company, team)).find(({ won }) => won)
      return stage && { id: stage.id, name: stage.name, won: true }
    },
    lostReason: async (id, company) => {
      const found = await owned('lostreason', id, company)
      return found === undefined ? { id, unknown: true } : lostReasonFacts(id, found.state)
    },
    lossesBecauseOf: async (reason, company) =>
      (await query.lostReasons.get(reason, { company }))?.count ?? 0,
    contactFacts: (id, company) => owned('contact', id, company),
    holders: async (contactId, company) => {
      const line: Holder[] = []
      for (let next: string | undefined = contactId; next !== undefined; ) {
        const found: Aggregate<StateOf<'contact'>> | undefined = await owned(
          'contact',
          next,
          company,
        )
        const holder: Holder | undefined = found && holderOf(found)
        if (holder === undefined || line.some(({ id }) => id === holder.id)) break
        line.push(holder)
        next = holder.isCompany ? undefined : holder.parentId
      }
      // Who stands below somebody, only a read model knows.
      await settle()
      const above = line.map(({ id }) => id)
      const below = await query.contacts.below(above, { company })
      return [...line, ...below.filter(({ id }) => !above.includes(id))]
    },
    productFacts: async (id, company) => (await owned('product', id, company))?.state,
    exchangeRate: (pair, company) => query.exchangeRates.on(pair, { company }),
    quotation: (id, company) => owned('quotation', id, company),
    quotationsOf: async (opportunity, company) => {
      // Which there are, only a read model knows; how each one stands, its own stream tells.
      await settle()
      const listed = await query.quotations.ofOpportunity(opportunity, { company })
      const all = await Promise.all(listed.map(({ id }) => owned('quotation', id, company)))
      return all.filter((each) => each !== undefined)
    },
    survivor: async (id, company) => {
      const seen = new Set<string>()
      let found = await owned('opportunity', id, company)
      while (found?.state.outcome === 'merged' && !seen.has(found.id)) {
        seen.add(found.id)
        found = await owned('opportunity', found.state.into, company)
      }
      return found
    },
    quotationBy: async (externalId, company) => {
      const listed = await query.quotations.list({ company }, { filters: { externalId } })
      return E.isRight(listed) ? listed.right.items[0]?.id : undefined
    },
    opportunity: (id, company) => owned('opportunity', id, company),
    beforeMerging: ({ id, revision }) => aggregates.loadUpTo('opportunity', id, revision - 1),
    opportunityBy: async (externalId, company) => {
      const listed = await query.opportunities.list({ company }, { filters: { externalId } })
      return E.isRight(listed) ? listed.right.items[0]?.id : undefined
    },
    entryBy: async (kind, externalId, scope) => {
      const catalogue: Catalogue<{ readonly id: string }> = query[kind]
      const listed = await catalogue.list(scope, { filters: { externalId } })
      return E.isRight(listed) ? listed.right.items[0]?.id : undefined
    },
    template: async (id, company) => {
      const found = await aggregates.load('template', id)
      const isTheirs = found.company !== undefined && found.company !== company
      return found.revision < 0 || isTheirs ? undefined : found
    },
    contactBy: async (externalId, company) => {
      const listed = await query.contacts.list({ company }, { filters: { externalId } })
      return E.isRight(listed) ? listed.right.items[0]?.id : undefined
    },
  }
}

const holderOf = ({ id, state }: Aggregate<StateOf<'contact'>>): Holder | undefined =>
  state.status === 'absent'
    ? undefined
    : {
        id,
        parentId: state.described.parentId,
        isCompany: state.described.isCompany,
        archived: state.status === 'archived',
        addresses: state.addresses,
      }
