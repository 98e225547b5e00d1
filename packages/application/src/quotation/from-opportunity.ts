import * as E from 'fp-ts/lib/Either.js'
import { notFound, type Refusal } from '../refusal.ts'
import type { Setting } from '../use-case.ts'

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

/** What was asked for, with what the opportunity knows already filled in. */
export const fromOpportunity = async <Fields extends Fillable>(
  asked: Fields,
  { company, facts }: Setting,
): Promise<E.Either<Refusal, Fields & Fillable>> => {
  const { opportunityId } = asked
  if (opportunityId === undefined) return E.right(asked)
  const state = (await facts.opportunity(opportunityId, company.id))?.state
  switch (state?.outcome) {
    case undefined:
    case 'none':
    case 'withdrawn':
      return notFound
    case 'merged':
      return E.left({ type: 'OpportunityMerged', into: state.into })
    case 'lost':
      return E.left({ type: 'OpportunityLost', opportunityId })
    case 'open':
    case 'won': {
      const { kind, described, teamId, salespersonId } = state.facts
      if (kind === 'lead') return E.left({ type: 'LeadNotQualified' })
      const { contactId, source, medium, campaign, tags, language } = described
      const known = { contactId, teamId, salespersonId, source, medium, campaign, tags, language }
      const said = Object.entries(asked).filter(([, value]) => value !== undefined)
      return E.right({ ...known, ...(Object.fromEntries(said) as Fields) })
    }
  }
}
