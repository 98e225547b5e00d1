/**
 * A company is whose sales these are: its currency, zone and language, and the policies it has chosen.
 *
 * @module
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Decider } from '../decider.ts'
import type { Ulid } from '../id.ts'
import type { DataOf } from '../message.ts'
import type { Currency } from '../money/money.ts'
import { changesIn, defined, isEmpty, isSame, patched } from '../patch.ts'
import { type CommonRefusal, isTooEarly, notFound, tooEarly, type When } from '../refusal.ts'
import { type ScoringSettings, usualScoring } from '../scoring/settings.ts'
import type { Instant } from '../time/instant.ts'
import { absent, type Entry, type EntryCommand, entry } from './entry.ts'
import type { CompanyEvent } from './events.ts'
import { type ExchangeRates, isSameRate, rateOf, withRate } from './exchange-rates.ts'
import { type Policies, type PolicyChanges, usualPolicies } from './policies.ts'

type Created = DataOf<CompanyEvent, 'CompanyCreated'>
export type CompanyFields = Created & { readonly defaultTemplateId?: Ulid | undefined }
type Changes = DataOf<CompanyEvent, 'CompanyRevised'>

export type CompanyCommand =
  | EntryCommand<'Company', Created, Changes>
  | { readonly type: 'SetPolicies'; readonly data: { readonly policies: PolicyChanges } & When }
  | { readonly type: 'SetMailTexts'; readonly data: { readonly texts: MailTexts } & When }
  | { readonly type: 'ConfigureScoring'; readonly data: ScoringSettings & When }
  | { readonly type: 'SetExchangeRate'; readonly data: SettingRate }

type MailTexts = DataOf<CompanyEvent, 'MailTextsSet'>
type SettingRate = DataOf<CompanyEvent, 'ExchangeRateSet'> & When

/** Why a company turns a command down. */
export type CompanyRefusal =
  | CommonRefusal
  /** What one of a currency costs in itself is one, and nobody's to set. */
  | { readonly type: 'RateOfItself'; readonly currency: Currency }

export interface CompanyState {
  readonly entry: Entry<CompanyFields>
  /** Those that were set; the others are as usual. */
  readonly policies: PolicyChanges
  /** When policies were last set, where that is known. */
  readonly policiesLast: Instant | undefined
  /** The words of mails in the languages in which they are not as usual. */
  readonly mailTexts: MailTexts
  /** When those were last set, where that is known. */
  readonly mailTextsLast: Instant | undefined
  readonly scoring: ScoringSettings
  /** When it was last configured, where that is known. */
  readonly scoringLast: Instant | undefined
  readonly rates: ExchangeRates
}

type Company = Decider<CompanyCommand, CompanyState, CompanyEvent, CompanyRefusal>

const list = entry<'Company', Created, Changes>('Company')

const decide: Company['decide'] = (command, state) => {
  switch (command.type) {
    case 'CreateCompany':
    case 'ReviseCompany':
    case 'ArchiveCompany':
      return list.decide(command, state.entry)
    case 'SetPolicies': {
      if (state.entry.status === 'absent') return notFound
      if (isTooEarly(command.data, state.policiesLast)) return tooEarly(state.policiesLast)
      const changes = changedPolicies(effectivePolicies(state), command.data.policies)
      if (isEmpty(changes)) return E.right([])
      return E.right([{ type: 'PoliciesSet', data: changes }])
    }
    case 'SetMailTexts': {
      if (state.entry.status === 'absent') return notFound
      if (isTooEarly(command.data, state.mailTextsLast)) return tooEarly(state.mailTextsLast)
      const changes = changesIn(state.mailTexts, command.data.texts)
      return E.right(isEmpty(changes) ? [] : [{ type: 'MailTextsSet', data: changes }])
    }
    case 'ConfigureScoring': {
      if (state.entry.status === 'absent') return notFound
      if (isTooEarly(command.data, state.scoringLast)) return tooEarly(state.scoringLast)
      const { occurredAt: _told, ...told } = command.data
      const settings = ordered(told)
      if (isSame(settings, ordered(state.scoring))) return E.right([])
      return E.right([{ type: 'ScoringConfigured', data: settings }])
    }
    case 'SetExchangeRate':
      return state.entry.status === 'absent' ? notFound : rateSet(command.data, state)
  }
}

const evolve: Company['evolve'] = (state, event) => {
  switch (event.type) {
    case 'CompanyCreated':
    case 'CompanyRevised':
    case 'CompanyArchived':
      return { ...state, entry: list.evolve(state.entry, event) }
    case 'PoliciesSet':
      return {
        ...state,
        policies: merged(state.policies, event.data),
        policiesLast: event.occurredAt,
      }
    case 'MailTextsSet':
      return {
        ...state,
        mailTexts: patched(state.mailTexts, event.data),
        mailTextsLast: event.occurredAt,
      }
    case 'ScoringConfigured':
      return { ...state, scoring: event.data, scoringLast: event.occurredAt }
    case 'ExchangeRateSet':
      return { ...state, rates: withRate(state.rates, event.data, event.occurredAt) }
  }
}

/** Variables have no order of their own: they are kept by name, so that the same ones are the same. */
const ordered = (settings: ScoringSettings): ScoringSettings =>
  defined({ ...settings, variables: settings.variables.toSorted() })

/** Days are settled in any order; of one day what was said last holds. */
const rateSet = (
  { occurredAt, ...set }: SettingRate,
  { rates }: CompanyState,
): ReturnType<Company['decide']> => {
  const { base, quote } = set
  if (base === quote) return E.left({ type: 'RateOfItself', currency: base })
  const known = rateOf(rates, set)
  if (isTooEarly({ occurredAt }, known?.last)) return tooEarly(known.last)
  if (known !== undefined && isSameRate(known.rate, set.rate)) return E.right([])
  return E.right([{ type: 'ExchangeRateSet', data: set }])
}

/** Features are switched one by one; every other policy is replaced as a whole. */
const merged = <Before extends PolicyChanges>(before: Before, changes: PolicyChanges): Before => ({
  ...before,
  ...defined(changes),
  ...(changes.features && { features: { ...before.features, ...defined(changes.features) } }),
})

const changedPolicies = (now: Policies, { features, ...others }: PolicyChanges): PolicyChanges => {
  const switched = changesIn(now.features, features ?? {})
  return {
    ...changesIn(now, others),
    ...(!isEmpty(switched) && { features: switched }),
  }
}

/** The policies in force: those the company has set, the others as usual. */
export const effectivePolicies = ({ policies }: Pick<CompanyState, 'policies'>): Policies =>
  merged(usualPolicies, policies)

export const company: Company = {
  initialState: {
    entry: absent,
    policies: {},
    policiesLast: undefined,
    mailTexts: {},
    mailTextsLast: undefined,
    scoring: usualScoring,
    scoringLast: undefined,
    rates: {},
  },
  decide,
  evolve,
}
