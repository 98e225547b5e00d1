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
  UserEvent,
} from './events.ts'

export const lostReasonCodec = codecOf({
  event: LostReasonEvent,
  versions: { LostReasonCreated: 1, LostReasonRevised: 1, LostReasonArchived: 1 },
})

export const stageCodec = codecOf({
  event: StageEvent,
  versions: { StageCreated: 1, StageRevised: 1, StageArchived: 1 },
})

export const productCodec = codecOf({
  event: ProductEvent,
  versions: { ProductCreated: 1, ProductRevised: 1, ProductArchived: 1 },
})

export const teamCodec = codecOf({
  event: TeamEvent,
  versions: {
    TeamCreated: 1,
    TeamRevised: 1,
    TeamArchived: 1,
    MemberJoined: 1,
    MemberRevised: 1,
    MemberLeft: 1,
  },
})

export const companyCodec = codecOf({
  event: CompanyEvent,
  versions: {
    CompanyCreated: 1,
    CompanyRevised: 1,
    CompanyArchived: 1,
    PoliciesSet: 1,
    ExchangeRateSet: 1,
  },
})

export const userCodec = codecOf({
  event: UserEvent,
  versions: {
    UserRegistered: 1,
    UserRevised: 1,
    UserDeactivated: 1,
    RoleGranted: 1,
    RoleRevoked: 1,
  },
})

export const apiKeyCodec = codecOf({
  event: ApiKeyEvent,
  versions: { ApiKeyIssued: 1, ApiKeyRevoked: 1 },
})
