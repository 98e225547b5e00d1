/**
 * What may be asked of a company: its settings and its policies.
 *
 * @module
 */
import {
  CalendarDate,
  CompanyEvent,
  clearable,
  MailText,
  NumberPattern,
  optional,
  ownFields,
  Percent,
  PolicyChanges,
  Rate,
  ScoringSettings,
  Ulid,
} from '@forsat/domain'
import { isZone } from '@forsat/domain/time'
import * as E from 'fp-ts/lib/Either.js'
import * as z from 'zod'
import { isCurrency, made, target } from '../input.ts'
import { changesOfShape, mergedInto } from '../merge-patch.ts'
import { entryOf, ownChanges, withOwnFields } from '../own-fields.ts'
import { invalid, type Refusal } from '../refusal.ts'
import { type Setting, useCase } from '../use-case.ts'

const shape = CompanyEvent.options[0].shape.data.shape
const zone = shape.zone
  .refine(isZone, 'must be a time zone of the IANA list')
  .meta({ examples: ['Asia/Tehran'] })
const currency = shape.currency.refine(isCurrency, 'must be a currency of ISO 4217')
const { name, language, calendar, weekStartsOn, moneyUnit } = shape
const settings = { name, currency, zone, language, calendar, weekStartsOn, moneyUnit }
const perCurrency = shape.digits.unwrap().valueType
const settled = {
  fiscalYearStart: shape.fiscalYearStart.unwrap(),
  defaultTaxRate: Percent,
  digits: z.record(currency, perCurrency),
  numberPatterns: z.strictObject({
    quotation: NumberPattern.optional(),
    order: NumberPattern.optional(),
  }),
  identifiers: shape.identifiers.unwrap(),
  address: shape.address.unwrap(),
  bankAccount: shape.bankAccount.unwrap(),
  ...ownFields,
}

const { approval, ...otherPolicies } = PolicyChanges.shape
const policies = {
  ...otherPolicies,
  approval: approval
    .unwrap()
    .unwrap()
    .extend({ discountPercentAbove: Percent.optional() })
    .nullable()
    .optional(),
}

/** How people who speak the language usually count days and weeks. */
const usual = {
  fa: { calendar: 'jalali', weekStartsOn: 'saturday' },
  en: { calendar: 'gregorian', weekStartsOn: 'monday' },
} as const

/** Why a company's quotations cannot begin from it, if they cannot. */
const noTemplate = async (
  template: string | null | undefined,
  company: string,
  { facts }: Setting,
): Promise<E.Either<Refusal, never> | undefined> => {
  if (typeof template !== 'string') return undefined
  const found = await facts.template(template, company)
  if (found === undefined) return invalid('/defaultTemplateId', 'is no template of this company')
  return found.state.status === 'archived' ? E.left({ type: 'TemplateArchived' }) : undefined
}

export const companyUseCases = [
  useCase({
    name: 'CreateCompany',
    category: 'company',
    kind: 'create',
    input: z.strictObject({
      ...made,
      ...settings,
      currency: currency.default('IRR'),
      zone: zone.default('Asia/Tehran'),
      language: language.default('fa'),
      calendar: calendar.optional(),
      weekStartsOn: weekStartsOn.optional(),
      moneyUnit: moneyUnit.default('rial'),
      ...optional(settled),
    }),
    command: async ({ id, ...asked }, setting) => {
      const checked = await withOwnFields('companies', asked, setting, { id })
      if (E.isLeft(checked)) return checked
      const fields = checked.right
      const { calendar: days, weekStartsOn: week } = usual[fields.language]
      return E.right({
        type: 'CreateCompany',
        data: {
          ...fields,
          calendar: fields.calendar ?? days,
          weekStartsOn: fields.weekStartsOn ?? week,
          occurredAt: setting.when.occurredAt,
        },
      })
    },
  }),
  useCase({
    name: 'ReviseCompany',
    category: 'company',
    input: z.strictObject({
      ...target,
      ...optional(settings),
      ...clearable(settled),
      digits: z.record(currency, perCurrency.nullable()).nullable().optional(),
      numberPatterns: changesOfShape(settled.numberPatterns.shape).nullable().optional(),
      ...clearable({ defaultTemplateId: Ulid }),
      ...ownChanges,
    }),
    command: async ({ id, digits, numberPatterns, ...asked }, setting, { state: { entry } }) => {
      const checked = await withOwnFields('companies', asked, setting, entryOf(id, entry))
      if (E.isLeft(checked)) return checked
      const unusable = await noTemplate(asked.defaultTemplateId, id, setting)
      if (unusable !== undefined) return unusable
      const known = entry.status === 'absent' ? undefined : entry.fields
      const changes = {
        ...checked.right,
        digits: mergedInto(known?.digits, digits),
        numberPatterns: mergedInto(known?.numberPatterns, numberPatterns),
      }
      return E.right({
        type: 'ReviseCompany',
        data: { changes, occurredAt: setting.when.occurredAt },
      })
    },
  }),
  useCase({
    name: 'ArchiveCompany',
    category: 'company',
    input: z.strictObject(target),
    command: (_input, { when: { occurredAt } }) =>
      E.right({ type: 'ArchiveCompany', data: { occurredAt } }),
  }),
  useCase({
    name: 'SetPolicies',
    category: 'company',
    input: z.strictObject({ ...target, ...policies }),
    command: ({ id: _id, ...chosen }, { when: { occurredAt } }) =>
      E.right({ type: 'SetPolicies', data: { policies: chosen, occurredAt } }),
  }),
  useCase({
    name: 'SetMailTexts',
    category: 'company',
    /** `null` goes back to the usual words. */
    input: z.strictObject({ ...target, ...clearable({ fa: MailText, en: MailText }) }),
    command: ({ id: _id, ...texts }, { when: { occurredAt } }) =>
      E.right({ type: 'SetMailTexts', data: { texts, occurredAt } }),
  }),
  useCase({
    name: 'ConfigureScoring',
    category: 'company',
    input: z.strictObject({ ...target, ...ScoringSettings.shape }),
    command: ({ id: _id, ...chosen }, { when: { occurredAt } }) =>
      E.right({ type: 'ConfigureScoring', data: { ...chosen, occurredAt } }),
  }),
  useCase({
    name: 'SetExchangeRate',
    category: 'company',
    /** One `base` costs `rate` of `quote` on that day, and on the days after it until the next. */
    input: z.strictObject({
      ...target,
      base: currency,
      quote: currency,
      date: CalendarDate,
      rate: Rate,
    }),
    command: ({ id: _id, ...rate }, { when: { occurredAt } }) =>
      E.right({ type: 'SetExchangeRate', data: { ...rate, occurredAt } }),
  }),
] as const
