/**
 * Whether a condition holds for a lead. Texts are the same that a person would call the same, whatever
 * keyboard typed them; a country and a language also by their names.
 *
 * @module
 */
import { aligned, type Decimal, decimalOf } from '../money/exact.ts'
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

interface Amount extends Decimal {
  readonly currency: string
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
  return ({ source, country, region, language, tags = [], expectedRevenue, ...facts }) => ({
    kind: facts.kind,
    probability: facts.probability,
    ageDays: facts.ageDays,
    teamId: facts.teamId,
    source: keyed(source),
    country: keyed(country),
    region: keyed(region),
    language: keyed(language),
    tags: tags.map(keyOf),
    expectedRevenue: expectedRevenue && amountOf(expectedRevenue),
  })
}

const amountOf = ({ amount, currency }: Money): Amount => ({ ...decimalOf(amount), currency })

const always: Matcher = () => true

/** The condition as a question that can be asked of many leads. */
export const matcherOf = (condition: Condition | undefined): Matcher => {
  if (condition === undefined) return always
  if ('not' in condition) {
    const holds = matcherOf(condition.not)
    return (lead) => !holds(lead)
  }
  if ('all' in condition) {
    const all = condition.all.map(matcherOf)
    return (lead) => all.every((holds) => holds(lead))
  }
  if ('any' in condition) {
    const any = condition.any.map(matcherOf)
    return (lead) => any.some((holds) => holds(lead))
  }
  return comparisonMatcher(condition)
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

/** A lead that has none of it differs from all. */
const among = (
  field: TextField | 'kind' | 'teamId',
  values: readonly string[],
  differs: boolean,
): Matcher => {
  const wanted = new Set<string | undefined>(values)
  return (lead) => wanted.has(lead[field]) !== differs
}

const textMatcher = ({ field, op, value }: On<TextField>): Matcher => {
  const coded = { country: countryCode, language: languageTag, source: asTyped, region: asTyped }
  const keys = listOf(value).map((text) => compareKey(coded[field](text) ?? text))
  if (op !== 'contains') return among(field, keys, op === 'ne')
  // A part of a name is no name, so it is looked for as it was typed.
  const part = compareKey(String(value))
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
  const holds = (known: Amount | undefined, test: (difference: bigint) => boolean) =>
    wanted.some((bound) => known?.currency === bound.currency && test(minus(known, bound)))
  switch (op) {
    case 'gte':
      return ({ expectedRevenue }) => holds(expectedRevenue, (by) => by >= 0n)
    case 'lte':
      return ({ expectedRevenue }) => holds(expectedRevenue, (by) => by <= 0n)
    case 'ne':
      return ({ expectedRevenue }) => !holds(expectedRevenue, (by) => by === 0n)
    case 'eq':
    case 'in':
      return ({ expectedRevenue }) => holds(expectedRevenue, (by) => by === 0n)
  }
}

const minus = (one: Decimal, other: Decimal): bigint => {
  const { a, b } = aligned(one, other)
  return a - b
}
