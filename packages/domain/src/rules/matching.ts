/**
 * Whether a condition holds for a lead. Texts are the same that a person would call the same, whatever
 * keyboard typed them; a country and a language also by their names.
 *
 * @module
 */
import { decimalOf, rounded } from '../money/exact.ts'
import type { Money } from '../money/money.ts'
import { compareKey } from '../text/compare-key.ts'
import { countryCode, languageTag } from '../text/country.ts'
import type { Comparison, Condition } from './condition.ts'

/** What conditions may ask about a lead. */
export interface LeadFacts {
  readonly kind: 'lead' | 'opportunity'
  readonly probability?: number | undefined
  readonly source?: string | undefined
  readonly country?: string | undefined
  readonly region?: string | undefined
  readonly language?: string | undefined
  readonly tags?: readonly string[] | undefined
  readonly expectedRevenue?: Money | undefined
  readonly ageDays: number
  readonly teamId?: string | undefined
}

type TextField = 'source' | 'country' | 'region' | 'language'

interface Amount {
  readonly currency: string
  readonly units: bigint
}

/** The same facts, ready to be compared with many conditions: texts by their keys. */
export interface Comparable extends Readonly<Record<TextField, string | undefined>> {
  readonly kind: LeadFacts['kind']
  readonly probability: number | undefined
  readonly ageDays: number
  readonly teamId: string | undefined
  readonly tags: readonly string[]
  readonly expectedRevenue: Amount | undefined
}

export type Matcher = (lead: Comparable) => boolean

/** Makes leads ready. Many share their source or country, so each text is worked out once. */
export const comparison = (): ((facts: LeadFacts) => Comparable) => {
  const keys = new Map<string, string>()
  const keyOf = (text: string): string => {
    const known = keys.get(text)
    if (known !== undefined) return known
    const key = compareKey(text)
    keys.set(text, key)
    return key
  }
  const keyed = (text: string | undefined) => (text === undefined ? undefined : keyOf(text))
  return (lead) => ({
    kind: lead.kind,
    probability: lead.probability,
    ageDays: lead.ageDays,
    teamId: lead.teamId,
    source: keyed(lead.source),
    country: keyed(lead.country),
    region: keyed(lead.region),
    language: keyed(lead.language),
    tags: lead.tags?.map(keyOf) ?? [],
    expectedRevenue: lead.expectedRevenue && amountOf(lead.expectedRevenue),
  })
}

/** As many digits after the point as `Money` takes, so that amounts compare as whole numbers. */
const finest = 10

const amountOf = ({ amount, currency }: Money): Amount => ({
  currency,
  units: rounded(decimalOf(amount), finest).units,
})

const always: Matcher = () => true

/** The condition as a question that can be asked of many leads. */
export const matcherOf = (condition: Condition | undefined): Matcher => {
  if (condition === undefined) return always
  if ('not' in condition) {
    return negated(matcherOf(condition.not))
  }
  if ('all' in condition) {
    return allOf(condition.all.map(matcherOf))
  }
  if ('any' in condition) {
    const none = allOf(condition.any.map(matcherOf).map(negated))
    return negated(none)
  }
  return comparisonMatcher(condition)
}

const negated =
  (holds: Matcher): Matcher =>
  (lead) =>
    !holds(lead)

/** Asked millions of times in one plan: a loop, for a callback would be made anew each time. */
const allOf =
  (matchers: readonly Matcher[]): Matcher =>
  (lead) => {
    for (const holds of matchers) if (!holds(lead)) return false
    return true
  }

const comparisonMatcher = (asked: Comparison): Matcher => {
  if (asked.op === 'present') {
    const { field, value } = asked
    return (lead) => isKnown(lead[field]) === value
  }
  switch (asked.field) {
    case 'source':
    case 'country':
    case 'region':
    case 'language':
      return textMatcher(asked)
    case 'tags': {
      const wanted = new Set(listOf(asked.value).map(compareKey))
      return ({ tags }) => tags.some((tag) => wanted.has(tag))
    }
    case 'probability':
    case 'ageDays':
      return numberMatcher(asked)
    case 'expectedRevenue':
      return amountMatcher(asked)
    case 'kind':
    case 'teamId':
      return among(asked.field, listOf<string>(asked.value), asked.op === 'ne')
  }
}

type On<Field> = Exclude<Extract<Comparison, { readonly field: Field }>, { readonly op: 'present' }>

const isKnown = (value: unknown): boolean =>
  value !== undefined && (!Array.isArray(value) || value.length > 0)

const listOf = <Value>(value: Value | readonly Value[]): readonly Value[] =>
  Array.isArray(value) ? value : [value as Value]

/** Fields that hold one text, each read in its own way: that is faster than by their names. */
const read = {
  source: ({ source }) => source,
  country: ({ country }) => country,
  region: ({ region }) => region,
  language: ({ language }) => language,
  kind: ({ kind }) => kind,
  teamId: ({ teamId }) => teamId,
} satisfies Readonly<Record<string, (lead: Comparable) => string | undefined>>

/** A lead that has none of it differs from all. */
const among = (
  field: TextField | 'kind' | 'teamId',
  values: readonly string[],
  differs: boolean,
): Matcher => {
  const valueOf = read[field]
  const wanted = new Set<string | undefined>(values)
  return (lead) => wanted.has(valueOf(lead)) !== differs
}

const textMatcher = ({ field, op, value }: On<TextField>): Matcher => {
  const coded = { country: countryCode, language: languageTag, source: asTyped, region: asTyped }
  const keys = listOf(value).map((text) => compareKey(coded[field](text) ?? text))
  if (op !== 'contains') return among(field, keys, op === 'ne')
  // A part of a name is no name, so it is looked for as it was typed.
  const part = compareKey(value)
  return (lead) => lead[field]?.includes(part) === true
}

const asTyped = (text: string): string => text

const numberMatcher = ({ field, op, value }: On<'probability' | 'ageDays'>): Matcher => {
  const wanted = listOf<number>(value)
  const [bound = Number.NaN] = wanted
  switch (op) {
    case 'gte':
      return (lead) => (lead[field] ?? Number.NaN) >= bound
    case 'lte':
      return (lead) => (lead[field] ?? Number.NaN) <= bound
    case 'ne':
      return (lead) => lead[field] !== bound
    case 'eq':
    case 'in':
      return (lead) => wanted.some((each) => each === lead[field])
  }
}

/** An amount in another currency is neither above nor below, and differs. */
const amountMatcher = ({ op, value }: On<'expectedRevenue'>): Matcher => {
  const wanted = listOf<Money>(value).map(amountOf)
  const holds = (test: (known: bigint, bound: bigint) => boolean) => (lead: Comparable) => {
    const known = lead.expectedRevenue
    return (
      known !== undefined &&
      wanted.some(({ currency, units }) => currency === known.currency && test(known.units, units))
    )
  }
  switch (op) {
    case 'gte':
      return holds((known, bound) => known >= bound)
    case 'lte':
      return holds((known, bound) => known <= bound)
    case 'ne':
      return negated(holds((known, bound) => known === bound))
    case 'eq':
    case 'in':
      return holds((known, bound) => known === bound)
  }
}
