/**
 * What a quotation takes over from the opportunity that it is made for: who it is for, who sells, and
 * where it came from.
 *
 * @module
 */
import type { OpportunityState } from '@forsat/domain'
import * as E from 'fp-ts/lib/Either.js'
import { invalid, notFound, type Refusal } from '../refusal.ts'
import type { Setting } from '../use-case.ts'

type Living = Extract<OpportunityState, { readonly facts: unknown }>['facts']

interface Fillable {
  readonly opportunityId?: string | undefined
  readonly contactId?: string | undefined
  readonly salespersonId?: string | undefined
  readonly teamId?: string | undefined
  readonly source?: string | undefined
  readonly medium?: string | undefined
  readonly campaign?: string | undefined
  readonly tags?: string[] | undefined
  readonly language?: string | undefined
}

/** An opportunity as far as offers may be made for it; `undefined` where it is not to be found. */
const offerable = async (
  opportunityId: string,
  { company, facts }: Setting,
): Promise<E.Either<Refusal, Living | undefined>> => {
  const state = (await facts.opportunity(opportunityId, company.id))?.state
  switch (state?.outcome) {
    case undefined:
    case 'none':
    case 'withdrawn':
      return E.right(undefined)
    case 'merged':
      return E.left({ type: 'OpportunityMerged', into: state.into })
    case 'lost':
      return E.left({ type: 'OpportunityLost', opportunityId })
    case 'open':
    case 'won':
      return state.facts.kind === 'lead'
        ? E.left({ type: 'LeadNotQualified' })
        : E.right(state.facts)
  }
}

/** What was asked for, with what the opportunity knows already filled in. */
export const fromOpportunity = async <Fields extends Fillable>(
  asked: Fields,
  setting: Setting,
): Promise<E.Either<Refusal, Fields & Fillable>> => {
  const { opportunityId } = asked
  if (opportunityId === undefined) return E.right(asked)
  const opportunity = await offerable(opportunityId, setting)
  if (E.isLeft(opportunity)) return opportunity
  if (opportunity.right === undefined) return notFound
  const { described, teamId, salespersonId } = opportunity.right
  const { contactId, source, medium, campaign, tags, language } = described
  const known = { contactId, teamId, salespersonId, source, medium, campaign, tags, language }
  const said = Object.entries(asked).filter(([, value]) => value !== undefined)
  return E.right({ ...known, ...(Object.fromEntries(said) as Fields) })
}

/** An offer is moved only to an opportunity that it could be made for. */
export const refusedMove = async (
  to: string | null | undefined,
  from: string | undefined,
  setting: Setting,
): Promise<E.Either<Refusal, never> | undefined> => {
  if (!to || to === from) return undefined
  const opportunity = await offerable(to, setting)
  if (E.isLeft(opportunity)) return opportunity
  return opportunity.right === undefined
    ? invalid('/opportunityId', 'is no opportunity of this company')
    : undefined
}
