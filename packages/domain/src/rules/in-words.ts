/**
 * Conditions as people read them, in Persian and in English: for whoever checks a rule before it deals
 * leads out, wherever it is shown.
 *
 * @module
 */
import type { Money } from '../money/money.ts'
import { type Comparison, type Condition, partsOf } from './condition.ts'

export type Language = 'fa' | 'en'

/** How values are written that a condition names by id or in parts. */
export interface Writing {
  readonly language: Language
  /** The name of a team; by default its id. */
  readonly teamName?: (id: string) => string
  /** By default the amount and the code of its currency. */
  readonly money?: (money: Money) => string
}

type Field = Comparison['field']

const fields: Readonly<Record<Language, Readonly<Record<Field, string>>>> = {
  en: {
    probability: 'probability',
    source: 'source',
    country: 'country',
    region: 'region',
    language: 'language',
    tags: 'tag',
    expectedRevenue: 'expected revenue',
    kind: 'kind',
    ageDays: 'age in days',
    teamId: 'team',
  },
  fa: {
    probability: 'احتمال',
    source: 'منبع',
    country: 'کشور',
    region: 'استان',
    language: 'زبان',
    tags: 'برچسب',
    expectedRevenue: 'درآمد مورد انتظار',
    kind: 'گونه',
    ageDays: 'عمر به روز',
    teamId: 'تیم',
  },
}

interface Grammar {
  readonly eq: Sentence
  readonly ne: Sentence
  readonly gte: Sentence
  readonly lte: Sentence
  readonly contains: Sentence
  readonly known: (field: string) => string
  readonly unknown: (field: string) => string
  readonly not: (inner: string) => string
  readonly and: string
  readonly or: string
  readonly everything: string
  readonly kinds: Readonly<Record<'lead' | 'opportunity', string>>
}

type Sentence = (field: string, value: string) => string

const grammars: Readonly<Record<Language, Grammar>> = {
  en: {
    eq: (field, value) => `${field} is ${value}`,
    ne: (field, value) => `${field} is not ${value}`,
    gte: (field, value) => `${field} is at least ${value}`,
    lte: (field, value) => `${field} is at most ${value}`,
    contains: (field, value) => `${field} contains “${value}”`,
    known: (field) => `${field} is known`,
    unknown: (field) => `${field} is not known`,
    not: (inner) => `not (${inner})`,
    and: ' and ',
    or: ' or ',
    everything: 'every lead',
    kinds: { lead: 'lead', opportunity: 'opportunity' },
  },
  fa: {
    eq: (field, value) => `${field} ${value} است`,
    ne: (field, value) => `${field} ${value} نیست`,
    gte: (field, value) => `${field} دست‌کم ${value} است`,
    lte: (field, value) => `${field} حداکثر ${value} است`,
    contains: (field, value) => `«${value}» در ${field} هست`,
    known: (field) => `${field} معلوم است`,
    unknown: (field) => `${field} معلوم نیست`,
    not: (inner) => `نه (${inner})`,
    and: ' و ',
    or: ' یا ',
    everything: 'هر سرنخ',
    kinds: { lead: 'سرنخ', opportunity: 'فرصت' },
  },
}

/**
 * @example inWords({ field: 'probability', op: 'gte', value: 50 }, { language: 'en' })
 * // 'probability is at least 50'
 */
export const inWords = (condition: Condition, writing: Writing): string => {
  const grammar = grammars[writing.language]
  if ('field' in condition) return comparisonInWords(condition, writing)
  if ('not' in condition) return grammar.not(inWords(condition.not, writing))
  const parts = partsOf(condition)
  if (parts.length === 0) return grammar.everything
  const joint = 'all' in condition ? grammar.and : grammar.or
  const isList = (part: Condition) => !('not' in part) && partsOf(part).length > 1
  return parts
    .map((part) => {
      const words = inWords(part, writing)
      return parts.length > 1 && isList(part) ? `(${words})` : words
    })
    .join(joint)
}

const comparisonInWords = ({ field, op, value }: Comparison, writing: Writing): string => {
  const { language } = writing
  const grammar = grammars[language]
  const name = fields[language][field]
  if (op === 'present') return value ? grammar.known(name) : grammar.unknown(name)
  const values: readonly Value[] = Array.isArray(value) ? value : [value]
  const words = values.map((each) => valueInWords(field, each, writing)).join(grammar.or)
  if (op === 'in') return grammar.eq(name, words)
  // A lead has many tags, and one that it has is one of them as a whole.
  return op === 'contains' && field === 'tags'
    ? grammar.eq(name, words)
    : grammar[op](name, op === 'contains' ? value : words)
}

type Value = string | number | Money

const valueInWords = (field: Field, value: Value, writing: Writing): string => {
  const { language, teamName, money = plainMoney } = writing
  if (typeof value === 'number') return new Intl.NumberFormat(locales[language]).format(value)
  if (typeof value === 'object') return money(value)
  if (field === 'teamId') return teamName?.(value) ?? value
  if (field === 'kind') return grammars[language].kinds[value === 'lead' ? 'lead' : 'opportunity']
  if (field === 'country') return nameOf(value, 'region', language)
  return field === 'language' ? nameOf(value, 'language', language) : value
}

const locales = { en: 'en', fa: 'fa-IR-u-nu-arabext' } as const

const plainMoney = ({ amount, currency }: Money): string => `${amount} ${currency}`

/** The name that a code stands for; what is no code stays as it was typed. */
const nameOf = (text: string, type: 'region' | 'language', language: Language): string => {
  try {
    return new Intl.DisplayNames(language, { type }).of(text) ?? text
  } catch {
    return text
  }
}
