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
export { ContactEvent } from './contact/events.ts'
export { type Decider, fold } from './decider.ts'
export { OpportunityEvent } from './opportunity/events.ts'
export {
  Erased,
  erased,
  isErased,
  type PersonalMark,
  type Purpose,
  type Subject,
} from './personal.ts'
