/**
 * What a company has settled, as every use case needs it.
 *
 * @module
 */
import {
  type CompanyFields,
  type Currency,
  effectivePolicies,
  type Policies,
  usualDigits,
} from '@forsat/domain'
import type { Aggregate, StateOf } from './aggregate.ts'

export interface CompanySettings {
  readonly id: string
  readonly zone: string
  readonly currency: Currency
  readonly language: CompanyFields['language']
  readonly policies: Policies
  /** The digits after the point that this company keeps a currency with. */
  readonly digitsOf: (currency: Currency) => number
}

type CompanyAggregate = Pick<Aggregate<StateOf<'company'>>, 'id' | 'state'>

/** The settings of a company; `undefined` if there is none of this id. */
export const companySettings = ({ id, state }: CompanyAggregate): CompanySettings | undefined => {
  const { entry } = state
  if (entry.status === 'absent') return undefined
  const { zone, currency, language, digits = {} } = entry.fields
  return {
    id,
    zone,
    currency,
    language,
    policies: effectivePolicies(state),
    digitsOf: (of) => digits[of] ?? usualDigits(of),
  }
}

/** What holds while a company is being made: it has settled nothing yet. */
export const beforeSettling = ({ id, state }: CompanyAggregate): CompanySettings => ({
  id,
  zone: 'UTC',
  currency: 'XXX',
  language: 'en',
  policies: effectivePolicies(state),
  digitsOf: usualDigits,
})
