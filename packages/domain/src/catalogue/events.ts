/**
 * What can have happened to the things a company sells with: lost reasons, stages, teams, products,
 * templates, users, API keys, and the companies themselves.
 *
 * @module
 */
import * as z from 'zod'
import { personalDataErased } from '../erasure/erasure.ts'
import { Ulid } from '../id.ts'
import { message } from '../message.ts'
import { Rate } from '../money/decimal.ts'
import { Currency } from '../money/money.ts'
import { ownFields } from '../own-fields.ts'
import { clearable, optional } from '../patch.ts'
import { personal } from '../personal.ts'
import { Condition } from '../rules/condition.ts'
import { ScoringSettings } from '../scoring/settings.ts'
import { Label } from '../text/label.ts'
import { FreeText, Line } from '../text/text.ts'
import { CalendarDate } from '../time/calendar-date.ts'
import { PolicyChanges } from './policies.ts'
import {
  mostTemplateLines,
  mostTemplateOptions,
  TemplateLine,
  TemplateOption,
} from './template-line.ts'

/** Decimal text that is not negative. */
const Decimal = z.string().regex(/^(?:0|[1-9]\d{0,17})(?:\.\d{1,10})?$/, 'must be decimal text')

/** The order in which people see things of one kind; equal positions are ordered by age. */
const Position = z.int().min(0).max(100_000)

/** The three events of everything that is made, changed and put away. */
const entry = <
  const Noun extends string,
  Required extends Record<string, z.ZodType>,
  Optional extends Record<string, z.ZodType>,
>(
  noun: Noun,
  required: Required,
  optionally: Optional,
) =>
  [
    message(`${noun}Created`, { ...required, ...optional({ ...optionally, ...ownFields }) }),
    message(`${noun}Revised`, {
      ...optional(required),
      ...clearable({ ...optionally, ...ownFields }),
    }),
    message(`${noun}Archived`, {}),
  ] as const

export const LostReasonEvent = z.discriminatedUnion(
  'type',
  entry(
    'LostReason',
    { name: Line, position: Position, requiresNote: z.boolean() },
    { category: Label },
  ),
)
export type LostReasonEvent = z.infer<typeof LostReasonEvent>

export const StageEvent = z.discriminatedUnion(
  'type',
  entry(
    'Stage',
    { name: Line, position: Position, won: z.boolean(), folded: z.boolean() },
    { teamId: Ulid },
  ),
)
export type StageEvent = z.infer<typeof StageEvent>

/** A conversion of quantities: one `unit` is `factor` of the product's own unit. */
const UnitFactor = z.strictObject({ unit: Label, factor: Decimal })

/** A price from a quantity on; without `minQuantity` from the first piece on. */
const Price = z.strictObject({
  unitPrice: z.strictObject({ amount: Decimal, currency: Currency }),
  minQuantity: Decimal.optional(),
})

export const ProductEvent = z.discriminatedUnion(
  'type',
  entry(
    'Product',
    { name: Line, saleable: z.boolean() },
    {
      code: Label,
      category: Label,
      unit: Label,
      units: z.array(UnitFactor).max(20),
      prices: z.array(Price).max(50),
      taxRate: Decimal,
      description: Line,
    },
  ),
)
export type ProductEvent = z.infer<typeof ProductEvent>

/** What may describe a template, and may be cleared again. */
export const templateDescriptive = {
  /** 0 is no expiry at all; left out, the company's days count. */
  validityDays: z.int().min(0).max(3650),
  subject: Line,
  terms: FreeText,
  paymentTerms: FreeText,
  deliveryTerms: FreeText,
}

export const TemplateEvent = z.discriminatedUnion(
  'type',
  entry(
    'Template',
    {
      name: Label,
      lines: z.array(TemplateLine).max(mostTemplateLines),
      options: z.array(TemplateOption).max(mostTemplateOptions),
    },
    templateDescriptive,
  ),
)
export type TemplateEvent = z.infer<typeof TemplateEvent>

const membership = {
  capacityPer30Days: z.int().min(0).max(100_000),
  capacityPerDay: z.int().min(0).max(10_000),
  paused: z.boolean(),
  absences: z.array(z.strictObject({ from: CalendarDate, to: CalendarDate })).max(100),
  /** What the member takes of what the team takes. */
  rules: Condition,
  /** What of it the member is asked for first. */
  preferred: Condition,
}

export const TeamEvent = z.discriminatedUnion('type', [
  ...entry('Team', { name: Line, position: Position }, { region: Label, leaderId: Ulid }),
  message('MemberJoined', { userId: Ulid, ...optional(membership) }),
  message('MemberRevised', { userId: Ulid, ...clearable(membership) }),
  message('MemberLeft', { userId: Ulid }),
  /** Which leads the team takes; `null` for all. */
  message('AssignmentRulesSet', { when: Condition.nullable() }),
])
export type TeamEvent = z.infer<typeof TeamEvent>

export const Role = z.enum(['admin', 'manager', 'sales', 'analyst', 'auditor'])
export type Role = z.infer<typeof Role>

/** Staff are data subjects too: a user's own fields are sealed under the user's key. */
export const UserEvent = z.discriminatedUnion('type', [
  message('UserRegistered', {
    name: personal(Line, 'record'),
    email: personal(Line, 'record').optional(),
    ...optional(ownFields),
  }),
  message('UserRevised', {
    name: personal(Line, 'record').optional(),
    email: personal(Line, 'record').nullable().optional(),
    ...clearable(ownFields),
  }),
  message('UserDeactivated', {}),
  message('RoleGranted', { companyId: Ulid, role: Role }),
  message('RoleRevoked', { companyId: Ulid, role: Role }),
  personalDataErased,
])
export type UserEvent = z.infer<typeof UserEvent>

/** A key is shown once; only the SHA-256 of it is kept. */
export const ApiKeyEvent = z.discriminatedUnion('type', [
  message('ApiKeyIssued', {
    name: Line,
    hash: z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in hex'),
    userId: Ulid,
    /** None: every company the user has a role in. */
    companyIds: z.array(Ulid).max(100),
    delegate: z.boolean(),
  }),
  message('ApiKeyRevoked', {}),
])
export type ApiKeyEvent = z.infer<typeof ApiKeyEvent>

const settings = {
  name: Line,
  currency: Currency,
  zone: z.string().regex(/^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/, 'must be a time zone of the IANA list'),
  language: z.enum(['fa', 'en']),
  calendar: z.enum(['jalali', 'gregorian']),
  weekStartsOn: z.enum(['saturday', 'sunday', 'monday']),
  moneyUnit: z.enum(['rial', 'toman']),
}
const settled = {
  /** Month and day in the company's calendar, `01-01`. */
  fiscalYearStart: z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'must be MM-DD'),
  defaultTaxRate: Decimal,
  /** Digits after the point where a company keeps a currency in another way than usual. */
  digits: z.record(Currency, z.int().min(0).max(4)),
  numberPatterns: z.strictObject({ quotation: Line.optional(), order: Line.optional() }),
  identifiers: z.array(z.strictObject({ kind: Label, value: Line })).max(10),
  address: Line.max(200),
  bankAccount: Line.max(100),
}

const MailWords = z.strictObject({ subject: Line, text: FreeText })

export const CompanyEvent = z.discriminatedUnion('type', [
  message('CompanyCreated', { ...settings, ...optional({ ...settled, ...ownFields }) }),
  message('CompanyRevised', {
    ...optional(settings),
    ...clearable({
      ...settled,
      ...ownFields,
      /** What its quotations begin from. A company that is only made has no template yet. */
      defaultTemplateId: Ulid,
    }),
  }),
  message('CompanyArchived', {}),
  message('PoliciesSet', PolicyChanges.shape),
  /** The words of mails by language; `null` goes back to the usual ones. */
  message('MailTextsSet', clearable({ fa: MailWords, en: MailWords })),
  /** All settings of scoring, those too that stay as they were. */
  message('ScoringConfigured', ScoringSettings.shape),
  /** One `base` costs `rate` of `quote`, from this day on until another is set. */
  message('ExchangeRateSet', { base: Currency, quote: Currency, date: CalendarDate, rate: Rate }),
])
export type CompanyEvent = z.infer<typeof CompanyEvent>
