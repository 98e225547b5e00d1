/**
 * The questions that read models answer. Each is asked for one company and never tells of another.
 *
 * @module
 */
import type { CalendarDate, Holder, Lead, Plan, TakingTeam } from '@forsat/domain'
import type { Either } from 'fp-ts/lib/Either.js'
import type { RunSummaryView, RunView } from '../views/assignment.ts'
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
import type { ContactView } from '../views/contact.ts'
import type { DeliveryState } from '../views/delivery.ts'
import type { Change, EventView, HistoryEntry } from '../views/history.ts'
import type { DuplicateView, OpportunityView, Outcome } from '../views/opportunity.ts'
import type {
  ExchangeRateView,
  OrderView,
  PublicQuotationView,
  QuotationListItem,
  QuotationStatus,
  QuotationSummary,
  QuotationView,
} from '../views/quotation.ts'
import type { EvaluationView, ExplanationView, FrequenciesView } from '../views/scoring.ts'
import type { At, Moment } from './at.ts'
import type { QueryRefusal } from './refusal.ts'
import type { ReportQueries } from './report-request.ts'
import type { Choice, DimensionFilters, Period, Scope } from './request.ts'

export type { Choice, DimensionFilters, Period, Scope } from './request.ts'

export interface Page<Item> {
  readonly items: readonly Item[]
  /** Where the next page begins; absent at the end. */
  readonly next?: string
  /** Of all pages, where it was asked for. */
  readonly total?: number
}

export interface ListRequest<Filters, Sort extends string> {
  readonly filters?: Filters | undefined
  /** By default as the list says; `-` turns it round. The last key is always unique. */
  readonly sort?: Sort | `-${Sort}` | undefined
  /** 1 to 200, by default 50. */
  readonly limit?: number | undefined
  readonly cursor?: string | undefined
  readonly count?: boolean | undefined
}

interface ExternalIdFilter {
  readonly system: string
  readonly id: string
}

export interface OpportunityFilters extends DimensionFilters, Period {
  readonly outcome?: Choice<Outcome> | undefined
  readonly contactId?: Choice | undefined
  readonly priority?: Choice<number> | undefined
  readonly externalId?: ExternalIdFilter | undefined
  /** Whether two decisions met on it that nobody has settled. */
  readonly conflict?: boolean | undefined
  /** Whether a quotation of it stands confirmed. */
  readonly confirmed?: boolean | undefined
  /** Found in title, names, mail or phone, however it is typed. */
  readonly q?: string | undefined
}
export type OpportunitySort =
  | 'createdAt'
  | 'updatedAt'
  | 'closedAt'
  | 'title'
  | 'expectedRevenue'
  | 'expectedCloseOn'
  | 'nextStepOn'
  | 'priority'

export interface QuotationFilters {
  /** As the clock tells it; of a quotation with an issued version and a draft, either is enough. */
  readonly status?: Choice<QuotationStatus> | undefined
  /** Those of what was merged into it too. */
  readonly opportunityId?: Choice | undefined
  readonly contactId?: Choice | undefined
  readonly salesperson?: Choice | undefined
  readonly team?: Choice | undefined
  readonly currency?: Choice | undefined
  /** Of any version, with its suffix or without. */
  readonly number?: string | undefined
  /** Found in number, subject, customer or reference, however it is typed. */
  readonly q?: string | undefined
  readonly validUntilFrom?: string | undefined
  readonly validUntilTo?: string | undefined
  /** Of the version that stands, as the clock tells it. */
  readonly delivery?: Choice<DeliveryState> | undefined
  readonly externalId?: ExternalIdFilter | undefined
  readonly attributes?: Readonly<Record<string, Choice>> | undefined
}

export type QuotationSort = 'createdAt' | 'updatedAt' | 'number' | 'total' | 'validUntil' | 'sentAt'

export interface OrderFilters {
  readonly status?: Choice<OrderView['status']> | undefined
  readonly quotationId?: Choice | undefined
  readonly contactId?: Choice | undefined
  readonly opportunityId?: Choice | undefined
  /** Days of the confirmation, both included. */
  readonly from?: string | undefined
  readonly to?: string | undefined
}

export type OrderSort = 'confirmedAt' | 'number' | 'total'

export interface ExchangeRateFilters {
  readonly base?: string | undefined
  readonly quote?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
}

export interface ContactFilters {
  readonly q?: string | undefined
  readonly email?: string | undefined
  readonly phone?: string | undefined
  readonly isCompany?: boolean | undefined
  readonly parentId?: Choice | undefined
  readonly archived?: boolean | undefined
  readonly externalId?: ExternalIdFilter | undefined
}
export type ContactSort = 'name' | 'createdAt' | 'updatedAt'

export interface CatalogueFilters {
  readonly archived?: boolean | undefined
  /** Found in the name, however it is typed. */
  readonly q?: string | undefined
  readonly externalId?: ExternalIdFilter | undefined
}
export type CatalogueSort = 'position' | 'name' | 'createdAt'

export interface Catalogue<View> {
  readonly get: (id: string, scope: Scope) => Promise<View | undefined>
  /** Ordered by position, then by age. */
  readonly list: (
    scope: Scope,
    request?: ListRequest<CatalogueFilters, CatalogueSort>,
  ) => Promise<Either<QueryRefusal, Page<View>>>
}

export interface EventsRequest {
  /** Behind this position; by default from the first event on. */
  readonly after?: number | undefined
  /** 1 to 200, by default 50. */
  readonly limit?: number | undefined
  readonly stream?: string | undefined
  /** Without its version: `OpportunityWon`. */
  readonly type?: string | undefined
  /** `kind:id`. */
  readonly actor?: string | undefined
  /** Recorded from then on, up to then. */
  readonly from?: string | undefined
  readonly to?: string | undefined
}

export interface Between {
  readonly from: Moment
  readonly to: Moment
}

/** Read of one state of the log, so that whoever reads that state again finds the same. */
export interface AssignmentFacts {
  readonly teams: readonly TakingTeam[]
  /** All that are open, somebody's or not. */
  readonly leads: readonly Lead[]
  /** The last event that they rest on. */
  readonly lastInput: string | undefined
}

export interface AssignmentFactsRequest {
  /** The company's local day. */
  readonly today: CalendarDate
  /** The only team that takes part; without it all. */
  readonly teamId?: string | undefined
}

export interface Queries {
  readonly opportunities: {
    readonly get: (id: string, scope: Scope, at?: At) => Promise<OpportunityView | undefined>
    readonly list: (
      scope: Scope,
      request?: ListRequest<OpportunityFilters, OpportunitySort>,
    ) => Promise<Either<QueryRefusal, Page<OpportunityView>>>
    /** Others that may be the same sale: the most alike first. */
    duplicates(id: string, scope: Scope): Promise<readonly DuplicateView[] | undefined>
    /** What happened to it, in the order of the log, with what it took over from merged ones. */
    readonly history: (id: string, scope: Scope) => Promise<readonly HistoryEntry[] | undefined>
  }
  readonly quotations: {
    readonly get: (id: string, scope: Scope, at?: At) => Promise<QuotationView | undefined>
    readonly list: (
      scope: Scope,
      request?: ListRequest<QuotationFilters, QuotationSort>,
    ) => Promise<Either<QueryRefusal, Page<QuotationListItem>>>
    readonly history: (id: string, scope: Scope) => Promise<readonly HistoryEntry[] | undefined>
    /** All of an opportunity and of what was merged into it, the oldest first. */
    readonly ofOpportunity: (
      opportunityId: string,
      scope: Scope,
    ) => Promise<readonly QuotationSummary[]>
    /** Offers whose last day is over and that are not recorded as expired, the oldest first. */
    readonly due: (
      scope: Scope,
      now: string,
    ) => Promise<readonly { readonly id: string; readonly expiresAt: string }[]>
    /** Those whose mail somebody has to look after by now: to send it, or to give it up. */
    readonly toMail: (scope: Scope, now: string) => Promise<readonly string[]>
    /** Whose link a token is, by the SHA-256 of it: any that was ever issued and not revoked since. */
    readonly byTokenHash: (
      hash: string,
    ) => Promise<
      { readonly id: string; readonly company: string; readonly version: number } | undefined
    >
    /** What the customer of a version sees. */
    readonly forCustomer: (
      id: string,
      version: number,
      scope: Scope,
    ) => Promise<PublicQuotationView | undefined>
  }
  readonly orders: {
    readonly get: (number: string, scope: Scope) => Promise<OrderView | undefined>
    readonly list: (
      scope: Scope,
      request?: ListRequest<OrderFilters, OrderSort>,
    ) => Promise<Either<QueryRefusal, Page<OrderView>>>
  }
  readonly exchangeRates: {
    /** The one of the day or the last before it; the reverse of one counts too. */
    readonly on: (
      pair: { readonly base: string; readonly quote: string; readonly date: string },
      scope: Scope,
    ) => Promise<{ readonly rate: string; readonly date: string } | undefined>
    readonly list: (
      scope: Scope,
      request?: ListRequest<ExchangeRateFilters, 'date'>,
    ) => Promise<Either<QueryRefusal, Page<ExchangeRateView>>>
  }
  readonly contacts: {
    readonly get: (id: string, scope: Scope, at?: At) => Promise<ContactView | undefined>
    readonly list: (
      scope: Scope,
      request?: ListRequest<ContactFilters, ContactSort>,
    ) => Promise<Either<QueryRefusal, Page<ContactView>>>
    readonly history: (id: string, scope: Scope) => Promise<readonly HistoryEntry[] | undefined>
    /** Those who stand below one of these, however deep, but for companies; the oldest first. */
    readonly below: (ids: readonly string[], scope: Scope) => Promise<readonly Holder[]>
  }
  readonly assignment: {
    /** What a plan of a day rests on; `undefined` where nobody knows the company. */
    readonly facts: (
      scope: Scope,
      request: AssignmentFactsRequest,
    ) => Promise<AssignmentFacts | undefined>
    readonly run: (id: string, scope: Scope) => Promise<RunView | undefined>
    /** The run that an event summed up. */
    readonly runOfEvent: (eventId: string, scope: Scope) => Promise<RunView | undefined>
    /** What a run decided, as it was recorded. */
    readonly decisions: (id: string, scope: Scope) => Promise<Plan | undefined>
    readonly runs: (
      scope: Scope,
      request?: ListRequest<Record<string, never>, 'at'>,
    ) => Promise<Either<QueryRefusal, Page<RunSummaryView>>>
  }
  readonly lostReasons: Catalogue<LostReasonView>
  readonly stages: Catalogue<StageView>
  readonly teams: Catalogue<TeamView>
  readonly products: Catalogue<ProductView>
  /** The company's own and those that all companies share. */
  readonly templates: Catalogue<TemplateView>
  /** Without more said only the company asked for is seen. */
  readonly companies: Catalogue<CompanyView>
  readonly users: Catalogue<UserView>
  readonly apiKeys: Catalogue<ApiKeyView> & {
    /** The key whose SHA-256 this is, revoked or not: what a caller is known by. */
    readonly byHash: (hash: string) => Promise<ApiKeyView | undefined>
  }
  /**
   * Events as they are in the log. A page may hold fewer than asked for, even none, while `next`
   * says where to go on.
   */
  readonly events: (
    scope: Scope,
    request?: EventsRequest,
  ) => Promise<Either<QueryRefusal, Page<EventView>>>
  /** What differs between two moments of an opportunity, a quotation or a contact, by its stream. */
  readonly difference: (
    stream: string,
    scope: Scope,
    between: Between,
  ) => Promise<readonly Change[] | undefined>
  readonly reports: ReportQueries
  readonly scoring: {
    /** Why an opportunity scores as it does; nothing where the company does without scores. */
    readonly explanation: (
      id: string,
      scope: Scope,
      at?: At,
    ) => Promise<ExplanationView | undefined>
    /** How often what was shown was won and lost: what models learn from. */
    readonly frequencies: (scope: Scope) => Promise<FrequenciesView>
    /** How good each model would have been, over the company's own history. */
    readonly evaluation: (scope: Scope) => Promise<EvaluationView>
  }
}
