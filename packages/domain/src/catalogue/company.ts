/**
 * A company is whose sales these are: its currency, zone and language, and the policies it has chosen.
 *
 * @module
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Decider } from '../decider.ts'
import type { DataOf } from '../message.ts'
import { changesIn, defined, isEmpty } from '../patch.ts'
import { type CommonRefusal, isTooEarly, notFound, tooEarly, type When } from '../refusal.ts'
import type { Instant } from '../time/instant.ts'
import { absent, type Entry, type EntryCommand, entry } from './entry.ts'
import type { CompanyEvent } from './events.ts'
import { type Policies, type PolicyChanges, usualPolicies } from './policies.ts'

export type CompanyFields = DataOf<CompanyEvent, 'CompanyCreated'>
type Changes = DataOf<CompanyEvent, 'CompanyRevised'>

export type CompanyCommand =
  | EntryCommand<'Company', CompanyFields, Changes>
  | { readonly type: 'SetPolicies'; readonly data: { readonly policies: PolicyChanges } & When }

export interface CompanyState {
  readonly entry: Entry<CompanyFields>
  /** Those that were set; the others are as usual. */
  readonly policies: PolicyChanges
  /** When policies were last set, where that is known. */
  readonly policiesLast: Instant | undefined
}

type Company = Decider<CompanyCommand, CompanyState, CompanyEvent, CommonRefusal>

const list = entry<'Company', CompanyFields, Changes>('Company')

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
  }
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
  initialState: { entry: absent, policies: {}, policiesLast: undefined },
  decide,
  evolve,
}
