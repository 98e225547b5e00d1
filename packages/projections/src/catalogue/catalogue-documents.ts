/**
 * The entries of the catalogue that have more to tell than how they are described.
 *
 * @module
 */
import type {
  ApiKeyEvent,
  CompanyEvent,
  PolicyChanges,
  ScoringSettings,
  TeamEvent,
  UserEvent,
} from '@forsat/domain'
import type { RecordedEvent } from '@forsat/event-store'
import { patched } from '../patch.ts'
import type {
  ApiKeyView,
  CompanyView,
  LostReasonView,
  ProductView,
  StageView,
  TeamView,
  TemplateView,
  UserView,
} from '../views/catalogue.ts'
import { type EntryDocument, entryAfter, entryBegun, plainEntryAfter } from './entry-document.ts'

type Own = 'externalIds' | 'attributes'
type Told<View extends Pick<StageView, Own>> = EntryDocument &
  Omit<View, Own> & { readonly [Name in Own]?: View[Name] | undefined }

export type LostReasonDocument = Told<Omit<LostReasonView, 'count'>>
export type StageDocument = Told<StageView>
export type ProductDocument = Told<ProductView>
export type TemplateDocument = Told<TemplateView>
export type TeamDocument = Told<TeamView>
export type UserDocument = Told<UserView>
export type ApiKeyDocument = ApiKeyView & EntryDocument & { readonly hash: string }
export type CompanyDocument = Told<Omit<CompanyView, 'policies' | 'mailTexts' | 'scoring'>> & {
  /** As it was configured; absent, as usual. */
  readonly scoring?: ScoringSettings
  /** Those that were set; the others are as usual. */
  readonly policies: PolicyChanges
  /** The words of mails in the languages in which they are not as usual. */
  readonly mailTexts?: Partial<CompanyView['mailTexts']>
}

export const companyAfter = (
  document: CompanyDocument | undefined,
  recorded: RecordedEvent,
): CompanyDocument | undefined => {
  const event = recorded.event as CompanyEvent
  switch (event.type) {
    case 'CompanyCreated':
      return entryBegun(recorded, { ...event.data, policies: {} })
    case 'PoliciesSet': {
      const { features: switched, ...others } = event.data
      const known = document?.policies ?? {}
      // Features are switched one by one, other policies set as a whole; `null` is a value of theirs.
      const features = switched && { ...known.features, ...switched }
      const policies = { ...known, ...others, ...(features && { features }) }
      return entryAfter(document, recorded, { policies })
    }
    case 'MailTextsSet':
      return entryAfter(document, recorded, {
        mailTexts: patched(document?.mailTexts ?? {}, event.data),
      })
    case 'ScoringConfigured':
      return entryAfter(document, recorded, { scoring: event.data })
    case 'ExchangeRateSet':
      return entryAfter(document, recorded, {})
    case 'CompanyRevised':
    case 'CompanyArchived':
      return plainEntryAfter(document, recorded)
  }
}

export const teamAfter = (
  document: TeamDocument | undefined,
  recorded: RecordedEvent,
): TeamDocument | undefined => {
  const event = recorded.event as TeamEvent
  const members = document?.members ?? []
  switch (event.type) {
    case 'TeamCreated':
      return entryBegun(recorded, { ...event.data, members: [] })
    case 'MemberJoined':
      return entryAfter(document, recorded, { members: [...members, event.data] })
    case 'MemberRevised': {
      const { userId, ...changes } = event.data
      const revised = members.map((each) =>
        each.userId === userId ? patched(each, changes) : each,
      )
      return entryAfter(document, recorded, { members: revised })
    }
    case 'MemberLeft': {
      const { userId } = event.data
      const left = members.filter((each) => each.userId !== userId)
      return entryAfter(document, recorded, { members: left })
    }
    case 'AssignmentRulesSet':
      return entryAfter(document, recorded, { rules: event.data.when })
    case 'TeamRevised':
    case 'TeamArchived':
      return plainEntryAfter(document, recorded)
  }
}

export const userAfter = (
  document: UserDocument | undefined,
  recorded: RecordedEvent,
): UserDocument | undefined => {
  const { type, data } = recorded.event as UserEvent
  const roles = document?.roles ?? []
  switch (type) {
    case 'UserRegistered':
      return entryBegun(recorded, { ...data, roles: [] })
    case 'UserRevised':
      return entryAfter(document, recorded, data)
    case 'UserDeactivated':
      return entryAfter(document, recorded, { archived: true })
    case 'RoleGranted':
      return entryAfter(document, recorded, { roles: [...roles, data] })
    case 'RoleRevoked': {
      const left = roles.filter(
        ({ companyId, role }) => companyId !== data.companyId || role !== data.role,
      )
      return entryAfter(document, recorded, { roles: left })
    }
    case 'PersonalDataErased':
      return entryAfter(document, recorded, {})
  }
}

export const apiKeyAfter = (
  document: ApiKeyDocument | undefined,
  recorded: RecordedEvent,
): ApiKeyDocument | undefined => {
  const { type, data } = recorded.event as ApiKeyEvent
  switch (type) {
    case 'ApiKeyIssued':
      return entryBegun(recorded, data)
    case 'ApiKeyRevoked':
      return entryAfter(document, recorded, { archived: true })
  }
}
