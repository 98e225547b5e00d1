export {
  ApiKeyEvent,
  CompanyEvent,
  LostReasonEvent,
  ProductEvent,
  StageEvent,
  TeamEvent,
  UserEvent,
} from './catalogue/events.ts'
export {
  type Codec,
  codecOf,
  type Retired,
  retired,
  type StoredShape,
  type UndecodableEvent,
} from './codec.ts'
export {
  AddressKind,
  addressDescriptive,
  addressRequired,
  ContactEvent,
  contactDescriptive,
  contactRequired,
} from './contact/events.ts'
export { type Decider, fold } from './decider.ts'
export { opportunityCodec } from './opportunity/codec.ts'
export type { LostReasonFacts, OpportunityCommand, StageFacts } from './opportunity/command.ts'
export {
  OpportunityEvent,
  opportunityDescriptive,
  opportunityRequired,
} from './opportunity/events.ts'
export { opportunity } from './opportunity/opportunity.ts'
export type { OpportunityRefusal } from './opportunity/refusal.ts'
export type { OpportunityState } from './opportunity/state.ts'
export { clearable, optional } from './patch.ts'
export {
  Erased,
  erased,
  isErased,
  type PersonalMark,
  type Purpose,
  plain,
  type Subject,
} from './personal.ts'
export { policies, type Reaction } from './policies/policies.ts'
