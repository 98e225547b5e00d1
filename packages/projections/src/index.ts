export { planView } from './assignment/run-view.ts'
export type { Digest } from './digest.ts'
export { type Projection, projection } from './projection.ts'
export {
  createProjections,
  type Projections,
  type ProjectionsOptions,
  type Replay,
  type Waiting,
} from './projections.ts'
export type { OnErasure } from './purging.ts'
export { belongs, type Moment } from './queries/at.ts'
export { type BucketUnit, buckets, type Dimension, dimensions } from './queries/dimension.ts'
export { isToldTo } from './queries/events.ts'
export type {
  Catalogue,
  CatalogueFilters,
  CatalogueSort,
  Choice,
  ContactFilters,
  ContactSort,
  DimensionFilters,
  EventsRequest,
  ExchangeRateFilters,
  ListRequest,
  OpportunityFilters,
  OpportunitySort,
  OrderFilters,
  OrderSort,
  Page,
  Period,
  Queries,
  QuotationFilters,
  QuotationSort,
  Scope,
} from './queries/queries.ts'
export { ReadModelNotReady } from './queries/reader.ts'
export type { QueryRefusal } from './queries/refusal.ts'
export {
  type PipelineReportRequest,
  pipelineDimensions,
  type QuotationReportRequest,
  quotationDimensions,
  type ReportRequest,
} from './queries/report-request.ts'
export { type QuotationDocument, quotationDocument } from './quotations/quotation-document.ts'
export type { VersionDocument } from './quotations/version-document.ts'
export type { RebuildRefusal, Rebuilt } from './rebuild.ts'
export type { RebuildLog, RebuildSource } from './rebuild-source.ts'
export { type SqlAnswer, SqlRefused } from './sql.ts'
export { PlanView, RunSummaryView, RunView } from './views/assignment.ts'
export {
  ApiKeyView,
  CompanyView,
  LostReasonView,
  MemberView,
  ProductView,
  StageView,
  TeamView,
  TemplateView,
  UserView,
} from './views/catalogue.ts'
export { AddressView, ContactView } from './views/contact.ts'
export { DeliveryState, DeliveryView, QuestionView } from './views/delivery.ts'
export { EventView, HistoryEntry } from './views/history.ts'
export { DuplicateView, OpportunityView } from './views/opportunity.ts'
export {
  ExchangeRateView,
  OrderView,
  PublicQuotationView,
  QuotationListItem,
  QuotationStatus,
  QuotationSummary,
  QuotationTotals,
  QuotationView,
} from './views/quotation.ts'
export {
  LossReport,
  lossMeasureNames,
  PipelineReport,
  pipelineMeasureNames,
  QuotationReport,
  quotationMeasureNames,
  WinReport,
  winMeasureNames,
} from './views/report.ts'
export { EvaluationView, ExplanationView, FrequenciesView } from './views/scoring.ts'
export { ProjectionStatus } from './views/status.ts'
