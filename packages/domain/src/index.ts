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
export {
  OpportunityEvent,
  opportunityDescriptive,
  opportunityRequired,
} from './opportunity/events.ts'
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
