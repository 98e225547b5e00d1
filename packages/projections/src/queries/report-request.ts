/**
 * What reports may be asked.
 *
 * @module
 */
import type { Either } from 'fp-ts/lib/Either.js'
import type { QuotationStatus } from '../views/quotation.ts'
import type {
  LossMeasure,
  LossReport,
  PipelineMeasure,
  PipelineReport,
  QuotationMeasure,
  QuotationReport,
  WinMeasure,
  WinReport,
} from '../views/report.ts'
import type { At } from './at.ts'
import { type Dimension, dimensions } from './dimension.ts'
import type { QueryRefusal } from './refusal.ts'
import type { Choice, DimensionFilters, Period, Scope } from './request.ts'

/** What only a loss has, or says something of. */
const ofLosses: ReadonlySet<Dimension> = new Set(['reason', 'category', 'competitor'])

/** What open opportunities are told apart by; `quoted` are those that ever were sent an offer. */
export const pipelineDimensions = dimensions.filter((name) => !ofLosses.has(name))

/** What an opportunity alone has. */
const ofOpportunities: ReadonlySet<Dimension> = new Set(['competitor', 'kind', 'quoted'])

/**
 * What quotations are told apart by: `reason` is why one was declined, `product` what its lines offer,
 * and what a quotation does not say itself is its opportunity's.
 */
export const quotationDimensions = [
  'status',
  'currency',
  ...dimensions.filter((name) => !ofOpportunities.has(name)),
] as const

/** The day that counts: when it was closed, when it was created, or when an offer was sent. */
export type DateBasis = 'closed' | 'created' | 'sent'

export interface ReportRequest<Measure extends string, Filters = DimensionFilters>
  extends Omit<Period, 'dateBasis'> {
  /** By default `closed`; of the pipeline, where nothing is closed yet, `created`. */
  readonly dateBasis?: DateBasis | undefined
  readonly groupBy?: readonly string[] | undefined
  readonly filters?: Filters | undefined
  /** What buckets of time are cut by; by default as the company does. */
  readonly calendar?: 'gregorian' | 'jalali' | undefined
  readonly measures?: readonly Measure[] | undefined
  /** Beside each figure that of the time before: the period of the same length, the bucket before. */
  readonly compare?: 'previous' | undefined
  /** A measure or a dimension that was grouped by; `-` turns it round. */
  readonly sort?: string | undefined
  /** Only so many rows, the first as sorted. */
  readonly top?: number | undefined
  /** Only rows of so many or more. */
  readonly minCount?: number | undefined
  /** Only sums in this currency. */
  readonly currency?: string | undefined
  /** Whether losses that were reopened since count. */
  readonly reopened?: 'exclude' | 'include' | undefined
  readonly at?: At | undefined
}

export interface QuotationReportFilters
  extends Omit<DimensionFilters, 'competitor' | 'kind' | 'quoted'> {
  /** As the clock told it at the moment asked for. */
  readonly status?: Choice<QuotationStatus> | undefined
}
/** `currency` leaves out the quotations in others, not their sums alone. */
export type QuotationReportRequest = ReportRequest<QuotationMeasure, QuotationReportFilters>
/** Leads are left out unless `kind` asks for them. Days of closing are those expected. */
export type PipelineReportRequest = ReportRequest<PipelineMeasure>

export interface ReportQueries {
  readonly lostReasons: (
    scope: Scope,
    request?: ReportRequest<LossMeasure>,
  ) => Promise<Either<QueryRefusal, LossReport>>
  readonly winRate: (
    scope: Scope,
    request?: ReportRequest<WinMeasure>,
  ) => Promise<Either<QueryRefusal, WinReport>>
  readonly quotations: (
    scope: Scope,
    request?: QuotationReportRequest,
  ) => Promise<Either<QueryRefusal, QuotationReport>>
  readonly pipeline: (
    scope: Scope,
    request?: PipelineReportRequest,
  ) => Promise<Either<QueryRefusal, PipelineReport>>
}
