/**
 * How the events of the catalogue are stored.
 *
 * @module
 */
import { codecOf } from '../codec.ts'
import {
  ApiKeyEvent,
  CompanyEvent,
  LostReasonEvent,
  ProductEvent,
  StageEvent,
  TeamEvent,
  TemplateEvent,
  UserEvent,
} from './events.ts'
import { companyCreatedV1, companyRevisedV1 } from './history/company.v1.ts'
import { companyRevisedV2 } from './history/company-revised.v2.ts'
import { lostReasonCreatedV1, lostReasonRevisedV1 } from './history/lost-reason.v1.ts'
import { memberJoinedV1, memberRevisedV1 } from './history/member.v1.ts'
import { productCreatedV1, productRevisedV1 } from './history/product.v1.ts'
import { stageCreatedV1, stageRevisedV1 } from './history/stage.v1.ts'
import { teamCreatedV1, teamRevisedV1 } from './history/team.v1.ts'
import { userRegisteredV1, userRevisedV1 } from './history/user.v1.ts'

export const lostReasonCodec = codecOf({
  event: LostReasonEvent,
  versions: { LostReasonCreated: 2, LostReasonRevised: 2, LostReasonArchived: 1 },
  history: [lostReasonCreatedV1, lostReasonRevisedV1],
})

export const stageCodec = codecOf({
  event: StageEvent,
  versions: { StageCreated: 2, StageRevised: 2, StageArchived: 1 },
  history: [stageCreatedV1, stageRevisedV1],
})

export const productCodec = codecOf({
  event: ProductEvent,
  versions: { ProductCreated: 2, ProductRevised: 2, ProductArchived: 1 },
  history: [productCreatedV1, productRevisedV1],
})

export const templateCodec = codecOf({
  event: TemplateEvent,
  versions: { TemplateCreated: 1, TemplateRevised: 1, TemplateArchived: 1 },
})

export const teamCodec = codecOf({
  event: TeamEvent,
  versions: {
    TeamCreated: 2,
    TeamRevised: 2,
    TeamArchived: 1,
    MemberJoined: 2,
    MemberRevised: 2,
    MemberLeft: 1,
    AssignmentRulesSet: 1,
  },
  history: [teamCreatedV1, teamRevisedV1, memberJoinedV1, memberRevisedV1],
})

export const companyCodec = codecOf({
  event: CompanyEvent,
  versions: {
    CompanyCreated: 2,
    CompanyRevised: 3,
    CompanyArchived: 1,
    PoliciesSet: 1,
    MailTextsSet: 1,
    ScoringConfigured: 1,
    ExchangeRateSet: 1,
  },
  history: [companyCreatedV1, companyRevisedV1, companyRevisedV2],
})

export const userCodec = codecOf({
  event: UserEvent,
  versions: {
    UserRegistered: 2,
    UserRevised: 2,
    UserDeactivated: 1,
    RoleGranted: 1,
    RoleRevoked: 1,
    PersonalDataErased: 1,
  },
  history: [userRegisteredV1, userRevisedV1],
})

export const apiKeyCodec = codecOf({
  event: ApiKeyEvent,
  versions: { ApiKeyIssued: 1, ApiKeyRevoked: 1 },
})
