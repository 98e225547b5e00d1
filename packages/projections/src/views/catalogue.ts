/**
 * What a company sells with, as it is answered: reasons, stages, teams, products, templates,
 * companies, users.
 *
 * @module
 */
import {
  ApiKeyEvent,
  CompanyEvent,
  Condition,
  LostReasonEvent,
  ownFields,
  Policies,
  ProductEvent,
  ScoringSettings,
  StageEvent,
  TeamEvent,
  TemplateEvent,
  UserEvent,
} from '@forsat/domain'
import * as z from 'zod'
import { Count, Id, InstantText } from './values.ts'

const entry = { id: Id, revision: Count, archived: z.boolean(), createdAt: InstantText }
const owned = { ...entry, company: Id.optional() }

export const LostReasonView = z
  .strictObject({
    ...owned,
    ...LostReasonEvent.options[0].shape.data.shape,
    ...ownFields,
    /** Losses that name it, those of reopened opportunities too. */
    count: Count,
  })
  .meta({ id: 'LostReason' })
export type LostReasonView = z.infer<typeof LostReasonView>

export const StageView = z
  .strictObject({ ...owned, ...StageEvent.options[0].shape.data.shape, ...ownFields })
  .meta({ id: 'Stage' })
export type StageView = z.infer<typeof StageView>

export const MemberView = z
  .strictObject(TeamEvent.options[3].shape.data.shape)
  .meta({ id: 'Member' })
export type MemberView = z.infer<typeof MemberView>

export const TeamView = z
  .strictObject({
    ...owned,
    ...TeamEvent.options[0].shape.data.shape,
    ...ownFields,
    /** Which leads it takes; without them all. */
    rules: Condition.optional(),
    members: z.array(MemberView),
  })
  .meta({ id: 'Team' })
export type TeamView = z.infer<typeof TeamView>

export const ProductView = z
  .strictObject({ ...owned, ...ProductEvent.options[0].shape.data.shape, ...ownFields })
  .meta({ id: 'Product' })
export type ProductView = z.infer<typeof ProductView>

/** Without a company it is shared by all. */
export const TemplateView = z
  .strictObject({ ...owned, ...TemplateEvent.options[0].shape.data.shape, ...ownFields })
  .meta({ id: 'Template' })
export type TemplateView = z.infer<typeof TemplateView>

const MailWords = z.strictObject({ subject: z.string(), text: z.string() })

export const CompanyView = z
  .strictObject({
    ...entry,
    ...CompanyEvent.options[0].shape.data.shape,
    ...ownFields,
    /** What its quotations begin from. */
    defaultTemplateId: Id.optional(),
    /** Those in force: what was set, else as usual. */
    policies: Policies,
    /** The words of mails by language: its own, else the usual ones. */
    mailTexts: z.strictObject({ fa: MailWords, en: MailWords }),
    /** What scores are learnt from: as it was configured, else as usual. */
    scoring: ScoringSettings,
  })
  .meta({ id: 'Company' })
export type CompanyView = z.infer<typeof CompanyView>

const RoleView = z.strictObject(UserEvent.options[3].shape.data.shape)

export const UserView = z
  .strictObject({
    ...entry,
    ...UserEvent.options[0].shape.data.shape,
    ...ownFields,
    roles: z.array(RoleView),
  })
  .meta({ id: 'User' })
export type UserView = z.infer<typeof UserView>

/** An API key without anything that would open a door. */
export const ApiKeyView = z
  .strictObject({ ...entry, ...ApiKeyEvent.options[0].shape.data.omit({ hash: true }).shape })
  .meta({ id: 'ApiKey' })
export type ApiKeyView = z.infer<typeof ApiKeyView>
