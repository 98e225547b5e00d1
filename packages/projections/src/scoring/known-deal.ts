/**
 * What scoring knows of an opportunity: nothing personal, but whether there is a phone number and a
 * mail address.
 *
 * @module
 */
import { compareKey, type Deal, type ScoringSettings, type Trait } from '@forsat/domain'

export interface KnownDeal {
  readonly stageId?: string | undefined
  readonly teamId?: string | undefined
  readonly country?: string | undefined
  readonly region?: string | undefined
  readonly source?: string | undefined
  readonly language?: string | undefined
  readonly tags?: readonly string[] | undefined
  readonly phone?: unknown
  readonly email?: unknown
}

export const dealOf = (known: KnownDeal): Deal => ({
  stageId: known.stageId,
  teamId: known.teamId,
  traits: [
    ...texts.flatMap((variable) => traitsOf(variable, [known[variable]])),
    ...traitsOf('tag', known.tags ?? []),
    // That there is none says something too.
    ...traitsOf('phone', [known.phone === undefined ? 'no' : 'yes']),
    ...traitsOf('email', [known.email === undefined ? 'no' : 'yes']),
  ],
})

const texts = ['country', 'region', 'source', 'language'] as const

const traitsOf = (variable: string, values: readonly (string | undefined)[]): readonly Trait[] =>
  values.flatMap((name) => {
    if (name === undefined) return []
    const value = compareKey(name)
    return [value === name ? { variable, value } : { variable, value, name }]
  })

/** As much of a deal as a company lets count. */
export const counted = (deal: Deal, { variables }: Pick<ScoringSettings, 'variables'>): Deal => {
  const named = new Set<string>(
    variables.map((variable) => (variable === 'tags' ? 'tag' : variable)),
  )
  return { ...deal, traits: deal.traits.filter(({ variable }) => named.has(variable)) }
}
