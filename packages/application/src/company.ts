/**
 * What a company has settled, as every use case needs it.
 *
 * @module
 */
import {
  type CompanyFields,
  type CompanyState,
  type Currency,
  effectivePolicies,
  type Policies,
  usualDigits,
  usualPatterns,
} from '@forsat/domain'
import type { Aggregate, StateOf } from './aggregate.ts'

export interface CompanySettings {
  readonly id: string
  readonly name: string
  readonly zone: string
  readonly currency: Currency
  readonly language: CompanyFields['language']
  readonly calendar: CompanyFields['calendar']
  readonly moneyUnit: CompanyFields['moneyUnit']
  readonly defaultTaxRate: string | undefined
  /** How its quotations and orders are numbered. */
  readonly numberPatterns: { readonly quotation: string; readonly order: string }
  readonly identifiers: CompanyFields['identifiers']
  readonly address: CompanyFields['address']
  /** The words of mails in the languages in which they are not as usual. */
  readonly mailTexts: CompanyState['mailTexts']
  /** What its quotations begin from, where templates are in use. */
  readonly defaultTemplateId: string | undefined
  readonly policies: Policies
  /** The digits after the point that this company keeps a currency with. */
  readonly digitsOf: (currency: Currency) => number
}

type CompanyAggregate = Pick<Aggregate<StateOf<'company'>>, 'id' | 'state'>

/** The settings of a company; `undefined` if there is none of this id. */
export const companySettings = ({ id, state }: CompanyAggregate): CompanySettings | undefined => {
  const { entry } = state
  if (entry.status === 'absent') return undefined
  const { digits = {}, numberPatterns, calendar } = entry.fields
  const { name, zone, currency, language, moneyUnit } = entry.fields
  const { defaultTaxRate, identifiers, address, defaultTemplateId } = entry.fields
  const policies = effectivePolicies(state)
  const usual = usualPatterns(calendar)
  return {
    id,
    name,
    zone,
    currency,
    language,
    calendar,
    moneyUnit,
    defaultTaxRate,
    numberPatterns: {
      quotation: numberPatterns?.quotation ?? usual.quotation,
      order: numberPatterns?.order ?? usual.order,
    },
    identifiers,
    address,
    mailTexts: state.mailTexts,
    defaultTemplateId: policies.features.templates ? defaultTemplateId : undefined,
    policies,
    digitsOf: (of) => digits[of] ?? usualDigits(of),
  }
}

/** What holds while a company is being made: it has settled nothing yet. */
export const beforeSettling = ({ id, state }: CompanyAggregate): CompanySettings => ({
  id,
  name: '',
  zone: 'UTC',
  currency: 'XXX',
  language: 'en',
  calendar: 'gregorian',
  moneyUnit: 'rial',
  defaultTaxRate: undefined,
  numberPatterns: usualPatterns('gregorian'),
  identifiers: undefined,
  address: undefined,
  mailTexts: {},
  defaultTemplateId: undefined,
  policies: effectivePolicies(state),
  digitsOf: usualDigits,
})
