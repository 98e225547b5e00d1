export { type Either, isLeft, isRight, match } from 'fp-ts/lib/Either.js'
export {
  aggregates,
  type Category,
  type EventReader,
  type EventType,
  eventTypes,
} from './aggregates.ts'
export { type Member, type Received, windowDays } from './assignment/capacity.ts'
export { assignmentRunCodec } from './assignment/codec.ts'
export {
  AssignmentPlan,
  AssignmentRunEvent,
  AssignmentSettings,
  RunBasis,
  Seed,
} from './assignment/events.ts'
export type { Lead } from './assignment/lead.ts'
export {
  type Assigned,
  type LeftOver,
  type Plan,
  plan,
  type Situation,
  type TakingTeam,
} from './assignment/plan.ts'
export { reasonInWords } from './assignment/reasons.ts'
export {
  type AssignmentRunCommand,
  type AssignmentRunRefusal,
  type AssignmentRunState,
  assignmentRun,
} from './assignment/run.ts'
export { type ApiKeyCommand, type ApiKeyState, apiKey } from './catalogue/api-key.ts'
export {
  apiKeyCodec,
  companyCodec,
  lostReasonCodec,
  productCodec,
  stageCodec,
  teamCodec,
  templateCodec,
  userCodec,
} from './catalogue/codec.ts'
export {
  type CompanyCommand,
  type CompanyFields,
  type CompanyRefusal,
  type CompanyState,
  company,
  effectivePolicies,
} from './catalogue/company.ts'
export {
  ApiKeyEvent,
  CompanyEvent,
  LostReasonEvent,
  ProductEvent,
  Role,
  StageEvent,
  TeamEvent,
  TemplateEvent,
  templateDescriptive,
  UserEvent,
} from './catalogue/events.ts'
export {
  type LostReasonCommand,
  type LostReasonState,
  lostReason,
  lostReasonFacts,
} from './catalogue/lost-reason.ts'
export { MailText, usualMailTexts, wordsWith } from './catalogue/mail-text.ts'
export { Policies, PolicyChanges, usualPolicies } from './catalogue/policies.ts'
export { type ProductCommand, type ProductState, product } from './catalogue/product.ts'
export { type StageCommand, type StageState, stage, stageFacts } from './catalogue/stage.ts'
export {
  type TeamCommand,
  type TeamRefusal,
  type TeamState,
  team,
} from './catalogue/team.ts'
export {
  type TemplateCommand,
  type TemplateFields,
  type TemplateRefusal,
  type TemplateState,
  template,
} from './catalogue/template.ts'
export {
  mostTemplateLines,
  mostTemplateOptions,
  optionBounds,
  TemplateLine,
  TemplateOption,
  templateItemFields,
} from './catalogue/template-line.ts'
export {
  type RoleInCompany,
  type UserCommand,
  type UserRefusal,
  type UserState,
  user,
} from './catalogue/user.ts'
export { usualLostReasons, usualStages } from './catalogue/usual.ts'
export {
  type Codec,
  codecOf,
  type Retired,
  retired,
  type StoredShape,
  type UndecodableEvent,
} from './codec.ts'
export type { Address } from './contact/address.ts'
export {
  addressesFor,
  addressesWithin,
  commercialEntity,
  type Found,
  type Holder,
} from './contact/addressing.ts'
export { contactCodec } from './contact/codec.ts'
export {
  type ContactCommand,
  type ContactRefusal,
  type ContactState,
  contact,
} from './contact/contact.ts'
export {
  AddressKind,
  addressDescriptive,
  addressRequired,
  ContactEvent,
  contactDescriptive,
  contactRequired,
  Identifier,
} from './contact/events.ts'
export { type IdentifierWarning, identifierWarnings } from './contact/identifier.ts'
export { type Decider, fold, type Occurred } from './decider.ts'
export { deliveryCodec } from './delivery/codec.ts'
export type { DeliveryCommand, DeliveryRefusal } from './delivery/command.ts'
export { delivery } from './delivery/delivery.ts'
export { DeliveryEvent, FailureCode } from './delivery/events.ts'
export { type Due, dueMail } from './delivery/outbox.ts'
export type { DeliveryState } from './delivery/state.ts'
export {
  backupsGoneBy,
  type ErasedSubject,
  Kept,
  keptUntil,
  type PersonalDataErased,
} from './erasure/erasure.ts'
export { ExternalId, Ulid } from './id.ts'
export { ledgerCodec } from './ledger/codec.ts'
export { Closing, Export, LedgerEvent, Origin } from './ledger/events.ts'
export {
  type LedgerCommand,
  type LedgerRefusal,
  type LedgerState,
  ledger,
  type SealedPeriod,
  sealedPeriodOf,
} from './ledger/ledger.ts'
export { compareMoney, plus, sumByCurrency, times } from './money/arithmetic.ts'
export { Percent, Quantity, Rate } from './money/decimal.ts'
export { compareDecimals } from './money/exact.ts'
export {
  Currency,
  Money,
  type TooManyDigits,
  UnitPrice,
  usualDigits,
  withDigits,
} from './money/money.ts'
export { tomansOf } from './money/toman.ts'
export { numberingCodec } from './numbering/codec.ts'
export { NumberingEvent } from './numbering/events.ts'
export { type NumberingCommand, type NumberingState, numbering } from './numbering/numbering.ts'
export {
  documentNumber,
  NumberPattern,
  usualPatterns,
  type Years,
  yearIn,
} from './numbering/pattern.ts'
export { opportunityCodec } from './opportunity/codec.ts'
export type {
  Absorbing,
  LostReasonFacts,
  OpenStage,
  OpportunityCommand,
  StageFacts,
  WonStage,
} from './opportunity/command.ts'
export {
  OpportunityEvent,
  opportunityDescriptive,
  opportunityRequired,
} from './opportunity/events.ts'
export { opportunity } from './opportunity/opportunity.ts'
export type { OpportunityRefusal } from './opportunity/refusal.ts'
export type { OpportunityState } from './opportunity/state.ts'
export { ownFields } from './own-fields.ts'
export { clearable, isSame, optional } from './patch.ts'
export {
  Erased,
  erased,
  isErased,
  type PersonalMark,
  type Purpose,
  personal,
  plain,
  type Subject,
} from './personal.ts'
export { policies, type Reaction } from './policies/policies.ts'
export { approvedOf, exceeded, isApproved, voidsApproval } from './quotation/approval.ts'
export { quotationCodec } from './quotation/codec.ts'
export type { QuotationCommand } from './quotation/command.ts'
export {
  AddressText,
  Conversion,
  Link,
  Party,
  QuotationEvent,
  quotationDescriptive,
} from './quotation/events.ts'
export { Item, itemFields, mostLines, type PricedLine, QuotationLine } from './quotation/line.ts'
export {
  isTakeable,
  type Option,
  type PricedOption,
  QuotationOption,
} from './quotation/option.ts'
export { openOffer } from './quotation/outcome.ts'
export { addressTextIn, partyIn } from './quotation/party.ts'
export { quotation } from './quotation/quotation.ts'
export { reckoned } from './quotation/reckoning.ts'
export type { QuotationRefusal } from './quotation/refusal.ts'
export type { Content, QuotationState } from './quotation/state.ts'
export { type Figured, type Figuring, figured, Totals } from './quotation/totals.ts'
export { hasExpired, type Validity, validityOf } from './quotation/validity.ts'
export { versionNumber, workedOn } from './quotation/version.ts'
export type { CommonRefusal } from './refusal.ts'
export { Condition, partsOf } from './rules/condition.ts'
export { inWords } from './rules/in-words.ts'
export type { Deal, Outcome, StagePlace, Trait } from './scoring/deal.ts'
export { type Evaluated, evaluated, walkedBy, walkForward } from './scoring/evaluation.ts'
export { frequencies } from './scoring/frequencies.ts'
export { ripe } from './scoring/ripeness.ts'
export { baseRate, type Factor, type Score } from './scoring/score.ts'
export { type Scorer, ScoringModel, scorer } from './scoring/scoring.ts'
export { ScoringSettings, ScoringVariable, usualScoring } from './scoring/settings.ts'
export { asciiDigits, compareKey, phoneKey } from './text/compare-key.ts'
export { countryCode, languageTag } from './text/country.ts'
export { AttributeChanges, Attributes, Label } from './text/label.ts'
export { MailAddress } from './text/mail-address.ts'
export { FreeText, Line } from './text/text.ts'
export { CalendarDate, daysBetween, isAfter, plusDays } from './time/calendar-date.ts'
export { Instant, parseInstant } from './time/instant.ts'
