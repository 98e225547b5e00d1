export type {
  Digest,
  Projections,
  ProjectionsOptions,
  RebuildLog,
  RebuildRefusal,
  RebuildSource,
  Rebuilt,
  SqlAnswer,
  Waiting,
} from './projections.ts'
export { type BucketUnit, buckets, type Dimension, dimensions } from './queries/dimension.ts'
export type {
  At,
  Catalogue,
  CatalogueFilters,
  CatalogueSort,
  Choice,
  ContactFilters,
  ContactSort,
  DimensionFilters,
  EventsRequest,
  ListRequest,
  OpportunityFilters,
  OpportunitySort,
  Page,
  Period,
  Queries,
  QueryRefusal,
  ReportRequest,
  Scope,
} from './queries/queries.ts'
export {
  ApiKeyView,
  CompanyView,
  LostReasonView,
  MemberView,
  ProductView,
  StageView,
  TeamView,
  UserView,
} from './views/catalogue.ts'
export { AddressView, ContactView } from './views/contact.ts'
export { EventView, HistoryEntry } from './views/history.ts'
export { OpportunityView } from './views/opportunity.ts'
export { LossReport, lossMeasureNames, WinReport, winMeasureNames } from './views/report.ts'
export { ProjectionStatus } from './views/status.ts'
